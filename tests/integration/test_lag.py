"""`streams lag` on a real Kafka: every message that waits is counted, also where nothing was ever committed."""

from __future__ import annotations

import time
from collections.abc import Callable

import orjson
import pytest
from kafka import KafkaProducer, TopicPartition
from kafka.structs import OffsetAndMetadata

from streams.edge.kafka import connect, group_offsets
from streams.edge.kafka_config import KafkaConfig

pytestmark = pytest.mark.integration

Call = Callable[..., tuple[int, bytes, str]]


def send(config: KafkaConfig, topic: str, partition: int, count: int, age: float = 0) -> None:
    producer = KafkaProducer(**config.tools, acks="all")
    stamp = int((time.time() - age) * 1000)
    for sent in [producer.send(topic, b"x", partition=partition, timestamp_ms=stamp) for _ in range(count)]:
        sent.get(20)
    producer.close()


def commit(config: KafkaConfig, group: str, topic: str, partition: int, offset: int) -> None:
    with connect(config, 20) as admin:
        group_offsets(admin, group)  # a fresh Kafka makes its coordinator now
        admin.alter_group_offsets(group, {TopicPartition(topic, partition): OffsetAndMetadata(offset, "", -1)})


@pytest.fixture
def behind(streams: Call, config: KafkaConfig, prefix: str) -> Call:
    """Five pages of which three are done, an hour old; two more where nothing was committed; one for describe."""
    send(config, prefix + "pages-raw", 0, 5, age=3_600)
    send(config, prefix + "pages-raw", 1, 2)
    send(config, prefix + "articles-clean", 0, 1)
    commit(config, prefix + "g", prefix + "pages-raw", 0, 3)
    return lambda *arguments: streams("lag", "--group", "@g", *arguments)


def test_every_partition_shows_its_lag_with_the_age_of_its_oldest_message(behind: Call, prefix: str) -> None:
    code, out, _ = behind("--json")
    rows = {(row["topic"].removeprefix(prefix), row["partition"]): row for row in map(orjson.loads, out.splitlines())}
    assert code == 0
    assert len(rows) == 6
    done = rows["pages-raw", 0]
    assert (done["agent"], done["committed"], done["end"], done["lag"]) == ("clean", 3, 5, 2)
    assert 3_600 <= done["oldest_seconds"] < 3_700
    never = rows["pages-raw", 1]
    assert (never["committed"], never["lag"]) == (None, 2)
    assert (rows["articles-clean", 0]["agent"], rows["articles-clean", 0]["lag"]) == ("describe", 1)
    idle = rows["articles-described", 1]
    assert (idle["lag"], idle["oldest_seconds"]) == (0, None)


def test_the_total_is_that_of_all_partitions(behind: Call, prefix: str) -> None:
    _, out, _ = behind("--total", "--json")
    rows = {row["topic"].removeprefix(prefix): row["lag"] for row in map(orjson.loads, out.splitlines())}
    assert rows == {"pages-raw": 4, "articles-clean": 1, "articles-described": 0}
    _, table, told = behind()
    assert b"oldest_seconds" in table
    assert "5 messages behind in all, the oldest 3,6" in told


def test_only_the_agents_that_are_wanted_count(behind: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREAMS_AGENTS", "clean")
    rows = list(map(orjson.loads, behind("--json")[1].splitlines()))
    assert {row["agent"] for row in rows} == {"clean"}


def test_a_group_that_is_unknown_is_one_line_and_code_three(streams: Call) -> None:
    code, out, told = streams("lag", "--group", "nobody")
    assert (code, out) == (3, b"")
    assert told.strip() == "streams: the group nobody has committed nothing; is its name right, and did a worker run?"
