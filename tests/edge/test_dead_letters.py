from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from kafka import TopicPartition

from streams.core.outcome import Message, Reject, RejectReason
from streams.edge.dead_letter import Origin, dead_letter_headers
from streams.edge.dead_letters import Filter, grouped, is_waiting, replays_of, restored_headers
from streams.edge.reading import Stored
from streams.edge.settled import Settled

Headers = tuple[tuple[str, bytes], ...]
sender = st.lists(st.tuples(st.sampled_from(["url", "x", "Streams.error"]), st.binary(max_size=5)), max_size=5)


def letter(headers: Headers = (), offset: int = 0, agent: str = "clean", at: int = 1_000) -> Stored:
    origin = Origin(agent, "pages-raw", 0, offset, "0.1.0", "g")
    told = dead_letter_headers(Message("pages-raw", b"k", b"v", headers), Reject(RejectReason.BINARY, "why"), origin)
    return Stored("pages-raw-dlq", 0, offset, at, b"k", b"v", told)


@given(sender)
def test_the_senders_headers_come_back_in_order_and_unchanged(headers: list[tuple[str, bytes]]) -> None:
    back = restored_headers(letter(tuple(headers)))
    assert back[:-2] == headers
    assert back[-2:] == [("streams.replay-of", b"pages-raw-dlq:0:0"), ("streams.replay-count", b"1")]


def test_a_letter_rejected_again_after_a_replay_counts_on() -> None:
    again = letter(tuple(restored_headers(letter((("url", b"u"),)))))
    assert replays_of(again) == 1
    assert restored_headers(again) == [
        ("url", b"u"),
        ("streams.replay-of", b"pages-raw-dlq:0:0"),
        ("streams.replay-count", b"2"),
    ]


def test_a_count_that_is_none_counts_as_never() -> None:
    for told in (b"", b"x", b"-1", "²".encode(), b"9" * 5_000):
        assert replays_of(letter((("streams.replay-count", told),))) == 0


def test_a_filter_admits_what_meets_every_part_of_it() -> None:
    second = datetime.fromtimestamp(1, UTC)
    one = letter(at=1_000)
    assert Filter().admits(one)
    assert Filter(reason="binary", agent="clean", version="0.1.0", since=second).admits(one)
    assert not Filter(until=second).admits(one)
    assert not Filter(reason="binary", agent="detect").admits(one)


def test_letters_are_grouped_with_how_many_wait_and_when_they_came() -> None:
    letters = [letter(offset=0, at=30), letter(offset=1, at=10), letter(offset=2, at=20, agent="detect")]
    first, second = grouped(letters, {TopicPartition("pages-raw-dlq", 0): Settled(1)})
    assert (first.agent, first.count, first.waiting, first.first, first.last) == ("clean", 2, 1, 10, 30)
    assert (first.example, second.agent, second.waiting) == ("pages-raw-dlq:0:1", "detect", 1)


def test_another_partitions_progress_says_nothing_of_a_letter() -> None:
    assert is_waiting(letter(), {TopicPartition("pages-raw-dlq", 1): Settled(9)})
