"""One scan that tells whether any of many words stands in a line: most lines have none, and need no second look."""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, Implementation


def scan_for(words: Iterable[str]) -> AhoCorasick:
    """Its `find_matches_as_indexes(line)` is empty where none of the words stands in the line."""
    return AhoCorasick(sorted(set(words)), implementation=Implementation.DFA)
