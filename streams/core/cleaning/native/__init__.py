"""The compiled pass, the C files of this folder: what it read of a page, told as the walk in Python tells it.

It must give what walk.py, elements.py and head.py give; tests hold the two against each other. The library is found and
proved by `streams.catalogue.compiled`; without it everything runs in Python, slower.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from ctypes import CDLL, CFUNCTYPE, POINTER, Structure, byref, c_int, c_int64, c_size_t, c_uint, c_uint8, c_uint64
from ctypes import c_void_p as address

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from streams.core.cleaning.finds import Finds
from streams.core.cleaning.head import Head
from streams.core.cleaning.hints import Hints
from streams.core.cleaning.tables import Ints
from streams.core.cleaning.tags import Tags
from streams.core.cleaning.tree import ASIDE, BIT, HIDDEN, Walked
from streams.core.cleaning.walk import MAX_BLOCKS, MAX_LINKS, MAX_NODES

KNOWN_TAGS = 256
#: Where lexbor's text nodes keep their text: after `lxb_dom_node_t`, which has twelve words.
_DATA = 12 * 8
_FUNCTIONS = (
    "lxb_dom_node_first_child_noi", "lxb_dom_node_next_noi", "lxb_dom_node_parent_noi", "lxb_dom_node_tag_id_noi",
    "lxb_dom_node_type_noi", "lxb_dom_element_first_attribute_noi", "lxb_dom_element_next_attribute_noi",
    "lxb_dom_attr_qualified_name", "lxb_dom_attr_value_noi",
)  # fmt: skip
_TAGS = (
    "a", "li", "br", "aside", "time", "h1", "address", "body", "nav", "footer", "title", "meta", "link", "script",
)  # fmt: skip
_BITS = ("author", "date", "breadcrumb", "hidden", "in_aside", "negative")
_LIMITS = ("most_blocks", "most_links", "most_nodes")
_A_BLOCK, _A_TEXT, _SKIPPED, _INLINE, _UNUSUAL = range(5)
_PLAIN, _FURNITURE, _ASKED = 8, 16, 32
_TIME, _NAMED, _H1, _CRUMB, _LABELLED, _OWNED = range(1, 7)
_TITLE, _META, _LINK, _SCRIPT = range(11, 15)
#: Words a row of the tables: struct Block, Container and Find in cleaning.h.
_BLOCK, _CONTAINER, _FIND = 7, 6, 4

_ASK_LETTER = CFUNCTYPE(c_uint, c_uint)
_ASK_NAMES = CFUNCTYPE(c_int64, address, c_int64)


class _Lexbor(Structure):
    _fields_ = (*((name, address) for name in _FUNCTIONS), ("data", c_size_t))


class _Known(Structure):
    _fields_ = (
        ("way", c_uint8 * KNOWN_TAGS),
        ("code", c_int64 * KNOWN_TAGS),
        *((name, c_int64) for name in (*_TAGS, *_BITS, *_LIMITS)),
    )


class _Bytes(Structure):
    _fields_ = (("at", address), ("size", c_size_t), ("room", c_size_t))

    def strings(self) -> list[str]:
        """The NUL-terminated strings."""
        if not self.size:
            return []
        out = ctypes.string_at(self.at, self.size).decode("utf-8", "replace").split("\0")
        out.pop()
        return out


class _Page(Structure):
    _fields_ = (
        ("blocks", address), ("n_blocks", c_int64), ("containers", address), ("n_containers", c_int64),
        ("texts", _Bytes), ("links", _Bytes), ("said", _Bytes), ("link_blocks", address), ("n_links", c_int64),
        ("finds", address), ("n_finds", c_int64), ("cut_short", c_int64),
    )  # fmt: skip


class Library:
    """The compiled functions, and the parser's that they call.

    Raises:
        AttributeError: a function is missing in either.
    """

    def __init__(self, compiled: CDLL, parser: CDLL) -> None:
        self.compiled = compiled
        compiled.streams_names_new.restype = address
        compiled.streams_names_new.argtypes = (_ASK_LETTER, _ASK_NAMES, c_uint64)
        compiled.streams_page_new.restype = POINTER(_Page)
        compiled.streams_page_new.argtypes = (POINTER(_Lexbor), POINTER(_Known), address)
        for function in (compiled.streams_walk, compiled.streams_head):
            function.restype, function.argtypes = c_int, (address, address)
        self.lexbor = _Lexbor(*(ctypes.cast(getattr(parser, name), address) for name in _FUNCTIONS), _DATA)


class Pass:
    """Reads pages one after the other; what it holds of one is gone with the next."""

    def __init__(self, library: Library, tags: Tags, codes: Ints, hints: Hints) -> None:
        self._library, self._tags, self._hints = library, tags, hints
        self._known = _known(tags, codes, hints)
        self._asked = _ASK_LETTER(_kind_of), _ASK_NAMES(self._names)  # C calls these: they must live as long
        names = library.compiled.streams_names_new(*self._asked, hash(self) & 0xFFFF_FFFF)
        page = library.compiled.streams_page_new(byref(library.lexbor), byref(self._known), names) if names else None
        if not page:
            raise MemoryError("the compiled pass")
        self._at = ctypes.cast(page, address)
        self._page = page.contents

    def head(self, tree: LexborHTMLParser) -> Head:
        """The document's title, metas, links and JSON-LD scripts."""
        root = tree.root
        if root is None:
            return Head()
        self._called(self._library.compiled.streams_head(self._at, root.mem_id))
        head = Head.of_root(root.attributes)
        strings = iter(self._page.said.strings())
        for kind, *_ in self._rows(self._page.finds, self._page.n_finds, _FIND):
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
        """The body's tables; what it says of signals goes to `finds`."""
        body = tree.body
        if body is None:
            return Walked()
        self._called(self._library.compiled.streams_walk(self._at, body.mem_id))
        page = self._page
        self._say(finds)
        tag, where, linked, furniture = (c.tolist() for c in self._columns(page.blocks, page.n_blocks, _BLOCK)[:4])
        containers = self._columns(page.containers, page.n_containers, _CONTAINER)
        parent, tags, bits, end, depth, names = (c.tolist() for c in containers)
        strings = page.links.strings()
        at = ctypes.string_at(page.link_blocks, 8 * page.n_links) if page.n_links else b""
        name = self._tags.name
        return Walked(
            page.texts.strings(), tag, where, linked,
            [("hidden" if f < 0 else name[f]) if f else "" for f in furniture],
            parent, tags, bits, end, depth, names,
            list(zip(np.frombuffer(at, np.int64).tolist(), strings[0::2], strings[1::2], strict=True)),
            bool(page.cut_short),
        )  # fmt: skip

    def _say(self, finds: Finds) -> None:
        strings = iter(self._page.said.strings())
        for kind, block, bits, container in self._rows(self._page.finds, self._page.n_finds, _FIND):
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
    def _columns(at: int, rows: int, words: int) -> Ints:
        if not rows:
            return np.empty((words, 0), np.int64)
        return np.frombuffer(ctypes.string_at(at, 8 * rows * words), np.int64).reshape(rows, words).T

    def _rows(self, at: int, rows: int, words: int) -> Iterator[list[int]]:
        return iter(self._columns(at, rows, words).T.tolist())

    @staticmethod
    def _called(status: int) -> None:
        if status:
            raise MemoryError("the compiled pass")

    def _names(self, at: int, size: int) -> int:
        return self._hints.bits(ctypes.string_at(at, size).decode("utf-8", "replace"))


def _kind_of(letter: int) -> int:
    c = chr(letter)
    return c.isdigit() | c.isupper() << 1 | c.isalnum() << 2


def _known(tags: Tags, codes: Ints, hints: Hints) -> _Known:
    numbers = [tags.number[name] for name in _TAGS]
    bits = [BIT["author"], BIT["date"], BIT["breadcrumb"], HIDDEN, ASIDE, hints.negative]
    known = _Known((), (), *numbers, *bits, MAX_BLOCKS, MAX_LINKS, MAX_NODES)
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
