"""kafka-python's side: reach Kafka, look at topics, make them. One clear error when it cannot be reached."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kafka import KafkaAdminClient, TopicPartition
from kafka import errors as kafka_errors
from kafka.admin import ConfigResource, ConfigResourceType, NewTopic  # type: ignore[attr-defined]

from streams.catalogue.topics import Topic
from streams.edge.kafka_config import KafkaConfig
from streams.edge.refusals import listening

_COORDINATOR_COMING = (
    kafka_errors.CoordinatorNotAvailableError,
    kafka_errors.CoordinatorLoadInProgressError,
    kafka_errors.NotCoordinatorError,
)

#: Seconds of one attempt, after which its log is looked at: a wrong password is no better for trying longer.
ATTEMPT = 5.0
MAX_MESSAGE_BYTES = "max.message.bytes"


class KafkaUnreachable(Exception):  # noqa: N818  what happened, in the words of an operator
    """Kafka does not answer, or does not let us in; exit code 4."""


class TopicsWrong(Exception):  # noqa: N818
    """A topic is missing or is not as planned; exit code 3."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the plan and the cluster: `what` is create, partitions or config."""

    topic: str
    what: str
    detail: str


def connect(config: KafkaConfig, timeout: float) -> KafkaAdminClient:
    """An admin client, once Kafka answers.

    Raises:
        KafkaUnreachable: after `timeout` seconds of trying, or at once where it refuses us; with what went wrong.
    """
    deadline = time.monotonic() + timeout
    where = f"Kafka at {config.bootstrap_servers}"
    with listening() as heard:
        while True:
            left = deadline - time.monotonic()
            try:
                return _admin(config, min(ATTEMPT, max(left, 0.001)))
            except (kafka_errors.KafkaError, OSError, ValueError) as error:
                if heard.final:
                    raise KafkaUnreachable(f"{where}: {heard.final}") from None
                if left <= ATTEMPT:
                    kind, guess = type(error).__name__, heard.guess(sasl=config.mechanism is not None)
                    raise KafkaUnreachable(f"{where} gives no answer in {timeout:g} s ({kind}); {guess}") from None


def _admin(config: KafkaConfig, timeout: float) -> KafkaAdminClient:
    return KafkaAdminClient(**config.tools, request_timeout_ms=10_000, bootstrap_timeout_ms=max(1, int(timeout * 1000)))


def partitions_of(admin: KafkaAdminClient, topics: Iterable[str]) -> dict[str, int]:
    """How many partitions each existing topic of those names has."""
    wanted = set(topics)
    found = admin.describe_topics(sorted(wanted & set(admin.list_topics())))
    return {_name(row): len(row["partitions"]) for row in found}


def _name(row: Mapping[str, Any]) -> str:
    return str(row.get("topic") or row.get("name"))


def require_topics(admin: KafkaAdminClient, names: Iterable[str]) -> dict[str, int]:
    """The partitions of all of them.

    Raises:
        TopicsWrong: with the missing ones.
    """
    wanted = list(names)
    found = partitions_of(admin, wanted)
    missing = [name for name in wanted if name not in found]
    if missing:
        raise TopicsWrong(f"Kafka has no topic {', '.join(missing)}; `streams topics apply` makes what is missing")
    return found


def topic_settings(admin: KafkaAdminClient, names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Every setting of these topics, as Kafka has it; nothing of one that is not there.

    Raises:
        KafkaError: AuthorizationError where this user may not see them (DescribeConfigs).
    """
    resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    found = admin.describe_configs(resources, config_filter="all").get("topic", {}) if resources else {}
    return {name: {key: one["value"] for key, one in told.items()} for name, told in found.items()}


def plan_topics(
    admin: KafkaAdminClient, topics: Iterable[Topic], prefix: str, partitions: int | None = None
) -> list[Change]:
    """What `apply_topics` would do. Partitions are never taken away, and configuration only added to."""
    wanted = {prefix + topic.name: topic for topic in topics}
    found = partitions_of(admin, wanted)
    changes = []
    for name, topic in wanted.items():
        target = partitions or topic.partitions
        if name not in found:
            changes.append(Change(name, "create", f"{target} partitions"))
        elif found[name] < target:
            changes.append(Change(name, "partitions", f"{found[name]} of {target}: more change where keys go"))
    return changes


def apply_topics(
    admin: KafkaAdminClient, topics: Iterable[Topic], prefix: str, partitions: int | None, replication: int
) -> list[Change]:
    """Make the missing topics; returns what was done. Existing ones are left alone, so that no key moves."""
    known = {prefix + topic.name: topic for topic in topics}
    done = [change for change in plan_topics(admin, known.values(), prefix, partitions) if change.what == "create"]
    if done:
        admin.create_topics([_new(name, known[name], partitions, replication) for name in (c.topic for c in done)])
        _await_leaders(admin, [change.topic for change in done])
    return done


def _new(name: str, topic: Topic, partitions: int | None, replication: int) -> NewTopic:
    config = {key: str(value) for key, value in topic.config.items()}
    return NewTopic(name, partitions or topic.partitions, replication, topic_configs=config)


def _await_leaders(admin: KafkaAdminClient, names: list[str]) -> None:
    """A fresh topic answers only when its partitions have leaders; a worker that starts sooner sees none."""
    for _ in range(100):
        if len(partitions_of(admin, names)) == len(names):
            return
        time.sleep(0.05)


def group_offsets(admin: KafkaAdminClient, group: str) -> dict[TopicPartition, int]:
    """Committed offsets. Raises KafkaUnreachable."""
    return {part: at.offset for part, at in group_marks(admin, group).items()}


def group_marks(admin: KafkaAdminClient, group: str) -> dict[TopicPartition, Any]:
    """Committed offsets with their metadata. A fresh cluster makes its coordinator on the first question: ask again.

    Raises:
        KafkaUnreachable: no coordinator in ten seconds.
    """
    for _ in range(50):
        try:
            return {part: at for part, at in admin.list_group_offsets(group)[group].items() if at.offset >= 0}
        except _COORDINATOR_COMING:
            time.sleep(0.2)
    raise KafkaUnreachable(f"Kafka has no coordinator for the group {group}")
