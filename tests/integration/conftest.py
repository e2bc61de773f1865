"""One real Kafka for all integration tests; every test has its own topics, by prefix."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from streams.catalogue import config_folder
from streams.catalogue.topics import load_topics
from streams.cli import run
from streams.edge.kafka import apply_topics, connect
from streams.edge.kafka_config import KafkaConfig
from streams.localkafka import Cluster, local_kafka


@pytest.fixture(scope="session")
def kafka() -> Iterator[Cluster]:
    with local_kafka() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def config(kafka: Cluster) -> KafkaConfig:
    return KafkaConfig(kafka.bootstrap_servers)


@pytest.fixture
def fresh() -> str:
    """A prefix for names of topics and groups that no other test has."""
    return f"t{uuid.uuid4().hex[:8]}-"


@pytest.fixture
def prefix(config: KafkaConfig, fresh: str) -> str:
    """A fresh prefix under which all topics of the catalogue exist, two partitions each."""
    with connect(config, 20) as admin:
        apply_topics(admin, load_topics(config_folder()).values(), fresh, 2, 1)
    return fresh


@pytest.fixture
def streams(config: KafkaConfig, prefix: str, capfdbinary: Any) -> Callable[..., tuple[int, bytes, str]]:
    """Run a command against the test's topics: its exit code, stdout and stderr. `@` stands for the prefix."""

    def call(*arguments: str) -> tuple[int, bytes, str]:
        capfdbinary.readouterr()
        command = [a.replace("@", prefix) for a in arguments]
        code = run([*command, "-b", config.bootstrap_servers, "--topic-prefix", prefix])
        out, err = capfdbinary.readouterr()
        return code, out, err.decode()

    return call
