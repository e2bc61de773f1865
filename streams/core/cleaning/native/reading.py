"""What the compiled pass read of a page, told as the pass in Python (pure.py) tells it.

Tests hold the two against each other, on every page. The library is found and proved by `streams.catalogue.compiled`.
"""

from __future__ import annotations

import ctypes
import secrets
import weakref
from array import array
from collections.abc import Mapping
from ctypes import byref
from ctypes import c_void_p as address
from itertools import islice
from typing import Any

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from streams.core.cleaning import model
from streams.core.cleaning.features import Facts
from streams.core.cleaning.finds import Finds
from streams.core.cleaning.guard import Scan
from streams.core.cleaning.head import NO_META, RELS, Head
from streams.core.cleaning.hints import GROUPS, Hints
from streams.core.cleaning.native.library import (
    KNOWN_TAGS,
    TAGS,
    AskLetter,
    Known,
    Library,
    ScanOf,
    Text,
    Told,
    Trees,
)
from streams.core.cleaning.notices import lowered
from streams.core.cleaning.reader import Heard, Looked
from streams.core.cleaning.tables import Floats, Ints
from streams.core.cleaning.tags import Tags
from streams.core.cleaning.tree import ASIDE, BIT, HIDDEN, Walked
from streams.core.cleaning.walk import MAX_BLOCKS, MAX_LINKS, MAX_NODES
from streams.core.cleaning.wording import Speaking

_A_BLOCK, _A_TEXT, _SKIPPED, _INLINE, _UNUSUAL = range(5)
_PLAIN, _FURNITURE, _ASKED = 8, 16, 32
_TIME, _NAMED, _H1, _CRUMB, _LABELLED, _OWNED = range(1, 7)
_TITLE, _META, _LINK, _SCRIPT = range(11, 15)
#: Words a row of the tables: struct Block, Container and Find in cleaning.h.
_BLOCK, _CONTAINER, _FIND = 7, 6, 5
_COLUMNS = ("parent", "tag", "bits", "end", "depth", "names")


