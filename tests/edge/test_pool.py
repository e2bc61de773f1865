"""Children that really crash, hang and swell: one bad page hurts itself only."""

from __future__ import annotations

import asyncio
import ctypes
import os
import time
from collections.abc import Callable
from functools import partial

import pytest

from streams.core.outcome import Drop, DropReason, Emit, Message, Outcome
from streams.edge.pool import ChildFailed, Plan, Pool, StepFailed

DONE = Emit(())


def _step(message: Message) -> Outcome:
    """Does what the message says."""
    match message.value:
        case b"crash":
            ctypes.string_at(0)
        case b"hang":
            time.sleep(60)
        case b"swell":
            return Drop(DropReason(str(len(bytearray(4 << 30)))))
        case b"defect":
            raise KeyError("nobody foresaw this")
        case b"pid":
            return Drop(DropReason.NO_TEXT, ())
    return DONE


def _build() -> dict[str, Callable[[Message], Outcome]]:
    return {"step": _step}


def _broken() -> dict[str, Callable[[Message], Outcome]]:
    raise RuntimeError("no lexicon")


def with_pool(body: Callable, build: Callable = _build, size: int = 2, deadline: float = 1.0, calls: int = 100):
    """Run `body(pool, restarts)` with a real pool."""
    restarts: list[str] = []
    retries: list[str] = []

    async def main():
        pool = Pool(Plan(partial(build), deadline, 1 << 30, calls), size, restarts.append, retries.append)
        pool.retries = retries
        try:
            return await body(pool, restarts)
        finally:
            pool.close()

    return asyncio.run(main())


def ask(pool: Pool, what: bytes):
    return pool.run("step", Message("t", None, what))


@pytest.mark.parametrize(("what", "reason"), [(b"crash", "crashed"), (b"hang", "timeout"), (b"swell", "crashed")])
def test_a_page_that_kills_its_child_is_tried_twice_and_then_named(what: bytes, reason: str) -> None:
    async def body(pool, restarts):
        with pytest.raises(ChildFailed) as failure:
            await ask(pool, what)
        assert failure.value.reason == reason
        assert restarts == [reason, reason]
        assert pool.retries == ["step"]
        assert (await ask(pool, b"fine"))[0] == DONE

    with_pool(body)


def test_a_crash_hurts_no_other_page_in_work() -> None:
    async def body(pool, restarts):
        answers = await asyncio.gather(
            *(ask(pool, w) for w in [b"fine", b"crash", b"fine", b"fine"]), return_exceptions=True
        )
        assert [a[0] for i, a in enumerate(answers) if i != 1] == [DONE] * 3
        assert isinstance(answers[1], ChildFailed)

    with_pool(body)


def test_a_defect_of_a_step_is_told_with_its_trace_and_keeps_the_child() -> None:
    async def body(pool, restarts):
        with pytest.raises(StepFailed, match="nobody foresaw this"):
            await ask(pool, b"defect")
        assert restarts == []

    with_pool(body)


def test_a_child_is_replaced_after_its_calls() -> None:
    async def body(pool, restarts):
        for _ in range(5):
            await ask(pool, b"fine")
        assert restarts == ["recycled", "recycled"]

    with_pool(body, size=1, calls=2)


def test_children_end_with_their_pool() -> None:
    async def body(pool, restarts):
        await pool.start()
        return pool.pids

    for pid in with_pool(body):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_child_that_cannot_load_is_no_pages_fault() -> None:
    async def body(pool, restarts):
        with pytest.raises(RuntimeError, match="could not start"):
            await pool.start()

    with_pool(body, build=_broken, size=1)
