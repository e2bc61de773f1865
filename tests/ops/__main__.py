"""The live proof of what operators are given: real Kafka, two workers, a real Prometheus, a feed with faults.

python -m tests.ops [folder for the pictures]

Every query of every panel and rule is run and its result checked, seven alerts are provoked and seen to fire, and
each board is drawn from the results. Two servers scrape the same workers: one on the rules as they are, one on the
same rules with every window a sixtieth, since nobody waits hours for a proof; its alerts are the ones provoked.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from kafka.admin import ConfigResource, ConfigResourceType

from streams import demo
from streams.agents import AGENTS
from streams.catalogue import config_folder
from streams.dashboards import BOARDS, grafana
from streams.edge.kafka import connect
from streams.edge.kafka_config import KafkaConfig
from streams.localkafka import local_kafka
from streams.localkafka.ports import free_ports
from tests.integration.running import await_true, read_all
from tests.integration.test_worker import numbered, produce
from tests.ops.checks import ask, faults, rule_faults, scrape_faults
from tests.ops.picture import picture
from tests.ops.prometheus import MISSING, Prometheus, prometheus

PICTURES = Path(__file__).parents[2] / "docs" / "boards"
#: Pages that no worker can take; with the demo's own they are more than 7.2 % of messages.
JUNK = 60
PARTITIONS = demo.PARTITIONS


@dataclass
class Proof:
    """What runs, and what was found wrong."""

    config: KafkaConfig
    ports: list[int]
    real: Prometheus
    quick: Prometheus
    log: Path
    wrong: list[str] = field(default_factory=list)
    fired: list[str] = field(default_factory=list)
    #: By workers that have ended, and their counters with them.
    rejected: float = 0

    def sum(self, metric: str, **labels: str) -> float:
        selector = ",".join(f'{name}="{value}"' for name, value in labels.items())
        return sum(series.points[-1][1] for series in self.real.query(f"sum({metric}{{{selector}}})"))

    def fires(self, *alerts: str, seconds: float = 120) -> None:
        for alert in alerts:
            await_true(lambda alert=alert: alert in self.quick.firing(), seconds)
            self.fired.append(alert)
            say(f"  {alert} fires")

    def drain(self, seconds: float = 600) -> None:
        """Until Prometheus has seen that nothing waits and nothing is in work, twice two seconds apart."""

        def still() -> bool:
            if self.real.targets_up() != len(self.ports):
                raise AssertionError("a worker has ended")
            return not self.sum("streams_consumer_lag_messages") and not self.sum("streams_messages_in_flight")

        def settled() -> bool:
            before = self.sum("streams_messages_consumed_total")
            time.sleep(2)
            return still() and before == self.sum("streams_messages_consumed_total")

        await_true(lambda: still() and settled(), seconds)

    def conserves(self, since: str, repeats: bool = False) -> None:
        """consumed = emitted + dropped + rejected, at every agent, and what one emits the next one reads.

        Where `repeats` are allowed, a rebalance fell into the work: some is delivered again.
        """
        rows = {name: self._account(name) for name in AGENTS}
        for name, (consumed, processed, _) in rows.items():
            if consumed != processed:
                self.wrong.append(f"{since}: {name} consumed {consumed:g} and processed {processed:g}")
        emitted = [rows[name][2] for name in AGENTS]
        consumed = [rows[name][0] for name in AGENTS]
        if emitted[:-1] != consumed[1:] and not (repeats and all(map(float.__le__, emitted[:-1], consumed[1:]))):
            self.wrong.append(f"{since}: agents emitted {emitted} and the next ones consumed {consumed}")
        letters = sum(len(read_all(self.config, f"{plan.reads}-dlq")) for plan in AGENTS.values())
        rejected = self.rejected + self.sum("streams_messages_rejected_total")
        if letters != rejected:
            self.wrong.append(f"{since}: {letters} dead letters on the topics, {rejected:g} counted")
        say(
            f"  sums conserve: consumed {[int(c) for c in consumed]}, emitted {[int(e) for e in emitted]}, {letters} dead letters"
        )

    def _account(self, agent: str) -> tuple[float, float, float]:
        return (
            self.sum("streams_messages_consumed_total", topic=AGENTS[agent].reads),
            self.sum("streams_messages_processed_total", agent=agent),
            self.sum("streams_messages_processed_total", agent=agent, outcome="emitted"),
        )


def say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


@contextlib.contextmanager
def workers(proof: Proof) -> Iterator[list[int]]:
    """Two workers, ready when the block begins, stopped in order at its end; their process ids."""
    settings = {"BOOTSTRAP_SERVERS": proof.config.bootstrap_servers, "CHILDREN": "1", "REJECT_LIMIT": "1"}
    settings |= {"STEP_DEADLINE": "180", "SEND_DEADLINE": "60", "SESSION_TIMEOUT": "6"}
    environment = os.environ | {f"STREAMS_{name}": value for name, value in settings.items()}
    with proof.log.open("ab") as log:
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "streams", "worker"],
                env=environment | {"STREAMS_GROUP_INSTANCE_ID": f"worker-{n}", "STREAMS_ADMIN_PORT": str(port)},
                stdout=log,
                stderr=log,
            )
            for n, port in enumerate(proof.ports)
        ]
        try:
            await_true(lambda: proof.sum("streams_worker_state", state="working") == len(running), 120)
            held = len(AGENTS) * PARTITIONS
            await_true(lambda: proof.sum("streams_assigned_partitions") == held, 60)
            yield [process.pid for process in running]
        finally:
            for process in running:
                process.terminate()
            codes = [process.wait(60) for process in running]
            if any(codes):
                proof.wrong.append(f"workers ended with {codes}")


def bad_feed(proof: Proof) -> None:
    """The demo's feed, then junk."""
    say("a feed with faults")
    demo.feed(proof.config, config_folder())
    produce(proof.config, "pages-raw", [(b"junk", b"{", [("content-type", b"application/json")])] * JUNK)
    proof.fires("DeadLetterBudgetBurn")
    proof.drain()
    proof.conserves("after the feed")


