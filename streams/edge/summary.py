"""One log line a minute that says what a worker did, for who has no Prometheus at hand."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from streams.edge.lag import lag_of
from streams.edge.metrics import OUTCOMES, PREFIX, Metrics
from streams.edge.transport import App

log = logging.getLogger(__name__)
SECONDS = 60.0


class Summary:
    """Counts since the last line, by agent and outcome, and what waits now."""

    def __init__(self, app: App, agents: Sequence[str], metrics: Metrics) -> None:
        self._app, self._agents, self._registry = app, agents, metrics.registry
        self._before = self._totals()

    async def write(self) -> None:
        """Runs for ever on the loop."""
        while True:
            await asyncio.sleep(SECONDS)
            self.line()

    def line(self) -> None:
        now = self._totals()
        done = {key: now[key] - self._before[key] for key in now}
        self._before = now
        told = {f"{agent}_{outcome}": done[agent, outcome] for agent, outcome in now}
        waiting = sum(lag_of(self._app).values())
        log.info("%d messages done in a minute, %d waiting", sum(done.values()), waiting, extra=told)

    def _totals(self) -> dict[tuple[str, str], int]:
        name = PREFIX + "messages_processed_total"
        return {
            (agent, outcome): int(self._registry.get_sample_value(name, {"agent": agent, "outcome": outcome}) or 0)
            for agent in self._agents
            for outcome in OUTCOMES
        }
