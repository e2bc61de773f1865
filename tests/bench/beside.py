"""The whole pipeline beside the same steps in bare aiokafka loops (tests/bench/bare.py), in turns, in one run.

python -m tests.bench.beside --pages ../shared/pages [--rounds 3]

Both get the same pages twice: once to warm up, once measured, with a Kafka of their own. Pages a second
from the first one loaded to the last one done, and CPU of worker and children; the better of the rounds.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import psutil

from streams import demo
from streams.catalogue import config_folder
from streams.edge.inputs import InputPage
from streams.edge.kafka_config import KafkaConfig
from streams.localkafka import local_kafka
from streams.localkafka.ports import free_ports
from tests.bench.feeding import await_done, chosen_pages, options, send

#: Whether so many pages are done.
Drained = Callable[[int], bool]


@contextlib.contextmanager
def ours(servers: str, scratch: Path) -> Iterator[tuple[int, Drained]]:
    (port,) = free_ports("127.0.0.1", 1)
    with demo.running_worker(servers, port, scratch / "log") as worker:
        yield worker.pid, lambda fed: demo.drained(demo.accounts(port), fed)


@contextlib.contextmanager
def bare(servers: str, scratch: Path) -> Iterator[tuple[int, Drained]]:
    command = [sys.executable, "-m", "tests.bench.bare", servers]
    with (scratch / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
    told = ["0"]

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            told[0] = line

    try:
        assert process.stdout is not None
        process.stdout.readline()  # its children are ready
        threading.Thread(target=listen, daemon=True).start()
        yield process.pid, lambda fed: int(told[0]) >= fed
    finally:
        for child in psutil.Process(process.pid).children(recursive=True):
            child.kill()
        process.kill()
        process.wait()


WAYS = {"bare aiokafka loops": bare, "ours": ours}


def measure(way: str, pages: list[InputPage]) -> tuple[float, float]:
    """Pages a second, and milliseconds of CPU a page."""
    with tempfile.TemporaryDirectory() as scratch, local_kafka() as cluster:
        config = KafkaConfig(cluster.bootstrap_servers)
        demo.make_topics(config, config_folder())
        with WAYS[way](cluster.bootstrap_servers, Path(scratch)) as (pid, drained):
            send(config, pages)
            await_done(lambda: drained(len(pages)))
            started, used = perf_counter(), cpu_seconds(pid)
            send(config, pages)
            await_done(lambda: drained(2 * len(pages)))
            return len(pages) / (perf_counter() - started), (cpu_seconds(pid) - used) / len(pages) * 1e3


def cpu_seconds(pid: int) -> float:
    """Of a process and its children, so far."""
    parent = psutil.Process(pid)
    times = [one.cpu_times() for one in (parent, *parent.children(recursive=True))]
    return sum(one.user + one.system for one in times)


def main() -> int:
    parser = options(__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many is shown")
    chosen = parser.parse_args()
    pages = 2 * chosen_pages(chosen, "beside")
    if not pages:
        return 0
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
    for _ in range(chosen.rounds):
        for way, rows in found.items():
            rows.append(measure(way, pages))
            print(f"{way}: {rows[-1][0]:.1f} pages/s, {rows[-1][1]:.1f} ms of CPU a page", flush=True)
    rate = {way: max(row[0] for row in rows) for way, rows in found.items()}
    cost = {way: min(row[1] for row in rows) for way, rows in found.items()}
    pair = [
        f"{name} {best['ours'] / best['bare aiokafka loops']:.2f}" for name, best in (("rate", rate), ("CPU", cost))
    ]
    print(f"ours / bare: {', '.join(pair)} (best of {chosen.rounds}, {len(pages)} pages)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
