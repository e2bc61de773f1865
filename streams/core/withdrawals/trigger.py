"""Where and how a word speaks of leaving: one value, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass

from streams.core.withdrawals.data import Predicate


@dataclass(frozen=True, slots=True)
class Trigger:
    """`token` fires; the object phrase starts at token `start` (None: bare); `cause` is what is pulled out."""

    token: int
    last: int
    predicate: Predicate
    noun: bool
    start: int | None
    link: str
    cause: int | None = None
    ceased: bool = False
