"""One scan that tells which of many words stand in a line: most lines have none, and need no second look."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation


class Words:
    """The words to look for, none with a line's end in it. They may overlap in a line, and each is found."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words))
        self._scan = AhoCorasick(self.words, implementation=Implementation.DFA)

    def among(self, line: str) -> AbstractSet[str]:
        """Those that stand in the line."""
        return {self.words[n] for n, _, _ in self._scan.find_matches_as_indexes(line, overlapping=True)}

    def among_all(self, lines: Sequence[str]) -> Mapping[int, AbstractSet[str]]:
        """The same of each line that has any, by its number."""
        ends = [*accumulate(len(line) + 1 for line in lines)]
        found: dict[int, set[str]] = {}
        for n, start, _ in self._scan.find_matches_as_indexes("\n".join(lines), overlapping=True):
            found.setdefault(bisect_right(ends, start), set()).add(self.words[n])
        return found
