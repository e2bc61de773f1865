"""`streams load` on a real Kafka: what it counts as sent is there, and nothing is left unsaid."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from kafka import KafkaProducer
from kafka.admin import NewTopic

from streams.cli import run
from streams.edge.kafka import KafkaUnreachable, connect, partitions_of
from streams.edge.kafka_config import KafkaConfig
from streams.edge.reading import Stored, read_topics
from streams.localkafka import local_kafka
from tests.integration.running import await_true, read_all

pytestmark = pytest.mark.integration
BIG = 12


def pages(path: Path, count: int, body: str = "<p>hello") -> Path:
    rows = [
        {"url": f"https://a.example/{n}", "fetched_at": "2020-01-01T00:00:00Z", "status": 200, "body": f"{body} {n}"}
        for n in range(count)
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def started(config: KafkaConfig, prefix: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "streams", "load", *arguments, "-b", config.bootstrap_servers]
    return subprocess.Popen(
        [*command, "--topic-prefix", prefix, "--json"],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def make_topic(config: KafkaConfig, name: str, **properties: str) -> None:
    with connect(config, 20) as admin:
        admin.create_topics([NewTopic(name, 1, 1, topic_configs=properties)])
        await_true(lambda: name in partitions_of(admin, [name]), 20)


def big_topic(config: KafkaConfig) -> Iterator[Stored]:
    """A reader that has had the first of more messages than it can have fetched ahead."""
    make_topic(config, "big")
    producer = KafkaProducer(**config.tools, acks="all")
    for _ in range(BIG):
        producer.send("big", os.urandom(400_000))
    producer.flush(60)
    producer.close()
    reader = read_topics(config, ["big"], patience=2)
    next(reader)
    return reader


def test_pages_arrive_with_key_body_and_headers_and_the_account_adds_up(
    streams, config: KafkaConfig, prefix: str, tmp_path: Path
) -> None:
    path = pages(tmp_path / "p.jsonl", 30)
    with path.open("a") as file:
        file.write("\n{broken\n")
    (tmp_path / "a.html").write_text('<link rel="canonical" href="HTTPS://B.example/x?utm_source=y#z"><p>h\u00e9llo')
    (tmp_path / "truth.jsonl").write_text('{"id": "1"}')
    code, out, told = streams("load", str(tmp_path), "--json")
    account = orjson.loads(out)
    assert code == 5
    assert f"{path}#31: " in told
    assert (account["read"], account["sent"], account["refused"], account["unconfirmed"]) == (32, 31, 1, 0)
    assert account["skipped_files"] == 1
    messages = {m.key: m for m in read_all(config, prefix + "pages-raw")}
    assert len(messages) == 31
    assert sum(len(m.value) for m in messages.values()) == account["bytes"]
    page = messages[b"https://b.example/x"]
    assert page.value == (tmp_path / "a.html").read_bytes()
    headers = dict(page.headers)
    assert headers["url"] == b"HTTPS://B.example/x?utm_source=y#z"
    assert headers["content-type"] == b"text/html"
    assert {"fetched-at", "http-status"} <= headers.keys()


def test_the_json_form_is_one_object_a_page(streams, config: KafkaConfig, prefix: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>\xff\x00")
    assert streams("load", str(tmp_path / "a.html"), "--json-form")[0] == 0
    (message,) = read_all(config, prefix + "pages-raw")
    assert dict(message.headers) == {"content-type": b"application/json"}
    assert {"url", "fetched_at"} <= orjson.loads(message.value).keys()


def test_a_dry_run_reads_and_counts_without_kafka(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = pages(tmp_path / "p.jsonl", 30)
    assert run(["load", str(path), "--dry-run", "--limit", "7", "-b", "127.0.0.1:1"]) == 0
    assert "7 read, nothing sent (--dry-run), 0 refused" in capfd.readouterr().err


def test_what_kafka_finds_too_large_is_refused_and_the_rest_is_sent(
    streams, config: KafkaConfig, prefix: str, tmp_path: Path
) -> None:
    make_topic(config, prefix + "small", **{"max.message.bytes": "20000"})
    pages(tmp_path / "a.jsonl", 3)
    pages(tmp_path / "b.jsonl", 1, "x" * 30_000)
    code, out, told = streams("load", str(tmp_path), "--topic", "small", "--json")
    account = orjson.loads(out)
    assert code == 5
    assert (account["sent"], account["refused"], account["unconfirmed"]) == (3, 1, 0)
    assert "b.jsonl#1: Kafka finds it too large" in told


def test_ctrl_c_tells_how_far_it_came_and_counts_what_is_there(
    config: KafkaConfig, prefix: str, tmp_path: Path
) -> None:
    loading = started(config, prefix, str(pages(tmp_path / "p.jsonl", 5_000)), "--rate", "100")
    while not read_all(config, prefix + "pages-raw"):
        assert loading.poll() is None
    loading.send_signal(signal.SIGINT)
    out, told = loading.communicate(timeout=30)
    account = orjson.loads(out)
    assert loading.returncode == 130, told
    assert 0 < account["sent"] == len(read_all(config, prefix + "pages-raw")) < 5_000
    assert (account["read"], account["unconfirmed"]) == (account["sent"], 0)
    assert account["last"].endswith(f"p.jsonl#{account['read']}")


def test_kafka_gone_is_exit_four_with_what_it_had_confirmed_and_ends_a_reader(tmp_path: Path) -> None:
    with local_kafka() as cluster:
        config = KafkaConfig(cluster.bootstrap_servers)
        make_topic(config, "pages-raw")
        reader = big_topic(config)
        path = pages(tmp_path / "p.jsonl", 5_000)
        loading = started(config, "", str(path), "--rate", "200", STREAMS_SEND_DEADLINE="3")
        while not (there := read_all(config, "pages-raw")):
            assert loading.poll() is None
        cluster.nodes[0].kill()
        with pytest.raises(KafkaUnreachable):
            assert len(list(reader)) < BIG
        out, told = loading.communicate(timeout=40)
    account = orjson.loads(out)
    assert loading.returncode == 4, told
    assert account["sent"] >= len(there)
    assert account["unconfirmed"] > 0
    assert account["read"] == account["sent"] + account["unconfirmed"]
    lines = told.decode().splitlines()
    assert len(lines) == 1, told
    assert f"confirmed {account['sent']} pages and no more" in lines[0]


@pytest.mark.parametrize(
    ("arguments", "expected"), [(("--topic", "nowhere"), 3), (("-b", "127.0.0.1:1"), 4), (("--rate", "0"), 2)]
)
def test_a_mistake_is_one_line_and_its_exit_code(
    streams, tmp_path: Path, arguments: tuple[str, ...], expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STREAMS_CONNECT_TIMEOUT", "1")
    path = str(pages(tmp_path / "p.jsonl", 1))
    if arguments[0] == "-b":
        code = run(["load", path, *arguments])
    else:
        code, _, told = streams("load", path, *arguments)
        assert len([line for line in told.splitlines() if line.startswith(("streams:", "Error:"))]) == 1
    assert code == expected


def test_a_missing_input_is_exit_two_before_kafka_is_asked(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["load", "nowhere.warc.gz", "-b", "127.0.0.1:1"]) == 2
    assert capfd.readouterr().err.strip() == "streams: no file or folder nowhere.warc.gz"
