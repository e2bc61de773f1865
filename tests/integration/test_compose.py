"""Kafka as docker-compose.yml configures it, run for real: the pinned Kafka on the same properties, without Docker."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from kafka import KafkaProducer

from streams.catalogue import config_folder
from streams.catalogue.topics import load_topics
from streams.edge.kafka import apply_topics, connect, plan_topics
from streams.edge.kafka_config import KafkaConfig
from streams.localkafka.jars import class_path, ensure_jars
from streams.localkafka.java import find_java
from streams.localkafka.node import LOOPBACK, Node, Ports, Runtime
from streams.localkafka.ports import free_ports

pytestmark = pytest.mark.integration

SERVICE = yaml.safe_load((config_folder().parent / "docker-compose.yml").read_text("utf-8"))["services"]["kafka"]
TOPICS = load_topics(config_folder())


def properties() -> dict[str, str]:
    """As the image's KafkaDockerWrapper makes them of the environment, and of nothing else."""
    given = SERVICE["environment"].items()
    return {name.removeprefix("KAFKA_").lower().replace("_", "."): str(value) for name, value in given}


def here(value: str, ports: dict[str, int], data: Path) -> str:
    """The same on this machine: its loopback for every host name, free ports, a folder of the test for the volume."""
    for old, new in ports.items():
        for host in ("localhost", "kafka", ""):
            value = value.replace(f"//{host}:{old}", f"//{LOOPBACK}:{new}").replace(
                f"@{host}:{old}", f"@{LOOPBACK}:{new}"
            )
    return value.replace("/var/lib/kafka/data", str(data))


def test_kafka_s_data_lies_in_the_volume() -> None:
    mounted = [volume.split(":")[1] for volume in SERVICE["volumes"]]
    assert properties()["log.dirs"] in mounted, "the image itself keeps it in /tmp"


def test_compose_s_kafka_takes_the_topics_and_the_largest_record_and_keeps_them_over_a_restart(tmp_path: Path) -> None:
    inside, outside, controller = free_ports(LOOPBACK, 3)
    ports = {"19092": inside, "9092": outside, "9093": controller}
    (log := tmp_path / "log4j2.properties").write_bytes((config_folder() / "kafka" / "log4j2.properties").read_bytes())
    runtime = Runtime(find_java(), class_path(ensure_jars(lambda _: None)), 384, log)
    node = Node(1, tmp_path / "node", Ports(outside, inside, controller), runtime, None)
    node.configure({key: here(value, ports, tmp_path / "node" / "data") for key, value in properties().items()})
    node.formatted(node.format("5L6g3nShT-eMCtK--X86sw"))
    try:
        node.start()
        for listener in (inside, outside):
            with connect(KafkaConfig(f"{LOOPBACK}:{listener}"), 60) as admin:
                apply_topics(admin, TOPICS.values(), "", None, 1)
                assert plan_topics(admin, TOPICS.values(), "") == []
        config = KafkaConfig(f"{LOOPBACK}:{outside}")
        producer = KafkaProducer(**config.tools, acks="all", max_request_size=16 << 20)
        for name, topic in TOPICS.items():
            producer.send(name, key=b"k", value=bytes(topic.max_message_bytes - 1_000)).get(60)
        producer.close()
        node.stop()
        node.start()
        with connect(config, 60) as admin:
            assert plan_topics(admin, TOPICS.values(), "") == []
    finally:
        node.kill()
