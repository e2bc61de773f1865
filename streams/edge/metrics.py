"""Every metric there is, in one table, and the instruments made from it. Labels come from closed sets only.

It must not know Faust or the steps; docs/reference/metrics.md is generated from `TABLE`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.metrics import MetricWrapperBase

from streams.core.outcome import Drop, DropReason, Emit, Outcome, Reject, RejectReason
from streams.core.records import Kind, Stage

PREFIX = "streams_"
#: Every objective is a bucket (operations study): steps from 1 ms, the whole way up to an hour.
STEP_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
END_TO_END_BUCKETS = (0.01, 0.05, 0.25, 1, 5, 15, 60, 300, 900, 3600)
#: Up to where a group that rebalances is a group that stands still.
REBALANCE_BUCKETS = (0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
SHARE_BUCKETS = (0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Spec:
    """One metric: `kind` is counter, gauge or histogram; the name without prefix and `_total`.

    What is `collected` has no instrument: edge/lag.py computes it when it is scraped.
    """

    name: str
    kind: type[MetricWrapperBase]
    help: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()
    collected: bool = False

    @property
    def exported(self) -> str:
        """The name as Prometheus knows it, without a histogram's endings."""
        return f"{PREFIX}{self.name}{'_total' if self.kind is Counter else ''}"


TABLE: tuple[Spec, ...] = (
    Spec("messages_consumed", Counter, "Messages taken from a topic.", ("topic",)),
    Spec("consumed_bytes", Counter, "Bytes of their values.", ("topic",)),
    Spec("messages_in_flight", Gauge, "Messages in work now.", ("agent",)),
    Spec("last_processed_timestamp_seconds", Gauge, "When a message of the topic was last done.", ("topic",)),
    Spec("messages_processed", Counter, "Messages done, by outcome.", ("agent", "outcome")),
    Spec("messages_dropped", Counter, "Messages that need no output, by reason.", ("agent", "reason")),
    Spec("messages_rejected", Counter, "Messages sent to the dead letters, by reason.", ("agent", "reason")),
    Spec("step_duration_seconds", Histogram, "What a step takes, without waiting.", ("agent",), STEP_BUCKETS),
    Spec(
        "end_to_end_latency_seconds",
        Histogram,
        "From a page's arrival on pages-raw until the agent is done with it.",
        ("agent",),
        END_TO_END_BUCKETS,
    ),
    Spec("clock_skew", Counter, "Messages from the future, whose latency was taken for 0.", ("agent",)),
    Spec("produce_duration_seconds", Histogram, "Until Kafka confirms an output.", ("topic",), STEP_BUCKETS),
    Spec("produce_errors", Counter, "Outputs that Kafka refused or did not confirm in time.", ("topic",)),
    Spec("commits", Counter, "Commits of offsets, by outcome.", ("outcome",)),
    Spec("retries", Counter, "Messages tried once more after their child failed.", ("agent",)),
    Spec("pool_children", Gauge, "Child processes that are running."),
    Spec("pool_restarts", Counter, "Children replaced, by reason.", ("reason",)),
    Spec("fields_extracted", Counter, "Metadata found, by field and source.", ("field", "source")),
    Spec("withdrawals", Counter, "Withdrawal events published.", ("kind", "stage")),
    Spec("candidates_rejected", Counter, "Candidates the detector turned down.", ("reason",)),
    Spec("clean_confidence", Histogram, "How sure the cleaner was of a page.", (), SHARE_BUCKETS),
    Spec("rebalances", Counter, "Times that partitions were assigned anew."),
    Spec(
        "rebalance_duration_seconds",
        Histogram,
        "From the moment partitions are taken away until new ones are worked on.",
        (),
        REBALANCE_BUCKETS,
    ),
    Spec(
        "consumer_lag_messages",
        Gauge,
        "Messages of an assigned partition that are not committed yet.",
        ("topic", "partition"),
        collected=True,
    ),
    Spec(
        "consumer_lag_seconds",
        Gauge,
        "Age of the newest message done, while there is lag; 0 when there is none.",
        ("topic", "partition"),
        collected=True,
    ),
    Spec("assigned_partitions", Gauge, "Partitions of a topic that this worker holds.", ("topic",), collected=True),
    Spec("worker_state", Gauge, "1 for the state the worker is in, 0 for the others.", ("state",)),
    Spec("build_info", Gauge, "1, with what runs in its labels.", ("version", "revision", "python")),
    Spec("event_loop_lag_seconds", Gauge, "How late the event loop woke up last."),
)


