"""Dead letters for the operator: find, count, put back, pass over. It must not change a letter's own bytes.

What is settled stands in Kafka, in the group `<group>-dlq-replay` (see settled.py), and is committed
after each batch that Kafka has confirmed. A replay killed in between may put up to a batch back again,
which is harmless: ids are deterministic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from time import monotonic, sleep
from typing import Any, Protocol

from kafka import KafkaProducer, TopicPartition
from kafka import errors as kafka_errors
from kafka.admin import KafkaAdminClient
from kafka.structs import OffsetAndMetadata

from streams.catalogue.topics import DEAD_LETTER_SUFFIX
from streams.edge.dead_letter import is_ours
from streams.edge.kafka import KafkaUnreachable, group_marks
from streams.edge.kafka_config import KafkaConfig
from streams.edge.loader import CONFIRM_SECONDS, REQUEST_BYTES, end
from streams.edge.reading import Stored, read_topics
from streams.edge.settled import Settled

REPLAY_OF = "streams.replay-of"
REPLAY_COUNT = "streams.replay-count"
#: Letters, and bytes of their values, between two commits: what waits in memory, and may come twice after a kill.
BATCH = 50
BATCH_BYTES = 16 << 20

Progress = dict[TopicPartition, Settled]
Place = tuple[TopicPartition, int]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which letters; None means any. Times are those of the original message, which a letter keeps."""

    reason: str | None = None
    agent: str | None = None
    version: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def admits(self, letter: Stored) -> bool:
        at = letter.timestamp / 1000
        return (
            self.reason in {None, letter.header("streams.error.reason")}
            and self.agent in {None, letter.header("streams.error.agent")}
            and self.version in {None, letter.header("streams.error.version")}
            and (self.since is None or at >= self.since.timestamp())
            and (self.until is None or at < self.until.timestamp())
        )


@dataclass(slots=True)
class Group:
    """Letters alike in topic, agent, reason and version, counted; times in ms since the epoch."""

    topic: str
    agent: str
    reason: str
    version: str
    count: int = 0
    waiting: int = 0
    first: int = 1 << 62
    last: int = 0
    example: str = ""


@dataclass(slots=True)
class Account:
    """What a replay or discard did: `settled` is confirmed by Kafka and committed, `looping` left alone."""

    settled: int = 0
    looping: int = 0


class Handler(Protocol):
    """What becomes of a letter."""

    def take(self, letter: Stored) -> bool:
        """False leaves it where it is."""

    def confirm(self) -> None:
        """Return once all that was taken is done for good. Raises KafkaUnreachable."""


def progress_group(group: str) -> str:
    """The consumer group whose offsets say what is settled; no worker is ever in it."""
    return f"{group}-dlq-replay"


def progress(admin: KafkaAdminClient, group: str) -> Progress:
    """What is settled of each partition. Raises KafkaUnreachable."""
    try:
        marks = group_marks(admin, progress_group(group))
    except kafka_errors.KafkaError as error:
        raise KafkaUnreachable(f"the group {progress_group(group)} cannot be read: {error}") from None
    return {part: Settled.read(at.offset, at.metadata) for part, at in marks.items()}


def is_waiting(letter: Stored, settled: Progress) -> bool:
    part = TopicPartition(letter.topic, letter.partition)
    return part not in settled or letter.offset not in settled[part]


def grouped(letters: Iterable[Stored], settled: Progress) -> list[Group]:
    """The letters counted, most first; none is kept in memory."""
    groups: dict[tuple[str, str, str, str], Group] = {}
    for letter in letters:
        agent, reason, version = (letter.header(f"streams.error.{name}") for name in ("agent", "reason", "version"))
        names = (letter.topic, agent, reason, version)
        row = groups.setdefault(names, Group(*names))
        row.count += 1
        row.waiting += is_waiting(letter, settled)
        row.first, row.last = min(row.first, letter.timestamp), max(row.last, letter.timestamp)
        row.example = letter.origin
    return sorted(groups.values(), key=lambda row: (-row.count, row.topic, row.reason))


def waiting(config: KafkaConfig, topics: list[str], wanted: Filter, settled: Progress) -> Iterator[Stored]:
    """The letters that `wanted` admits and that are not settled, as of now. Raises TopicsWrong."""
    return (x for x in read_topics(config, topics) if is_waiting(x, settled) and wanted.admits(x))


