"""A topic's messages for commands that read one: the way to Kafka is tried first, so that a mistake is told at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from streams.cli.options import Common

if TYPE_CHECKING:
    from streams.edge.reading import Stored


def messages_of(
    shared: Common, topic: str, start: str | datetime = "earliest", *, follow: bool = False
) -> Iterator[Stored]:
    """What the topic, named without its prefix, holds from `start`.

    Raises:
        KafkaUnreachable, TopicsWrong.
    """
    from streams.edge.kafka import connect
    from streams.edge.kafka_config import kafka_config
    from streams.edge.reading import read_topics

    config = kafka_config(shared.settings)
    connect(config, shared.settings.connect_timeout).close()
    return read_topics(config, [shared.settings.topic_prefix + topic], start, follow=follow)
