"""What the compiled pass read of a page, told as the pass in Python (pure.py) tells it.

Tests hold the two against each other, on every page. The library is found and proved by `streams.catalogue.compiled`.
"""

from __future__ import annotations

import ctypes
import secrets
import weakref
from collections.abc import Mapping
from ctypes import byref
from ctypes import c_void_p as address
from typing import Any

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from streams.core.cleaning import model
from streams.core.cleaning.features import Told as ToldOf
from streams.core.cleaning.finds import Finds
from streams.core.cleaning.guard import Scan
from streams.core.cleaning.head import Head
from streams.core.cleaning.hints import GROUPS, Hints
from streams.core.cleaning.native.library import (
    KNOWN_TAGS,
    TAGS,
    AskLetter,
    Known,
    Library,
    ScanOf,
    Told,
    Trees,
)
from streams.core.cleaning.reader import Looked
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
_BLOCK, _CONTAINER, _FIND = 7, 6, 4


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
        strings = iter(self._page.said.strings())
        for kind, *_ in _table(self._page.finds, self._page.n_finds, _FIND).tolist():
            if kind == _META:
                head.meta(*(next(strings) for _ in range(5)))
            elif kind == _LINK:
                head.link(*(next(strings) for _ in range(4)))
            elif kind == _SCRIPT:
                head.script(next(strings))
            else:
                head.title(next(strings))
        return head

    def walk(self, tree: LexborHTMLParser, finds: Finds) -> Walked:
        body = tree.body
        if body is None:
            return Walked()
        self._called(self._library.compiled.streams_walk(self._at, body.mem_id))
        page = self._page
        self._say(finds)
        tag, where, linked, furniture = (c.tolist() for c in _table(page.blocks, page.n_blocks, _BLOCK).T[:4])
        containers = _table(page.containers, page.n_containers, _CONTAINER).T
        parent, tags, bits, end, depth, names = (c.tolist() for c in containers)
        strings = page.links.strings()
        linking = _integers(page.link_blocks, page.n_links).tolist()
        name = self._tags.name
        return Walked(
            page.texts.strings(), tag, where, linked,
            [("hidden" if f < 0 else name[f]) if f else "" for f in furniture],
            parent, tags, bits, end, depth, names,
            list(zip(linking, strings[0::2], strings[1::2], strict=True)),
            bool(page.cut_short),
        )  # fmt: skip

    def look(self, page: Walked) -> Looked | None:  # noqa: ARG002  C still holds the page
        n = self._library.compiled.streams_look(self._at)
        if n <= 0:
            self._called(int(n))
            return None
        held = self._page
        chars = np.frombuffer(ctypes.string_at(held.chars, 4 * n), np.float32)
        blocks, bits = _integers(held.look, n), _integers(held.bits, held.n_containers)
        return Looked(blocks.tolist(), chars, bits.tolist())

    def quiet(self, speaking: Speaking) -> bytes:
        if self._speaking is not speaking:
            self._held += [_table_of(speaking.words), _table_of({})]
            self._speaking, self._spoken = speaking, self._lexicon()
            self._needs = "".join(need + "\0" for need in speaking.needs + speaking.notice_needs).encode()
            self._counts = len(speaking.needs) + len(speaking.notice_needs), len(speaking.needs)
        out = ctypes.create_string_buffer(int(self._page.n_look))
        self._library.compiled.streams_quiet(self._at, self._spoken, self._needs, *self._counts, out)
        return out.raw

    def features(self, told: ToldOf) -> Floats:
        rows, n = self._features(told), self._page.n_look
        return np.frombuffer(ctypes.string_at(self._page.rows, 4 * rows * n), np.float32).reshape(rows, n)

    def score(self, told: ToldOf) -> Floats:
        self._features(told)
        n = self._page.n_look
        out = np.empty(n, np.float32)
        self._library.compiled.streams_score(byref(self._trees), self._page.rows, n, out.ctypes.data)
        return out

    def _lexicon(self) -> Any:
        """Of the two tables held last; C keeps their addresses, so that they must live as long."""
        compiled = self._library.compiled
        lexicon = compiled.streams_lexicon_new(*(word for table in self._held[-2:] for word in table))
        weakref.finalize(self, compiled.streams_lexicon_free, lexicon)
        return lexicon

    def _features(self, told: ToldOf) -> int:
        words = Told(told.labels, told.twice, told.described, told.heading)
        rows = self._library.compiled.streams_features(self._at, byref(words))
        self._called(min(0, rows))
        return int(rows)

    def _say(self, finds: Finds) -> None:
        strings = iter(self._page.said.strings())
        for kind, block, bits, container in _table(self._page.finds, self._page.n_finds, _FIND).tolist():
            if kind == _TIME:
                value, own, itemprop, above, beside, shown = (next(strings) for _ in range(6))
                told = [own, itemprop, *(["pubdate"] if bits & 1 else []), *([above] if bits & 2 else [])]
                finds.time(block, value, told, beside, shown)
            elif kind == _NAMED:
                finds.named(block, next(strings), next(strings), is_author=bool(bits))
            elif kind == _H1:
                finds.add(block, "h1", next(strings), next(strings))
            elif kind == _CRUMB:
                finds.step(block, next(strings))
            elif kind == _LABELLED:
                finds.labelled(container, block, next(strings), is_author=bool(bits))
            else:
                finds.footer(next(strings))

    @staticmethod
    def _called(status: int) -> None:
        if status:
            raise MemoryError("the compiled pass")


def _table(at: int, rows: int, words: int) -> Ints:
    return _integers(at, rows * words).reshape(rows, words)


def _integers(at: int, n: int) -> Ints:
    return np.frombuffer(ctypes.string_at(at, 8 * n), np.int64) if n else np.empty(0, np.int64)


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
    return c.isdigit() | c.isupper() << 1 | c.isalnum() << 2


def _known(tags: Tags, codes: Ints, hints: Hints) -> Known:
    numbers = [tags.number[name] for name in TAGS]
    bits = [BIT["author"], BIT["date"], BIT["breadcrumb"], HIDDEN, ASIDE, hints.negative]
    known = Known((), (), *numbers, *bits, MAX_BLOCKS, MAX_LINKS, MAX_NODES, len(GROUPS))
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