class Pass:
    """A Reader. What it holds of a page is gone with the next."""

    def __init__(self, library: Library, tags: Tags, codes: Ints, hints: Hints, trees: model.Trees) -> None:
        self._library, self._tags = library, tags
        self._trees, self._arrays = _trees(trees)
        self._known = _known(tags, codes, hints)
        self._ask_letter, self._held = AskLetter(_kind_of), [_table_of(hints.words), _table_of(hints.starts)]
        self._speaking: Speaking | None = None
        lexicon = self._lexicon()
        names = library.compiled.streams_names_new(self._ask_letter, lexicon, secrets.randbits(64)) if lexicon else None
        page = library.compiled.streams_page_new(byref(library.lexbor), byref(self._known), names) if names else None
        if not page:
            raise MemoryError("the compiled pass")
        self._at = ctypes.cast(page, address)
        weakref.finalize(self, library.compiled.streams_page_free, self._at)
        self._page = page.contents

    def scan(self, html: bytes, deep: bool) -> Scan:
        out = ScanOf()
        self._library.compiled.streams_scan(html, len(html), deep, byref(out))
        return Scan(out.tags, out.closing, out.suspect, out.formatting, out.nesting)

    def head(self, tree: LexborHTMLParser) -> Head:
        root = tree.root
        if root is None:
            return Head()
        self._called(self._library.compiled.streams_head(self._at, root.mem_id))
        head = Head.of_root(root.attributes)
        strings, at = self._page.said.strings(), 0
        for kind in _integers(self._page.finds, self._page.n_finds * _FIND)[::_FIND].tolist():
            if kind == _META:
                head.meta(*strings[at : at + 5])
                at += 5
            elif kind == _LINK:
                head.link(*strings[at : at + 4])
                at += 4
            else:
                (head.script if kind == _SCRIPT else head.title)(strings[at])
                at += 1
        return head

    def is_utf_8(self, body: bytes) -> bool:
        return bool(self._library.compiled.streams_is_utf_8(body, len(body)))

    def has_too_many_attributes(self, html: bytes) -> bool:
        return bool(self._library.compiled.streams_has_too_many_attributes(html, len(html)))

    def walk(self, tree: LexborHTMLParser, finds: Finds) -> Walked:
        body = tree.body
        if body is None:
            return Walked()
        self._called(self._library.compiled.streams_walk(self._at, body.mem_id, len(tree.raw_html)))
        page = self._page
        self._say(finds)
        blocks = _integers(page.blocks, page.n_blocks * _BLOCK)
        tag, where, linked, furniture = (blocks[column::_BLOCK].tolist() for column in range(4))
        name = self._tags.name
        furnished = [("hidden" if f < 0 else name[f]) if f else "" for f in furniture]
        return _Walked(
            page.texts.strings(), tag, where, linked, furnished,
            bool(page.cut_short), int(page.n_tables),
            ctypes.string_at(page.containers, 8 * _CONTAINER * page.n_containers),
        )  # fmt: skip

    def links(self, kept: bytes) -> list[tuple[str, str]]:
        self._called(self._library.compiled.streams_links(self._at, kept, len(kept)))
        strings = self._page.said.strings()
        return list(zip(strings[0::2], strings[1::2], strict=True))

    def look(self, page: Walked) -> Looked | None:  # noqa: ARG002  C still holds the page
        n, held = self._library.compiled.streams_look(self._at), self._page
        if n <= 0:
            self._called(int(n))
            return None
        return Looked(_integers(held.look, n).tolist(), _integers(held.bits, held.n_blocks).tolist())

    def hear(self, speaking: Speaking, facts: Facts) -> Heard:
        if self._speaking is not speaking:
            self._listen_to(speaking)
        page, told = self._page, Told(Text.of(facts.title), Text.of(facts.described))
        self._called(self._library.compiled.streams_hear(self._at, self._hearing, byref(told)))
        loud, found = _integers(page.loud, page.n_loud).tolist(), _integers(page.found, page.n_loud).tolist()
        titled = _integers(page.titled, page.n_titled).tolist()
        return Heard(loud, page.folds.strings(), found, titled, ctypes.string_at(page.crediting, page.n_blocks))

    def features(self, labels: bytes) -> Floats:
        rows, n = self._library.compiled.streams_features(self._at, labels), self._page.n_look
        self._called(min(0, rows))
        return np.frombuffer(ctypes.string_at(self._page.rows, 4 * rows * n), np.float32).reshape(rows, n)

    def score(self, labels: bytes, *, wide: bool = True) -> list[float]:
        n = self._library.compiled.streams_score(self._at, labels, byref(self._trees), wide)
        self._called(min(0, n))
        return array("f", ctypes.string_at(self._page.scores, 4 * n)).tolist()

    def _listen_to(self, speaking: Speaking) -> None:
        compiled = self._library.compiled
        self._held += [_table_of(speaking.words), _table_of({})]
        words, bits, n = _table_of(speaking.needs)
        self._speaking, self._needs = speaking, (words, bits)  # C keeps their addresses
        self._hearing = compiled.streams_hearing_new(self._lexicon(), words, bits, n, *speaking[2:])
        if not self._hearing:
            raise MemoryError("the compiled pass")
        weakref.finalize(self, compiled.streams_hearing_free, self._hearing)

    def _lexicon(self) -> Any:
        """Of the two tables held last; C keeps their addresses, so that they must live as long."""
        compiled = self._library.compiled
        lexicon = compiled.streams_lexicon_new(*(word for table in self._held[-2:] for word in table))
        weakref.finalize(self, compiled.streams_lexicon_free, lexicon)
        return lexicon

    def _say(self, finds: Finds) -> None:
        strings = iter(self._page.said.strings())
        table = _integers(self._page.finds, self._page.n_finds * _FIND)
        for kind, block, bits, container, last in zip(*(table[i::_FIND] for i in range(_FIND)), strict=True):
            if kind == _TIME:
                value, own, itemprop, above, beside, shown = islice(strings, 6)
                told = [own, itemprop, *(["pubdate"] if bits & 1 else []), *([above] if bits & 2 else [])]
                finds.time(block, value, told, beside, shown)
            elif kind == _NAMED:
                finds.named(block, next(strings), next(strings), is_author=bool(bits))
            elif kind == _H1:
                finds.add(block, "h1", next(strings), next(strings))
            elif kind == _CRUMB:
                finds.step(block, next(strings))
            elif kind == _LABELLED:
                finds.labelled(container, block, next(strings), is_author=bool(bits), last=last)
            else:
                finds.footer(next(strings))

    @staticmethod
    def _called(status: int) -> None:
        if status:
            raise MemoryError("the compiled pass")


