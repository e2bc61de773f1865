"""What reads a page's tree: the pass in Python (pure.py) and the compiled one (native/), which say the same."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from selectolax.lexbor import LexborHTMLParser

from streams.core.cleaning.features import Told
from streams.core.cleaning.finds import Finds
from streams.core.cleaning.guard import Scan
from streams.core.cleaning.head import Head
from streams.core.cleaning.tables import Floats
from streams.core.cleaning.tree import Walked
from streams.core.cleaning.wording import Speaking


class Looked(NamedTuple):
    """The numbers of the blocks worth a look, their characters, and every container's bits, inherited ones included."""

    blocks: list[int]
    chars: Floats
    bits: list[int]


class Reader(Protocol):
    """Reads one page after the other, and of each in this order: head, walk, look, features or score."""

    def scan(self, html: bytes, deep: bool) -> Scan:
        """What guard.py asks of the bytes, before there is a tree."""
        ...

    def head(self, tree: LexborHTMLParser) -> Head:
        """The document's title, metas, links and JSON-LD scripts."""
        ...

    def walk(self, tree: LexborHTMLParser, finds: Finds) -> Walked:
        """The body's tables; what it says of signals goes to `finds`."""
        ...

    def look(self, page: Walked) -> Looked | None:
        """The blocks worth a look, or None where all is furniture."""
        ...

    def quiet(self, speaking: Speaking) -> bytes:
        """Of each of these blocks, 1 where its wording surely says nothing; empty where the reader cannot tell."""
        ...

    def features(self, told: Told) -> Floats:
        """An array (features, blocks) of these blocks."""
        ...

    def score(self, told: Told) -> Floats:
        """What the trees make of the features."""
        ...
