"""The pass over a page in Python alone, with the same face as the compiled one (native/): where no compiler was."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from streams.core.cleaning.decode import is_utf_8
from streams.core.cleaning.features import Facts, Told, features, told_of
from streams.core.cleaning.finds import Finds
from streams.core.cleaning.guard import Scan, has_too_many_attributes, scan
from streams.core.cleaning.head import Head, read_head
from streams.core.cleaning.hints import Hints
from streams.core.cleaning.model import Trees
from streams.core.cleaning.reader import Heard, Looked
from streams.core.cleaning.tables import Floats, Ints, Tables, tables
from streams.core.cleaning.tags import Tags
from streams.core.cleaning.tree import Walked
from streams.core.cleaning.walk import walk
from streams.core.cleaning.wording import Speaking, as_read


class PurePass:
    """A Reader."""

    def __init__(self, tags: Tags, codes: Ints, hints: Hints, trees: Trees) -> None:
        self._tags, self._codes, self._hints, self._trees = tags, codes, hints, trees
        self._page = Walked()
        self._tables: Tables | None = None
        self._told = Told([], [], -1)

    def is_utf_8(self, body: bytes) -> bool:
        return is_utf_8(body)

    def scan(self, html: bytes, deep: bool) -> Scan:
        return scan(html, deep)

    def has_too_many_attributes(self, html: bytes) -> bool:
        return has_too_many_attributes(html)

    def head(self, tree: LexborHTMLParser) -> Head:
        return read_head(tree)

    def walk(self, tree: LexborHTMLParser, finds: Finds) -> Walked:
        body = tree.body
        return walk(body, self._tags, self._hints, finds) if body is not None else Walked()

    def links(self, kept: bytes) -> list[tuple[str, str]]:
        return [(href, text) for i, href, text in self._page.links if i < len(kept) and kept[i]]

    def look(self, page: Walked) -> Looked | None:
        self._page, self._tables = page, tables(page, self._hints.negative, self._codes)
        t = self._tables
        if t is None:
            return None
        bits = t.c_bits.tolist()
        return Looked(t.look.tolist(), [bits[where] for where in page.where])

    def hear(self, speaking: Speaking, facts: Facts) -> Heard:  # noqa: ARG002  wording.py asks more closely
        page, t = self._page, self._looked()
        texts = [page.texts[i] for i in t.look.tolist()]
        folds = [as_read(text) for text in texts]
        self._told = told_of(texts, folds, facts)
        titled = [i for i, fold in enumerate(folds) if fold == facts.title] if facts.title else []
        return Heard(range(len(folds)), folds, None, titled, b"\1" * len(page.texts))

    def features(self, labels: bytes) -> Floats:
        return features(self._page, self._looked(), self._told, labels)

    def score(self, labels: bytes) -> list[float]:
        return [float(score) for score in self._trees.score(self.features(labels))]

    def _looked(self) -> Tables:
        if self._tables is None:
            raise ValueError("no page was looked at")
        return self._tables
