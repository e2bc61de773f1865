"""The dead-letter tools on a real Kafka, through the same entry as a user's."""

from __future__ import annotations

import io
from collections import Counter
from itertools import count
from typing import Any

import orjson
import pytest
from kafka import KafkaProducer

from streams.core.outcome import Message, Reject, RejectReason
from streams.edge.dead_letter import Origin, dead_letter_headers
from streams.edge.dead_letters import BATCH, Account, Filter, progress, settle, waiting
from streams.edge.kafka import KafkaUnreachable, connect
from streams.edge.kafka_config import KafkaConfig
from streams.edge.reading import Stored, read_topics

pytestmark = pytest.mark.integration
#: Today's, since Kafka soon clears away what is stamped before the topic's retention.
NOW = 1_790_000_000_123
ORIGINALS = (
    Message("pages-raw", None, b"\x00\xffbody", (("url", b"https://a.example"), ("url", b"twice")), NOW),
    Message("pages-raw", b"spent", b"x", (("streams.replay-count", b"3"),), NOW + 1),
    Message("pages-raw", b"k\xff", b"", (("url", b"https://b.example"), ("odd", b"\xff")), NOW + 2),
    Message("pages-raw", b"null", None, (), NOW + 3),
)
REASONS = (RejectReason.BINARY, RejectReason.STEP_ERROR, RejectReason.EMPTY_BODY, RejectReason.EMPTY_BODY)


def put(config: KafkaConfig, prefix: str, messages: Any, reasons: Any) -> None:
    """Dead letters as the runner writes them."""
    producer = KafkaProducer(**config.tools, acks="all")
    for offset, message, reason in zip(count(), messages, reasons):
        origin = Origin("clean", prefix + "pages-raw", 0, offset, "0.1.0", "g")
        producer.send(
            prefix + "pages-raw-dlq",
            key=message.key,
            value=message.value,
            headers=list(dead_letter_headers(message, Reject(reason, "why"), origin)),
            partition=0,
            timestamp_ms=message.timestamp,
        )
    producer.flush(20)
    producer.close()


@pytest.fixture
def letters(config: KafkaConfig, prefix: str) -> tuple[Message, ...]:
    """A null key, one replayed three times, an empty value, a null value; in one partition, in that order."""
    put(config, prefix, ORIGINALS, REASONS)
    return ORIGINALS


def listed(streams: Any, *arguments: str) -> list[dict[str, Any]]:
    code, out, _ = streams("dlq", "list", "--json", *arguments)
    assert code == 0
    return [orjson.loads(line) for line in out.splitlines()]


def waiting_by_reason(streams: Any) -> Counter[str]:
    return Counter({row["reason"]: row["waiting"] for row in listed(streams)})


def test_letters_are_counted_by_topic_agent_reason_and_version(streams, letters, prefix: str) -> None:
    rows = {row["reason"]: row for row in listed(streams)}
    assert {reason: (row["letters"], row["waiting"]) for reason, row in rows.items()} == {
        "binary": (1, 1),
        "step_error": (1, 1),
        "empty_body": (2, 2),
    }
    assert rows["binary"]["topic"] == prefix + "pages-raw-dlq"
    assert (rows["binary"]["agent"], rows["binary"]["version"]) == ("clean", "0.1.0")
    assert rows["empty_body"]["example"] == f"{prefix}pages-raw-dlq:0:3"


def test_every_filter_of_list_leaves_out_what_it_names(streams, letters) -> None:
    assert [row["reason"] for row in listed(streams, "--reason", "binary")] == ["binary"]
    assert listed(streams, "--agent", "describe") == []
    assert listed(streams, "--version", "9.9.9") == []
    assert listed(streams, "--until", "2020-01-01") == []
    assert len(listed(streams, "--since", "2020-01-01", "--topic", "pages-raw")) == 3
    assert listed(streams, "--topic", "articles-clean-dlq") == []


def test_a_replay_restores_key_value_headers_and_timestamp(streams, letters, config: KafkaConfig, prefix: str) -> None:
    code, _, told = streams("dlq", "replay")
    assert code == 5
    assert "3 letters put back, 1 left" in told
    back = {m.timestamp: m for m in read_topics(config, [prefix + "pages-raw"])}
    assert sorted(back) == [NOW, NOW + 2, NOW + 3]
    for original in (letters[0], letters[2], letters[3]):
        message = back[original.timestamp]
        assert (message.key, message.value) == (original.key, original.value)
        ours = message.headers[len(original.headers) :]
        assert message.headers[: len(original.headers)] == original.headers
        assert [name for name, _ in ours] == ["streams.replay-of", "streams.replay-count"]
        assert ours[1][1] == b"1"