def settle(
    admin: KafkaAdminClient, group: str, letters: Iterable[Stored], handler: Handler, account: Account
) -> Iterator[Stored]:
    """Pass letters to the handler and on; what is taken is committed as settled, a batch at a time.

    Args:
        account: kept up to date, also when the work is broken off.

    Raises:
        KafkaUnreachable: Kafka did not confirm; what was confirmed before stays settled.
    """
    settled, batch, size = progress(admin, group), list[Place](), 0
    for letter in letters:
        if handler.take(letter):
            batch.append((TopicPartition(letter.topic, letter.partition), letter.offset))
            size += len(letter.value or b"")
        else:
            account.looping += 1
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            _close(admin, group, settled, batch, handler)
            account.settled += len(batch)
            batch, size = [], 0
        yield letter
    _close(admin, group, settled, batch, handler)
    account.settled += len(batch)


def _close(admin: KafkaAdminClient, group: str, settled: Progress, batch: list[Place], handler: Handler) -> None:
    handler.confirm()
    for part, offset in batch:
        settled.setdefault(part, Settled()).add(offset)
    if batch:
        _commit(admin, group, {part: settled[part] for part, _ in batch})


def _commit(admin: KafkaAdminClient, group: str, settled: Progress) -> None:
    marks = {part: OffsetAndMetadata(done.mark, done.metadata, -1) for part, done in settled.items()}
    try:
        answers: dict[TopicPartition, Any] = admin.alter_group_offsets(progress_group(group), marks)
    except kafka_errors.KafkaError as error:
        raise KafkaUnreachable(f"the group {progress_group(group)} takes no offsets: {error}") from None
    wrong = {error.__name__ for error in answers.values() if error is not kafka_errors.NoError}
    if wrong:
        raise KafkaUnreachable(f"the group {progress_group(group)} takes no offsets: {', '.join(sorted(wrong))}")


class Replayer:
    """Puts a letter back on the topic it was read from, as it was when it came, and never in a circle."""

    def __init__(self, config: KafkaConfig, max_replays: int, rate: float | None) -> None:
        try:
            self._producer = KafkaProducer(**config.tools, acks="all", max_request_size=REQUEST_BYTES, linger_ms=5)
        except (kafka_errors.KafkaError, OSError) as error:
            raise KafkaUnreachable(f"Kafka at {config.bootstrap_servers}: {error}") from None
        self._max, self._rate = max_replays, rate
        self._pending: list[tuple[str, str, Any]] = []
        self._started, self._count = monotonic(), 0

    def take(self, letter: Stored) -> bool:
        """False for a letter that has been replayed too often already. Raises KafkaUnreachable."""
        if replays_of(letter) >= self._max:
            return False
        topic = letter.topic.removesuffix(DEAD_LETTER_SUFFIX)
        try:
            sent = self._producer.send(
                topic,
                key=letter.key,
                value=letter.value,
                headers=restored_headers(letter),
                timestamp_ms=letter.timestamp,
            )
        except kafka_errors.KafkaError as error:
            raise _unconfirmed(letter.origin, topic, error) from None
        self._pending.append((letter.origin, topic, sent))
        self._count += 1
        if self._rate:
            sleep(max(0.0, self._count / self._rate - (monotonic() - self._started)))
        return True

    def confirm(self) -> None:
        for origin, topic, sent in self._pending:
            try:
                sent.get(timeout=CONFIRM_SECONDS)
            except kafka_errors.KafkaError as error:
                raise _unconfirmed(origin, topic, error) from None
        self._pending.clear()

    def close(self) -> None:
        end(self._producer, 5)


class Discarder:
    """Passes over what was shown to the operator, and nothing that came since."""

    def __init__(self, shown: set[str]) -> None:
        self._shown = shown

    def take(self, letter: Stored) -> bool:
        return letter.origin in self._shown

    def confirm(self) -> None:
        """Nothing is sent, so nothing is open."""


def _unconfirmed(origin: str, topic: str, error: Exception) -> KafkaUnreachable:
    return KafkaUnreachable(f"{origin} could not be put back on {topic}: {error}")


def replays_of(letter: Stored) -> int:
    """How often the message was replayed before; a count that is none counts as never."""
    told = letter.header(REPLAY_COUNT)
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0


def restored_headers(letter: Stored) -> list[tuple[str, bytes]]:
    """The sender's headers, and that it is a replay; what the rejection added is gone.

    A null comes back as empty bytes: kafka-python reads it and will not write it.
    """
    kept = [(n, v or b"") for n, v in letter.headers if not is_ours(n) and n not in {REPLAY_OF, REPLAY_COUNT}]
    return [*kept, (REPLAY_OF, letter.origin.encode()), (REPLAY_COUNT, str(replays_of(letter) + 1).encode())]
