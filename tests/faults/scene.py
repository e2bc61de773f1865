"""One fault from its topics to its report: pages are loaded and workers kept running while it strikes."""

from __future__ import annotations

import contextlib
import random
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition
from kafka import errors as kafka_errors

from streams.catalogue import config_folder
from streams.catalogue.topics import load_topics
from streams.core.steps import PAGES_RAW
from streams.edge.kafka import KafkaUnreachable, apply_topics, connect, group_offsets
from streams.edge.kafka_config import KafkaConfig
from streams.localkafka import Cluster
from tests.faults.audit import audit
from tests.faults.corpus import INPUTS, expected
from tests.faults.loader import Loader
from tests.faults.plan import Fault, Report, Sizes
from tests.faults.proxy import Proxy
from tests.faults.supervisor import Slot, environment

#: As short as the brokers here allow (Kafka's own least is 6 s), so that a hundred kills take minutes.
SESSION_TIMEOUT = 3.0


class Scene:
    """What a strike may touch: the cluster, the proxies before it, the workers, the dice."""

    def __init__(
        self,
        fault: Fault,
        cluster: Cluster,
        proxies: list[Proxy],
        dice: random.Random,
        sizes: Sizes,
        strikes: int,
        *,
        long: bool = False,
    ) -> None:
        self.fault, self.cluster, self.proxies, self.dice = fault, cluster, proxies, dice
        self.sizes = replace(
            sizes,
            page_bytes=fault.page_bytes or sizes.page_bytes,
            step_seconds=fault.step_seconds or sizes.step_seconds,
            pages=fault.pages[long] if fault.pages else sizes.pages,
        )
        self.planned = strikes
        self.inside = KafkaConfig(cluster.internal_servers)
        self.outside = KafkaConfig(cluster.bootstrap_servers)
        self.prefix = f"f{uuid.uuid4().hex[:8]}-"
        self.folder = Path(tempfile.mkdtemp(prefix="streams-faults-"))
        self.notes: list[str] = []
        self.slots = [self._slot(number) for number in range(fault.workers)]
        self.topics = load_topics(config_folder())
        self.loader = Loader(self.inside, self.prefix + PAGES_RAW, fault, self.sizes, self.lag)

    def _slot(self, number: int) -> Slot:
        servers = ",".join(f"127.0.0.1:{p.port}" for p in self.proxies) or self.cluster.bootstrap_servers
        settings: dict[str, object] = {
            "bootstrap_servers": servers,
            "topic_prefix": self.prefix,
            "group": self.prefix + "group",
            "session_timeout": SESSION_TIMEOUT,
            "log_format": "json",
            "connect_timeout": 5,
            "reject_limit": 1,
            "step_deadline": 2,
            "send_deadline": 20,
            "state_dir": self.folder / f"state-{number}",
            **({"group_instance_id": f"worker-{number}"} if self.fault.static else {}),
            **self.fault.settings,
        }
        return Slot(number, environment(settings, self.sizes.step_seconds), self.folder / f"worker-{number}.log")

    def make_topics(self) -> None:
        with connect(self.inside, 60) as admin:
            apply_topics(admin, self.topics.values(), self.prefix, 4, len(self.cluster.nodes))

    def run(self, report: Report) -> None:
        started = time.monotonic()
        try:
            self.make_topics()
            for slot in self.slots:
                slot.run()
            self._strike_under_load(report)
            report.drain_seconds = self._drain(report)
            self._account(report)
            self._stop(report)
            wanted = expected(self.loader.loaded, self.sizes.page_bytes, self.fault.poison)
            report.topics = audit(self.inside, self.prefix, wanted, self.topics)
            self._judge(report)
        finally:
            for slot in self.slots:
                slot.end()
            report.seconds = time.monotonic() - started
            report.notes += self.notes
            if not report.faults:
                shutil.rmtree(self.folder, ignore_errors=True)

    def _strike_under_load(self, report: Report) -> None:
        self.loader.start()
        self.await_true(lambda: any(slot.ready for slot in self.slots), 60, "no worker came up")
        for _ in range(self.planned):
            time.sleep(self.dice.uniform(*self.fault.pause))
            self.fault.strike(self)
            report.strikes += 1
        if not self.loader.finish(400):
            report.faults.append("the pages could not be loaded")
        report.pages = self.loader.loaded

    def await_true(self, condition: Callable[[], bool], seconds: float, otherwise: str) -> bool:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                self.notes.append(f"{otherwise} in {seconds:g} s")
                return False
            time.sleep(0.1)
        return True

    def lag(self, admin: KafkaAdminClient) -> int:
        """Messages not committed, read in the order of the flow, so that 0 means done."""
        parts = {name: range(4) for name in INPUTS}
        consumer = KafkaConsumer(**self.inside.tools, group_id=None)
        try:
            total = 0
            for name, numbers in parts.items():
                topic = [TopicPartition(self.prefix + name, number) for number in numbers]
                done = group_offsets(admin, self.prefix + "group")
                ends = consumer.end_offsets(topic)
                total += sum(ends[part] - done.get(part, 0) for part in topic)
            return total
        finally:
            consumer.close()

    def _lag_now(self) -> int:
        """As much as can be where Kafka, struck a moment ago, does not tell."""
        with contextlib.suppress(KafkaUnreachable, kafka_errors.KafkaError, OSError), connect(self.inside, 60) as admin:
            return self.lag(admin)
        return 1 << 62

    def _drain(self, report: Report) -> float:
        started = moved = time.monotonic()
        least = 1 << 62
        while lag := self._lag_now():
            if lag < least:
                least, moved = lag, time.monotonic()
            if time.monotonic() - moved > self.sizes.stall_limit:
                report.faults.append(f"the lag stays at {lag} for {self.sizes.stall_limit:g} s without a strike")
                break
            time.sleep(0.5)
        return time.monotonic() - started

    def _account(self, report: Report) -> None:
        """consumed = emitted + dropped + rejected + in flight, and nothing in flight, in every worker that lives."""
        for slot in self.slots:
            if not self.await_true(lambda slot=slot: slot.ready, 30, f"worker {slot.number} was not ready"):
                report.faults.append(f"worker {slot.number} is not ready at the end")
                continue
            sums = {"consumed": 0.0, "processed": 0.0, "in_flight": 0.0}
            for name, _, value in slot.samples():
                for kind in sums:
                    if name.removesuffix("_total") == f"streams_messages_{kind}":
                        sums[kind] += value
            if sums["in_flight"] or sums["consumed"] != sums["processed"]:
                report.faults.append(f"worker {slot.number}'s account does not close: {sums}")

    def _stop(self, report: Report) -> None:
        for slot in self.slots:
            report.starts += slot.starts
            report.exits += [code for code, struck in slot.exits if not struck]
            report.livez_kills += slot.livez_kills
            code, seconds = slot.stop()
            report.stop_seconds = max(report.stop_seconds, seconds)
            if code != 0 or seconds > 10:
                report.faults.append(f"SIGTERM at rest: exit {code} after {seconds:.1f} s")
            slot.end()

    def _judge(self, report: Report) -> None:
        source = next(topic for topic in report.topics if topic.topic == PAGES_RAW)
        report.topics.remove(source)
        wanted = self.loader.loaded * (2 if self.fault.doubled else 1)
        if (source.found, source.lost, source.differing) != (wanted, 0, 0):
            report.faults.append(f"the corpus is not on pages-raw as it should be: {source}, {wanted} sent")
        for what in ("lost", "differing", "out_of_place"):
            if report.total(what):
                report.faults.append(f"{report.total(what)} {what.replace('_', ' ')}")
        if report.total("repeated") and not self.fault.repeats:
            report.faults.append(f"{report.total('repeated')} repeated, where none may be")
        odd = [code for code in report.exits if code not in self.fault.exits]
        if odd:
            report.faults.append(f"workers ended with {odd}")
        if report.faults:
            report.notes.append(f"logs in {self.folder}")
