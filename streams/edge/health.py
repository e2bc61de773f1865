"""What the probes say. Alive: the loop turns and no message is stuck. Ready: partitions assigned, no rebalance."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Sequence
from time import monotonic

from streams.edge.lag import lag_of
from streams.edge.metrics import Metrics
from streams.edge.runner import Runner
from streams.edge.transport import App

#: Seconds between beats of the event loop.
BEAT = 1.0
#: A loop that missed this many seconds is stuck.
LOOP_LIMIT = 30.0
#: Seconds without progress while there is lag and the partitions are ours: a zombie.
STALL_LIMIT = 45.0
#: Twice as long as Faust lets a rebalance wait for the slowest member (broker_rebalance_timeout, 60 s).
REBALANCE_LIMIT = 120.0


class Health:
    """Reads; changes nothing. Kafka away is not unhealthy: restarts would storm the group.

    Args:
        app: the worker's.
        runners: of its agents.
        metrics: where the loop's lag goes.
        message_limit: seconds that one message may be in work.
        kafka_answers: whether a broker can be reached.
    """

    def __init__(
        self,
        app: App,
        runners: Sequence[Runner],
        metrics: Metrics,
        message_limit: float,
        kafka_answers: Callable[[], bool] = lambda: True,
    ) -> None:
        self._app, self._runners, self._metrics, self._limit = app, runners, metrics, message_limit
        self._kafka_answers = kafka_answers
        self._beat = monotonic()
        self._moved = (monotonic(), 0)
        self._settled = monotonic()

    async def beat(self) -> None:
        """Runs for ever on the loop; how late it wakes up is the loop's lag."""
        while True:
            due = monotonic() + BEAT
            await asyncio.sleep(BEAT)
            self._beat = monotonic()
            if not self._app.rebalancing:
                self._settled = self._beat
            self._metrics.set("event_loop_lag_seconds", max(0.0, self._beat - due))

    def live(self) -> str | None:
        """Why not, or None."""
        silent = monotonic() - self._beat
        if silent > LOOP_LIMIT:
            return f"the event loop has been stuck for {silent:.0f} s"
        oldest = max((runner.oldest_age for runner in self._runners), default=0.0)
        if oldest > self._limit:
            return f"a message has been in work for {oldest:.0f} s"
        return self._endless() or self._zombie()

    def ready(self) -> str | None:
        """Why not, or None."""
        if not self._app.started:
            return "starting"
        if self._app.rebalancing:
            return "rebalancing"
        consumer = self._app.running_consumer
        if consumer is None:
            return "starting"
        if not consumer.assignment():
            return "no partitions assigned"
        return None

    def state(self) -> str:
        """One of metrics.STATES."""
        if self._app.should_stop:
            return "stopping"
        if not self._app.started or self._app.running_consumer is None:
            return "starting"
        return "rebalancing" if self._app.rebalancing else "working"

    def started(self) -> str | None:
        return None if self._app.started else "starting"

    def _endless(self) -> str | None:
        """A rebalance that goes on though Kafka is there, as once seen after a network cut (docs/delivery.md)."""
        lasted = monotonic() - self._settled
        if lasted > REBALANCE_LIMIT and self._app.rebalancing and self._kafka_answers():
            return f"a rebalance has lasted {lasted:.0f} s, and Kafka answers"
        return None

    def _zombie(self) -> str | None:
        """Lag that was there, on our partitions, for a while in which nothing was finished."""
        lag = sum(lag_of(self._app).values())
        progress = max((runner.last_progress for runner in self._runners), default=0.0)
        now = monotonic()
        since, seen = self._moved
        if not lag or progress > since or self._app.rebalancing:
            self._moved = (max(now if not lag else progress, since), lag)
            return None
        if now - since > STALL_LIMIT and seen:
            return f"nothing finished for {now - since:.0f} s with {lag} messages waiting"
        self._moved = (since, lag)
        return None


def answers(servers: str, seconds: float = 1.0) -> bool:
    """Whether one of these brokers ("host:port,…") takes a connection."""
    for server in servers.split(","):
        host, _, port = server.strip().rpartition(":")
        try:
            with socket.create_connection((host.strip("[]"), int(port)), seconds):
                return True
        except OSError:
            continue
    return False