#: Closed sets of labels that no record or outcome names.
OUTCOMES = ("emitted", "dropped", "rejected")
COMMIT_OUTCOMES = ("committed", "failed")
RESTART_REASONS = ("crashed", "timeout", "recycled")
STATES = ("starting", "working", "rebalancing", "stopping")


class Metrics:
    """The instruments, with children bound once: a bound `inc` costs .8 µs, `.labels().inc` 3.5."""

    def __init__(self, registry: CollectorRegistry) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = registry
        self._made = {spec.name: _make(spec, registry) for spec in TABLE if not spec.collected}
        self._bound: dict[tuple[str, tuple[str, ...]], MetricWrapperBase] = {}

    def __getitem__(self, key: tuple[str, tuple[str, ...]]) -> MetricWrapperBase:
        bound = self._bound.get(key)
        if bound is None:
            name, labels = key
            bound = self._bound[key] = self._made[name].labels(*labels) if labels else self._made[name]
        return bound

    def count(self, name: str, *labels: str, amount: float = 1) -> None:
        self[name, labels].inc(amount)  # type: ignore[attr-defined]

    def set(self, name: str, value: float, *labels: str) -> None:
        self[name, labels].set(value)  # type: ignore[attr-defined]

    def observe(self, name: str, value: float, *labels: str) -> None:
        self[name, labels].observe(value)  # type: ignore[attr-defined]

    def follow(self, name: str, read: object, *labels: str) -> None:
        """Let a gauge ask `read()` whenever it is scraped."""
        self[name, labels].set_function(read)  # type: ignore[attr-defined]

    def declare(self, agents: Sequence[str], reads: Iterable[str], writes: Iterable[str]) -> None:
        """Export at start what is known at start, so that a rate has a zero to rise from."""
        for topic in reads:
            self.consumed(topic, 0, messages=0)
        for topic in writes:
            self.count("produce_errors", topic, amount=0)
        for outcome in COMMIT_OUTCOMES:
            self.count("commits", outcome, amount=0)
        for reason in RESTART_REASONS:
            self.count("pool_restarts", reason, amount=0)
        for kind, stage in product(get_args(Kind), get_args(Stage)) if "detect" in agents else ():
            self.count("withdrawals", kind, stage, amount=0)
        for agent in agents:
            self.count("retries", agent, amount=0)
            for outcome in OUTCOMES:
                self.count("messages_processed", agent, outcome, amount=0)
            for dropped in DropReason:
                self.count("messages_dropped", agent, dropped, amount=0)
            for rejected in RejectReason:
                self.count("messages_rejected", agent, rejected, amount=0)

    def consumed(self, topic: str, size: int, messages: int = 1) -> None:
        self.count("messages_consumed", topic, amount=messages)
        self.count("consumed_bytes", topic, amount=size)

    def step(self, agent: str, seconds: float) -> None:
        self.observe("step_duration_seconds", seconds, agent)

    def produced(self, topic: str, seconds: float) -> None:
        self.observe("produce_duration_seconds", seconds, topic)

    def committed(self, outcome: str) -> None:
        self.count("commits", outcome)

    def rebalanced(self, seconds: float) -> None:
        self.observe("rebalance_duration_seconds", seconds)

    def settled(self, agent: str, outcome: Outcome, age: float) -> None:
        """One message is done and acknowledged; `age` in seconds since its page came in."""
        if isinstance(outcome, Emit):
            self.count("messages_processed", agent, "emitted")
        elif isinstance(outcome, Drop):
            self.count("messages_processed", agent, "dropped")
            self.count("messages_dropped", agent, outcome.reason)
        else:
            self.count("messages_processed", agent, "rejected")
            self.count("messages_rejected", agent, outcome.reason)
        if age < 0:
            self.count("clock_skew", agent)
        self.observe("end_to_end_latency_seconds", max(age, 0.0), agent)
        if not isinstance(outcome, Reject):
            self._tally(outcome)

    def _tally(self, outcome: Emit | Drop) -> None:
        for tally in outcome.tallies:
            instrument = self[tally.metric, tally.labels]
            if isinstance(instrument, Histogram):
                instrument.observe(tally.amount)
            else:
                self.count(tally.metric, *tally.labels, amount=tally.amount)


def _make(spec: Spec, registry: CollectorRegistry) -> MetricWrapperBase:
    if spec.kind is Histogram:
        return Histogram(PREFIX + spec.name, spec.help, spec.labels, registry=registry, buckets=spec.buckets)
    return spec.kind(PREFIX + spec.name, spec.help, spec.labels, registry=registry)
