"""A second opinion from trafilatura, for the pages that the classifier is least sure of (docs/cleaning.md).

It votes on our own blocks, so that what it keeps is still cleaned, labelled and explained as everything else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import trafilatura

from streams.core.cleaning.judged import Row

_WORD = re.compile(r"\w+")
_SHORTEST_OPINION = 200
#: Share of its words that must be found in our blocks for them to carry it.
_FOUND = 0.8
_BELIEVED = 0.75
_WHY = "the second opinion"
#: Beyond these, trafilatura would take longer than a page may take (60 ms for 99 of 100 pages).
MAX_CHARS, MAX_TAGS = 600_000, 3_000


def second_opinion(html: str) -> str:
    """Its text, or an empty string where it finds none or the page is too large."""
    if len(html) > MAX_CHARS or html.count("<") > MAX_TAGS:
        return ""
    return trafilatura.extract(html, fast=True, include_comments=False) or ""


def vote(rows: Sequence[Row], opinion: str) -> list[Row] | None:
    """The rows, kept where it kept them; where most of its text is in none of them, its own lines as well.

    None where it says too little to be believed.
    """
    if len(opinion) < _SHORTEST_OPINION:
        return None
    words = _WORD.findall(opinion)
    known = {tuple(words[i : i + 4]) for i in range(len(words) - 3)}
    flat = " " + " ".join(words) + " "
    voted = [_revised(row, _within(row.text, known, flat)) for row in rows]
    found = sum(row.text.count(" ") + 1 for row in voted if row.kept)
    if found >= _FOUND * len(words):
        return voted
    lines = [line.lstrip("-| ") for line in opinion.split("\n")]
    own = [Row(line, _BELIEVED, True, "text", _WHY, "p", 0, len(rows) + i) for i, line in enumerate(lines) if line]
    return [_revised(row, False) for row in rows] + own


def _revised(row: Row, kept: bool) -> Row:
    if kept == row.kept:
        return row
    return Row(
        row.text,
        _BELIEVED if kept else 1 - _BELIEVED,
        kept,
        "text" if kept else "other",
        _WHY,
        row.tag,
        row.linked,
        row.number,
    )


def _within(text: str, known: set[tuple[str, ...]], flat: str) -> bool:
    words = _WORD.findall(text)
    if len(words) < 4:
        return bool(words) and " " + " ".join(words) + " " in flat
    grams = [tuple(words[i : i + 4]) for i in range(len(words) - 3)]
    return 2 * sum(g in known for g in grams) > len(grams)
