"""faust.App on a driver whose gaps are closed (docs/decisions/0002). It must not decide what a message means.

Rests on private parts of faust-streaming 0.15.3, hence the exact pin; tests/edge/test_transport.py
says which.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable, Mapping
from time import monotonic
from types import MappingProxyType
from typing import Any

import faust
from faust.transport.drivers import aiokafka as driver
from faust.types import TP


class Producer(driver.Producer):
    """Faust has no setting for idempotence; without it a retry may reorder or repeat a batch."""

    def _settings_extra(self) -> dict[str, Any]:
        return {**super()._settings_extra(), "acks": "all", "enable_idempotence": True}


class Consumer(driver.Consumer):
    """Closes the gaps through which Faust 0.15.3 loses messages around a rebalance."""

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Commit before Faust forgets: it clears its record of acks first and commits afterwards."""
        self.stop_flow()
        await self.commit()
        await super().on_partitions_revoked(revoked)

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Fetch nothing until positions are set: Faust stops the flow only if it held partitions."""
        self.stop_flow()
        await super().on_partitions_assigned(assigned, generation_id)

    async def _commit(self, offsets: Any) -> bool:
        app: Any = self.app
        done = False
        try:
            done = await super()._commit(offsets)
        finally:
            if app.on_commit is not None:
                app.on_commit("committed" if done else "failed")
        return done

    async def _wait_next_records(self, timeout: float) -> Any:  # noqa: ASYNC109  Faust's signature
        """Wake up soon after a full buffer drains: Faust sleeps a whole second there.

        This is what makes a small `stream_buffer_maxsize`, the only bound on memory, affordable.
        """
        while self.flow_active and self._buffered_partitions and not self._active_partitions and not self.should_stop:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        return await super()._wait_next_records(timeout)

    async def perform_seek(self) -> None:
        """Go back to the committed offset, or to the start where nothing is committed yet.

        Faust moves only partitions with a committed offset > 0. For the others it stays where
        fetching had got to, and what was fetched but not processed is never seen again.
        """
        await super().perform_seek()
        acking = self.app.topics.acking_topics
        fresh = [tp for tp in self.assignment() if not self._committed_offset.get(tp) and tp.topic in acking]
        if fresh:
            await self._thread.seek_wait(dict(await self.earliest_offsets(*fresh)))


class Transport(driver.Transport):
    """The factory through which Faust reaches both."""

    Consumer = Consumer
    Producer = Producer


class App(faust.App):
    """faust.App on our transport (factory methods; nothing is monkey-patched), and sure to end."""

    exit_grace: float = 20.0
    #: Awaited before the first message is fetched; called after the last.
    before_start: Callable[[], Awaitable[None]] | None = None
    after_stop: Callable[[], None] | None = None
    #: Where Kafka says that our partitions end (edge/lag.py).
    ends: Mapping[TP, int] = MappingProxyType({})
    #: Told the outcome of every commit, and how long every rebalance took.
    on_commit: Callable[[str], None] | None = None
    on_rebalanced: Callable[[float], None] | None = None
    _rebalance_began: float | None = None
    _watchdog: threading.Timer | None = None

    @property
    def running_consumer(self) -> Any:
        """The consumer once its thread has a client, else None. For other threads: it makes nothing.

        `app.consumer` makes one where there is none, without a lock. Read by a probe while the app
        starts, it can make a second, and the app then waits on the one that never runs.
        """
        consumer: Any = self._consumer
        ready = consumer is not None and consumer._thread._consumer is not None  # noqa: SLF001  Faust tells no other way
        return consumer if ready else None

    def on_rebalance_start(self) -> None:
        self._rebalance_began = self._rebalance_began or monotonic()  # one that follows another is one pause
        super().on_rebalance_start()

    def on_rebalance_end(self) -> None:
        super().on_rebalance_end()
        began, self._rebalance_began = self._rebalance_began, None
        if began is not None and self.on_rebalanced is not None:
            self.on_rebalanced(monotonic() - began)

    async def on_start(self) -> None:
        if self.before_start is not None:
            await self.before_start()
        await super().on_start()

    async def on_stop(self) -> None:
        self._watchdog = end_within(self.exit_grace)
        await super().on_stop()

    async def on_shutdown(self) -> None:
        await super().on_shutdown()
        if self.after_stop is not None:
            self.after_stop()
        if self._watchdog is not None:
            self._watchdog.cancel()  # or it would end a test run that stopped an app

    def _new_transport(self) -> Transport:
        return Transport(self.conf.broker_consumer, self)

    def _new_producer_transport(self) -> Transport:
        return Transport(self.conf.broker_producer, self)


class Worker(faust.Worker):
    """faust.Worker with signals and shutdown as they are, and without its own logging and spinner."""

    def _setup_logging(self) -> None:
        """Ours is configured already (edge/logs.py)."""
        self.spinner = None


def end_within(seconds: float) -> threading.Timer:
    """End the process even if stopping hangs: with Kafka away, Faust's flush on stop never returns."""
    watchdog = threading.Timer(seconds, os._exit, [1])
    watchdog.daemon = True
    watchdog.start()
    return watchdog
