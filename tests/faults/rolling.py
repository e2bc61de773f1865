"""A rolling restart of workers with static membership: no partition moves, and the others work on."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Mapping
from typing import Any

from tests.faults.scene import Scene
from tests.faults.supervisor import Slot

#: Seconds, more than the heartbeat's interval (a fifth of the session's timeout).
REST = 8.0
Held = tuple[frozenset[tuple[str, str]], float]


def restart_in_turn(scene: Scene) -> None:
    """Every worker once; each must hold afterwards what it held, and only the restarted one was assigned anew."""
    scene.await_true(lambda: _settled(scene), 90, "FAULT: the group did not come to rest")
    for slot in scene.slots:
        before = {one.number: _held(one) for one in scene.slots}
        starts = slot.starts
        slot.strike(signal.SIGTERM)
        scene.await_true(lambda: slot.starts > starts and slot.ready, 60, "FAULT: a worker did not come back")  # noqa: B023
        _compare(scene, slot, before)


def _settled(scene: Scene) -> bool:
    """All are ready, and nobody was assigned anything for some heartbeats."""
    before = [_held(slot) for slot in scene.slots]
    time.sleep(REST)
    return all(slot.ready for slot in scene.slots) and before == [_held(slot) for slot in scene.slots]


def _compare(scene: Scene, struck: Slot, before: Mapping[int, Held]) -> None:
    for slot in scene.slots:
        (had, times), (has, again) = before[slot.number], _held(slot)
        if has != had:
            scene.notes.append(f"FAULT: worker {slot.number} held {len(had)} partitions, now {len(has)}: {had ^ has}")
        elif slot is not struck and again != times:
            scene.notes.append(f"FAULT: worker {slot.number} was assigned anew when {struck.number} restarted")


def _held(slot: Slot) -> Held:
    """Its partitions, and how often it was assigned any."""
    samples: list[Any] = []
    with contextlib.suppress(OSError):
        samples = slot.samples()
    parts = {
        (labels["topic"], labels["partition"]) for name, labels, _ in samples if name == "streams_consumer_lag_messages"
    }
    return frozenset(parts), sum(value for name, _, value in samples if name == "streams_rebalances_total")
