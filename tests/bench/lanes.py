"""What a back-fill does to live pages, and what a second worker adds, on a real Kafka.

python -m tests.bench.lanes --pages ../shared/pages

*Back-fill*: live pages come evenly; their latency with nothing beside, then with a backlog in a lane of its own
(topics, group and worker of its own, at low priority, as docs/delivery.md advises). *Workers*: the same pages
through one worker and through two of one group, one child each, each pinned to a core of its own. Kafka and
whoever loads share these cores, so on a small machine the CPU a page tells more than the rate.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from streams import demo
from streams.agents import AGENTS
from streams.catalogue import config_folder
from streams.core.steps import ARTICLES_ENRICHED
from streams.edge.inputs import InputPage
from streams.edge.kafka_config import KafkaConfig
from streams.localkafka import local_kafka
from tests.bench.beside import cpu_seconds
from tests.bench.feeding import await_done, chosen_pages, options, send
from tests.integration.running import RunningWorker, worker

LIVE, HISTORY = "live-", "history-"
#: Pages a second: about a fifth of what the machine of docs/performance.md does.
LIVE_RATE = 4.0


def main() -> int:
    pages = chosen_pages(options(__doc__).parse_args(), "lanes")
    if not pages:
        return 0
    with tempfile.TemporaryDirectory() as scratch, local_kafka() as cluster:
        back_fill(KafkaConfig(cluster.bootstrap_servers), pages, Path(scratch))
    for number in (1, 2):
        with tempfile.TemporaryDirectory() as scratch, local_kafka() as cluster:
            workers(KafkaConfig(cluster.bootstrap_servers), pages, Path(scratch), number)
    return 0


def back_fill(config: KafkaConfig, pages: list[InputPage], scratch: Path) -> None:
    for prefix in (LIVE, HISTORY):
        demo.make_topics(config, config_folder(), prefix)
    with worker(config, LIVE, scratch, children=1) as live:
        send(config, pages, prefix=LIVE)
        await_drained([live], len(pages))
        told("live pages alone", live_latencies(config, live, pages))
        send(config, 8 * pages, prefix=HISTORY)
        with contextlib.ExitStack() as stack:
            with low_priority():
                history = stack.enter_context(worker(config, HISTORY, scratch, children=1))
            latencies = live_latencies(config, live, pages)
            done = count(history, "clean")
            told(f"live pages beside a back-fill ({done:.0f} of its {8 * len(pages)} pages done by then)", latencies)


def live_latencies(config: KafkaConfig, live: RunningWorker, pages: list[InputPage]) -> list[float]:
    """Milliseconds from arrival on pages-raw to articles-enriched."""
    cleaned, enriched = count(live, "clean"), count(live, "detect", outcome="emitted")
    consumer = demo.follow(config, (LIVE + ARTICLES_ENRICHED,))
    seen = enriched
    while seen > 0:
        seen -= sum(len(batch) for batch in consumer.poll(timeout_ms=1000).values())
    send(config, pages, LIVE_RATE, prefix=LIVE)
    await_drained([live], cleaned + len(pages))
    wanted = count(live, "detect", outcome="emitted") - enriched
    found: list[float] = []
    while len(found) < wanted:
        batches = consumer.poll(timeout_ms=1000).values()
        found += [demo.latency_ms(message) or 0.0 for batch in batches for message in batch]
    consumer.close()
    return found


def workers(config: KafkaConfig, pages: list[InputPage], scratch: Path, number: int) -> None:
    demo.make_topics(config, config_folder(), LIVE)
    with contextlib.ExitStack() as stack:
        running = []
        for core in range(number):
            with pinned(core):
                running.append(stack.enter_context(worker(config, LIVE, scratch, children=1)))
        send(config, pages, prefix=LIVE)
        await_drained(running, len(pages))
        started, used = perf_counter(), sum(cpu_seconds(one.process.pid) for one in running)
        send(config, 2 * pages, prefix=LIVE)
        await_drained(running, 3 * len(pages))
        seconds = perf_counter() - started
        cpu = sum(cpu_seconds(one.process.pid) for one in running) - used
        done = 2 * len(pages)
        print(
            f"workers {number}: {done / seconds:.1f} pages/s, {cpu / done * 1e3:.1f} ms of their CPU a page", flush=True
        )


@contextlib.contextmanager
def pinned(core: int) -> Iterator[None]:
    """What starts in here, with all its children, stays on that core."""
    mine = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(mine)[core % len(mine)]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, mine)


@contextlib.contextmanager
def low_priority() -> Iterator[None]:
    """What starts in here yields to others."""
    mine = os.getpriority(os.PRIO_PROCESS, 0)
    os.setpriority(os.PRIO_PROCESS, 0, mine + 10)
    try:
        yield
    finally:
        with contextlib.suppress(PermissionError):  # only root may take it back
            os.setpriority(os.PRIO_PROCESS, 0, mine)


def await_drained(running: Sequence[RunningWorker], fed: float) -> None:
    await_done(lambda: drained(running, fed))


def drained(running: Sequence[RunningWorker], fed: float) -> bool:
    """Whether each agent has done, in all workers together, what the agent before sent on."""
    for agent in AGENTS:
        if sum(count(one, agent) for one in running) < fed:
            return False
        fed = sum(count(one, agent, outcome="emitted") for one in running)
    return True


def count(running: RunningWorker, agent: str, **labels: str) -> float:
    return running.sample("streams_messages_processed_total", agent=agent, **labels)


def told(what: str, latencies: list[float]) -> None:
    middle, high = (demo.percentile(latencies, share) for share in (0.5, 0.99))
    print(f"{what}: p50 {middle:.0f} ms, p99 {high:.0f} ms of {len(latencies)}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
