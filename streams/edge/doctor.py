"""Looks at Kafka as a worker would find it. It must change nothing there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from kafka import errors as kafka_errors
from kafka.admin import KafkaAdminClient

from streams.catalogue.topics import Topic
from streams.edge.kafka import (
    MAX_MESSAGE_BYTES,
    KafkaUnreachable,
    TopicsWrong,
    connect,
    group_marks,
    plan_topics,
    topic_settings,
)
from streams.edge.kafka_config import KafkaConfig
from streams.edge.lag_report import lag_report
from streams.edge.reading import last_messages
from streams.settings import Settings

State = Literal["ok", "warn", "FAIL"]
#: Seconds that a page may be stamped ahead of this machine before latencies lie.
AHEAD_SECONDS = 2.0
#: All our tests run on Kafka 4.
OLDEST_TESTED = (4, 0)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it stands, and what to do where it is not well."""

    check: str
    state: State
    told: str


def kafka_findings(config: KafkaConfig, settings: Settings, topics: Iterable[Topic]) -> Iterator[Finding]:
    """Kafka, its version, the topics against the plan, the group, the clock; only the first where none answers."""
    try:
        admin = connect(config, min(5.0, settings.connect_timeout))
    except KafkaUnreachable as error:
        yield Finding("Kafka", "FAIL", str(error))
        return
    planned = {settings.topic_prefix + topic.name: topic for topic in topics}
    with admin:
        yield _tried("Kafka", partial(_version, admin, config))
        yield _tried("topics", partial(_topics, admin, list(planned.values()), settings.topic_prefix))
        yield _tried("topic settings", partial(_topic_settings, admin, planned))
        yield _tried("rights", partial(_rights, admin, planned))
        yield _tried("group", partial(_group, admin, config, settings.group))
        yield _tried("clock", partial(_clock, config, settings.topic_prefix))


def _tried(check: str, look: Callable[[], tuple[State, str]]) -> Finding:
    try:
        return Finding(check, *look())
    except TopicsWrong as error:
        return Finding(check, "warn", str(error))
    except (KafkaUnreachable, kafka_errors.KafkaError) as error:
        return Finding(check, "FAIL", f"{type(error).__name__}: {error}")


def _version(admin: KafkaAdminClient, config: KafkaConfig) -> tuple[State, str]:
    brokers = admin.describe_cluster()["brokers"]
    version = admin.get_broker_version_data(brokers[0]["broker_id"]).broker_version
    number = ".".join(map(str, version))
    told = f"{config.bootstrap_servers} answers by {config.protocol}; Kafka {number}, brokers: {len(brokers)}"
    if version < OLDEST_TESTED:
        return "warn", f"{told}, older than any that was tried"
    return "ok", told


def _topics(admin: KafkaAdminClient, topics: list[Topic], prefix: str) -> tuple[State, str]:
    changes = plan_topics(admin, topics, prefix)
    missing = [change.topic for change in changes if change.what == "create"]
    if missing:
        return "FAIL", f"{', '.join(missing)} missing: streams topics apply"
    fewer = ", ".join(f"{change.topic} ({change.detail.partition(':')[0]})" for change in changes)
    return ("warn", f"fewer partitions than planned: {fewer}") if fewer else ("ok", f"all {len(topics)} are there")


def _topic_settings(admin: KafkaAdminClient, planned: Mapping[str, Topic]) -> tuple[State, str]:
    """Where a topic takes less than planned, large records are undeliverable; other differences may be meant."""
    names = sorted(set(planned) & set(admin.list_topics()))
    try:
        found = topic_settings(admin, names)
    except kafka_errors.AuthorizationError:
        return "warn", "this user may not see them (DescribeConfigs)"
    differing = [
        (name, key, found[name][key], str(wanted))
        for name in names
        for key, wanted in planned[name].config.items()
        if key in found[name] and found[name][key] != str(wanted)
    ]
    small = [f"{n} takes {has}, planned {plan}" for n, key, has, plan in differing if _is_small(key, has, plan)]
    if small:
        return "FAIL", f"{MAX_MESSAGE_BYTES}: {', '.join(small)}; raise it with kafka-configs.sh --alter"
    if differing:
        told = ", ".join(f"{name}: {key} is {has}, planned {plan}" for name, key, has, plan in differing)
        return "warn", f"not as planned: {told}"
    return "ok", f"as planned on {len(names)} topics"


def _is_small(key: str, has: str, planned: str) -> bool:
    return key == MAX_MESSAGE_BYTES and int(has) < int(planned)


def _rights(admin: KafkaAdminClient, planned: Mapping[str, Topic]) -> tuple[State, str]:
    """READ on what an agent reads, WRITE on what it writes, as Kafka's authorizer says."""
    missing = []
    for row in admin.describe_topics(sorted(set(planned) & set(admin.list_topics()))):
        topic, allowed = planned[row["name"]], set(row.get("authorized_operations") or ())
        needed = {"READ"} if topic.read_by else set()
        needed |= {"WRITE"} if topic.written_by else set()
        missing += [f"{operation} on {row['name']}" for operation in sorted(needed - allowed)]
    if missing:
        return "FAIL", f"this user lacks {', '.join(missing)}: kafka-acls.sh --add"
    return "ok", "read and write where agents do"


def _group(admin: KafkaAdminClient, config: KafkaConfig, group: str) -> tuple[State, str]:
    if not group_marks(admin, group):
        return "ok", f"{group} has read nothing yet"
    behind = sum(row.lag for row in lag_report(admin, config, group, {}, ages=False))
    members = len(admin.describe_groups([group])[group]["members"])
    told = f"{group}: members: {members}, messages behind: {behind:,}"
    if behind and not members:
        return "warn", f"{told}, and nobody works: streams worker"
    return "ok", told


def _clock(config: KafkaConfig, prefix: str) -> tuple[State, str]:
    """A broker tells nobody its time; the stamp of the newest page is the nearest that can be read."""
    stamps = [message.timestamp for message in last_messages(config, [prefix + "pages-raw"])]
    if not stamps:
        return "ok", "no page yet to compare with"
    age = time.time() - max(stamps) / 1000
    if age < -AHEAD_SECONDS:
        return "warn", f"the newest page is stamped {-age:,.0f} s ahead of this machine: set both clocks by NTP"
    return "ok", f"the newest page was stamped {max(age, 0):,.0f} s ago"
