"""The pass over a page in Python alone, with the same face as the compiled one (native/): where no compiler was."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from streams.core.cleaning.finds import Finds
from streams.core.cleaning.head import Head, read_head
from streams.core.cleaning.hints import Hints
from streams.core.cleaning.tags import Tags
from streams.core.cleaning.tree import Walked
from streams.core.cleaning.walk import walk


class PurePass:
    """Reads pages; it holds nothing of them."""

    def __init__(self, tags: Tags, hints: Hints) -> None:
        self._tags, self._hints = tags, hints

    def head(self, tree: LexborHTMLParser) -> Head:
        """The document's title, metas, links and JSON-LD scripts."""
        return read_head(tree)

    def walk(self, tree: LexborHTMLParser, finds: Finds) -> Walked:
        """The body's tables; what it says of signals goes to `finds`."""
        body = tree.body
        return walk(body, self._tags, self._hints, finds) if body is not None else Walked()
