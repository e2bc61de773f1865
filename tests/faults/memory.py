"""Large pages: what a worker with its children holds in memory while a backlog waits and something is slow."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

import psutil

from streams.edge.kafka import connect
from streams.localkafka import Node
from tests.faults.scene import Scene

#: docker-compose.yml's mem_limit for a worker of two children.
BOUND = 1536 << 20
#: The last third of the run may reach this much more than the third before it.
GROWTH = 1.15
#: Parts of the run whose highest points are told.
PARTS = 12
#: Seconds between two looks, and the most that a backlog may take.
LOOK, PATIENCE = 0.2, 900.0


def slow_children(scene: Scene) -> None:
    """The steps sleep; what is fetched, in work and to be sent must not grow with the backlog."""
    _watch(scene)


def slow_broker(scene: Scene) -> None:
    """The only broker stands still for most of the time."""
    with _limping(scene.cluster.nodes[0]):
        _watch(scene)


@contextlib.contextmanager
def _limping(node: Node) -> Iterator[None]:
    done = threading.Event()

    def limp() -> None:
        while not done.wait(0.15):
            node.pause()
            time.sleep(0.25)
            node.resume()

    thread = threading.Thread(target=limp, name="limping", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _watch(scene: Scene) -> None:
    seen: list[int] = []
    watched = threading.Event()
    watcher = threading.Thread(target=_look, args=(scene, seen, watched), name="memory", daemon=True)
    watcher.start()
    with connect(scene.inside, 60) as admin:
        done = scene.await_true(
            lambda: scene.loader.all_loaded and not scene.lag(admin), PATIENCE, "FAULT: not all done"
        )
    watched.set()
    watcher.join()
    if done:
        scene.notes.append(_verdict(seen))


def _look(scene: Scene, seen: list[int], watched: threading.Event) -> None:
    while not watched.wait(LOOK):
        slot = scene.slots[0]
        with contextlib.suppress(psutil.Error):
            main = psutil.Process(slot.process.pid if slot.process else 0)
            seen.append(sum(one.memory_info().rss for one in [main, *main.children(recursive=True)]))


def _verdict(seen: list[int]) -> str:
    size = max(1, len(seen) // PARTS)
    curve = [max(seen[at : at + size]) for at in range(0, len(seen), size)][:PARTS]
    before, last = max(seen[len(seen) // 3 : 2 * len(seen) // 3]), max(seen[2 * len(seen) // 3 :])
    bad = max(seen) > BOUND or last > before * GROWTH
    told = " ".join(str(one >> 20) for one in curve)
    return f"{'FAULT: ' if bad else ''}MiB resident, worker and children, highest in each twelfth of the run: {told}"