class _Walked(Walked):
    """With its containers' columns as C laid them out, and told where somebody asks: most pages need none."""

    __slots__ = ("_containers",)

    def __init__(self, *columns: Any) -> None:
        self.links = []
        self.texts, self.tags, self.where, self.link_chars, self.furniture = columns[:5]
        self.cut_short, self.table_count, self._containers = columns[5:]

    def __getattr__(self, name: str) -> Any:
        if name not in _COLUMNS:
            raise AttributeError(name)
        rows = memoryview(self._containers).cast("q")
        for i, column in enumerate(_COLUMNS):
            setattr(self, column, rows[i::_CONTAINER].tolist())
        return getattr(self, name)


def _integers(at: int, n: int) -> memoryview:
    """So many of C's integers, copied: quicker, for some hundred, than an array."""
    return memoryview(ctypes.string_at(at, 8 * n) if n else b"").cast("q")


def _trees(trees: model.Trees) -> tuple[Trees, tuple[Any, ...]]:
    """The trees as C reads them, one after the other, and the arrays that must live as long."""
    arrays = (
        np.ascontiguousarray(trees.feature.reshape(model.DEPTH, -1).T, np.int64),
        np.ascontiguousarray(trees.border.reshape(model.DEPTH, -1).T, np.float32),
        np.ascontiguousarray(trees.leaves, np.float32),
    )
    return Trees(len(trees.offsets), model.DEPTH, *(a.ctypes.data for a in arrays)), arrays


def _table_of(table: Mapping[str, int]) -> tuple[bytes, Any, int]:
    """The words as NUL-terminated strings, and their bits."""
    return "\0".join(table).encode() + b"\0", (ctypes.c_int64 * len(table))(*table.values()), len(table)


def _kind_of(letter: int) -> int:
    c = chr(letter)
    return c.isdigit() | c.isupper() << 1 | c.isalnum() << 2 | ord(lowered(c)[0]) << 8


def _known(tags: Tags, codes: Ints, hints: Hints) -> Known:
    numbers = [tags.number[name] for name in TAGS]
    bits = [BIT["author"], BIT["date"], BIT["breadcrumb"], HIDDEN, ASIDE, hints.negative]
    words = ("\0".join(some).encode() + b"\0\0" for some in (NO_META, sorted(RELS)))
    known = Known((), (), *numbers, *bits, MAX_BLOCKS, MAX_LINKS, MAX_NODES, len(GROUPS), *words)
    for tid in range(KNOWN_TAGS):
        known.way[tid] = _way(tags, tid)
        known.code[tid] = int(codes[min(tid, len(codes) - 1)])
    return known


def _way(tags: Tags, tid: int) -> int:
    """In the order in which the walk asks."""
    if tid == tags.text:
        return _A_TEXT
    way = (
        _SKIPPED if tid in tags.skipped
        else _INLINE if tid in tags.inline
        else _UNUSUAL if tid in tags.unusual
        else _A_BLOCK
    )  # fmt: skip
    marks = ((tags.plain, _PLAIN), (tags.furniture, _FURNITURE), (tags.asked, _ASKED))
    return way | sum(mark for among, mark in marks if tid in among)
