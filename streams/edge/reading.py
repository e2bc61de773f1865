"""Reading topics with kafka-python, outside any group: from where, until where, as plain messages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka import errors as kafka_errors

from streams.core.outcome import Headers
from streams.edge.kafka import KafkaUnreachable, TopicsWrong
from streams.edge.kafka_config import KafkaConfig

#: Milliseconds a poll waits, so that Ctrl-C is heard soon.
POLL_MS = 500
#: Polls after which a message that should be there counts as gone.
POLLS = 20
#: Seconds without a message, short of the end, after which Kafka counts as gone.
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Stored:
    """A message where it stands. `timestamp` is in ms since the epoch."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: Headers

    @property
    def origin(self) -> str:
        return f"{self.topic}:{self.partition}:{self.offset}"

    def header(self, name: str) -> str:
        """The last header of that name, or nothing."""
        found = [value for key, value in self.headers if key == name and value is not None]
        return found[-1].decode("utf-8", "replace") if found else ""


def read_topics(
    config: KafkaConfig,
    topics: list[str],
    start: str | datetime = "earliest",
    *,
    follow: bool = False,
    patience: float = PATIENCE,
) -> Iterator[Stored]:
    """All messages from `start` (earliest, latest, or a time) to the end as of now, or for ever.

    Raises:
        TopicsWrong: there is no such topic.
        KafkaUnreachable: it does not let us read, or falls silent short of the end for `patience` seconds.
    """
    with _consumer(config) as consumer:
        parts = _partitions(consumer, topics)
        consumer.assign(parts)
        _seek(consumer, parts, start)
        ends = {} if follow else consumer.end_offsets(parts)
        heard = monotonic()
        while follow or any(consumer.position(part) < ends[part] for part in parts):
            for batch in consumer.poll(timeout_ms=POLL_MS).values():
                for message in batch:
                    if follow or message.offset < ends[TopicPartition(message.topic, message.partition)]:
                        yield stored(message)
                heard = monotonic()
            if not follow and monotonic() - heard > patience:
                raise KafkaUnreachable(f"Kafka at {config.bootstrap_servers} fell silent short of the end")


@contextmanager
def _consumer(config: KafkaConfig) -> Iterator[KafkaConsumer]:
    """Outside any group; asking for a topic never makes it."""
    try:
        consumer = KafkaConsumer(
            **config.tools,
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            allow_auto_create_topics=False,
        )
        try:
            yield consumer
        finally:
            consumer.close()
    except kafka_errors.KafkaError as error:
        raise KafkaUnreachable(f"Kafka at {config.bootstrap_servers}: {type(error).__name__}: {error}") from None


def stored(message: Any) -> Stored:
    """kafka-python's record as ours."""
    headers = tuple(message.headers or ())
    return Stored(
        message.topic, message.partition, message.offset, message.timestamp, message.key, message.value, headers
    )


def read_one(config: KafkaConfig, origin: str) -> Stored | None:
    """The message at `topic:partition:offset`, or None where none is.

    Raises:
        TopicsWrong: the topic or partition is none.
        ValueError: the origin is not of that form.
    """
    topic, partition, offset = parse_origin(origin)
    with _consumer(config) as consumer:
        part = TopicPartition(topic, partition)
        if part not in _partitions(consumer, [topic]):
            raise TopicsWrong(f"{topic} has no partition {partition}")
        consumer.assign([part])
        if not consumer.beginning_offsets([part])[part] <= offset < consumer.end_offsets([part])[part]:
            return None
        consumer.seek(part, offset)
        for _ in range(POLLS):
            for message in consumer.poll(timeout_ms=POLL_MS, max_records=1).get(part, []):
                return stored(message) if message.offset == offset else None
        return None


def last_messages(config: KafkaConfig, topics: list[str]) -> list[Stored]:
    """The newest message of every partition that has one.

    Raises:
        TopicsWrong: there is no such topic.
    """
    with _consumer(config) as consumer:
        parts = _partitions(consumer, topics)
        firsts, ends = consumer.beginning_offsets(parts), consumer.end_offsets(parts)
        wanted = [part for part in parts if firsts[part] < ends[part]]
        consumer.assign(wanted)
        for part in wanted:
            consumer.seek(part, ends[part] - 1)
        found: dict[TopicPartition, Stored] = {}
        for _ in range(POLLS):
            if len(found) == len(wanted):
                break
            for part, batch in consumer.poll(timeout_ms=POLL_MS).items():
                found[part] = stored(batch[-1])
        return list(found.values())


def parse_origin(origin: str) -> tuple[str, int, int]:
    """`topic:partition:offset`. Raises ValueError with the form."""
    topic, _, rest = origin.partition(":")
    partition, _, offset = rest.partition(":")
    if not (topic and partition.isdecimal() and offset.isdecimal()):
        raise ValueError(f"{origin!r} is no topic:partition:offset, as `streams dlq list` shows them")
    return topic, int(partition), int(offset)


def _partitions(consumer: KafkaConsumer, topics: list[str]) -> list[TopicPartition]:
    parts = []
    for topic in topics:
        numbers = consumer.partitions_for_topic(topic)
        if not numbers:
            raise TopicsWrong(f"Kafka has no topic {topic}; `streams topics plan` shows which there should be")
        parts += [TopicPartition(topic, number) for number in sorted(numbers)]
    return parts


def _seek(consumer: KafkaConsumer, parts: list[TopicPartition], start: str | datetime) -> None:
    if start == "latest":
        consumer.seek_to_end(*parts)
    elif isinstance(start, datetime):
        moment = int(start.timestamp() * 1000)
        for part, found in consumer.offsets_for_times(dict.fromkeys(parts, moment)).items():
            if found is None:
                consumer.seek_to_end(part)
            else:
                consumer.seek(part, found.offset)
    else:
        consumer.seek_to_beginning(*parts)
