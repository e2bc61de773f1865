"""Stops a worker that rejects too much: a bad release must not pour a topic into the dead letters."""

from __future__ import annotations

from collections import deque


class RejectGuard:
    """Watches the share of rejects among the last `window` messages of one agent."""

    def __init__(self, limit: float, window: int) -> None:
        self._limit, self._recent = limit, deque[bool](maxlen=window)

    def add(self, rejected: bool) -> bool:
        """Whether the limit is passed now. Never before the window is full."""
        self._recent.append(rejected)
        return (
            self._limit < 1
            and rejected
            and len(self._recent) == self._recent.maxlen
            and sum(self._recent) > self._limit * len(self._recent)
        )

    @property
    def verdict(self) -> str:
        """One line for the log."""
        return (
            f"{sum(self._recent)} of the last {len(self._recent)} messages were rejected, the limit is"
            f" {self._limit:.0%} (reject_limit): look at the dead letters, mend, then start again"
        )
