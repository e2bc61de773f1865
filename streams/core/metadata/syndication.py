"""Wire copies told from their wording: a print that travels in the record, and how alike two prints are.

A print is the bottom-k sketch (Broder 1997) of a text's three-word shingles: it needs no memory, so it is the same
under replay and in any order; `docs/decisions/0006-metadata-syndication.md` says why it is no cluster number.
It must not look at headline, date or host: those are what copies change.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

WIDTH = 3  # words a shingle: one changed word spoils three of them
SIZE = 48  # hashes kept; 48 put the standard error of a likeness of .5 at .07
MOST_WORDS = 300  # read; copies are cut at the end, hardly ever at the start
FEWEST_WORDS = 30  # shorter texts are too alike by chance
FEWEST_SHARED = 5  # hashes; fewer say nothing of a long text beside a short one
ALIKE = 0.4  # share of the shorter text found in the longer; no two unlike texts measured passed .33 (docs/metadata.md)
_VERSION = "w1"
_WORD = re.compile(r"\w+")
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)  # odd 64-bit constants
_Hashes = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Print:
    """The `SIZE` smallest hashes of a text's shingles, ascending, and how many different shingles it has."""

    shingles: int
    hashes: tuple[int, ...]

    def __str__(self) -> str:
        packed = np.array(self.hashes, dtype=">u4").tobytes()
        return f"{_VERSION}:{self.shingles}:{b64encode(packed).decode()}"


def print_of(text: str) -> Print | None:
    """The text's print; None where it is too short to tell copies from chance."""
    opening = text[: 8 * MOST_WORDS].casefold()
    if not opening.isascii():
        opening = opening.encode("utf-8", "replace").decode()  # a lone surrogate has no code of its own
    words = _WORD.findall(opening)[:MOST_WORDS]
    if len(words) < FEWEST_WORDS:
        return None
    hashes = sorted(set(_shingle_hashes(words).tolist()))
    return Print(len(hashes), tuple(hashes[:SIZE]))


def _shingle_hashes(words: list[str]) -> _Hashes:
    codes = np.array(list(map(crc32, map(str.encode, words))), dtype=np.uint64)
    mixed = np.zeros(len(codes) - WIDTH + 1, dtype=np.uint64)
    for i in range(WIDTH):
        mixed = (mixed ^ codes[i : len(codes) - WIDTH + 1 + i]) * _MIX[i]
        mixed ^= mixed >> np.uint64(29)
    return (mixed >> np.uint64(32)).astype(np.uint32)


def parse_print(text: str) -> Print | None:
    """The print that `str` wrote; None for anything else."""
    version, _, rest = text.partition(":")
    count, _, packed = rest.partition(":")
    if version != _VERSION or not count.isdecimal() or len(count) > 6:
        return None
    try:
        hashes = np.frombuffer(b64decode(packed, validate=True), dtype=">u4")
    except (BadBase64, ValueError):
        return None
    return Print(int(count), tuple(int(h) for h in hashes)) if 0 < len(hashes) <= SIZE else None


def likeness(a: Print, b: Print) -> float:
    """The estimated part of the shorter text's shingles that the other has: a cut copy scores as a whole one."""
    mine, theirs = set(a.hashes), set(b.hashes)
    union = sorted(mine | theirs)[:SIZE]
    shared = sum(h in mine and h in theirs for h in union)
    if shared < FEWEST_SHARED:
        return 0.0
    resemblance = shared / len(union)
    common = resemblance * (a.shingles + b.shingles) / (1 + resemblance)
    return min(1.0, common / min(a.shingles, b.shingles))


def same_wire(a: str | None, b: str | None) -> bool:
    """True where two records' `wire_cluster` are prints of one text."""
    first, second = parse_print(a or ""), parse_print(b or "")
    return bool(first and second and likeness(first, second) >= ALIKE)


def clusters(prints: Mapping[str, Print | None]) -> dict[str, str]:
    """Each article id -> its cluster's: the smallest id that a chain of copies leads to. Order does not matter."""
    parent = {name: name for name in prints}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for a, b in _pairs(prints):
        first, second = sorted((root(a), root(b)))
        parent[second] = first
    return {name: root(name) for name in prints}


def _pairs(prints: Mapping[str, Print | None]) -> Iterable[tuple[str, str]]:
    """The pairs that are alike, of those that share a hash."""
    holders: dict[int, list[str]] = {}
    for name, p in sorted(prints.items()):
        met = {other for h in (p.hashes if p else ()) for other in holders.get(h, ())}
        for other in sorted(met):
            theirs = prints[other]
            if p and theirs and likeness(p, theirs) >= ALIKE:
                yield other, name
        for h in p.hashes if p else ():
            holders.setdefault(h, []).append(name)


class WireMemory:
    """The last `most` prints of one stream, for telling a new article which earlier one it copies.

    Placing the same article again gives the same answer. `state` is JSON-ready; a memory made from it goes on alike.
    """

    def __init__(self, most: int = 20_000, state: Iterable[tuple[str, str, str]] = ()) -> None:
        self._most = most
        self._known: OrderedDict[str, tuple[Print, str]] = OrderedDict()
        self._holders: dict[int, dict[str, None]] = {}
        for article_id, written, first in state:
            if p := parse_print(written):
                self._keep(article_id, p, first)

    def place(self, article_id: str, p: Print) -> str | None:
        """The id of the earliest known article with this text, or None where this is the first."""
        if known := self._known.get(article_id):
            return known[1] or None
        met = {other: None for h in p.hashes for other in self._holders.get(h, ())}
        scored = [(likeness(p, self._known[other][0]), other) for other in met]
        best = max((pair for pair in scored if pair[0] >= ALIKE), default=(0.0, ""))[1]
        first = (self._known[best][1] or best) if best else ""
        self._keep(article_id, p, first)
        return first or None

    @property
    def state(self) -> list[tuple[str, str, str]]:
        """(article id, print, id of the first copy or "") a line, oldest first."""
        return [(name, str(p), first) for name, (p, first) in self._known.items()]

    def _keep(self, article_id: str, p: Print, first: str) -> None:
        self._known[article_id] = (p, first)
        for h in p.hashes:
            self._holders.setdefault(h, {})[article_id] = None
        if len(self._known) > self._most:
            self._forget(*self._known.popitem(last=False))

    def _forget(self, article_id: str, kept: tuple[Print, str]) -> None:
        for h in kept[0].hashes:
            holders = self._holders[h]
            holders.pop(article_id, None)
            if not holders:
                del self._holders[h]
