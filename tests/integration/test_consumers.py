"""What a consumer outside this repository meets: our headers by CloudEvents' own library, our examples as they stand."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary
from cloudevents.core.formats.json import JSONFormat

from streams.catalogue import config_folder
from streams.catalogue.topics import load_topics
from streams.edge.kafka import connect, group_offsets
from streams.edge.kafka_config import KafkaConfig
from tests.integration.running import await_true, read_all, worker

pytestmark = pytest.mark.integration
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
DEMO = config_folder() / "demo"
WRITTEN = ("articles-clean", "articles-described", "articles-enriched", "withdrawals", "withdrawals-rejected")


@pytest.fixture
def worked(streams: Any, config: KafkaConfig, prefix: str, tmp_path: Path) -> dict[str, list[Any]]:
    """All that a worker wrote for two pages of the demo, by topic; one says when it was fetched in a way of its own."""
    pages = [DEMO / "pages" / f"{name}.html" for name in ("station-russia-icc", "agency-us-unesco")]
    rows = [
        {"url": f"https://news.example/{page.stem}", "fetched_at": "20161208T091244.5+0100", "body": page.read_text()}
        for page in pages
    ]
    (tmp_path / "pages.jsonl").write_bytes(b"\n".join(map(orjson.dumps, rows)))
    assert streams("load", str(tmp_path / "pages.jsonl"))[0] == 0
    with worker(config, prefix, tmp_path) as running:
        await_true(lambda: len(read_all(config, prefix + "articles-enriched")) == 2, 60, running)
    found = {topic: read_all(config, prefix + topic) for topic in WRITTEN}
    assert all(found.values())
    return found


def test_every_record_is_a_cloud_event_and_fits_the_schema_of_its_topic(worked: dict[str, list[Any]]) -> None:
    topics, ids = load_topics(config_folder()), set()
    for topic, messages in worked.items():
        schema = (config_folder() / "schemas" / f"{topics[topic].schema}.schema.json").read_bytes()
        validator = jsonschema_rs.validator_for(orjson.loads(schema))
        for message in messages:
            headers = dict(message.headers)
            assert headers["content-type"] == b"application/json"
            event = from_binary(KafkaMessage(headers, message.key, message.value), JSONFormat())
            assert event.get_specversion() == "1.0"
            assert event.get_type().startswith("streams.")
            assert event.get_source() == f"/withdrawal-streams/{topics[topic].written_by}"
            assert event.get_time() == datetime(2016, 12, 8, 8, 12, 44, 500_000, UTC)
            assert headers["ce_time"] == b"2016-12-08T09:12:44.500000+01:00"
            validator.validate(event.get_data())
            ids.add((event.get_source(), event.get_type(), event.get_id()))
    assert len(ids) == sum(map(len, worked.values()))


def test_the_python_example_prints_every_event_and_goes_on_where_it_stopped(
    worked: dict[str, list[Any]], config: KafkaConfig, prefix: str
) -> None:
    code = (EXAMPLES / "consumer.py").read_text("utf-8")
    assert len(code.splitlines()) <= 25
    wanted = {message.key.decode() for message in worked["withdrawals"]}
    assert printed(config, prefix, len(wanted)) == wanted
    with pytest.raises(subprocess.TimeoutExpired):  # the group has read them all: it waits
        subprocess.run(command(config, prefix), timeout=6, capture_output=True, check=True)


def command(config: KafkaConfig, prefix: str) -> list[str]:
    return [sys.executable, str(EXAMPLES / "consumer.py"), config.bootstrap_servers, prefix]


def printed(config: KafkaConfig, prefix: str, lines: int) -> set[str]:
    with subprocess.Popen(command(config, prefix), stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            found = {running.stdout.readline().split(" ")[0] for _ in range(lines)}
            with connect(config, 20) as admin:  # it commits after it has printed: let it finish the last one
                await_true(lambda: sum(group_offsets(admin, prefix + "withdrawal-printer").values()) == lines, 20)
            return found
        finally:
            running.kill()


@pytest.mark.skipif(shutil.which("kcat") is None, reason="kcat is not installed (Debian: apt-get install kcat)")
def test_the_kcat_example_prints_headers_and_record_of_every_event(
    worked: dict[str, list[Any]], config: KafkaConfig, prefix: str
) -> None:
    call = ["sh", str(EXAMPLES / "consumer.sh"), config.bootstrap_servers, prefix]
    done = subprocess.run(call, capture_output=True, check=True, timeout=30)
    rows = [line.split(b"\t") for line in done.stdout.splitlines()]
    assert {key for _, key, _ in rows} == {message.key for message in worked["withdrawals"]}
    for headers, key, value in rows:
        assert b"ce_type=streams.withdrawal.detected" in headers
        assert orjson.loads(value)["event_id"] == key.decode()
