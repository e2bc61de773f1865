"""The whole path on a real Kafka against a plain trafilatura loop over the same pages, in one run.

python -m tests.bench.pipeline --pages ../shared/pages

One worker, two children, Kafka beside it on the same machine. Prints pages a second and their ratio,
p50 and p99 latency at 70 % of that load, and the worker's memory. Speed says something as a ratio only.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import psutil

from streams import demo
from streams.catalogue import config_folder
from streams.core.steps import ARTICLES_ENRICHED
from streams.edge.inputs import InputPage
from streams.edge.kafka_config import KafkaConfig
from streams.localkafka import local_kafka
from streams.localkafka.ports import free_ports
from tests.bench.feeding import await_done, chosen_pages, options, send


def main() -> int:
    parser = options(__doc__)
    parser.add_argument("--gold", type=Path, help="not used here")
    pages = chosen_pages(parser.parse_args(), "pipeline")
    if not pages:
        return 0
    yardstick = trafilatura_rate(pages)
    print(f"trafilatura.extract over {len(pages)} pages, one process: {yardstick:.1f} pages/s", flush=True)
    with tempfile.TemporaryDirectory() as scratch, local_kafka() as cluster:
        config, port = KafkaConfig(cluster.bootstrap_servers), free_ports("127.0.0.1", 1)[0]
        demo.make_topics(config, config_folder())
        with demo.running_worker(cluster.bootstrap_servers, port, Path(scratch) / "log") as worker:
            peak = Peak(worker.pid)
            send(config, pages)  # warm up: models loaded, caches filled
            await_drained(port, len(pages))
            started = perf_counter()
            send(config, pages)
            await_drained(port, 2 * len(pages))
            rate = len(pages) / (perf_counter() - started)
            print(f"the whole path: {rate:.1f} pages/s, {rate / yardstick:.2f} × trafilatura alone", flush=True)
            latencies = at_load(config, port, pages, 0.7 * rate)
            middle, high = (demo.percentile(latencies, share) for share in (0.5, 0.99))
            print(f"at 70 % load ({0.7 * rate:.1f} pages/s): p50 {middle:.0f} ms, p99 {high:.0f} ms")
            print(f"memory of the worker and its children, at most: {peak.end() / 2**20:.0f} MiB resident")
    return 0


def trafilatura_rate(pages: list[InputPage]) -> float:
    """Pages a second of the plain loop, as the yardstick's own documentation shows it."""
    from trafilatura import extract

    bodies = [page.page.body for page in pages if page.page]
    started = perf_counter()
    for body in bodies:
        extract(body)
    return len(bodies) / (perf_counter() - started)


def await_drained(port: int, fed: int) -> None:
    await_done(lambda: demo.drained(demo.accounts(port), fed), every=0.1)


def at_load(config: KafkaConfig, port: int, pages: list[InputPage], rate: float) -> list[float]:
    """Milliseconds from arrival on pages-raw to articles-enriched, for pages that come evenly."""
    before = demo.accounts(port)
    consumer = demo.follow(config, (ARTICLES_ENRICHED,))
    seen = before[-1].emitted
    while seen:
        seen -= sum(len(batch) for batch in consumer.poll(timeout_ms=1000).values())
    send(config, pages, rate)
    await_drained(port, before[0].consumed + len(pages))
    wanted = demo.accounts(port)[-1].emitted - before[-1].emitted
    messages: list[Any] = []
    while len(messages) < wanted:
        for batch in consumer.poll(timeout_ms=1000).values():
            messages += batch
    consumer.close()
    return [value for message in messages if (value := demo.latency_ms(message)) is not None]


class Peak:
    """The largest resident memory of a process and its descendants, looked at ten times a second."""

    def __init__(self, pid: int) -> None:
        self._process, self._most, self._on = psutil.Process(pid), 0, True
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while self._on:
            try:
                family = [self._process, *self._process.children(recursive=True)]
                self._most = max(self._most, sum(one.memory_info().rss for one in family))
            except psutil.Error:
                pass
            sleep(0.1)

    def end(self) -> int:
        self._on = False
        return self._most


if __name__ == "__main__":
    sys.exit(main())
