"""Signals for metadata that stand in the body: time elements, bylines, dates, headings, breadcrumbs, credits.

Called by the walk with each element that may matter. It must not resolve anything: that is metadata's part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from streams.core.cleaning.hints import GROUPS
from streams.core.cleaning.tags import Tags
from streams.core.cleaning.tree import Walked
from streams.core.records import Signal

MOST_OF_A_SOURCE = 24
LONGEST_VALUE = 1_000
_LONGEST_LINE = 200
_LONGEST_READ = 1_000
_LONGEST_CRUMB = 80
_MOST_PENDING = 200
_MOST_BLOCKS = 6
#: Characters read for signals on one page, over all elements.
MOST_READ = 1_000_000
_BIT = {name: 1 << i for i, name in enumerate(GROUPS)}
_AUTHOR = _BIT["author"]
_DATE = _BIT["date"]
_CRUMB = _BIT["breadcrumb"]
_PLACED = frozenset({"time", "posted", "byline"})
#: Of eight groups tried, these lose no true date on the annotated pages and spare invented ones; "sidebar", "card",
#: "navigation", "footer" and "aside" stand around true dates too often.
_PLACES = tuple((_BIT[group], group) for group in ("comment", "related"))
_DIGIT = re.compile(r"\d")
_OWNED = re.compile(r"(?:©|\(c\)|copyright)[^\n]{0,160}", re.IGNORECASE)


class Finds:
    """Collects signals with the number of the block that was being read, in document order."""

    def __init__(self, tags: Tags) -> None:
        self.found: list[tuple[int, Signal]] = []
        self._count: dict[str, int] = {}
        self._seen: set[tuple[str, str]] = set()
        self._allowance = MOST_READ
        self._pending: list[tuple[int, int, str, bool]] = []
        self._time = tags.number["time"]
        self._h1 = tags.number["h1"]
        self._address = tags.number["address"]

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
        texts, where, end = page.texts, page.where, page.end
        for container, block, names, is_author in self._pending:
            last, size, words = end[container], 0, []
            for i in range(block, min(block + _MOST_BLOCKS, len(texts))):
                if not container <= where[i] <= last or size > _LONGEST_LINE:
                    break
                words.append(texts[i])
                size += len(texts[i])
            if 0 < size <= _LONGEST_LINE:
                self._say(block, " ".join(words), names, is_author=is_author)
        self.found.sort(key=lambda pair: pair[0])

    def inline(self, node: LexborNode, tid: int, attributes: dict[str, str | None], bits: int, block: int) -> None:
        """An inline element with attributes."""
        if tid == self._time:
            if self._count.get("time", 0) < MOST_OF_A_SOURCE:
                self._a_time(node, attributes, block)
        elif bits & (_AUTHOR | _DATE) or attributes.get("rel") == "author":
            text = " ".join(self._text(node)[:_LONGEST_READ].split())
            if text and len(text) <= _LONGEST_LINE:
                self._say(block, text, _names(attributes), is_author=not bits & _DATE or bool(bits & _AUTHOR))

    def block(
        self, node: LexborNode, tid: int, attributes: dict[str, str | None], bits: int, *, block: int, container: int
    ) -> None:
        """A block element, which the walk is about to number `container`."""
        if tid == self._h1:
            self.add(block, "h1", self._text(node), attributes.get("class") or "")
        elif bits & _CRUMB:
            self._crumbs(node, block)
        elif len(self._pending) < _MOST_PENDING and (bits & (_AUTHOR | _DATE) or tid == self._address):
            self._pending.append((container, block, _names(attributes), bool(bits & _AUTHOR)))

    def furniture(self, node: LexborNode, label: str, text: str) -> None:
        """A nav, footer or hidden element that the walk does not enter."""
        if label == "nav":
            names = " ".join(filter(None, (node.attributes.get(k) for k in ("class", "id", "aria-label"))))
            if "crumb" in names.lower():
                self._crumbs(node, 0)
        elif label == "footer" and (owned := _OWNED.search(text[:20_000])):
            self.add(0, "credit", owned[0], "footer")

    def _a_time(self, node: LexborNode, attributes: dict[str, str | None], block: int) -> None:
        shown = " ".join(self._text(node)[:300].split())[:100]
        told = [attributes.get("class") or "", attributes.get("itemprop") or ""]
        told += ["pubdate"] if "pubdate" in attributes else []
        parent = node.parent
        if parent is not None:
            above = parent.attributes
            told += [above.get("class") or ""]
            if len(shown) < 40:
                told.append(" ".join(parent.text(deep=False)[:120].split())[:60])
        self.add(block, "time", attributes.get("datetime") or "", " ".join((*told, shown)).strip())

    def _say(self, block: int, text: str, names: str, *, is_author: bool) -> None:
        if is_author:
            self.add(block, "byline", text, names)
        elif _DIGIT.search(text):
            self.add(block, "posted", text, names)

    def _crumbs(self, node: LexborNode, block: int) -> None:
        for step in node.css("a, li")[:16]:
            text = self._text(step)
            if len(text) <= _LONGEST_CRUMB:
                self.add(block, "breadcrumb", text.strip(" \n\t/>»›|"))

    def _text(self, node: LexborNode) -> str:
        """An element's text while the page's allowance lasts: nested elements may each hold the whole page."""
        if self._allowance <= 0:
            return ""
        text = node.text(separator=" ")
        self._allowance -= len(text)
        return text


def placed(found: Sequence[tuple[int, Signal]], page: Walked, bits: Sequence[int]) -> list[tuple[int, Signal]]:
    """The same, each time, date and byline with ` in:GROUP` for what it stands in: another story's date is no date.

    Args:
        found: signals with the number of the block that was being read.
        page: the walk's tables.
        bits: the hint bits of every container, inherited ones included.
    """
    last = len(page.where) - 1
    return [
        (block, replace(s, context=(s.context + _place(bits[page.where[block]]))[:LONGEST_VALUE]))
        if s.source in _PLACED and block <= last
        else (block, s)
        for block, s in found
    ]


def _place(bits: int) -> str:
    return "".join(f" in:{name}" for bit, name in _PLACES if bits & bit)


def _names(attributes: dict[str, str | None]) -> str:
    return " ".join(filter(None, (attributes.get(k) for k in ("class", "itemprop", "rel"))))
