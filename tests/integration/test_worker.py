"""The whole path on a real Kafka: nothing lost, nothing in between, whatever the input."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import tomllib
from collections import Counter
from functools import partial
from pathlib import Path

import psutil
import pytest
from kafka import KafkaProducer

from streams.catalogue import config_folder
from streams.core.codec import loads
from streams.edge.kafka import connect
from streams.edge.kafka_config import KafkaConfig
from tests.integration.running import RunningWorker, await_true, read_all, worker

pytestmark = pytest.mark.integration

DEMO = config_folder() / "demo"
GOOD = [entry for entry in tomllib.loads((DEMO / "feed.toml").read_text())["page"] if not entry.get("bad")][:20]
PAGE = (
    b"<html><head><title>Norway leaves the pact</title></head><body><article><h1>Norway leaves the pact</h1>"
    b"<p>Norway said on Tuesday that it would withdraw from the Arctic Fisheries Convention, "
    b"which its boats in the far north have called a burden, and its ministers a duty, for as long as anyone "
    b"recalls.</p></article>"
)


def headers(**changes: bytes | None) -> list[tuple[str, bytes]]:
    base: dict[str, bytes | None] = {
        "url": b"https://a.example/x",
        "fetched-at": b"2020-01-01T00:00:00Z",
        "content-type": b"text/html",
        "http-status": b"200",
    }
    base |= {name.replace("_", "-"): value for name, value in changes.items()}
    return [(name, value) for name, value in base.items() if value is not None]


#: Every kind of bad message, and how it must end at `clean`.
BAD: dict[str, tuple[bytes | None, list[tuple[str, bytes]], str]] = {
    "malformed JSON": (b'{"url": ', [("content-type", b"application/json")], "rejected:malformed"),
    "empty body": (b"", headers(), "rejected:empty_body"),
    "tombstone": (None, headers(), "dropped:tombstone"),
    "unknown content type": (PAGE, headers(content_type=b"application/pdf"), "rejected:unsupported_type"),
    "oversized page": (PAGE + b"<p>x</p>" * 700_000, headers(), "rejected:too_large"),
    "a header missing": (PAGE, headers(url=None), "rejected:missing_header"),
    "a time that is none": (PAGE, headers(fetched_at=b"yesterday"), "rejected:bad_header"),
    "binary junk": (bytes(range(256)) * 40, headers(), "rejected:binary"),
    "error page": (PAGE, headers(http_status=b"503"), "dropped:http_status"),
}
#: Odd, but pages all the same: any outcome, if only there is one.
ODD = {
    "wrong encoding": ("<html><p>Łódź opuszcza związek miast.</p>".encode("utf-16-le"), headers()),
    "10,000 nested divs": (b"<div>" * 10_000 + b"deep", headers()),
    "truncated gzip": (b"\x1f\x8b\x08\x00\x00\x00", headers()),
    "lone surrogates in JSON": (
        b'{"url": "https://a.example/s", "fetched_at": "2020-01-01T00:00:00Z", "body": "<p>\\ud800</p>"}',
        [("content-type", b"application/json")],
    ),
}


def produce(config: KafkaConfig, topic: str, messages: list[tuple[bytes | None, bytes | None, list]]) -> None:
    producer = KafkaProducer(**config.tools, acks="all", max_request_size=8 << 20)
    sent = [producer.send(topic, key=key, value=value, headers=given) for key, value, given in messages]
    for one in sent:
        one.get(30)
    producer.close()


def good_messages(count: int = 20) -> list[tuple[bytes, bytes, list[tuple[str, bytes]]]]:
    rows = []
    for entry in GOOD[:count]:
        given = headers(
            url=entry["url"].encode(),
            fetched_at=entry["fetched_at"].encode(),
            content_type=entry["content_type"].encode(),
            http_status=str(entry.get("status", 200)).encode(),
        )
        rows.append((entry["url"].encode(), (DEMO / entry["file"]).read_bytes(), given))
    return rows


def outcomes(running: RunningWorker, agent: str) -> Counter[str]:
    names = ("emitted", "dropped", "rejected")
    values = {o: running.sample("streams_messages_processed_total", agent=agent, outcome=o) for o in names}
    return Counter({name: int(value) for name, value in values.items()})


def drained(running: RunningWorker, fed: int) -> bool:
    clean, describe, detect = (outcomes(running, agent) for agent in ("clean", "describe", "detect"))
    return clean.total() == fed and describe.total() == clean["emitted"] and detect.total() == describe["emitted"]


def test_every_message_ends_in_exactly_one_outcome_and_bad_ones_keep_their_bytes(
    config: KafkaConfig, prefix: str, tmp_path: Path
) -> None:
    bad = [(b"k", value, given) for value, given, _ in BAD.values()]
    odd = [(b"o", value, given) for value, given in ODD.values()]
    messages = good_messages() + bad + odd
    produce(config, prefix + "pages-raw", messages)
    with worker(config, prefix, tmp_path, reject_limit=1, log_level="debug") as running:
        await_true(lambda: drained(running, len(messages)), 60, running)
        for agent, topic in (("clean", "pages-raw"), ("describe", "articles-clean"), ("detect", "articles-described")):
            consumed = running.sample("streams_messages_consumed_total", topic=prefix + topic)
            assert consumed == outcomes(running, agent).total()
            assert running.sample("streams_messages_in_flight", agent=agent) == 0
        await_true(lambda: running.sample("streams_consumer_lag_messages") == 0, 10, running)
        expected = Counter(end for _, _, end in BAD.values())
        for end, count in expected.items():
            outcome, reason = end.split(":")
            got = running.sample(f"streams_messages_{outcome}_total", agent="clean", reason=reason)
            assert got >= count, end
        assert running.sample("streams_commits_total", outcome="committed") > 0
        assert running.sample("streams_commits_total", outcome="failed") == 0
        assert running.sample("streams_rebalance_duration_seconds_count") >= 1
        assert running.sample("streams_worker_state", state="working") == 1
        assert running.sample("streams_worker_state") == 1
        assert running.sample("streams_produce_errors_total") == 0
        clean = outcomes(running, "clean")
        detect = outcomes(running, "detect")
        assert running.stop() == 0
    assert faults_of_the_log(running, prefix + "group") == []
    letters = read_all(config, prefix + "pages-raw-dlq")
    assert len(letters) == clean["rejected"]
    for name, (value, given, end) in BAD.items():
        if end.startswith("rejected"):
            reason = end.split(":")[1].encode()
            match = [m for m in letters if m.value == value and dict(m.headers)["streams.error.reason"] == reason]
            assert match, name
            assert match[0].headers[: len(given)] == given, name
            assert match[0].key == b"k", name
    assert len(read_all(config, prefix + "articles-enriched")) == detect["emitted"]


def faults_of_the_log(running: RunningWorker, group: str) -> list[str]:
    """Lines that are no JSON, say not who speaks, or hold what a page said or a crawler sent."""
    secret = re.compile(r"Arctic Fisheries|opuszcza|<article>|a\\.example|withdr[ae]w from")
    found = []
    for line in running.log.read_text("utf-8").splitlines():
        told: dict[str, str] = {}
        with contextlib.suppress(json.JSONDecodeError):
            told = json.loads(line)
        if (
            secret.search(line)
            or told.get("group") != group
            or not {"instance", "version", "event", "level"} <= set(told)
        ):
            found.append(line[:300])
    return found


def numbered(count: int) -> list[tuple[bytes, bytes, list[tuple[str, bytes]]]]:
    """Pages that can be told apart: each says its number, and each holds an article."""
    body = PAGE.decode().replace("</article>", "<p>" + "Boats from the north fished the bank for years. " * 8)
    return [
        (f"k{i}".encode(), body.replace("Boats", f"{i} boats").encode(), headers(url=b"https://a.example/%d" % i))
        for i in range(count)
    ]


def _has_done(running: RunningWorker, count: float) -> bool:
    return running.sample("streams_messages_processed_total", agent="detect") >= count


def test_kill_minus_nine_in_the_middle_loses_nothing_and_repeats_only_equal_records(
    config: KafkaConfig, prefix: str, tmp_path: Path
) -> None:
    produce(config, prefix + "pages-raw", list(numbered(300)))
    for _ in range(2):
        with worker(config, prefix, tmp_path, session_timeout=6) as running:
            before = running.sample("streams_messages_processed_total", agent="detect")
            await_true(partial(_has_done, running, before + 20), 60, running)
            running.process.kill()
            running.process.wait()
    with worker(config, prefix, tmp_path, session_timeout=6) as running:
        await_true(lambda: len({m.key for m in read_all(config, prefix + "articles-enriched")}) == 300, 60, running)
        assert running.stop() == 0
    for topic in ("articles-clean", "articles-described", "articles-enriched", "withdrawals"):
        values: dict[str, set[bytes]] = {}
        for message in read_all(config, prefix + topic):
            record = loads(message.value)
            values.setdefault(record.get("event_id") or record["id"], set()).add(message.value)
        assert len(values) == 300, topic
        assert all(len(different) == 1 for different in values.values()), topic


def test_lag_grows_while_the_children_hang_and_nothing_is_fetched(
    config: KafkaConfig, prefix: str, tmp_path: Path
) -> None:
    with worker(config, prefix, tmp_path, step_deadline=100, children=1) as running:
        children = psutil.Process(running.process.pid).children(recursive=True)
        for child in children:
            child.send_signal(signal.SIGSTOP)
        try:
            produce(config, prefix + "pages-raw", list(numbered(40)))
            await_true(lambda: running.sample("streams_consumer_lag_messages") >= 30, 30, running)
            produce(config, prefix + "pages-raw", list(numbered(60)))
            await_true(lambda: running.sample("streams_consumer_lag_messages") >= 90, 30, running)
        finally:
            for child in children:
                child.send_signal(signal.SIGCONT)
        await_true(lambda: running.sample("streams_consumer_lag_messages") == 0, 90, running)


def test_partitions_that_appear_are_worked_on_within_a_minute(config: KafkaConfig, prefix: str, tmp_path: Path) -> None:
    """So is a topic that a leader did not find when it joined, as happens while a broker starts."""
    with worker(config, prefix, tmp_path, reject_limit=1) as running:
        with connect(config, 20) as admin:
            admin.create_partitions({prefix + "pages-raw": 5})
        await_true(lambda: running.sample("streams_assigned_partitions", topic=prefix + "pages-raw") == 5, 60, running)


def test_a_worker_without_its_topics_ends_with_three_and_says_which(config: KafkaConfig, tmp_path: Path) -> None:
    from tests.integration.running import start

    running = start(config, "nowhere-", tmp_path / "log")
    assert running.process.wait(30) == 3
    assert "nowhere-pages-raw" in running.log.read_text()
    assert "streams topics apply" in running.log.read_text()


def test_a_worker_without_kafka_ends_with_four_and_one_line(tmp_path: Path) -> None:
    from tests.integration.running import start

    running = start(KafkaConfig("127.0.0.1:1"), "x-", tmp_path / "log", connect_timeout=1)
    assert running.process.wait(30) == 4
    assert len(running.log.read_text().strip().splitlines()) == 1


def test_sigterm_stops_a_worker_under_load_with_zero_and_without_repeats(
    config: KafkaConfig, prefix: str, tmp_path: Path
) -> None:
    produce(config, prefix + "pages-raw", list(numbered(200)))
    with worker(config, prefix, tmp_path) as running:
        await_true(lambda: running.sample("streams_messages_processed_total", agent="clean") >= 10, 60, running)
        assert running.stop() == 0
    with worker(config, prefix, tmp_path) as running:
        await_true(lambda: len({m.key for m in read_all(config, prefix + "articles-enriched")}) == 200, 60, running)
        assert running.stop() == 0
    for topic in ("articles-clean", "articles-described", "articles-enriched"):
        assert len(read_all(config, prefix + topic)) == 200, topic
