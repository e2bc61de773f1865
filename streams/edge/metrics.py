"""Every metric there is, in one table, and the instruments made from it. Labels come from closed sets only.

It must not know Faust or the steps; docs/reference/metrics.md is generated from `TABLE`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.metrics import MetricWrapperBase

from streams.core.outcome import Drop, DropReason, Emit, Outcome, Reject, RejectReason

PREFIX = "streams_"
#: Every objective is a bucket (operations study): steps from 1 ms, the whole way up to an hour.
STEP_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
END_TO_END_BUCKETS = (0.01, 0.05, 0.25, 1, 5, 15, 60, 300, 900, 3600)
SHARE_BUCKETS = (0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Spec:
    """One metric: `kind` is counter, gauge or histogram; the name without prefix and `_total`."""

    name: str
    kind: type[MetricWrapperBase]
    help: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()


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
    Spec("pool_children", Gauge, "Child processes that are running."),
    Spec("pool_restarts", Counter, "Children replaced, by reason.", ("reason",)),
    Spec("fields_extracted", Counter, "Metadata found, by field and source.", ("field", "source")),
    Spec("withdrawals", Counter, "Withdrawal events published.", ("kind", "stage")),
    Spec("candidates_rejected", Counter, "Candidates the detector turned down.", ("reason",)),
    Spec("clean_confidence", Histogram, "How sure the cleaner was of a page.", (), SHARE_BUCKETS),
    Spec("rebalances", Counter, "Times that partitions were assigned anew."),
    Spec("build_info", Gauge, "1, with what runs in its labels.", ("version", "python")),
    Spec("event_loop_lag_seconds", Gauge, "How late the event loop woke up last."),
)


class Metrics:
    """The instruments, with children bound once: a bound `inc` costs .8 µs, `.labels().inc` 3.5."""

    def __init__(self, registry: CollectorRegistry) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = registry
        self._made = {spec.name: _make(spec, registry) for spec in TABLE}
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

    def declare(self, agents: Sequence[str], topics: Iterable[str]) -> None:
        """Export at start what is known at start, so that a rate has a zero to rise from."""
        for topic in topics:
            self.count("messages_consumed", topic, amount=0)
        for agent in agents:
            for outcome in ("emitted", "dropped", "rejected"):
                self.count("messages_processed", agent, outcome, amount=0)
            for dropped in DropReason:
                self.count("messages_dropped", agent, dropped, amount=0)
            for rejected in RejectReason:
                self.count("messages_rejected", agent, rejected, amount=0)

    def consumed(self, topic: str, size: int) -> None:
        self.count("messages_consumed", topic)
        self.count("consumed_bytes", topic, amount=size)

    def step(self, agent: str, seconds: float) -> None:
        self.observe("step_duration_seconds", seconds, agent)

    def produced(self, topic: str, seconds: float) -> None:
        self.observe("produce_duration_seconds", seconds, topic)

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
