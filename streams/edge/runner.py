"""Runs a step over a topic at least once: outcome -> every send confirmed -> ack, in offset order.

Faust finds the partitions, fetches and commits; this module decides *when* a message is done.
It must not parse or retry bad data: that is an outcome, a `Reject`, and goes to the dead letters.
An error nobody foresaw ends the worker with the message unacknowledged; its supervisor starts another.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic, time
from typing import Any

from aiokafka.errors import KafkaError, MessageSizeTooLargeError
from faust.exceptions import ProducerSendError
from faust.types import TP, EventT

from streams.catalogue.topics import DEAD_LETTER_SUFFIX
from streams.core.outcome import Drop, Emit, Message, Outcome, Output, Reject, RejectReason
from streams.edge.attempts import LIMIT, Attempts, Place
from streams.edge.dead_letter import Origin, dead_letter_headers
from streams.edge.metrics import Metrics
from streams.edge.rejects import RejectGuard
from streams.edge.sizes import refuse_too_large
from streams.edge.transport import App, end_within

log = logging.getLogger(__name__)

Event = EventT[bytes]
#: One message in, its outcome and the seconds the step took out. Never raises for a page's fault.
Work = Callable[[Message], Awaitable[tuple[Outcome, float]]]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what is in work: messages, bytes, seconds until all sends are confirmed; what each topic takes."""

    messages: int
    bytes: int
    send_deadline: float
    exit_grace: float
    message_bytes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who runs: for dead letters, and for the names of topics."""

    agent: str
    version: str
    group: str
    prefix: str


@dataclass(slots=True, eq=False)
class _Job:
    """One message in work. `queued` is set once its sends stand in the producer's queue."""

    event: Event
    message: Message
    started: float
    queued: asyncio.Event
    task: asyncio.Task[Outcome] | None = None

    @property
    def size(self) -> int:
        return len(self.message.value or b"")

    @property
    def place(self) -> Place:
        where = self.event.message
        return where.topic, where.partition, where.offset


