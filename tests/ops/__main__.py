"""The live proof of what operators are given: real Kafka, two workers, a real Prometheus, a feed with faults.

python -m tests.ops [folder for the pictures]

Every query of every panel and rule is run and its result checked, eight alerts are provoked and seen to fire, and
each board is drawn from the results. Two servers scrape the same workers: one on the rules as they are, one on the
same rules with every window a fraction, since nobody waits hours for a proof; its alerts are the ones provoked.
"""

from __future__ import annotations

import contextlib
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient

from streams import demo
from streams.catalogue import config_folder
from streams.catalogue.topics import load_topics
from streams.dashboards import BOARDS, grafana
from streams.edge.kafka import connect
from streams.edge.kafka_config import KafkaConfig
from streams.localkafka import local_kafka
from streams.localkafka.ports import free_ports
from tests.integration.test_worker import numbered, produce
from tests.ops.checks import ask, faults, rule_faults, scrape_faults
from tests.ops.picture import picture
from tests.ops.prometheus import MISSING, prometheus
from tests.ops.proof import GROUP, PATIENCE, Proof, say, workers

PICTURES = Path(__file__).parents[2] / "docs" / "boards"
#: Pages that no worker can take; with the demo's own they are more than 7.2 % of messages.
JUNK = [(b"junk", b"{", [("content-type", b"application/json")])] * 60
SIZE = "max.message.bytes"
#: Seconds of Kafka's session in scenes that need no rebalance, and in the one that does (Kafka's least).
CALM, NERVOUS = 60, 6
#: What may fire before anything was provoked: nobody works or feeds yet, and a crowded machine does wake up late.
EXPECTED = {"WorkerAbsent", "NoInput", "EventLoopBlocked"}


def bad_feed(proof: Proof) -> None:
    """The demo's feed, then junk."""
    say("a feed with faults")
    demo.feed(proof.config, config_folder())
    proof.provoke("DeadLetterBudgetBurn", cause=lambda: produce(proof.config, "pages-raw", JUNK), every=10)
    proof.drain()
    proof.conserves("after the feed")


def refused(proof: Proof) -> None:
    say("a topic that takes only small records")
    with _limit(proof, "articles-clean", 1000):
        proof.provoke("ProduceErrors", cause=lambda: produce(proof.config, "pages-raw", list(numbered(10))), every=10)
        proof.drain()


@contextlib.contextmanager
def _limit(proof: Proof, topic: str, size: int) -> Iterator[None]:
    resource = ConfigResource(ConfigResourceType.TOPIC, topic)

    def alter(admin: KafkaAdminClient, limit: str) -> None:
        admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, {SIZE: limit})])
        proof.until(
            f"{topic} takes {limit} bytes",
            lambda: admin.describe_configs([resource], config_filter="all")["topic"][topic][SIZE]["value"] == limit,
        )

    with connect(proof.config, PATIENCE) as admin:
        alter(admin, str(size))
        try:
            yield
        finally:
            alter(admin, str(load_topics(config_folder())[topic].config[SIZE]))


def frozen(proof: Proof, pids: list[int]) -> None:
    """The children stand still while pages go on coming; then they are let go."""
    say("children that hang, while pages come")
    children = [child for pid in pids for child in psutil.Process(pid).children(recursive=True)]
    for child in children:
        child.send_signal(signal.SIGSTOP)
    try:
        pages = list(numbered(60))
        proof.provoke(
            *("ConsumerStalled", "ConsumerLagGrowing"),
            cause=lambda: produce(proof.config, "pages-raw", pages),
            every=1.5,
        )
    finally:
        for child in children:
            child.send_signal(signal.SIGCONT)
    proof.drain()
    proof.conserves("after the children hung")


def outage(proof: Proof) -> None:
    """Nobody works for more than a minute while pages wait; called between two generations of workers."""
    say("an outage of more than a minute")
    demo.feed(proof.config, config_folder())
    produce(proof.config, "pages-raw", list(numbered(400)))
    fed = time.monotonic()
    proof.provoke("WorkerAbsent")
    time.sleep(max(0.0, 61 - (time.monotonic() - fed)))  # the objective's minute, however fast the machine is


