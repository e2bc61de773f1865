from __future__ import annotations

import pytest

from streams.cli import run
from streams.edge.kafka_config import KafkaConfig

pytestmark = pytest.mark.integration


def test_topics_are_planned_made_once_and_then_left_alone(config: KafkaConfig, fresh: str, capfd) -> None:
    arguments = ("-b", config.bootstrap_servers, "--topic-prefix", fresh, "--partitions", "1")
    assert run(["topics", "plan", *arguments]) == 0
    assert f"{fresh}pages-raw-dlq" in capfd.readouterr().out
    assert run(["topics", "apply", *arguments]) == 0
    capfd.readouterr()
    assert run(["topics", "plan", *arguments]) == 0
    assert capfd.readouterr().out == ""
