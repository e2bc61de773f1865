"""`streams tail` on a real Kafka, fed by `load` and by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from kafka import KafkaProducer

from streams.catalogue import config_folder
from streams.edge.kafka_config import KafkaConfig

pytestmark = pytest.mark.integration
NOON = 1_790_000_000_000


@pytest.fixture
def carried(config: KafkaConfig, prefix: str) -> bytes:
    """Two events an hour apart, junk and a tombstone between them, on `withdrawals`."""
    event = (config_folder() / "schemas" / "withdrawal.example.json").read_bytes()
    producer = KafkaProducer(**config.tools, acks="all")
    for minutes, value in enumerate((event, b"\x1b[31mjunk\xff", None, event)):
        producer.send(
            prefix + "withdrawals", key=b"k", value=value, partition=0, timestamp_ms=NOON + minutes * 1_200_000
        )
    producer.flush(20)
    producer.close()
    return event


def located(out: bytes) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in out.splitlines()]


def test_json_is_the_record_and_where_it_stands(streams, carried: bytes, prefix: str) -> None:
    code, out, _ = streams("tail", "--from", "earliest", "--no-follow", "--json")
    rows = located(out)
    assert code == 0
    assert [row["_offset"] for row in rows] == [0, 1, 2, 3]
    where = {"_topic": prefix + "withdrawals", "_partition": 0, "_offset": 0, "_key": "k", "_timestamp": NOON}
    assert rows[0] == {**orjson.loads(carried), **where}


def test_events_are_drawn_and_the_rest_is_told_without_control_characters(streams, carried: bytes) -> None:
    code, out, _ = streams("tail", "--from", "earliest", "--no-follow")
    event = orjson.loads(carried)
    assert code == 0
    assert out.decode().count(f"{event['actor']['name']} → {event['object']['name']}") == 2
    assert b"\x1b" not in out


def test_it_starts_at_a_time_and_ends_at_a_limit(streams, carried: bytes) -> None:
    second = datetime.fromtimestamp((NOON + 1_200_000) / 1000, UTC).isoformat()
    assert len(located(streams("tail", "--from", second, "--no-follow", "--json")[1])) == 3
    # --limit ends it even while it follows
    assert len(located(streams("tail", "--from", "earliest", "--limit", "2", "--json")[1])) == 2
    assert streams("tail", "--no-follow", "--json")[1] == b""


def test_load_sends_what_tail_then_shows(streams, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<link rel="canonical" href="https://a.example/1"><p>hello')
    (tmp_path / "b.jsonl").write_text(
        '{"url": "https://a.example/2", "fetched_at": "2026-01-01T00:00:00Z", "body": "x"}\n{}\n'
    )
    code, _, told = streams("load", str(tmp_path / "a.html"), str(tmp_path / "b.jsonl"))
    assert code == 5
    assert "b.jsonl#2" in told
    code, out, _ = streams("tail", "pages-raw", "--from", "earliest", "--no-follow", "--json")
    assert code == 0
    assert {row["_key"] for row in located(out)} == {"https://a.example/1", "https://a.example/2"}


def test_an_unknown_topic_is_one_line_and_code_three(streams) -> None:
    code, out, told = streams("tail", "nowhere", "--no-follow")
    assert (code, out) == (3, b"")
    assert len(told.splitlines()) == 1
    assert "nowhere" in told
