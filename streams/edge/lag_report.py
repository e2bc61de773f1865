"""How far a group is behind, asked of Kafka from outside: offsets, and how old the oldest unread message is.

A partition without a commit counts from its first message, or a group that is stuck before its first
commit would look idle. It must change nothing in Kafka.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

from kafka import KafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient

from streams.edge.kafka import group_offsets, partitions_of
from streams.edge.kafka_config import KafkaConfig

#: Seconds to look for the oldest messages' times; what is not seen by then stays unknown.
LOOK_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class LagRow:
    """One partition. `committed` is None before the first commit; `oldest` is ms since the epoch, None without lag."""

    agent: str
    topic: str
    partition: int
    committed: int | None
    end: int
    lag: int
    oldest: int | None


def lag_report(
    admin: KafkaAdminClient, config: KafkaConfig, group: str, readers: Mapping[str, str], *, ages: bool = True
) -> list[LagRow]:
    """Every partition that the group reads, by topic and number; nothing for a group that has committed nothing.

    Args:
        admin: a connection.
        config: how to reach Kafka.
        group: the consumer group.
        readers: topic, with its prefix, -> the agent that reads it; topics beside these count if committed.
        ages: whether to look for the oldest messages, which reads one of each partition with lag.

    Raises:
        KafkaUnreachable: no coordinator answers.
    """
    committed = group_offsets(admin, group)
    if not committed:
        return []
    counts = partitions_of(admin, {*readers, *(part.topic for part in committed)})
    parts = [TopicPartition(topic, number) for topic, count in counts.items() for number in range(count)]
    consumer = KafkaConsumer(
        **config.tools, group_id=None, enable_auto_commit=False, auto_offset_reset="earliest", max_poll_records=1
    )
    try:
        starts, ends = consumer.beginning_offsets(parts), consumer.end_offsets(parts)
        behind = {part: max(committed.get(part, 0), starts[part]) for part in parts}
        behind = {part: at for part, at in behind.items() if at < ends[part]}
        oldest = _stamps(consumer, behind) if ages else {}
    finally:
        consumer.close()
    rows = [
        LagRow(readers.get(p.topic, ""), *p, committed.get(p), ends[p], ends[p] - behind.get(p, ends[p]), oldest.get(p))
        for p in parts
    ]
    return sorted(rows, key=lambda row: (row.topic, row.partition))


def _stamps(consumer: KafkaConsumer, positions: Mapping[TopicPartition, int]) -> dict[TopicPartition, int]:
    """The time of the first message at or after each position."""
    consumer.assign(list(positions))
    for part, at in positions.items():
        consumer.seek(part, at)
    found: dict[TopicPartition, int] = {}
    deadline = monotonic() + LOOK_SECONDS
    while len(found) < len(positions) and monotonic() < deadline:
        for part, batch in consumer.poll(timeout_ms=200).items():
            found.setdefault(part, batch[0].timestamp)
            consumer.pause(part)
    return found
