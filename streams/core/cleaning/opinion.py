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
#: What its word adds to, or takes from, a block's probability; .25 and .35 do as well.
_WEIGHT = 0.3
_WHY = "the second opinion"
#: Beyond these, trafilatura would take longer than a page may take (60 ms for 99 of 100 pages), and help less. Where we
#: keep next to nothing ourselves (of 972 true texts the shortest has 165 characters) it gains most by the millisecond,
#: and else on small pages, where it is quick.
MAX_CHARS, MAX_TAGS = 800_000, 2_500
NEXT_TO_NOTHING, FEW_TAGS = 300, 900


def second_opinion(html: str, kept: int) -> str:
    """Its text, or an empty string where it finds none, or would cost more than it gives.

    Args:
        html: the page.
        kept: the characters that we would keep.
    """
    if len(html) > MAX_CHARS or html.count("<") > (MAX_TAGS if kept < NEXT_TO_NOTHING else FEW_TAGS):
        return ""
    return trafilatura.extract(html, fast=True, include_comments=False) or ""


def blended(rows: Sequence[Row], opinion: str, threshold: float) -> list[Row] | None:
    """The rows, each more or less likely to be text by what it says; where they do not hold its text, its own lines.

    None where it says too little to be believed.
    """
    if len(opinion) < _SHORTEST_OPINION:
        return None
    words = _WORD.findall(opinion)
    known = {tuple(words[i : i + 4]) for i in range(len(words) - 3)}
    flat = " " + " ".join(words) + " "
    agreed = [_within(row.text, known, flat) for row in rows]
    found = sum(row.text.count(" ") + 1 for row, yes in zip(rows, agreed, strict=True) if yes)
    if found >= _FOUND * len(words):
        return [
            _revised(row, row.keep + (_WEIGHT if yes else -_WEIGHT), threshold)
            for row, yes in zip(rows, agreed, strict=True)
        ]
    lines = [line.lstrip("-| ") for line in opinion.split("\n")]
    own = [Row(line, _BELIEVED, True, "text", _WHY, "p", 0, len(rows) + i) for i, line in enumerate(lines) if line]
    return [_revised(row, 0.0, threshold) for row in rows] + own


def _revised(row: Row, keep: float, threshold: float) -> Row:
    kept = keep > threshold
    if kept == row.kept:
        return row
    keep = min(max(keep, 0.0), 1.0)
    return Row(row.text, keep, kept, "text" if kept else "other", _WHY, row.tag, row.linked, row.number, row.said)


def _within(text: str, known: set[tuple[str, ...]], flat: str) -> bool:
    words = _WORD.findall(text)
    if len(words) < 4:
        return bool(words) and " " + " ".join(words) + " " in flat
    grams = [tuple(words[i : i + 4]) for i in range(len(words) - 3)]
    return 2 * sum(g in known for g in grams) > len(grams)