def storm(proof: Proof, pids: list[int]) -> None:
    """One worker stands still for longer than Kafka waits for it, again and again, while pages come."""
    say("a worker that comes and goes")
    one = psutil.Process(pids[1])
    with connect(proof.config, PATIENCE) as admin:

        def members(count: int) -> bool:
            group = admin.describe_groups([GROUP])[GROUP]
            return len(group["members"]) == count and group["group_state"] == "Stable"

        def stall() -> None:
            produce(proof.config, "pages-raw", list(numbered(20)))
            one.suspend()
            try:
                proof.until("the group goes on without the worker that stands still", lambda: members(1))
            finally:
                one.resume()
            proof.until("it is back in the group", lambda: members(2))

        proof.provoke("RebalanceStorm", cause=stall)
    proof.drain()
    proof.conserves("after the storm", repeats=True)


def checked(proof: Proof, start: float, pictures: Path) -> None:
    """Every panel and rule, and the topics against the metrics."""
    end = time.time()
    proof.wrong += rule_faults(proof.real) + rule_faults(proof.quick) + scrape_faults(proof.ports[0])
    queries = 0
    pictures.mkdir(parents=True, exist_ok=True)
    for name, board in BOARDS.items():
        drawn = ask(proof.real, grafana(board), start, end)
        queries += sum(len(one.panel["targets"]) for one in drawn)
        proof.wrong += [f"{name}: {fault}" for one in drawn for fault in faults(one)]
        (pictures / f"{name}.svg").write_text(picture(board.title, drawn, start, end), "utf-8")
    rules = len(proof.real.rules())
    say(f"{queries} queries of {len(BOARDS)} boards and {rules} rules run; pictures in {pictures}")


def prove(pictures: Path) -> int:
    folder = config_folder()
    with tempfile.TemporaryDirectory(prefix="streams-ops-") as temporary, local_kafka() as cluster:
        here, config = Path(temporary), KafkaConfig(cluster.bootstrap_servers)
        demo.make_topics(config, folder)
        *ports, first, second = free_ports("127.0.0.1", 4)
        with (
            prometheus(here / "real", first, ports, quick=False) as real,
            prometheus(here / "quick", second, ports, quick=True) as quick,
        ):
            proof = Proof(config, ports, real, quick, here / "workers.log")
            start = time.time()
            try:
                _play(proof, start, pictures)
            except AssertionError as error:
                proof.wrong.append(str(error))
                proof.wrong.append(proof.log.read_text("utf-8")[-3000:])
    for fault in proof.wrong:
        print(f"WRONG {fault}", file=sys.stderr)
    say(f"{len(proof.fired)} alerts provoked: {', '.join(proof.fired)}; {len(proof.wrong)} faults")
    return 1 if proof.wrong else 0


def _play(proof: Proof, start: float, pictures: Path) -> None:
    with workers(proof, CALM) as pids:
        early = proof.quick.fired_since(start) - EXPECTED
        if early:
            proof.wrong.append(f"fires without a cause: {early}")
        bad_feed(proof)
        frozen(proof, pids)
        refused(proof)
        proof.rejected = proof.moment().sum("streams_messages_rejected_total")
    outage(proof)
    back = time.time()
    with workers(proof, NERVOUS) as pids:
        proof.until("FreshnessBudgetBurn fires", lambda: "FreshnessBudgetBurn" in proof.quick.fired_since(back))
        proof.saw("FreshnessBudgetBurn")
        proof.drain()
        proof.conserves("after the outage", repeats=True)
        storm(proof, pids)
        say("silence")
        proof.provoke("NoInput")
        checked(proof, start, pictures)


if __name__ == "__main__":
    if shutil.which("prometheus") is None or shutil.which("promtool") is None:
        sys.exit(MISSING)
    sys.exit(prove(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES))
