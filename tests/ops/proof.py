"""What the proof's scenes stand on: workers, waits for a condition, alerts provoked, sums that must conserve.

No wait guesses how fast the machine is: each polls for what must come about, and gives up after PATIENCE alone.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kafka import errors as kafka_errors

from streams import demo
from streams.agents import AGENTS
from streams.edge.kafka import KafkaUnreachable, connect
from streams.edge.kafka_config import KafkaConfig
from streams.edge.lag_report import lag_report
from streams.settings import Settings
from tests.integration.running import read_all
from tests.ops.prometheus import Prometheus

#: Seconds until what does not come about counts as a fault; a quiet machine needs a tenth of it at most.
PATIENCE = 900
GROUP = Settings().group


def say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


@dataclass(frozen=True, slots=True)
class Moment:
    """What Prometheus knew at one instant."""

    server: Prometheus
    at: float

    def sum(self, metric: str, **labels: str) -> float:
        selector = ",".join(f'{name}="{value}"' for name, value in labels.items())
        return sum(series.points[-1][1] for series in self.server.query(f"sum({metric}{{{selector}}})", self.at))

    def account(self, agent: str) -> tuple[float, float, float]:
        """Consumed, processed and emitted."""
        return (
            self.sum("streams_messages_consumed_total", topic=AGENTS[agent].reads),
            self.sum("streams_messages_processed_total", agent=agent),
            self.sum("streams_messages_processed_total", agent=agent, outcome="emitted"),
        )


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
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    #: By workers that have ended, and their counters with them.
    rejected: float = 0

    def until(self, told: str, holds: Callable[[], bool], every: float = 0.5) -> None:
        """Poll until it holds. What answers late is asked again, but a worker that ends is a fault at once."""
        deadline = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(OSError, KafkaUnreachable, kafka_errors.KafkaError):
                if holds():
                    return
            if any(process.poll() is not None for process in self.running):
                raise AssertionError(f"a worker has ended before this came about: {told}")
            if time.monotonic() > deadline:
                raise AssertionError(f"not in {PATIENCE} s: {told}")
            time.sleep(every)

    def moment(self) -> Moment:
        """Now, every worker having been scraped since it was asked for."""
        asked, found = time.time(), list[Moment]()

        def scraped() -> bool:
            at = time.time()
            stamps = [series.points[-1][1] for series in self.real.query("timestamp(streams_build_info)", at)]
            if len(stamps) == len(self.ports) and min(stamps) > asked:
                found.append(Moment(self.real, at))
            return bool(found)

        self.until("Prometheus scrapes every worker", scraped)
        return found[0]

    def provoke(self, *alerts: str, cause: Callable[[], object] = lambda: None, every: float = 0.5) -> None:
        """Cause it again and again until each alert has fired, in whatever order."""
        since, open_ = time.time(), list(alerts)

        def all_fired() -> bool:
            cause()
            for alert in [alert for alert in open_ if alert in self.quick.fired_since(since)]:
                open_.remove(alert)
                self.saw(alert)
            return not open_

        self.until(f"{', '.join(alerts)} fires", all_fired, every)

    def saw(self, alert: str) -> None:
        self.fired.append(alert)
        say(f"  {alert} fires")

    def drain(self) -> None:
        """Until Kafka holds nothing that is not acknowledged: up the stream first, so that nothing is to come."""
        readers = {plan.reads: plan.name for plan in AGENTS.values()}

        def drained() -> bool:
            with connect(self.config, PATIENCE) as admin:
                rows = lag_report(admin, self.config, GROUP, readers, ages=False)
            return bool(rows) and not any(row.lag for row in rows)

        self.until("all is read and acknowledged", drained, 1)

    def conserves(self, since: str, repeats: bool = False) -> None:
        """consumed = emitted + dropped + rejected, at every agent, and what one emits the next one reads.

        Where `repeats` are allowed, a rebalance fell into the work: some is delivered again.
        """
        now, before = self.moment(), len(self.wrong)
        rows = {name: now.account(name) for name in AGENTS}
        for name, (consumed, processed, _) in rows.items():
            if consumed != processed:
                self.wrong.append(f"{since}: {name} consumed {consumed:g} and processed {processed:g}")
        emitted = [rows[name][2] for name in AGENTS]
        consumed = [rows[name][0] for name in AGENTS]
        if emitted[:-1] != consumed[1:] and not (repeats and all(map(float.__le__, emitted[:-1], consumed[1:]))):
            self.wrong.append(f"{since}: agents emitted {emitted} and the next ones consumed {consumed}")
        letters = sum(len(read_all(self.config, f"{plan.reads}-dlq")) for plan in AGENTS.values())
        rejected = self.rejected + now.sum("streams_messages_rejected_total")
        if letters != rejected:
            self.wrong.append(f"{since}: {letters} dead letters on the topics, {rejected:g} counted")
        counts = f"consumed {[*map(int, consumed)]}, emitted {[*map(int, emitted)]}, {letters} dead letters"
        say(f"  sums {'conserve' if len(self.wrong) == before else 'DO NOT conserve'}: {counts}")


@contextlib.contextmanager
def workers(proof: Proof, session: int) -> Iterator[list[int]]:
    """Two workers, all partitions held when the block begins, stopped in order at its end; their process ids."""
    settings = {"BOOTSTRAP_SERVERS": proof.config.bootstrap_servers, "CHILDREN": "1", "REJECT_LIMIT": "1"}
    settings |= {"STEP_DEADLINE": str(2 * PATIENCE), "SEND_DEADLINE": "300", "CONNECT_TIMEOUT": "300"}
    settings |= {"SESSION_TIMEOUT": str(session), "EXIT_GRACE": "120"}
    environment = os.environ | {f"STREAMS_{name}": value for name, value in settings.items()}
    with proof.log.open("ab") as log:
        proof.running = [
            subprocess.Popen(
                [sys.executable, "-m", "streams", "worker"],
                env=environment | {"STREAMS_GROUP_INSTANCE_ID": f"worker-{n}", "STREAMS_ADMIN_PORT": str(port)},
                stdout=log,
                stderr=log,
            )
            for n, port in enumerate(proof.ports)
        ]
        try:
            proof.until("both workers work, all partitions held", lambda: _at_work(proof))
            yield [process.pid for process in proof.running]
        finally:
            _end(proof)


def _at_work(proof: Proof) -> bool:
    now = Moment(proof.real, time.time())
    working = now.sum("streams_worker_state", state="working")
    held = now.sum("streams_assigned_partitions")
    return (working, held) == (len(proof.ports), len(AGENTS) * demo.PARTITIONS)


def _end(proof: Proof) -> None:
    running, proof.running = proof.running, []
    for process in running:
        process.terminate()
    for process in running:
        try:
            code = process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        if code:
            proof.wrong.append(f"a worker ended with {code}")
