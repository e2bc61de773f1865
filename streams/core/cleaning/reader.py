"""What reads a page's tree: the pass in Python (pure.py) and the compiled one (native/), which say the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from selectolax.lexbor import LexborHTMLParser

from streams.core.cleaning.features import Facts
from streams.core.cleaning.finds import Finds
from streams.core.cleaning.guard import Scan
from streams.core.cleaning.head import Head
from streams.core.cleaning.tables import Floats
from streams.core.cleaning.tree import Walked
from streams.core.cleaning.wording import Speaking


class Looked(NamedTuple):
    """The numbers of the blocks worth a look, and every block's bits, inherited ones included."""

    blocks: list[int]
    bits: list[int]


class Heard(NamedTuple):
    """What words tell of the blocks to look at, by their places among them, and of all.

    `loud` are those whose wording may say something, `folds` their folded words, `found` the bits of what stands in
    them (see wording.Speaking), None where nobody looked; `titled` are those that are the headline.
    `crediting` has, of every block of the page, 1 where it may say whose copy it is.
    """

    loud: Sequence[int]
    folds: Sequence[str]
    found: Sequence[int] | None
    titled: Sequence[int]
    crediting: bytes


class Reader(Protocol):
    """Reads one page after the other, and of each in this order: head, walk, look, hear, features or score."""

    def is_utf_8(self, body: bytes) -> bool:
        """Whether the bytes are UTF-8."""
        ...

    def scan(self, html: bytes, deep: bool) -> Scan:
        """What guard.py asks of the bytes, before there is a tree."""
        ...

    def has_too_many_attributes(self, html: bytes) -> bool:
        """The same, of pages where that may be."""
        ...

    def head(self, tree: LexborHTMLParser) -> Head:
        """The document's title, metas, links and JSON-LD scripts."""
        ...

    def walk(self, tree: LexborHTMLParser, finds: Finds) -> Walked:
        """The body's tables; what it says of signals goes to `finds`."""
        ...

    def links(self, kept: bytes) -> list[tuple[str, str]]:
        """The addresses and texts of links in the blocks that are kept, 1 by number; the last that is asked."""
        ...

    def look(self, page: Walked) -> Looked | None:
        """The blocks worth a look, or None where all is furniture."""
        ...

    def hear(self, speaking: Speaking, facts: Facts) -> Heard:
        """What can be told of their words without the lexicons' patterns."""
        ...

    def features(self, labels: bytes) -> Floats:
        """An array (features, blocks) of these blocks, of each the code of its wording's label."""
        ...

    def score(self, labels: bytes) -> list[float]:
        """What the trees make of the features."""
        ...