def refused(proof: Proof) -> None:
    say("a topic that takes only small records")
    with _limit(proof.config, "articles-clean", 1000):
        produce(proof.config, "pages-raw", list(numbered(10)))
        proof.fires("ProduceErrors")
        proof.drain()


@contextlib.contextmanager
def _limit(config: KafkaConfig, topic: str, size: int) -> Iterator[None]:
    usual = str(7_340_032)
    with connect(config, 20) as admin:

        def alter(limit: str) -> None:
            admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, {"max.message.bytes": limit})])
            time.sleep(3)  # until the broker has taken it over

        alter(str(size))
        try:
            yield
        finally:
            alter(usual)


def frozen(proof: Proof, pids: list[int]) -> None:
    """The children stand still while pages go on coming; then they are let go."""
    say("children that hang, while pages come")
    children = [child for pid in pids for child in psutil.Process(pid).children(recursive=True)]
    for child in children:
        child.send_signal(signal.SIGSTOP)
    try:
        for _ in range(24):
            produce(proof.config, "pages-raw", list(numbered(60)))
            time.sleep(1.5)
        proof.fires("ConsumerStalled", "ConsumerLagGrowing")
    finally:
        for child in children:
            child.send_signal(signal.SIGCONT)
    proof.drain()
    proof.conserves("after the children hung")


def outage(proof: Proof) -> None:
    """Nobody works for more than a minute while pages wait; called between two generations of workers."""
    say("an outage of more than a minute")
    demo.feed(proof.config, config_folder())
    fed = time.monotonic()
    proof.fires("WorkerAbsent")
    time.sleep(max(0.0, 62 - (time.monotonic() - fed)))


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
            prometheus(here / "real", first, ports, sixty_times=False) as real,
            prometheus(here / "quick", second, ports, sixty_times=True) as quick,
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
    with workers(proof) as pids:
        if proof.quick.firing() - {"WorkerAbsent"}:
            proof.wrong.append(f"fires without a cause: {proof.quick.firing()}")
        bad_feed(proof)
        frozen(proof, pids)
        refused(proof)
        proof.rejected = proof.sum("streams_messages_rejected_total")
    outage(proof)
    with workers(proof):
        proof.fires("FreshnessBudgetBurn")
        proof.drain()
        proof.conserves("after the outage", repeats=True)
        say("silence")
        proof.fires("NoInput")
        checked(proof, start, pictures)


if __name__ == "__main__":
    if shutil.which("prometheus") is None or shutil.which("promtool") is None:
        sys.exit(MISSING)
    sys.exit(prove(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES))
