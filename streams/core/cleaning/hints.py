"""What class names, ids, roles and itemprops say of an element, as bits. It must not see the element's text.

Names are cut into words (`postComments-2` -> post, comments) and each word looked up whole, then by
its beginnings, in two dictionaries: some 2 µs for a name not seen before, and a cache for the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

#: The groups of config/cleaning/hints.toml in the order of their bits; the model depends on this order.
GROUPS = (
    "comment", "share", "related", "navigation", "breadcrumb", "sidebar", "advertisement", "promo", "caption", "author",
    "bio", "date", "tags", "popup", "paywall", "legal", "weather", "body", "article", "content", "headline",
    "standfirst", "card", "quiet", "quote", "correction",
)  # fmt: skip
_CAMEL = re.compile(r"([a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z]{2,24}|a2a|col3")
_SHORTEST, _LONGEST = 3, 14
_MOST_CACHED = 50_000
_MOST_READ = 400


@dataclass(frozen=True, slots=True)
class HintWords:
    """Bits by whole word and by a word's beginning; `negative` are the groups that speak for all inside."""

    words: Mapping[str, int]
    starts: Mapping[str, int]
    negative: int


class Hints:
    """Looks up names, and remembers the answers (bounded, and they never change)."""

    def __init__(self, words: HintWords) -> None:
        self.words = words.words
        self.starts = words.starts
        self._lengths = sorted({len(s) for s in words.starts}, reverse=True)
        self._known: dict[str, int] = {}
        self.negative = words.negative

    def bits(self, names: str) -> int:
        """The groups that any of the space-separated names belongs to."""
        known = self._known
        bits = known.get(names)
        if bits is not None:
            return bits
        bits = 0
        for name in names[:_MOST_READ].split():
            found = known.get(name)
            bits |= self._learn(name) if found is None else found
        if len(names) <= _MOST_READ:
            known[names] = bits
        return bits

    def _learn(self, name: str) -> int:
        bits = 0
        for word in _WORD.findall(_CAMEL.sub(r"\1-", name[:120]).lower()):
            whole = self.words.get(word)
            bits |= self._by_start(word) if whole is None else whole
        if len(self._known) >= _MOST_CACHED:
            self._known.clear()
        self._known[name] = bits
        return bits

    def _by_start(self, word: str) -> int:
        for n in self._lengths:
            found = self.starts.get(word[:n]) if len(word) >= n else None
            if found is not None:
                return found
        return 0