class Runner:
    """The body of an agent: a bounded window of messages in work, sent and acknowledged in offset order.

    Order matters. Faust commits the highest contiguous run of acked offsets, but where nothing is
    committed yet it takes the first ack it sees as the start, and after that it is off by one.
    """

    def __init__(
        self,
        app: App,
        *,
        identity: Identity,
        work: Work,
        limits: Limits,
        metrics: Metrics,
        guard: RejectGuard,
        attempts: Attempts,
    ) -> None:
        self._app, self._identity, self._work, self._limits = app, identity, work, limits
        self._metrics, self._guard, self._attempts = metrics, guard, attempts
        self._queues: defaultdict[tuple[TP, int | None], deque[_Job]] = defaultdict(deque)
        self._jobs: set[_Job] = set()
        self._bytes = 0
        self._room = asyncio.Event()
        self._crash: asyncio.Task[Any] | None = None
        self.last_progress = monotonic()
        self.last_timestamp: dict[TP, float] = {}

    async def __call__(self, stream: Any) -> None:
        async for event in stream.noack().events():
            await self._wait_for_room(len(event.message.value or b""))
            if self._crash is not None:
                return  # what is not begun is delivered again, to the next worker
            self._begin(event)

    @property
    def in_flight(self) -> int:
        return len(self._jobs)

    @property
    def oldest_age(self) -> float:
        """Seconds the slowest message has been in work: the number the liveness probe looks at."""
        now = monotonic()
        return now - min((job.started for job in self._jobs), default=now)

    async def _wait_for_room(self, size: int) -> None:
        # An empty window admits anything, or one message above the limit would block for ever.
        while self._jobs and (len(self._jobs) >= self._limits.messages or self._bytes + size > self._limits.bytes):
            self._room.clear()
            await self._room.wait()

    def _begin(self, event: Event) -> None:
        message = as_message(event)
        self._metrics.consumed(event.message.topic, len(message.value or b""))
        queue = self._queues[event.message.tp, event.message.generation_id]
        before = queue[-1].queued if queue else None
        job = _Job(event, message, monotonic(), asyncio.Event())
        queue.append(job)
        self._jobs.add(job)
        self._bytes += job.size
        job.task = asyncio.create_task(self._run(job, before))
        job.task.add_done_callback(lambda _: self._settle(queue))

    async def _run(self, job: _Job, before: asyncio.Event | None) -> Outcome:
        outcome, seconds = await self._attempt(job)
        self._metrics.step(self._identity.agent, seconds)
        if before is not None:
            await before.wait()  # outputs leave in the order of their inputs
        return await self._deliver(job, outcome)

    async def _attempt(self, job: _Job) -> tuple[Outcome, float]:
        mark = await self._attempts.begin(job.place)
        if mark is None:
            return Reject(RejectReason.CRASH_LOOP, f"the worker died {LIMIT} times with this message in work"), 0.0
        try:
            return await self._work(job.message)
        finally:
            self._attempts.end(job.place, mark)

    async def _deliver(self, job: _Job, outcome: Outcome) -> Outcome:
        try:
            await self._send(job, outcome)
        except (MessageSizeTooLargeError, ProducerSendError) as error:
            too_large = isinstance(error.__cause__ or error, MessageSizeTooLargeError)
            if isinstance(outcome, Reject) or not too_large:
                raise  # not the message's fault, or the dead letter itself does not fit: stop, and lose nothing
            outcome = Reject(RejectReason.UNDELIVERABLE, f"Kafka refuses an output: {error}")
            await self._send(job, outcome)
        return outcome

    async def _send(self, job: _Job, outcome: Outcome) -> None:
        outputs = self._outputs(job, outcome)
        # A dead letter keeps the message's own time; what is made from a message takes the time of its making.
        timestamp = _exact_seconds(job.message.timestamp) if isinstance(outcome, Reject) else None
        started = monotonic()
        topic, confirmations = "", []
        try:
            async with asyncio.timeout(self._limits.send_deadline):
                producer = await self._app.maybe_start_producer()
                addressed = [(self._identity.prefix + o.topic, o) for o in outputs]
                for topic, o in addressed:
                    refuse_too_large(topic, o, self._limits.message_bytes.get(topic))
                # Straight to the producer: Topic.send() costs a third of the throughput (faust study, 7.2k
                # against 4.8k a second). All are queued before the first is awaited, so they share batches.
                for topic, o in addressed:
                    sent = await producer.send(topic, o.key, o.value, None, timestamp, list(o.headers))
                    confirmations.append((topic, sent))
                job.queued.set()
                for topic, confirmation in confirmations:  # noqa: B007  the one that fails is counted
                    await confirmation
        except (KafkaError, ProducerSendError, TimeoutError):
            if topic:  # else the producer did not even start
                self._metrics.count("produce_errors", topic)
            raise
        for topic, _ in confirmations:
            self._metrics.produced(topic, monotonic() - started)

    def _outputs(self, job: _Job, outcome: Outcome) -> Sequence[Output]:
        if isinstance(outcome, Emit):
            return outcome.outputs
        if isinstance(outcome, Drop):
            return ()
        where = job.event.message
        me = self._identity
        origin = Origin(me.agent, where.topic, where.partition, where.offset, me.version, me.group)
        topic = where.topic.removeprefix(me.prefix) + DEAD_LETTER_SUFFIX
        headers = dead_letter_headers(job.message, outcome, origin)
        # A dead letter keeps even a null key or value, which Output's type does not foresee.
        return (Output(topic, job.message.key, job.message.value, headers),)  # type: ignore[arg-type]

    def _settle(self, queue: deque[_Job]) -> None:
        while self._crash is None and queue and queue[0].task is not None and queue[0].task.done():
            job = queue[0]
            error = asyncio.CancelledError() if job.task.cancelled() else job.task.exception()  # type: ignore[union-attr]
            if error is not None:
                return self._fail(error, job)  # it stays at the head: popped, the next callback would ack past it
            queue.popleft()
            self._finish(job, job.task.result())  # type: ignore[union-attr]
        return None

    def _finish(self, job: _Job, outcome: Outcome) -> None:
        self._jobs.discard(job)
        self._bytes -= job.size
        self._room.set()
        self.last_progress = monotonic()
        self.last_timestamp[job.event.message.tp] = job.message.timestamp / 1000
        self._metrics.settled(self._identity.agent, outcome, _age(job.message))
        self._metrics.set("last_processed_timestamp_seconds", time(), job.event.message.topic)
        job.event.ack()
        if isinstance(outcome, Reject) and outcome.reason is RejectReason.CRASH_LOOP:
            self._attempts.settled(job.place)
        if self._guard.add(isinstance(outcome, Reject)):
            self._fail(RuntimeError(self._guard.verdict))

    def _fail(self, error: BaseException, job: _Job | None = None) -> None:
        """Stop acknowledging and end the worker: everything unacked is delivered again."""
        if not self._app.should_stop and self._crash is None:
            where = dict(zip(("topic", "partition", "offset"), job.place, strict=True)) if job else {}
            words = "worker stops, message unacknowledged: %s"
            log.error(words, error or type(error).__name__, exc_info=error, extra=where)
            end_within(self._limits.exit_grace)
            self._crash = asyncio.create_task(self._app.crash(error))  # held: a bare task may be collected


def as_message(event: Event) -> Message:
    """Faust's event as the core's message; Faust keeps timestamps in seconds."""
    raw = event.message
    headers: Any = raw.headers.items() if isinstance(raw.headers, dict) else raw.headers or ()
    return Message(
        topic=raw.topic,
        key=raw.key,
        value=raw.value,
        headers=tuple((str(name), None if value is None else bytes(value)) for name, value in headers),
        timestamp=round((raw.timestamp or 0) * 1000),
    )


def _exact_seconds(milliseconds: int) -> float:
    """Faust turns seconds into milliseconds by cutting, so half a millisecond more keeps the number."""
    return (milliseconds + 0.5) / 1000


def _age(message: Message) -> float:
    """Seconds since the page came in on pages-raw."""
    received = message.header("streams-received-at")
    return time() - (int(received) if received and received.isdigit() else message.timestamp) / 1000
