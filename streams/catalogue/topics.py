"""config/topics/*.toml -> the topics there are, with the dead-letter twin of each topic that is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from streams.catalogue.folder import CatalogueError, read_toml

DEAD_LETTER_SUFFIX = "-dlq"
#: Time for a person to look: 14 days.
DEAD_LETTER_RETENTION_MS = 14 * 24 * 3600 * 1000
#: Room for our headers, trace included, above the largest message of the topic itself.
DEAD_LETTER_EXTRA_BYTES = 64 << 10


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as planned. `config` holds Kafka's own names; `partitions` is the production default."""

    name: str
    description: str
    key: str
    schema: str
    partitions: int
    read_by: str | None = None
    written_by: str | None = None
    config: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def max_message_bytes(self) -> int:
        return int(self.config.get("max.message.bytes", 1_048_576))

    @property
    def is_dead_letter(self) -> bool:
        return self.name.endswith(DEAD_LETTER_SUFFIX)


def load_topics(folder: Path) -> dict[str, Topic]:
    """All topics by name, twins included, in the order of their names.

    Raises:
        CatalogueError: with the file and the wrong key.
    """
    topics = [_read(path) for path in sorted((folder / "topics").glob("*.toml"))]
    if not topics:
        raise CatalogueError(f"no topics in {folder / 'topics'}")
    topics += [_twin(topic) for topic in topics if topic.read_by]
    return {topic.name: topic for topic in sorted(topics, key=lambda t: t.name)}


def _read(path: Path) -> Topic:
    try:
        return msgspec.convert({"name": path.stem, **read_toml(path)}, Topic)
    except msgspec.ValidationError as error:
        raise CatalogueError(f"{path}: {error}") from None


def _twin(topic: Topic) -> Topic:
    return Topic(
        name=topic.name + DEAD_LETTER_SUFFIX,
        description=f"What `{topic.read_by}` could not process, untouched, with the reason in its headers.",
        key=topic.key,
        schema=topic.schema,
        partitions=topic.partitions,
        written_by=topic.read_by,
        config={
            "cleanup.policy": "delete",
            "retention.ms": DEAD_LETTER_RETENTION_MS,
            "max.message.bytes": topic.max_message_bytes + DEAD_LETTER_EXTRA_BYTES,
        },
    )
