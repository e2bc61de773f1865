"""A real worker process for a test, and the audit of what it left in the topics."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from prometheus_client.parser import text_string_to_metric_families

from streams.edge.kafka_config import KafkaConfig
from streams.localkafka.ports import free_ports


@dataclass
class RunningWorker:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def sample(self, name: str, **labels: str) -> float:
        """The sum of the samples of that name whose labels include those."""
        text = self.get("/metrics")[1]
        return sum(
            sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(30)


@contextlib.contextmanager
def worker(config: KafkaConfig, prefix: str, folder: Path, **settings: Any) -> Iterator[RunningWorker]:
    """A worker with its own group, ready when the block begins."""
    log = folder / f"worker-{time.monotonic_ns()}.log"
    running = start(config, prefix, log, **settings)
    try:
        await_true(lambda: _ready(running), 120, running)
        yield running
    finally:
        running.process.kill()
        running.process.wait()


def start(config: KafkaConfig, prefix: str, log: Path, **settings: Any) -> RunningWorker:
    (port,) = free_ports("127.0.0.1", 1)
    environment = {f"STREAMS_{name.upper()}": str(value) for name, value in settings.items()}
    import os

    with log.open("wb") as file:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streams", "worker", "-b", config.bootstrap_servers, "--log-format", "json"),
                *("--topic-prefix", prefix, "--group", prefix + "group", "--admin-port", str(port)),
            ],
            env={**os.environ, **environment},
            stdout=file,
            stderr=file,
        )
    return RunningWorker(process, port, log)


def _ready(running: RunningWorker) -> bool:
    with contextlib.suppress(OSError):
        return running.get("/readyz")[0] == 200
    return False


def await_true(condition: Callable[[], bool], seconds: float, running: RunningWorker | None = None) -> None:
    """Poll until it holds; the worker's last words go into the failure."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline or (running is not None and running.process.poll() is not None):
            words = running.log.read_text("utf-8", "replace")[-2000:] if running else ""
            raise AssertionError(f"not true in {seconds} s\n{words}")
        time.sleep(0.1)


def read_all(config: KafkaConfig, topic: str) -> list[Any]:
    """Every message of a topic, to its end as of now."""
    consumer = KafkaConsumer(**config.tools, group_id=None, auto_offset_reset="earliest", enable_auto_commit=False)
    try:
        parts = [TopicPartition(topic, p) for p in sorted(consumer.partitions_for_topic(topic))]
        consumer.assign(parts)
        consumer.seek_to_beginning(*parts)
        ends = consumer.end_offsets(parts)
        messages: list[Any] = []
        while any(consumer.position(part) < ends[part] for part in parts):
            for batch in consumer.poll(timeout_ms=500).values():
                messages += batch
        return messages
    finally:
        consumer.close()
