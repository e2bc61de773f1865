"""The pass over a page in Python alone, with the same face as the compiled one (native/): where no compiler was."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from streams.core.cleaning.features import Told, features
from streams.core.cleaning.finds import Finds
from streams.core.cleaning.guard import Scan, scan
from streams.core.cleaning.head import Head, read_head
from streams.core.cleaning.hints import Hints
from streams.core.cleaning.model import Trees
from streams.core.cleaning.reader import Looked
from streams.core.cleaning.tables import Floats, Ints, Tables, tables
from streams.core.cleaning.tags import Tags
from streams.core.cleaning.tree import Walked
from streams.core.cleaning.walk import walk
from streams.core.cleaning.wording import Speaking


class PurePass:
    """A Reader."""

    def __init__(self, tags: Tags, codes: Ints, hints: Hints, trees: Trees) -> None:
        self._tags, self._codes, self._hints, self._trees = tags, codes, hints, trees
        self._page = Walked()
        self._tables: Tables | None = None

    def scan(self, html: bytes, deep: bool) -> Scan:
        return scan(html, deep)

    def head(self, tree: LexborHTMLParser) -> Head:
        return read_head(tree)

    def walk(self, tree: LexborHTMLParser, finds: Finds) -> Walked:
        body = tree.body
        return walk(body, self._tags, self._hints, finds) if body is not None else Walked()

    def look(self, page: Walked) -> Looked | None:
        self._page, self._tables = page, tables(page, self._hints.negative, self._codes)
        t = self._tables
        return None if t is None else Looked(t.look.tolist(), t.chars, t.c_bits.tolist())

    def quiet(self, speaking: Speaking) -> bytes:  # noqa: ARG002  wording.py finds it out
        return b""

    def features(self, told: Told) -> Floats:
        if self._tables is None:
            raise ValueError("no page was looked at")
        return features(self._page, self._tables, told)

    def score(self, told: Told) -> Floats:
        return self._trees.score(self.features(told))
