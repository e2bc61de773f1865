"""What the walk reads of elements that may be signals: their names and texts, for finds.py. It must not judge them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from selectolax.lexbor import LexborNode

from streams.core.cleaning.finds import MOST_OF_A_SOURCE, MOST_PENDING, Finds
from streams.core.cleaning.tags import Tags
from streams.core.cleaning.tree import BIT

#: Characters read for signals on one page, over all elements.
MOST_READ = 1_000_000
_AUTHOR, _DATE, _CRUMB = BIT["author"], BIT["date"], BIT["breadcrumb"]
_MOST_STEPS = 16
_MOST_IN_FOOTER = 200  # elements with attributes

Attributes = dict[str, str | None]


class Elements:
    """Reads elements for one page's finds, within the page's allowance of characters."""

    def __init__(self, tags: Tags, finds: Finds) -> None:
        self._finds = finds
        self._left = MOST_READ
        self._times = self._pending = 0
        self._time, self._h1, self._address = tags.number["time"], tags.number["h1"], tags.number["address"]

    def inline(self, node: LexborNode, tid: int, attributes: Attributes, bits: int, block: int) -> None:
        """An inline element with attributes."""
        if tid == self._time:
            if self._times < MOST_OF_A_SOURCE:
                self._times += 1
                self._a_time(node, attributes, block)
        elif bits & (_AUTHOR | _DATE) or attributes.get("rel") == "author":
            is_author = not bits & _DATE or bool(bits & _AUTHOR)
            self._finds.named(block, self._text(node), _names(attributes), is_author=is_author)

    def block(
        self, node: LexborNode, tid: int, attributes: Attributes, bits: int, *, block: int, container: int
    ) -> None:
        """A block element, which the walk is about to number `container`."""
        if tid == self._h1:
            self._finds.add(block, "h1", self._text(node), attributes.get("class") or "")
        elif bits & _CRUMB:
            self._steps(node, block)
        elif self._pending < MOST_PENDING and (bits & (_AUTHOR | _DATE) or tid == self._address):
            self._pending += 1
            self._finds.labelled(container, block, _names(attributes), is_author=bool(bits & _AUTHOR))

    def furniture(self, node: LexborNode, label: str, text: str) -> None:
        """A nav, footer or hidden element that the walk does not enter."""
        if label == "nav":
            names = " ".join(filter(None, (node.attributes.get(k) for k in ("class", "id", "aria-label"))))
            if "crumb" in names.lower():
                self._steps(node, 0)
        elif label == "footer":
            self._finds.footer(text)

    def footer(self, node: LexborNode, bits: Callable[[Attributes], int], block: int) -> None:
        """Dates and authors in an article's own footer, which the walk does not enter."""
        named = (e for e in node.css("*") if e.attributes and e.mem_id != node.mem_id)
        for element in islice(named, _MOST_IN_FOOTER):
            self.inline(element, element.tag_id, element.attributes, bits(element.attributes), block)

    def _a_time(self, node: LexborNode, attributes: Attributes, block: int) -> None:
        told = [attributes.get("class") or "", attributes.get("itemprop") or ""]
        told += ["pubdate"] if "pubdate" in attributes else []
        above, beside = node.parent, ""
        if above is not None:
            told += [above.attributes.get("class") or ""]
            beside = above.text(deep=False)
        self._finds.time(block, attributes.get("datetime") or "", told, beside, self._text(node))

    def _steps(self, node: LexborNode, block: int) -> None:
        for step in node.css("a, li")[:_MOST_STEPS]:
            self._finds.step(block, self._text(step))

    def _text(self, node: LexborNode) -> str:
        """An element's text while the page's allowance lasts: nested elements may each hold the whole page."""
        if self._left <= 0:
            return ""
        text = node.text(separator=" ")
        self._left -= len(text)
        return text


def _names(attributes: Attributes) -> str:
    return " ".join(filter(None, (attributes.get(k) for k in ("class", "itemprop", "rel"))))
