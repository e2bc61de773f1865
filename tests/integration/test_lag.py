from __future__ import annotations

import orjson
import pytest
from kafka import KafkaProducer, TopicPartition
from kafka.structs import OffsetAndMetadata

from streams.cli import run
from streams.edge.kafka import connect, group_offsets
from streams.edge.kafka_config import KafkaConfig

pytestmark = pytest.mark.integration


def test_lag_is_the_end_less_what_the_group_has_committed(streams, config: KafkaConfig, prefix: str) -> None:
    topic, group = prefix + "pages-raw", prefix + "group"
    producer = KafkaProducer(**config.tools, acks="all")
    for number in range(5):
        producer.send(topic, value=b"%d" % number, partition=0)
    producer.flush(20)
    producer.close()
    marks = {
        TopicPartition(topic, 0): OffsetAndMetadata(2, "", -1),
        TopicPartition(topic, 1): OffsetAndMetadata(0, "", -1),
    }
    with connect(config, 20) as admin:
        group_offsets(admin, group)  # a fresh Kafka makes its coordinator now
        group_offsets(admin, group)  # waits for a coordinator, which a fresh cluster has yet to make
        admin.alter_group_offsets(group, marks)
    code, out, _ = streams("lag", "--group", group, "--json")
    assert code == 0
    assert [orjson.loads(line) for line in out.splitlines()] == [
        {"topic": topic, "partition": 0, "committed": 2, "end": 5, "lag": 3},
        {"topic": topic, "partition": 1, "committed": 0, "end": 0, "lag": 0},
    ]
    assert "3 messages behind in all" in streams("lag", "--group", group)[2]


def test_an_unknown_group_is_one_line_and_code_three(streams) -> None:
    code, out, told = streams("lag", "--group", "nobody")
    assert (code, out) == (3, b"")
    assert len(told.splitlines()) == 1
    assert "nobody" in told


def test_topics_are_planned_made_once_and_then_left_alone(config: KafkaConfig, fresh: str, capfd) -> None:
    arguments = ("-b", config.bootstrap_servers, "--topic-prefix", fresh, "--partitions", "1")
    assert run(["topics", "plan", *arguments]) == 0
    assert f"{fresh}pages-raw-dlq" in capfd.readouterr().out
    assert run(["topics", "apply", *arguments]) == 0
    capfd.readouterr()
    assert run(["topics", "plan", *arguments]) == 0
    assert capfd.readouterr().out == ""
