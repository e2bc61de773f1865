"""Faults side by side: most of a fault is waiting, so two lanes, each with a Kafka of its own, halve the time."""

from __future__ import annotations

import contextlib
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from streams.localkafka import Cluster, local_kafka
from streams.localkafka.ports import free_ports
from tests.faults.plan import Fault, Report, Sizes
from tests.faults.proxy import Proxy
from tests.faults.scene import Scene

#: A session timeout below Kafka's least of 6 s.
PROPERTIES = {"group.min.session.timeout.ms": "1000"}


@contextlib.contextmanager
def stage(kind: str) -> Iterator[tuple[Cluster, list[Proxy]]]:
    """A cluster of one or three nodes, or of one that clients reach through a proxy only."""
    with contextlib.ExitStack() as stack:
        if kind == "proxied":
            proxy = stack.enter_context(Proxy(free_ports("127.0.0.1", 1)[0]).running())
            cluster = stack.enter_context(local_kafka(properties=PROPERTIES, advertise=[proxy.port]))
            proxy.target = cluster.nodes[0].ports.client
            yield cluster, [proxy]
        else:
            nodes, heap = (3, 256) if kind == "three" else (1, 384)
            yield stack.enter_context(local_kafka(nodes=nodes, heap_mb=heap, properties=PROPERTIES)), []


def run_fault(
    fault: Fault, cluster: Cluster, proxies: list[Proxy], seed: int, sizes: Sizes, strikes: int, *, long: bool = False
) -> Report:
    """One fault, from its topics to its report. What goes wrong in the harness itself is a fault too."""
    report = Report(fault.name, seed)
    scene = Scene(fault, cluster, proxies, random.Random(f"{seed}/{fault.name}"), sizes, strikes, long=long)
    try:
        scene.run(report)
    except Exception as error:  # noqa: BLE001  the others' results shall not be lost with it
        report.faults.append(f"the harness failed: {error!r}; logs in {scene.folder}")
    report.faults += [note for note in report.notes if note.startswith("FAULT")]
    return report


class Lanes:
    """Takes faults from one list, each lane the next that its Kafka suits."""

    def __init__(self, faults: list[Fault], run: Callable[[Fault, Cluster, list[Proxy]], Report]) -> None:
        self._waiting, self._run = list(faults), run
        self._lock = threading.Lock()

    def run(self, count: int, told: Callable[[Report], None]) -> None:
        """All of them; `told` hears each report, one at a time."""
        with ThreadPoolExecutor(count, thread_name_prefix="lane") as pool:
            for lane in [pool.submit(self._lane, told) for _ in range(count)]:
                lane.result()

    def _lane(self, told: Callable[[Report], None]) -> None:
        fault = self._next(None)
        while fault is not None:
            kind = fault.cluster
            with stage(kind) as (cluster, proxies):
                while fault is not None and fault.cluster == kind:
                    report = self._run(fault, cluster, proxies)
                    with self._lock:
                        told(report)
                    fault = self._next(kind)

    def _next(self, kind: str | None) -> Fault | None:
        with self._lock:
            alike = [fault for fault in self._waiting if fault.cluster == kind]
            found = (alike or self._waiting or [None])[0]
            if found is not None:
                self._waiting.remove(found)
            return found
