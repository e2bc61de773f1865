"""Where a step runs: here on the loop, or in a child process. Either way a page's fault is an outcome."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from time import perf_counter

from streams.core.outcome import Message, Outcome, Reject, RejectReason
from streams.edge.pool import ChildFailed, Pool, StepFailed
from streams.edge.runner import Work


def in_child(pool: Pool, name: str) -> Work:
    """Run the step of that name in the pool."""

    async def work(message: Message) -> tuple[Outcome, float]:
        try:
            return await pool.run(name, message)
        except ChildFailed as error:
            return Reject(RejectReason(error.reason), str(error)), 0.0
        except StepFailed as error:
            return Reject(RejectReason.STEP_ERROR, f"a defect of ours\n{error}"), 0.0

    return work


def here(step: Callable[[Message], Outcome]) -> Work:
    """Run a quick step on the loop; what it raises is a defect that one message brought to light."""

    async def work(message: Message) -> tuple[Outcome, float]:
        started = perf_counter()
        try:
            outcome = step(message)
        except Exception:  # noqa: BLE001  the message is rejected with the trace, and the limit on rejects watches
            outcome = Reject(RejectReason.STEP_ERROR, f"a defect of ours\n{traceback.format_exc()[-4096:]}")
        return outcome, perf_counter() - started

    return work
