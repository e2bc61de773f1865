"""The tools of the command line, on a real Kafka, through the same entry as a user's."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest
from kafka import KafkaProducer

from streams.cli import run
from streams.core.outcome import Message, Reject, RejectReason
from streams.edge.dead_letter import Origin, dead_letter_headers
from streams.edge.kafka_config import KafkaConfig
from streams.edge.reading import read_topics

pytestmark = pytest.mark.integration


@pytest.fixture
def streams(config: KafkaConfig, prefix: str, capfdbinary: Any):
    """Run a command against the test's topics; its exit code, stdout and stderr."""

    def call(*arguments: str) -> tuple[int, bytes, str]:
        capfdbinary.readouterr()
        command = [a.replace("@", prefix) for a in arguments]
        code = run([*command, "-b", config.bootstrap_servers, "--topic-prefix", prefix])
        out, err = capfdbinary.readouterr()
        return code, out, err.decode()

    return call


@pytest.fixture
def letters(config: KafkaConfig, prefix: str) -> list[Message]:
    """Three dead letters: null key, null value of a kind, and one already replayed three times."""
    originals = [
        Message("pages-raw", None, b"\x00\xffbody", (("url", b"https://a.example"),), 1_500_000_000_123),
        Message("pages-raw", b"k", b"", (("url", b"https://b.example"), ("odd", b"\xff")), 1_500_000_000_456),
        Message("pages-raw", b"k3", b"x", (("streams.replay-count", b"3"),), 1_500_000_000_789),
    ]
    producer = KafkaProducer(**config.tools, acks="all")
    for offset, message in enumerate(originals):
        reason = RejectReason.BINARY if offset == 0 else RejectReason.EMPTY_BODY
        origin = Origin("clean", prefix + "pages-raw", 0, offset, "0.1.0", "g")
        headers = list(dead_letter_headers(message, Reject(reason, "why"), origin))
        producer.send(
            prefix + "pages-raw-dlq",
            key=message.key,
            value=message.value,
            headers=headers,
            partition=0,
            timestamp_ms=message.timestamp,
        ).get(20)
    producer.close()
    return originals


def test_letters_are_counted_by_reason(streams, letters) -> None:
    code, out, _ = streams("dlq", "list", "--json")
    rows = [orjson.loads(line) for line in out.splitlines()]
    assert code == 0
    assert {row["reason"]: (row["letters"], row["waiting"]) for row in rows} == {"binary": (1, 1), "empty_body": (2, 2)}


def test_a_replay_restores_key_value_headers_and_timestamp_and_is_not_done_twice(
    streams, letters, config: KafkaConfig, prefix: str
) -> None:
    code, _, told = streams("dlq", "replay")
    assert code == 0
    assert "2 letters put back, 1 left" in told
    back = list(read_topics(config, [prefix + "pages-raw"]))
    assert {(m.key, m.value, m.timestamp) for m in back} == {(m.key, m.value, m.timestamp) for m in letters[:2]}
    for message in back:
        original = next(m for m in letters if m.value == message.value)
        assert message.headers[: len(original.headers)] == original.headers
        assert not [name for name, _ in message.headers if "error" in name]
        assert message.header("streams.replay-count") == "1"
    assert "0 letters put back" in streams("dlq", "replay")[2]
    assert len(list(read_topics(config, [prefix + "pages-raw"]))) == 2


def test_a_filter_leaves_the_others_waiting_and_a_dry_run_changes_nothing(streams, letters) -> None:
    assert "1 letters would be put back" in streams("dlq", "replay", "--reason", "binary", "--dry-run")[2]
    assert "1 letters put back" in streams("dlq", "replay", "--reason", "binary")[2]
    rows = [orjson.loads(line) for line in streams("dlq", "list", "--json")[1].splitlines()]
    assert Counter({row["reason"]: row["waiting"] for row in rows}) == Counter({"binary": 0, "empty_body": 2})


def test_discarded_letters_are_not_replayed_and_still_readable(streams, letters) -> None:
    assert streams("dlq", "discard", "--yes")[0] == 0
    assert "0 letters put back" in streams("dlq", "replay")[2]
    code, out, _ = streams("dlq", "show", "@pages-raw-dlq:0:0", "--raw")
    assert (code, out) == (0, b"\x00\xffbody")


def test_show_lets_no_control_character_reach_the_terminal(streams, letters) -> None:
    code, out, _ = streams("dlq", "show", "@pages-raw-dlq:0:0")
    assert code == 0
    assert b"\x00" not in out
    assert b"streams.error.reason: binary" in out
    assert streams("dlq", "show", "@pages-raw-dlq:0:99")[0] == 1
    assert streams("dlq", "show", "nonsense")[0] == 2


def test_load_sends_what_tail_then_shows(streams, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<link rel="canonical" href="https://a.example/1"><p>hello')
    (tmp_path / "b.jsonl").write_text('{"url": "https://a.example/2"}\n')
    code, _, told = streams("load", str(tmp_path / "a.html"), str(tmp_path / "b.jsonl"))
    assert code == 5
    assert "b.jsonl#1" in told
    assert "2 read, 1 sent and confirmed, 1 refused" in told
    code, out, _ = streams("tail", "pages-raw", "--from", "earliest", "--no-follow", "--json")
    assert code == 0
    assert orjson.loads(out)["_key"] == "https://a.example/1"


def test_an_unknown_topic_or_group_is_one_line_and_code_three(streams) -> None:
    for arguments in (
        ("tail", "nowhere", "--no-follow"),
        ("lag", "--group", "nobody"),
        ("dlq", "list", "--topic", "x"),
    ):
        code, _, told = streams(*arguments)
        assert code == 3, arguments
        assert len(told.strip().splitlines()) == 1, told


def test_topics_are_planned_made_once_and_then_left_alone(streams, config: KafkaConfig) -> None:
    arguments = ("-b", config.bootstrap_servers, "--topic-prefix", "fresh-", "--partitions", "1")
    assert run(["topics", "plan", *arguments]) == 0
    assert run(["topics", "apply", *arguments]) == 0
    assert streams("topics", "plan", "--partitions", "1")[1] == b""
