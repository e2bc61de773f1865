"""The faults, one function each; `FAULTS` is the table of them all."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Callable

import psutil
from kafka.admin import ConfigResource, ConfigResourceType

from streams.core.steps import ARTICLES_CLEAN, WITHDRAWALS
from streams.edge.kafka import apply_topics, connect
from tests.faults import memory
from tests.faults.corpus import KILLER, POISON
from tests.faults.plan import Fault
from tests.faults.proxy import Proxy
from tests.faults.rolling import restart_in_turn
from tests.faults.scene import SESSION_TIMEOUT, Scene
from tests.faults.supervisor import Slot


def _running(scene: Scene) -> Slot:
    """A worker at work, so that a strike finds one."""
    scene.await_true(lambda: any(slot.ready for slot in scene.slots), 60, "no worker was ready to be struck")
    return scene.dice.choice([slot for slot in scene.slots if slot.ready] or scene.slots)


def _wait(scene: Scene, least: float, most: float) -> None:
    time.sleep(scene.dice.uniform(least, most))


def kill_nine(scene: Scene) -> None:
    # Any slot, ready or not: a worker may be killed while it starts or joins.
    scene.dice.choice(scene.slots).strike(signal.SIGKILL)


def sigterm(scene: Scene) -> None:
    slot = _running(scene)
    process, started = slot.process, time.monotonic()
    slot.strike(signal.SIGTERM)
    assert process is not None
    code = process.wait(60)
    took = time.monotonic() - started
    scene.notes.append(f"exit {code} after {took:.1f} s")
    if code != 0 or took > 10:
        scene.notes.append(f"FAULT: SIGTERM under load gave {code} after {took:.1f} s")


def freeze(scene: Scene) -> None:
    slot = _running(scene)
    slot.strike(signal.SIGSTOP)
    _wait(scene, 1.2 * SESSION_TIMEOUT, 2.5 * SESSION_TIMEOUT)
    slot.strike(signal.SIGCONT)


def child_killed(scene: Scene) -> None:
    _to_a_child(scene, signal.SIGKILL)


def child_hung(scene: Scene) -> None:
    _to_a_child(scene, signal.SIGSTOP)


def _to_a_child(scene: Scene, number: int) -> None:
    children = _running(scene).children()
    if children:
        with contextlib.suppress(psutil.Error):
            scene.dice.choice(children).send_signal(number)


def join_and_leave(scene: Scene) -> None:
    """The supervisor brings each back, so that every SIGTERM is a leave and a join."""
    scene.dice.choice(scene.slots).strike(signal.SIGTERM)


def broker_killed(scene: Scene) -> None:
    node = scene.dice.choice(scene.cluster.nodes)
    node.kill()
    _wait(scene, 0.0, 5.0)
    node.start(RESTART)


def leader_killed(scene: Scene) -> None:
    with connect(scene.inside, 60) as admin:
        (row,) = admin.describe_topics([scene.prefix + ARTICLES_CLEAN])
    leaders = [part.get("leader_id", part.get("leader")) for part in row["partitions"]]
    number = scene.dice.choice(leaders)
    node = next(one for one in scene.cluster.nodes if one.number == number)
    node.kill()
    _wait(scene, 1.0, 6.0)
    node.start(RESTART)


def broker_paused(scene: Scene) -> None:
    node = scene.dice.choice(scene.cluster.nodes)
    node.pause()
    _wait(scene, 2.0, 12.0)
    node.resume()


def broker_paused_long(scene: Scene) -> None:
    node = scene.dice.choice(scene.cluster.nodes)
    node.pause()
    time.sleep(75)
    node.resume()


def network_cut(scene: Scene) -> None:
    _network(scene, Proxy.cut)


def network_silent(scene: Scene) -> None:
    _network(scene, Proxy.silence)


def _network(scene: Scene, breaks: Callable[[Proxy], None]) -> None:
    for proxy in scene.proxies:
        breaks(proxy)
    _wait(scene, 1.0, 30.0)
    for proxy in scene.proxies:
        proxy.heal()


def produce_refused(scene: Scene) -> None:
    """As with a full disk: the leader is there and takes nothing."""
    topic = scene.prefix + scene.dice.choice([ARTICLES_CLEAN, WITHDRAWALS])
    _least_in_sync(scene, topic, 2)
    _wait(scene, 2.0, 15.0)
    _least_in_sync(scene, topic, 1)


def _least_in_sync(scene: Scene, topic: str, count: int) -> None:
    with connect(scene.inside, 60) as admin:
        admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, {"min.insync.replicas": str(count)})])


def topic_missing(scene: Scene) -> None:
    """An output topic goes before it holds anything, and an operator makes it anew."""
    topic = scene.prefix + WITHDRAWALS
    with connect(scene.inside, 60) as admin:
        admin.delete_topics([topic])
        time.sleep(8)
        apply_topics(admin, scene.topics.values(), scene.prefix, 4, len(scene.cluster.nodes))


def nothing(scene: Scene) -> None:
    """The corpus itself is the fault."""


def clock_jump(scene: Scene) -> None:
    _running(scene).command(f"clock {scene.dice.choice([-86400, -3600, -30, 30, 3000, 86400])}")


def zombie(scene: Scene) -> None:
    """A worker that lives and does nothing must fail /livez within a minute."""
    way = scene.dice.choice(["still", "block", "forget"])
    slot = _running(scene)
    before, starts, started = len(slot.livez_kills), slot.starts, time.monotonic()
    slot.command(way)
    found = scene.await_true(lambda: len(slot.livez_kills) > before, 75, f"FAULT: no /livez failed for `{way}`")
    took = time.monotonic() - started
    if found:
        late = "FAULT: " if took > 60 else ""
        scene.notes.append(f"{late}`{way}` found after {took:.0f} s: {slot.livez_kills[-1]}")
        # The old one may look ready until its grace is over, and would take the next command with it.
        scene.await_true(lambda: slot.starts > starts, 60, "FAULT: it was not started again")


#: Seconds a broker may take to come back: a busy machine took more than a minute.
RESTART = 180.0
#: Exit codes that a worker may show by itself where its broker is struck: it may start while Kafka is away.
AWAY = (0, 1, 4)

FAULTS: tuple[Fault, ...] = (
    Fault("kill -9", "a worker killed, also while it starts", kill_nine, workers=2, strikes=(2, 100), short=True),
    Fault("SIGTERM", "a worker told to stop under load", sigterm, strikes=(1, 20), repeats=False),
    Fault("freeze", "SIGSTOP beyond the session timeout", freeze, workers=2, strikes=(1, 20)),
    Fault("child killed", "kill -9 of a child process", child_killed, strikes=(4, 100), pause=(0.2, 1.0)),
    Fault("child hung", "SIGSTOP of a child process", child_hung, strikes=(2, 20), pause=(4.5, 6.0), repeats=False),
    Fault("bad pages", "pages that crash, hang and swell their child", nothing, strikes=(1, 1), poison=tuple(POISON)),
    Fault(
        "poison",
        "pages that end the whole worker, one in 400",
        nothing,
        strikes=(1, 1),
        poison=(KILLER,),
        exits=(0, 1, -9),
    ),
    Fault(
        "large pages",
        "a backlog of pages of 1 MB before slow children",
        memory.slow_children,
        strikes=(1, 1),
        page_bytes=1_000_000,
        step_seconds=0.05,
        pages=(150, 1_500),
    ),
    Fault("rebalances", "three workers leave and join", join_and_leave, workers=3, strikes=(4, 40)),
    Fault(
        "rolling restart",
        "three workers with static membership restart in turn: no partition moves",
        restart_in_turn,
        workers=3,
        strikes=(1, 3),
        static=True,
        settings={"session_timeout": 30},
    ),
    Fault("twice", "every message delivered twice", nothing, strikes=(1, 1), doubled=True),
    Fault("clock", "a worker's clock jumps, by up to a day", clock_jump, strikes=(3, 20)),
    Fault("broker killed", "kill -9 and restart of the only broker", broker_killed, strikes=(1, 20), exits=AWAY),
    Fault("broker paused", "the only broker frozen for 2 to 12 s", broker_paused, strikes=(1, 10), exits=AWAY),
    Fault("broker gone", "the only broker frozen for 75 s", broker_paused_long, strikes=(1, 2), exits=AWAY),
    Fault(
        "large pages, slow broker",
        "the same backlog, the only broker frozen five eighths of the time",
        memory.slow_broker,
        strikes=(1, 1),
        page_bytes=1_000_000,
        pages=(100, 500),
        exits=AWAY,
    ),
    Fault("produce refused", "a topic takes no messages for 2 to 15 s", produce_refused, strikes=(1, 10)),
    Fault("topic missing", "an output topic is not there for 8 s", topic_missing, strikes=(1, 1), exits=(0, 1, 3)),
    Fault(
        "leader killed",
        "kill -9 of a leader; 3 nodes, RF 3, min ISR 2",
        leader_killed,
        "three",
        strikes=(1, 20),
        exits=AWAY,
    ),
    Fault(
        "network cut", "connections reset and refused, 1 to 30 s", network_cut, "proxied", strikes=(1, 10), exits=AWAY
    ),
    Fault(
        "network silent",
        "connections stand, nothing passes, 1 to 30 s",
        network_silent,
        "proxied",
        strikes=(1, 10),
        exits=AWAY,
    ),
    Fault("zombie", "a worker lives and does nothing", zombie, strikes=(1, 6)),
)