def test_what_was_put_back_is_not_put_back_again_although_a_letter_before_it_was_left(
    streams, letters, config: KafkaConfig, prefix: str
) -> None:
    streams("dlq", "replay")
    assert "0 letters put back, 1 left" in streams("dlq", "replay")[2]
    assert len(list(read_topics(config, [prefix + "pages-raw"]))) == 3
    assert waiting_by_reason(streams) == {"binary": 0, "step_error": 1, "empty_body": 0}


def test_all_starts_over(streams, letters, config: KafkaConfig, prefix: str) -> None:
    streams("dlq", "replay", "--reason", "binary")
    assert "1 letter put back" in streams("dlq", "replay", "--reason", "binary", "--all")[2]
    assert len(list(read_topics(config, [prefix + "pages-raw"]))) == 2


def test_a_replay_of_a_replay_counts_on_and_ends(streams, config: KafkaConfig, prefix: str) -> None:
    message = Message("pages-raw", b"k", b"v", (("streams.replay-of", b"x:0:1"), ("streams.replay-count", b"2")), NOW)
    put(config, prefix, [message], [RejectReason.TIMEOUT])
    assert "0 letters put back, 1 left" in streams("dlq", "replay", "--max-replays", "2")[2]
    assert "1 letter put back" in streams("dlq", "replay")[2]
    (back,) = read_topics(config, [prefix + "pages-raw"])
    assert back.headers == (
        ("streams.replay-of", f"{prefix}pages-raw-dlq:0:0".encode()),
        ("streams.replay-count", b"3"),
    )


def test_filter_limit_and_dry_run_leave_the_others_waiting(streams, letters) -> None:
    assert "1 letter would be put back" in streams("dlq", "replay", "--reason", "binary", "--dry-run")[2]
    assert "1 letter put back" in streams("dlq", "replay", "--reason", "empty_body", "--limit", "1")[2]
    assert waiting_by_reason(streams) == {"binary": 1, "step_error": 1, "empty_body": 1}


def test_discarded_letters_are_shown_not_replayed_and_still_readable(streams, letters) -> None:
    code, out, told = streams("dlq", "discard", "--reason", "binary", "--yes")
    assert code == 0
    assert b"binary" in out
    assert "1 letter passed over" in told
    assert "2 letters put back, 1 left" in streams("dlq", "replay")[2]
    assert streams("dlq", "show", "@pages-raw-dlq:0:0", "--raw")[:2] == (0, b"\x00\xffbody")


def test_discard_passes_over_nothing_unless_it_is_told_to(streams, letters, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    assert streams("dlq", "discard")[0] == 130
    assert waiting_by_reason(streams).total() == 4


def test_show_lets_no_control_character_reach_the_terminal(streams, letters) -> None:
    code, out, _ = streams("dlq", "show", "@pages-raw-dlq:0:0")
    assert code == 0
    assert b"\x00" not in out
    assert b"streams.error.reason: binary" in out
    assert b"value: null" in streams("dlq", "show", "@pages-raw-dlq:0:3")[1]


def test_show_of_what_is_not_there_is_one_line(streams) -> None:
    assert streams("dlq", "show", "@pages-raw-dlq:0:99")[0] == 1
    assert streams("dlq", "show", "nonsense")[0] == 2
    code, _, told = streams("dlq", "show", "@pages-raw-dlq:77:0")
    assert code == 3
    assert len(told.splitlines()) == 1


class FailsAt:
    """Takes all, and cannot confirm a batch of that number."""

    def __init__(self, number: int) -> None:
        self._left = number

    def take(self, letter: Stored) -> bool:
        return True

    def confirm(self) -> None:
        self._left -= 1
        if self._left == 0:
            raise KafkaUnreachable("no answer")


def test_a_broken_off_replay_goes_on_after_what_was_confirmed(config: KafkaConfig, prefix: str) -> None:
    many = [Message("pages-raw", b"k", b"%d" % number, (), NOW) for number in range(BATCH + 5)]
    put(config, prefix, many, [RejectReason.TIMEOUT] * len(many))
    topics, account = [prefix + "pages-raw-dlq"], Account()
    with connect(config, 20) as admin:
        with pytest.raises(KafkaUnreachable):
            list(settle(admin, prefix, waiting(config, topics, Filter(), {}), FailsAt(2), account))
        assert account.settled == BATCH
        left = [letter.offset for letter in waiting(config, topics, Filter(), progress(admin, prefix))]
    assert left == list(range(BATCH, BATCH + 5))
