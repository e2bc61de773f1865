"""Child processes for CPU-bound steps: a deadline, a kill, a restart; one bad page hurts itself only.

A ProcessPoolExecutor will not do: it cannot stop a call that hangs, and one crashed child breaks
every call in flight. It must not know what the steps do.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import resource
import signal
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from time import perf_counter

from streams.core.outcome import Message, Outcome

#: spawn, not fork: the worker has threads (Faust's consumer runs in one) and sockets.
_SPAWN = multiprocessing.get_context("spawn")
#: Seconds a fresh child may take to load its lexicons and models.
START_DEADLINE = 120.0

Steps = Mapping[str, Callable[[Message], Outcome]]


class ChildFailed(Exception):  # noqa: N818  a fact about a page, not a defect
    """The child ended or was killed; `reason` is `crashed` or `timeout`."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class StepFailed(Exception):  # noqa: N818
    """The step raised what nobody foresaw; the text is its trace, at most 4 KiB."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a child is: how it builds its steps, and its limits."""

    build: Callable[[], Steps]
    deadline: float
    memory: int
    calls: int


def _serve(pipe: Connection, plan: Plan) -> None:
    # The terminal sends SIGINT to the whole group, and the parent decides when children end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    steps = plan.build()
    resource.setrlimit(resource.RLIMIT_AS, (plan.memory, plan.memory))
    pipe.send(True)
    while True:
        try:
            name, message = pipe.recv()
        except EOFError:  # the parent is gone, kill -9 included: do not outlive it
            return
        pipe.send(_answer(steps[name], message))


def _answer(step: Callable[[Message], Outcome], message: Message) -> tuple[Outcome | str, float]:
    started = perf_counter()
    try:
        outcome: Outcome | str = step(message)
    except MemoryError:
        raise SystemExit(137) from None  # a crash, as the parent sees it: what is left cannot be trusted
    except Exception:  # noqa: BLE001  the parent decides what a defect means
        outcome = traceback.format_exc()[-4096:]
    return outcome, perf_counter() - started


class Child:
    """One slot: a process that is started when first needed and replaced when it has to be."""

    def __init__(self, plan: Plan, on_restart: Callable[[str], None]) -> None:
        self._plan, self._on_restart = plan, on_restart
        self._running: tuple[BaseProcess, Connection] | None = None
        self._calls = 0

    def call(self, name: str, message: Message) -> tuple[Outcome, float]:
        """Blocks; runs in a thread of the pool.

        Raises:
            ChildFailed, StepFailed.
        """
        pipe = self.ready()
        self._calls += 1
        try:
            pipe.send((name, message))
            if not pipe.poll(self._plan.deadline):
                self._restart("timeout")
                raise ChildFailed("timeout", f"no answer in {self._plan.deadline:g} s")
            outcome, seconds = pipe.recv()
        except (EOFError, OSError):
            code = self._exit_code()
            self._restart("crashed")
            raise ChildFailed("crashed", f"the child ended with {code}") from None
        if self._calls >= self._plan.calls:
            self._restart("recycled")  # memory that the C libraries never give back
        if isinstance(outcome, str):
            raise StepFailed(outcome)
        return outcome, seconds

    def ready(self) -> Connection:
        """The pipe to a child that has loaded what it needs.

        Raises:
            RuntimeError: it cannot be started; that is no page's fault, and ends the worker.
        """
        if self._running is None:
            ours, theirs = _SPAWN.Pipe()
            process = _SPAWN.Process(target=_serve, args=(theirs, self._plan), daemon=True)
            process.start()
            theirs.close()  # else the child's death would not read as end of file
            self._running, self._calls = (process, ours), 0
            self._await_start(ours)
        return self._running[1]

    def stop(self) -> None:
        if self._running is not None:
            process, pipe = self._running
            self._running = None
            process.kill()
            process.join()
            process.close()
            pipe.close()

    @property
    def pid(self) -> int | None:
        return self._running[0].pid if self._running else None

    def _await_start(self, pipe: Connection) -> None:
        with contextlib.suppress(EOFError, OSError):
            if pipe.poll(START_DEADLINE) and pipe.recv():
                return
        code = self._exit_code()
        self.stop()
        raise RuntimeError(f"a child process could not start (it ended with {code}); its own words stand above")

    def _exit_code(self) -> int | None:
        if self._running is None:
            return None
        self._running[0].join(1)
        return self._running[0].exitcode

    def _restart(self, reason: str) -> None:
        self.stop()
        self._on_restart(reason)


class Pool:
    """Children behind an async call; a call waits for a free child, so the caller bounds the queue."""

    def __init__(
        self,
        plan: Plan,
        size: int,
        on_restart: Callable[[str], None],
        on_retry: Callable[[str], None] = lambda name: None,  # noqa: ARG005
    ) -> None:
        self._on_retry = on_retry
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="pool")
        self._children = [Child(plan, on_restart) for _ in range(size)]
        self._free: asyncio.Queue[Child] = asyncio.Queue()
        for child in self._children:
            self._free.put_nowait(child)

    async def start(self) -> None:
        """Start all children at once, so that the first page finds them ready."""
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(self._threads, child.ready) for child in self._children))

    async def run(self, name: str, message: Message) -> tuple[Outcome, float]:
        """The outcome and the seconds that the step itself took.

        Raises:
            ChildFailed: twice in a row, on two children.
            StepFailed: a defect of ours.
        """
        try:
            return await self._once(name, message)
        except ChildFailed:
            self._on_retry(name)
            return await self._once(name, message)  # a child may die for reasons that are not the page's

    async def _once(self, name: str, message: Message) -> tuple[Outcome, float]:
        child = await self._free.get()
        call = asyncio.get_running_loop().run_in_executor(self._threads, child.call, name, message)
        call.add_done_callback(lambda _: self._free.put_nowait(child))
        return await asyncio.shield(call)

    @property
    def pids(self) -> list[int]:
        return [child.pid for child in self._children if child.pid is not None]

    def close(self) -> None:
        for child in self._children:
            child.stop()
        self._threads.shutdown(wait=False, cancel_futures=True)
