"""Signals for metadata that stand in the body: time elements, bylines, dates, headings, breadcrumbs, credits.

It is told what elements.py, or the compiled walk, read of each element that may matter. It must not touch the tree,
and not resolve anything: that is metadata's part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from streams.core.cleaning.hints import GROUPS
from streams.core.cleaning.tree import Walked
from streams.core.records import Signal

MOST_OF_A_SOURCE = 24
LONGEST_VALUE = 1_000
_LONGEST_LINE = 200
_LONGEST_READ = 1_000
_LONGEST_TOLD, _MOST_TOLD = 30, 6  # characters and words of a date without a digit: "Posted Wednesday", "Yesterday"
_LONGEST_CRUMB = 80
MOST_PENDING = 200
_MOST_BLOCKS = 6
_BIT = {name: 1 << i for i, name in enumerate(GROUPS)}
_PLACED = frozenset({"time", "posted", "byline"})
#: Of eight groups tried, these lose no true date on the annotated pages and spare invented ones; "sidebar", "card",
#: "navigation", "footer" and "aside" stand around true dates too often.
_PLACES = tuple((_BIT[group], group) for group in ("comment", "related"))
_PLACING = _PLACES[0][0] | _PLACES[1][0]
_DIGIT = re.compile(r"\d")
_OWNED = re.compile(r"(?:©|\(c\)|copyright)[^\n]{0,160}", re.IGNORECASE)


class Finds:
    """Collects signals with the number of the block that was being read, in document order."""

    def __init__(self) -> None:
        self.found: list[tuple[int, Signal]] = []
        self._count: dict[str, int] = {}
        self._seen: set[tuple[str, str]] = set()
        self._pending: list[tuple[int, int, str, bool, int]] = []

    def add(self, block: int, source: str, value: str, context: str = "") -> None:
        """Keep a signal unless it says nothing new or its source has had enough."""
        value = " ".join(value[: 2 * LONGEST_VALUE].split())[:LONGEST_VALUE]
        count = self._count.get(source, 0)
        if not value and source != "time":
            return
        if count >= MOST_OF_A_SOURCE or (source, value) in self._seen:
            return
        self._count[source] = count + 1
        if source != "time":
            self._seen.add((source, value))
        self.found.append((block, Signal(source, value, context[:LONGEST_VALUE])))

    def finish(self, page: Walked) -> None:
        """Read the labelled containers from the blocks that the walk made of them."""
        texts, where = page.texts, page.where
        for container, block, names, is_author, known in self._pending:
            last, size, words = known if known >= 0 else page.end[container], 0, []
            for i in range(block, min(block + _MOST_BLOCKS, len(texts))):
                if not container <= where[i] <= last or size > _LONGEST_LINE:
                    break
                words.append(texts[i])
                size += len(texts[i])
            if 0 < size <= _LONGEST_LINE:
                self._say(block, " ".join(words), names, is_author=is_author)
        self.found.sort(key=lambda pair: pair[0])

    def time(self, block: int, value: str, told: Sequence[str], beside: str, shown: str) -> None:
        """A time element: its value, its own names and its parent's, the text beside it, and the text it shows."""
        shown = " ".join(shown[:300].split())[:100]
        around = [" ".join(beside[:120].split())[:60]] if len(shown) < 40 else []
        self.add(block, "time", value, " ".join((*told, *around, shown)).strip())

    def named(self, block: int, text: str, names: str, *, is_author: bool) -> None:
        """An inline element that by its names holds an author or a date."""
        text = " ".join(text[:_LONGEST_READ].split())
        if text and len(text) <= _LONGEST_LINE:
            self._say(block, text, names, is_author=is_author)

    def labelled(self, container: int, block: int, names: str, *, is_author: bool, last: int = -1) -> None:
        """A block element of the kind, which the walk is about to number `container`; its last one, where known."""
        if len(self._pending) < MOST_PENDING:
            self._pending.append((container, block, names, is_author, last))

    def step(self, block: int, text: str) -> None:
        """A link or item of a trail of breadcrumbs."""
        if len(text) <= _LONGEST_CRUMB:
            self.add(block, "breadcrumb", text.strip(" \n\t/>»›|"))

    def footer(self, text: str) -> None:
        if owned := _OWNED.search(text[:20_000]):
            self.add(0, "credit", owned[0], "footer")

    def _say(self, block: int, text: str, names: str, *, is_author: bool) -> None:
        if is_author:
            self.add(block, "byline", text, names)
        elif _DIGIT.search(text) or (len(text) <= _LONGEST_TOLD and len(text.split()) <= _MOST_TOLD):
            self.add(block, "posted", text, names)


def placed(found: Sequence[tuple[int, Signal]], bits: Sequence[int]) -> list[tuple[int, Signal]]:
    """The same, each time, date and byline with ` in:GROUP` for what it stands in: another story's date is no date.

    Args:
        found: signals with the number of the block that was being read.
        bits: the hint bits of every block, inherited ones included.
    """
    out = list(found)
    for i, (block, s) in enumerate(found):
        if s.source in _PLACED and block < len(bits) and bits[block] & _PLACING:
            out[i] = block, replace(s, context=(s.context + _place(bits[block]))[:LONGEST_VALUE])
    return out


def _place(bits: int) -> str:
    return "".join(f" in:{name}" for bit, name in _PLACES if bits & bit)
