"""Dead letters for the operator: find, count, put back, pass over. It must not change a letter's own bytes.

How far replay and discard have come stands in Kafka, as offsets of the group `<group>-dlq`: letters
before it are settled. A filter leaves a gap, and offsets stop at the first letter that was left;
what lies behind may come again, which is harmless, since ids are deterministic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from time import monotonic, sleep

from kafka import KafkaProducer, TopicPartition
from kafka import errors as kafka_errors
from kafka.admin import KafkaAdminClient
from kafka.structs import OffsetAndMetadata

from streams.catalogue.topics import DEAD_LETTER_SUFFIX
from streams.edge.dead_letter import is_ours
from streams.edge.kafka import KafkaUnreachable, group_offsets
from streams.edge.kafka_config import KafkaConfig
from streams.edge.loader import REQUEST_BYTES
from streams.edge.reading import Stored, read_topics

REPLAY_OF = "streams.replay-of"
REPLAY_COUNT = "streams.replay-count"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which letters; None means any."""

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


@dataclass(frozen=True, slots=True)
class Group:
    """Letters alike in topic, agent, reason and version; times in ms since the epoch."""

    topic: str
    agent: str
    reason: str
    version: str
    count: int
    waiting: int
    first: int
    last: int
    example: str


@dataclass(slots=True)
class Settled:
    """What a replay or discard did."""

    settled: int = 0
    looping: int = 0
    left: int = 0


def progress_group(group: str) -> str:
    return f"{group}-dlq"


def progress(admin: KafkaAdminClient, group: str) -> dict[TopicPartition, int]:
    """The first unsettled offset of each partition; absent means none is settled."""
    return group_offsets(admin, progress_group(group))


def is_waiting(letter: Stored, settled: dict[TopicPartition, int]) -> bool:
    return letter.offset >= settled.get(TopicPartition(letter.topic, letter.partition), 0)


def grouped(letters: Iterable[Stored], settled: dict[TopicPartition, int]) -> list[Group]:
    """The letters counted, most first."""
    groups: dict[tuple[str, ...], list[Stored]] = {}
    for letter in letters:
        names = (letter.header(f"streams.error.{name}") for name in ("agent", "reason", "version"))
        groups.setdefault((letter.topic, *names), []).append(letter)
    rows = []
    for (topic, agent, reason, version), alike in groups.items():
        times = [letter.timestamp for letter in alike]
        waiting = sum(is_waiting(letter, settled) for letter in alike)
        rows.append(Group(topic, agent, reason, version, len(alike), waiting, min(times), max(times), alike[-1].origin))
    return sorted(rows, key=lambda row: -row.count)


def settle(
    config: KafkaConfig,
    admin: KafkaAdminClient,
    group: str,
    topics: list[str],
    wanted: Filter,
    *,
    handle: Callable[[Stored], bool],
    again: bool = False,
    limit: int | None = None,
) -> Iterator[tuple[Stored, bool]]:
    """Pass each waiting letter that `wanted` admits to `handle`; True means that it is settled.

    Offsets move only over settled letters without a gap, and only once this iteration is at its end.
    """
    before = {} if again else progress(admin, group)
    gaps: set[TopicPartition] = set()
    upto: dict[TopicPartition, int] = {}
    handled = 0
    for letter in read_topics(config, topics):
        part = TopicPartition(letter.topic, letter.partition)
        if letter.offset < before.get(part, 0):
            continue
        asked = wanted.admits(letter) and (limit is None or handled < limit)
        fine = asked and handle(letter)
        handled += fine
        if not fine:
            gaps.add(part)
        elif part not in gaps:
            upto[part] = letter.offset + 1
        if asked:
            yield letter, fine
    if upto:
        marks = {part: OffsetAndMetadata(offset, "", -1) for part, offset in upto.items()}
        admin.alter_group_offsets(progress_group(group), marks)


class Replayer:
    """Puts a letter back on the topic it was read from, as it was when it came, and never in a circle."""

    def __init__(self, config: KafkaConfig, max_replays: int, rate: float | None) -> None:
        self._producer = KafkaProducer(**config.tools, acks="all", max_request_size=REQUEST_BYTES)
        self._config, self._max, self._rate = config, max_replays, rate
        self._started, self._count = monotonic(), 0

    def __call__(self, letter: Stored) -> bool:
        """False for a letter that has been replayed too often already.

        Raises:
            KafkaUnreachable: Kafka did not confirm it.
        """
        if replays_of(letter) >= self._max:
            return False
        topic = letter.topic.removesuffix(DEAD_LETTER_SUFFIX)
        headers = restored_headers(letter)
        try:
            sent = self._producer.send(
                topic, key=letter.key, value=letter.value, headers=headers, timestamp_ms=letter.timestamp
            )
            sent.get(timeout=30)
        except kafka_errors.KafkaError as error:
            raise KafkaUnreachable(f"{letter.origin} could not be put back on {topic}: {error}") from None
        self._count += 1
        if self._rate:
            sleep(max(0.0, self._count / self._rate - (monotonic() - self._started)))
        return True

    def close(self) -> None:
        self._producer.close(timeout=5)


def replays_of(letter: Stored) -> int:
    told = letter.header(REPLAY_COUNT)
    return int(told) if told.isdigit() else 0


def restored_headers(letter: Stored) -> list[tuple[str, bytes]]:
    """The sender's headers, and that it is a replay; what the rejection added is gone."""
    kept = [(n, v) for n, v in letter.headers if not is_ours(n) and n not in {REPLAY_OF, REPLAY_COUNT}]
    return [*kept, (REPLAY_OF, letter.origin.encode()), (REPLAY_COUNT, str(replays_of(letter) + 1).encode())]
