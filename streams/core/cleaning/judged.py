"""The blocks of a page on their way from the tables to the record: one mutable row each, private to cleaning."""

from __future__ import annotations

from dataclasses import dataclass

from streams.core.cleaning.cleaned import Label
from streams.core.cleaning.wording import Said


@dataclass(slots=True)
class Row:
    """A block and what is thought of it so far.

    `keep` is the probability that it is article text; `said` is what its wording says, None where nobody asked.
    """

    text: str
    keep: float
    kept: bool
    label: Label
    why: str
    tag: str = "p"
    linked: int = 0
    number: int = 0
    said: Said | None = None


def unread(number: int) -> Row:
    """Stands in the account of what was removed for all that lies beyond the limits on a page's size."""
    return Row("…", 0.0, False, "unread", "the page is longer than what is read of one", "", 0, number)
