"""What `streams doctor` finds of a real Kafka."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from kafka import KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.structs import OffsetAndMetadata

from streams.catalogue import config_folder
from streams.catalogue.topics import Topic, load_topics
from streams.edge.doctor import kafka_findings
from streams.edge.kafka import connect, group_offsets
from streams.edge.kafka_config import KafkaConfig
from streams.settings import Settings
from tests.integration.running import await_true

pytestmark = pytest.mark.integration


def found(config: KafkaConfig, prefix: str, partitions: int = 2) -> dict[str, tuple[str, str]]:
    topics: list[Topic] = [replace(t, partitions=partitions) for t in load_topics(config_folder()).values()]
    settings = Settings(topic_prefix=prefix, group=prefix + "group", connect_timeout=20)
    return {finding.check: (finding.state, finding.told) for finding in kafka_findings(config, settings, topics)}


def test_nothing_is_wrong_with_a_fresh_cluster_with_its_topics(config: KafkaConfig, prefix: str) -> None:
    findings = found(config, prefix)
    assert {check: state for check, (state, _) in findings.items()} == dict.fromkeys(
        ("Kafka", "topics", "topic settings", "rights", "group", "clock"), "ok"
    )
    assert "Kafka 4." in findings["Kafka"][1]


def test_missing_topics_fail_and_fewer_partitions_warn(config: KafkaConfig, prefix: str, fresh: str) -> None:
    state, told = found(config, "none-" + fresh)["topics"]
    assert state == "FAIL"
    assert "streams topics apply" in told
    assert found(config, prefix, partitions=3)["topics"][0] == "warn"


def test_a_topic_that_takes_less_than_planned_fails_and_another_difference_warns(
    config: KafkaConfig, prefix: str
) -> None:
    with connect(config, 20) as admin:
        admin.alter_configs(
            [ConfigResource(ConfigResourceType.TOPIC, prefix + "pages-raw", {"retention.ms": "1000000"})]
        )
        await_true(lambda: found(config, prefix)["topic settings"][0] == "warn", 20)
        assert "retention.ms is 1000000, planned 604800000" in found(config, prefix)["topic settings"][1]
        small = {"max.message.bytes": "1000"}
        admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, prefix + "withdrawals", small)])
        await_true(lambda: found(config, prefix)["topic settings"][0] == "FAIL", 20)
    assert f"{prefix}withdrawals takes 1000, planned" in found(config, prefix)["topic settings"][1]


def test_a_group_that_is_behind_without_a_worker_and_a_page_from_the_future_warn(
    config: KafkaConfig, prefix: str
) -> None:
    topic = prefix + "pages-raw"
    producer = KafkaProducer(**config.tools, acks="all")
    producer.send(topic, value=b"x", partition=1, timestamp_ms=int(time.time() * 1000) + 600_000).get(20)
    producer.close()
    with connect(config, 20) as admin:
        group_offsets(admin, prefix)  # waits for a coordinator
        admin.alter_group_offsets(prefix + "group", {TopicPartition(topic, 1): OffsetAndMetadata(0, "", -1)})
    findings = found(config, prefix)
    assert findings["group"][0] == "warn"
    assert "streams worker" in findings["group"][1]
    assert findings["clock"][0] == "warn"


def test_a_kafka_that_does_not_answer_is_the_one_finding() -> None:
    settings = Settings(connect_timeout=0.3)
    (only,) = kafka_findings(KafkaConfig("127.0.0.1:1"), settings, [])
    assert (only.check, only.state) == ("Kafka", "FAIL")
