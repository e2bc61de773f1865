"""`streams export` and `streams feed` on a real Kafka: what comes out is what stands in the topic, in bounded memory."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path
from typing import Any

import feedparser
import orjson
import pyarrow.parquet
import pytest
from kafka import KafkaProducer

from streams.catalogue import config_folder
from streams.core.codec import decode, encode
from streams.core.records import Article, Withdrawal
from streams.edge.inputs import read_inputs
from streams.edge.kafka_config import KafkaConfig

pytestmark = pytest.mark.integration
NOON = 1_790_000_000_000
SCHEMAS = config_folder() / "schemas"
EVENT: dict[str, Any] = orjson.loads((SCHEMAS / "withdrawal.example.json").read_bytes())


def send(config: KafkaConfig, topic: str, *messages: tuple[bytes | None, dict[str, str]], key: str = "") -> None:
    producer = KafkaProducer(**config.tools, acks="all", max_request_size=8 << 20)
    for number, (value, headers) in enumerate(messages):
        sent = [(name, text.encode()) for name, text in headers.items()]
        name = (key or (orjson.loads(value)["event_id"] if value and value[:1] == b"{" else "k")).encode()
        producer.send(topic, key=name, value=value, headers=sent, partition=0, timestamp_ms=NOON + number)
    producer.flush(120)
    producer.close()


def event(number: int, **changes: Any) -> tuple[bytes, dict[str, str]]:
    record = {**EVENT, "event_id": f"{number:032x}", **changes}
    return orjson.dumps(record), {"ce_time": f"2026-11-{number:02}T10:00:00Z"}


def test_lines_are_the_records_and_where_they_stand(
    streams: Any, config: KafkaConfig, prefix: str, tmp_path: Path
) -> None:
    send(config, prefix + "withdrawals", event(1), (b"junk", {}), (None, {}), event(2))
    for path in (tmp_path / "x.jsonl", tmp_path / "x.jsonl.gz"):
        code, out, told = streams("export", "-o", str(path))
        assert (code, out) == (5, b"")
        assert f"{prefix}withdrawals:0:1: no JSON object" in told
        assert "2 written, 1 tombstones, 1 were no records" in told
        whole = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        rows = [orjson.loads(line) for line in whole.splitlines()]
        assert [row["event_id"] for row in rows] == [f"{1:032x}", f"{2:032x}"]
        place = {"_topic": prefix + "withdrawals", "_partition": 0, "_offset": 3, "_key": f"{2:032x}"}
        assert rows[1] == {**orjson.loads(event(2)[0]), **place, "_timestamp": NOON + 3}
    assert streams("export", "--limit", "1")[1].count(b"\n") == 1


@pytest.mark.parametrize(
    ("topic", "name", "record"),
    [("withdrawals", "withdrawal", Withdrawal), ("articles-enriched", "article-enriched", Article)],
)
def test_parquet_holds_every_field_of_the_record(
    streams: Any, config: KafkaConfig, prefix: str, tmp_path: Path, topic: str, name: str, record: type
) -> None:
    value = orjson.dumps(orjson.loads((SCHEMAS / f"{name}.example.json").read_bytes()))
    send(config, prefix + topic, (value, {}), (b'{"no": "record"}', {}), (value, {}), key="k")
    code, _, told = streams("export", topic, "-o", str(tmp_path / "x.parquet"))
    assert code == 5
    assert f"{prefix}{topic}:0:1: not a {record.__name__}" in told
    table = pyarrow.parquet.read_table(tmp_path / "x.parquet")
    assert table.num_rows == 2
    row = table.to_pylist()[1]
    assert (row.pop("_offset"), row.pop("_key"), row.pop("_topic")) == (2, "k", prefix + topic)
    assert (row.pop("_partition"), row.pop("_timestamp").timestamp() * 1000) == (0, NOON + 2)
    assert in_places(row) == in_places(orjson.loads(encode(decode(value, record))))


def in_places(data: Any) -> Any:
    """A tuple of several kinds is a struct in Parquet and a list in JSON."""
    if isinstance(data, dict):
        inner = {name: in_places(value) for name, value in data.items()}
        return list(inner.values()) if "_1" in inner else inner
    return [in_places(value) for value in data] if isinstance(data, list) else data


def test_exported_pages_can_be_loaded_again(streams: Any, config: KafkaConfig, prefix: str, tmp_path: Path) -> None:
    headers = {"url": "https://a.example/1", "fetched-at": "2020-01-01T00:00:00Z", "content-type": "text/html"}
    send(config, prefix + "pages-raw", (b"<p>\xff hello", headers), (b"no page", {}), key="k")
    assert streams("export", "pages-raw", "-o", str(tmp_path / "p.jsonl"))[0] == 0
    page, other = read_inputs([tmp_path / "p.jsonl"])
    assert page.page is not None
    assert (page.page.url, page.page.body) == ("https://a.example/1", b"<p>\xff hello")
    assert other.page is None


@pytest.mark.timeout(400)  # 100 MB through Kafka, on a busy machine
def test_memory_does_not_grow_with_the_topic(config: KafkaConfig, prefix: str, tmp_path: Path) -> None:
    article = orjson.loads((SCHEMAS / "article-enriched.example.json").read_bytes())
    value = orjson.dumps({**article, "text": article["text"] * 200})
    code = (
        "import resource, sys; from streams.cli import run; code = run(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss); sys.exit(code)"
    )
    peaks = []
    for rounds, count in enumerate((40, 160), 1):  # 160 more are some 80 MB
        send(config, prefix + "articles-enriched", *[(value, {})] * count, key="k")
        call = [sys.executable, "-c", code, "export", "articles-enriched", "-o", str(tmp_path / f"{rounds}.parquet")]
        more = ["-b", config.bootstrap_servers, "--topic-prefix", prefix]
        done = subprocess.run([*call, *more], capture_output=True, text=True, check=True)
        peaks.append(int(done.stdout) * 1024)
    assert pyarrow.parquet.ParquetFile(tmp_path / "2.parquet").num_row_groups > 2
    assert peaks[1] - peaks[0] < 0.75 * 160 * len(value)  # half was exceeded once, on a busy machine


def test_what_cannot_be_written_is_one_line_and_leaves_nothing(
    streams: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for topic, name, said in (
        ("withdrawals", "x.csv", ".jsonl, .jsonl.gz or .parquet"),
        ("pages-raw", "x.parquet", "export them as .jsonl"),
    ):
        code, _, told = streams("export", topic, "-o", str(tmp_path / name))
        assert (code, said in told) == (2, True)
    assert streams("export", "nowhere", "-o", str(tmp_path / "x.jsonl"))[0] == 3
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    code, _, told = streams("export", "-o", str(tmp_path / "x.parquet"))
    assert code == 2
    assert told.splitlines() == ["streams: a .parquet file needs pyarrow: pip install 'withdrawal-streams[parquet]'"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("shape", ["atom", "rss"])
def test_a_feed_has_the_newest_events_once_and_a_feed_reader_reads_it(
    streams: Any, config: KafkaConfig, prefix: str, tmp_path: Path, shape: str
) -> None:
    hostile = {**EVENT["evidence"], "sentence": "<script>x</script> & \x00\x1b\ud83d leaves"}
    events = [
        event(3),
        event(1),
        event(2, evidence={**hostile, "sentence": hostile["sentence"].encode("utf-8", "replace").decode()}),
        event(4, main=False),
        event(5, confidence=0.1),
        (b"junk", {}),
        event(3, stage="effective"),
        event(6, article={**EVENT["article"], "url": "javascript:alert(1)"}),
    ]
    send(config, prefix + "withdrawals", *events)
    path = tmp_path / "feed.xml"
    arguments = ("feed", "--format", shape, "--min-confidence", "0.5", "-o", str(path))
    assert streams(*arguments)[0] == 0
    feed = feedparser.parse(path.read_bytes())
    assert not feed.bozo
    assert feed.version == {"atom": "atom10", "rss": "rss20"}[shape]
    numbers = [int(entry.id.removeprefix("urn:uuid:").replace("-", ""), 16) for entry in feed.entries]
    assert numbers == [6, 3, 2, 1]
    first, third, second, _ = feed.entries
    assert "http" not in first.get("link", "")
    assert b"javascript" not in path.read_bytes()
    assert third.link == EVENT["article"]["url"]
    assert third.title == f"{EVENT['actor']['name']} → {EVENT['object']['name']}: {EVENT['form']}, effective"
    assert third.summary == EVENT["evidence"]["sentence"]
    assert (third.get("published_parsed") or third.updated_parsed)[:4] == (2026, 11, 3, 10)
    assert b"&lt;script&gt;x" in path.read_bytes()
    assert "leaves" in second.summary
    before = path.read_bytes()
    assert streams(*arguments)[0] == 0
    assert path.read_bytes() == before
    assert [len(feedparser.parse(streams("feed", *more)[1]).entries) for more in ((), ("--background",), ("--limit", "2"))] == [5, 6, 2]  # fmt: skip


def test_a_feed_of_nothing_is_a_feed(streams: Any) -> None:
    code, out, _ = streams("feed")
    assert code == 0
    assert not feedparser.parse(out).bozo
