"""Words as the pieces that the pair model knows. It must not know what pieces mean."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

LONGEST = 40  # characters of a word that are looked at: longer ones are no words


def pieces(word: str, vocabulary: Mapping[str, int]) -> list[int]:
    """The ids of a word's pieces, lower-cased and without accents: the longest known piece first (Wu et al. 2016)."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    found: list[int] = []
    for part in _parts(plain[:LONGEST]):
        found += _of_part(part, vocabulary)
    return found or [vocabulary["[UNK]"]]


def _parts(word: str) -> list[str]:
    """Runs of letters and digits, and every other sign by itself."""
    if word.isalnum():
        return [word]
    parts: list[str] = []
    for c in word:
        if c.isalnum() and parts and parts[-1].isalnum():
            parts[-1] += c
        elif not c.isspace():
            parts.append(c)
    return parts


def _of_part(part: str, vocabulary: Mapping[str, int]) -> list[int]:
    found: list[int] = []
    at = 0
    while at < len(part):
        end = next(
            (e for e in range(len(part), at, -1) if (part[at:e] if at == 0 else "##" + part[at:e]) in vocabulary), None
        )
        if end is None:
            return [vocabulary["[UNK]"]]
        found.append(vocabulary[part[at:end] if at == 0 else "##" + part[at:end]])
        at = end
    return found
