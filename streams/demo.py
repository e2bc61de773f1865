"""The demo's machinery: a real local Kafka, the topics, a worker process, the sample feed, and the account.

It must not print; the command line does.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from kafka import KafkaConsumer, KafkaProducer
from prometheus_client.parser import text_string_to_metric_families

from streams.agents import AGENTS
from streams.catalogue.topics import load_topics
from streams.core.records import RawPage
from streams.core.steps import ARTICLES_ENRICHED, PAGES_RAW, WITHDRAWALS
from streams.edge.kafka import apply_topics, connect
from streams.edge.kafka_config import KafkaConfig
from streams.edge.loader import REQUEST_BYTES, raw_message
from streams.edge.metrics import OUTCOMES

PARTITIONS = 4
#: Seconds for a worker to load its models and take its partitions.
START_SECONDS = 90.0


class DemoError(Exception):
    """The worker did not start or did not end its work; one line."""


@dataclass(frozen=True, slots=True)
class AgentAccount:
    """consumed = emitted + dropped + rejected + in_flight, at every moment."""

    agent: str
    consumed: int
    emitted: int
    dropped: int
    rejected: int
    in_flight: int

    @property
    def adds_up(self) -> bool:
        return self.consumed == self.emitted + self.dropped + self.rejected + self.in_flight


@contextlib.contextmanager
def running_worker(servers: str, admin_port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process with all agents, stopped in order at the end.

    Raises:
        DemoError: it ended before it was ready; its log says why.
    """
    arguments = ["worker", "-b", servers, "--admin-port", str(admin_port), "--log-format", "json"]
    with log.open("wb") as file:
        worker = subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-m", "streams", *arguments], stdout=file, stderr=file
        )
        try:
            _await_ready(worker, admin_port, log)
            yield worker
        finally:
            worker.terminate()
            try:
                worker.wait(30)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()


def make_topics(config: KafkaConfig, folder: Path, prefix: str = "") -> None:
    with connect(config, 30) as admin:
        apply_topics(admin, load_topics(folder).values(), prefix, PARTITIONS, 1)


def feed(config: KafkaConfig, folder: Path) -> int:
    """Send the sample feed, bad messages and all; the count once Kafka has confirmed them."""
    entries: list[dict[str, Any]] = tomllib.loads((folder / "demo" / "feed.toml").read_text("utf-8"))["page"]
    producer = KafkaProducer(**config.tools, acks="all", max_request_size=REQUEST_BYTES)
    try:
        sent = [producer.send(PAGES_RAW, **_message(entry, folder / "demo")) for entry in entries]
        for confirmation in sent:
            confirmation.get(timeout=30)
    finally:
        producer.close(timeout=5)
    return len(entries)


def _message(entry: dict[str, Any], folder: Path) -> dict[str, Any]:
    body = (folder / entry["file"]).read_bytes()
    content_type = entry.get("content_type", "")
    if "url" not in entry:
        return {"key": None, "value": body, "headers": [("content-type", content_type.encode())]}
    return raw_message(RawPage(entry["url"], entry["fetched_at"], content_type, body, entry.get("status", 200)))


def follow(config: KafkaConfig, topics: tuple[str, ...] = (WITHDRAWALS, ARTICLES_ENRICHED)) -> KafkaConsumer:
    """A consumer from the start of those topics, outside any group."""
    return KafkaConsumer(*topics, **config.tools, group_id=None, auto_offset_reset="earliest")


def accounts(admin_port: int) -> list[AgentAccount]:
    """What each agent says of itself, from its metrics."""
    samples = _samples(admin_port)
    rows = []
    for name, plan in AGENTS.items():
        done = {o: samples.get(("processed_total", name, o), 0) for o in OUTCOMES}
        consumed = samples.get(("consumed_total", plan.reads, ""), 0)
        flying = samples.get(("in_flight", name, ""), 0)
        rows.append(AgentAccount(name, consumed, done["emitted"], done["dropped"], done["rejected"], flying))
    return rows


def drained(rows: list[AgentAccount], fed: int) -> bool:
    """Whether every agent has done all that the one before it sent on."""
    expected = fed
    for row in rows:
        if row.consumed < expected or row.in_flight or not row.adds_up:
            return False
        expected = row.emitted
    return True


def latency_ms(message: Any) -> float | None:
    """From the page's arrival on pages-raw to this output's, by Kafka's own timestamps."""
    received = dict(message.headers).get("streams-received-at")
    return message.timestamp - int(received) if received else None


def percentile(values: list[float], share: float) -> float:
    """Nearest rank; 0 for no values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def metrics_url(admin_port: int) -> str:
    return f"http://127.0.0.1:{admin_port}/metrics"


def _samples(admin_port: int) -> dict[tuple[str, str, str], int]:
    with urllib.request.urlopen(metrics_url(admin_port), timeout=5) as answer:  # noqa: S310  our own loopback address
        text = answer.read().decode()
    found: dict[tuple[str, str, str], int] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.name.startswith("streams_messages_"):
                labels = sample.labels
                key = sample.name.removeprefix("streams_messages_")
                first = labels.get("agent") or labels.get("topic") or ""
                found[key, first, labels.get("outcome", "")] = int(sample.value)
    return found


def _await_ready(worker: subprocess.Popen[bytes], admin_port: int, log: Path) -> None:
    deadline = monotonic() + START_SECONDS
    while monotonic() < deadline:
        if worker.poll() is not None:
            words = log.read_text("utf-8", "replace").strip().splitlines()[-1:]
            raise DemoError(f"the worker ended with {worker.returncode}: {' '.join(words)[:300]}")
        with contextlib.suppress(OSError):
            url = metrics_url(admin_port).replace("/metrics", "/readyz")
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  our own loopback address
                return
        sleep(0.1)
    raise DemoError(f"the worker was not ready in {START_SECONDS:g} s; its log is {log}")
