"""The compiled functions and their structures, as cleaning.h declares them. It must know neither pages nor words."""

from __future__ import annotations

import ctypes
from ctypes import CDLL, CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_size_t, c_uint, c_uint8, c_uint64
from ctypes import c_void_p as address

KNOWN_TAGS = 256
#: Where lexbor's text nodes keep their text: after `lxb_dom_node_t`, which has twelve words.
_DATA = 12 * 8
_FUNCTIONS = (
    "lxb_dom_node_first_child_noi", "lxb_dom_node_next_noi", "lxb_dom_node_parent_noi", "lxb_dom_node_tag_id_noi",
    "lxb_dom_node_type_noi", "lxb_dom_element_first_attribute_noi", "lxb_dom_element_next_attribute_noi",
    "lxb_dom_attr_qualified_name", "lxb_dom_attr_value_noi",
)  # fmt: skip
_PLACES = ("first_child_at", "next_at", "parent_at", "tag_id_at")
TAGS = (
    "a", "li", "br", "aside", "time", "h1", "address", "body", "nav", "footer", "title", "meta", "link", "script",
    "table", "article",
)  # fmt: skip
BITS = ("author", "date", "breadcrumb", "hidden", "in_aside", "negative")
LIMITS = ("most_blocks", "most_links", "most_nodes", "groups")
AskLetter = CFUNCTYPE(c_uint, c_uint)


class Lexbor(Structure):
    _fields_ = (*((name, address) for name in _FUNCTIONS), ("data", c_size_t), *((name, c_size_t) for name in _PLACES))


class Known(Structure):
    _fields_ = (
        ("way", c_uint8 * KNOWN_TAGS),
        ("code", c_int64 * KNOWN_TAGS),
        *((name, c_int64) for name in (*TAGS, *BITS, *LIMITS)),
        ("no_metas", c_char_p),
        ("rels", c_char_p),
    )


class Bytes(Structure):
    _fields_ = (("at", address), ("size", c_size_t), ("room", c_size_t))

    def strings(self) -> list[str]:
        """The NUL-terminated strings."""
        if not self.size:
            return []
        out = ctypes.string_at(self.at, self.size).decode("utf-8", "replace").split("\0")
        out.pop()
        return out


class Page(Structure):
    _fields_ = (
        ("blocks", address), ("n_blocks", c_int64), ("containers", address), ("n_containers", c_int64),
        ("texts", Bytes), ("links", Bytes), ("said", Bytes), ("link_blocks", address), ("n_links", c_int64),
        ("finds", address), ("n_finds", c_int64), ("cut_short", c_int64),
        ("n_tables", c_int64), ("n_look", c_int64), ("look", address), ("bits", address), ("rows", address),
        ("scores", address), ("n_loud", c_int64), ("n_titled", c_int64), ("loud", address), ("titled", address),
        ("found", address), ("crediting", address), ("folds", Bytes),
    )  # fmt: skip


class Text(Structure):
    _fields_ = (("at", c_char_p), ("size", c_size_t))

    @classmethod
    def of(cls, text: str) -> Text:
        encoded = text.encode("utf-8", "replace")
        return cls(encoded, len(encoded))


class Told(Structure):
    _fields_ = (("title", Text), ("description", Text))


class Trees(Structure):
    _fields_ = (("count", c_int64), ("depth", c_int64), ("feature", address), ("border", address), ("leaves", address))


class ScanOf(Structure):
    """How often, and how high, tags stand."""

    _fields_ = tuple((name, c_int64) for name in ("tags", "closing", "suspect", "formatting", "nesting"))


class Library:
    """The compiled functions, and the parser's that they call.

    Raises:
        AttributeError: a function is missing in either.
    """

    def __init__(self, compiled: CDLL, parser: CDLL) -> None:
        self.compiled = compiled
        compiled.streams_names_new.restype = address
        compiled.streams_names_new.argtypes = (AskLetter, address, c_uint64)
        compiled.streams_lexicon_new.restype = address
        compiled.streams_lexicon_new.argtypes = (c_char_p, address, c_int64) * 2
        compiled.streams_page_new.restype = POINTER(Page)
        compiled.streams_page_new.argtypes = (POINTER(Lexbor), POINTER(Known), address)
        compiled.streams_walk.restype, compiled.streams_walk.argtypes = c_int, (address, address, c_int64)
        compiled.streams_links.restype, compiled.streams_links.argtypes = c_int, (address, c_char_p, c_int64)
        compiled.streams_head.restype, compiled.streams_head.argtypes = c_int, (address, address)
        for function in (compiled.streams_page_free, compiled.streams_lexicon_free, compiled.streams_hearing_free):
            function.restype, function.argtypes = None, (address,)
        compiled.streams_scan.restype = None
        compiled.streams_scan.argtypes = (c_char_p, c_int64, c_int, POINTER(ScanOf))
        compiled.streams_look.restype, compiled.streams_look.argtypes = c_int64, (address,)
        compiled.streams_features.restype, compiled.streams_features.argtypes = c_int64, (address, c_char_p)
        compiled.streams_hearing_new.restype = address
        compiled.streams_hearing_new.argtypes = (address, c_char_p, address, c_int64, c_int64, c_int64)
        compiled.streams_hear.restype, compiled.streams_hear.argtypes = c_int, (address, address, POINTER(Told))
        for function in (compiled.streams_is_utf_8, compiled.streams_has_too_many_attributes):
            function.restype, function.argtypes = c_int, (c_char_p, c_int64)
        compiled.streams_score.restype = c_int64
        compiled.streams_score.argtypes = (address, c_char_p, POINTER(Trees), c_int)
        self.lexbor = Lexbor(*(ctypes.cast(getattr(parser, name), address) for name in _FUNCTIONS), _DATA)
        compiled.streams_learn.restype, compiled.streams_learn.argtypes = None, (POINTER(Lexbor), address)

    def learn(self, root: int) -> None:
        """Find out from the address of a page's root where nodes keep their relations, which is quicker than to ask."""
        self.compiled.streams_learn(ctypes.byref(self.lexbor), root)
