"""The HTML page's blocks -> judged rows, by the trained trees. It must not assemble the text; dress.py does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from streams.core.cleaning.features import Facts, Told, told_of
from streams.core.cleaning.judged import Row
from streams.core.cleaning.naming import furniture_label, label_of
from streams.core.cleaning.reader import Reader
from streams.core.cleaning.tables import Floats
from streams.core.cleaning.tree import Walked
from streams.core.cleaning.wording import Said, Wording

_NEVER = 0.01


@dataclass(frozen=True, slots=True)
class Seen:
    """The blocks worth a look, by number, their words and their characters; and every container's hint bits."""

    look: list[int]
    said: list[Said]
    told: Told
    chars: Floats
    bits: list[int]


def see(reader: Reader, page: Walked, wording: Wording, facts: Facts) -> Seen | None:
    """The blocks worth a look, read; None for a page without any."""
    looked = reader.look(page)
    if looked is None:
        return None
    texts = [page.texts[i] for i in looked.blocks]
    said = wording.read_all(texts, reader.quiet(wording.speaking))
    return Seen(looked.blocks, said, told_of(texts, said, facts), looked.chars, looked.bits)


def doubt(p: Any, chars: Any, threshold: float) -> float:
    """Characters that could as well be decided the other way, against the characters kept."""
    kept = float(chars[p > threshold].sum())
    return float((np.minimum(p, 1 - p) * chars).sum()) / (kept + 50.0)


def confidence(value: float, points: tuple[tuple[float, float], ...]) -> float:
    """The expected F1 at this uncertainty, by straight lines between the model's points."""
    xs, ys = zip(*points, strict=True)
    return float(np.interp(value, xs, ys))


def rows_of(page: Walked, seen: Seen | None, p: Floats | None, threshold: float, names: Mapping[int, str]) -> list[Row]:
    """One row a block of the page, in page order."""
    said: list[Said | None] = [None] * len(page.texts)
    keep = [_NEVER] * len(page.texts)
    bits = seen.bits if seen is not None and p is not None else []
    if seen is not None and p is not None:
        for i, value, words in zip(seen.look, p.tolist(), seen.said, strict=True):
            keep[i], said[i] = value, words
    rows, columns = [], zip(page.texts, page.tags, page.link_chars, page.furniture, page.where, keep, said, strict=True)
    for i, (text, number, linked, furniture, where, value, words) in enumerate(columns):
        if furniture:
            row = Row(text, _NEVER, False, furniture_label(furniture), "its tag", furniture, 0, i)
        elif value > threshold:
            row = Row(text, value, True, "text", "the classifier", names.get(number, "div"), linked, i, words)
        else:
            tag, why = names.get(number, "div"), "the classifier" if words else "a list of links"
            label = (words and words.label) or label_of(bits[where], tag, linked / len(text))
            row = Row(text, value, False, label, why, tag, linked, i, words)
        rows.append(row)
    return rows
