"""The consumer's lag, computed when it is scraped and for assigned partitions only, so revoked ones vanish."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Iterable, Mapping
from time import time
from typing import Any

from aiokafka.errors import KafkaError
from faust.types import TP
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from streams.edge.metrics import TABLE
from streams.edge.transport import App

#: Seconds between two questions where partitions end.
ASK_SECONDS = 5.0
_SPECS = [spec for spec in TABLE if spec.collected]


def lag_of(app: App) -> dict[TP, int]:
    """Messages behind the end, a partition; empty while nothing is assigned."""
    consumer = app.running_consumer
    return {} if consumer is None else _lags(consumer, app.ends, at_rest=not app.rebalancing)


async def watch_ends(app: App) -> None:
    """Ask Kafka where the partitions end, for ever: a consumer that fetches nothing more sees no end move."""
    while True:
        await asyncio.sleep(ASK_SECONDS)
        consumer = app.running_consumer
        if consumer is None or app.rebalancing or not consumer.assignment():
            continue
        with contextlib.suppress(KafkaError):  # without Kafka the last answer stands
            app.ends = await consumer.highwaters(*consumer.assignment())


def _lags(consumer: Any, ends: Mapping[TP, int], *, at_rest: bool) -> dict[TP, int]:
    """At rest, what has no committed offset never had one; in a rebalance it may only not be known yet."""
    lags: dict[TP, int] = {}
    for tp in list(consumer.assignment()):
        end = max(consumer.highwater(tp) or 0, ends.get(tp, 0))
        committed = consumer._committed_offset.get(tp)  # noqa: SLF001  Faust tells no other way
        if at_rest or committed is not None:
            lags[tp] = max(0, end - (committed or 0))
    return lags


class LagCollector(Collector):
    """Asks Faust's consumer from the scraper's thread: both reads are of plain dictionaries."""

    def __init__(self, app: App, done: Mapping[TP, float]) -> None:
        self._app, self._done = app, done

    def describe(self) -> Iterable[Metric]:
        return _families()

    def collect(self) -> Iterable[Metric]:
        messages, seconds, assigned = _families()
        consumer = self._app.running_consumer
        counts = Counter(tp.topic for tp in (consumer.assignment() if consumer else ()))
        for tp, lag in lag_of(self._app).items():
            labels = [tp.topic, str(tp.partition)]
            messages.add_metric(labels, lag)
            seconds.add_metric(labels, max(0.0, time() - self._done[tp]) if lag and tp in self._done else 0.0)
        for topic, count in counts.items():
            assigned.add_metric([topic], count)
        return [messages, seconds, assigned]


def _families() -> list[GaugeMetricFamily]:
    return [GaugeMetricFamily(spec.exported, spec.help, labels=spec.labels) for spec in _SPECS]
