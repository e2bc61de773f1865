"""The HTML page's blocks -> judged rows, by the trained trees. It must not assemble the text; dress.py does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from streams.core.cleaning.features import SECOND_NAMES, Facts, features, second_features
from streams.core.cleaning.judged import Row
from streams.core.cleaning.model import Model
from streams.core.cleaning.naming import furniture_label, label_of
from streams.core.cleaning.notices import folded
from streams.core.cleaning.tables import Floats, Ints, Tables, tables
from streams.core.cleaning.walk import Walked

_FOLDED = 1_600
_NEVER = 0.01


@dataclass(frozen=True, slots=True)
class Seen:
    """A page's features, and what they were made from."""

    names: tuple[str, ...]
    first: Floats
    tables: Tables
    labels: list[str | None]


def see(page: Walked, negative: int, codes: Ints, word_label: Callable[[str], str | None], facts: Facts) -> Seen | None:
    """Features of the blocks worth a look, or None for a page without any."""
    t = tables(page, negative, codes)
    if t is None:
        return None
    texts = page.texts
    fold = [folded(texts[i][:_FOLDED]) for i in t.look.tolist()]
    labels = [word_label(s) for s in fold]
    names, first = features(page, t, labels, fold, facts)
    return Seen(names, first, t, labels)


def probabilities(seen: Seen, model: Model) -> Floats:
    """How likely each looked-at block is article text."""
    p = model.first.probability(seen.first)
    if model.second is not None:
        p = model.second.probability(second_features(seen.first, p, seen.tables))
    return p


def all_names(seen: Seen, stage: int) -> tuple[str, ...]:
    """The features of a stage, in order."""
    return seen.names if stage == 1 else (*seen.names, *SECOND_NAMES)


def uncertainty(p: Any, chars: Any, threshold: float) -> float:
    """Characters that could as well be decided the other way, against the characters kept."""
    kept = float(chars[p > threshold].sum())
    return float((np.minimum(p, 1 - p) * chars).sum()) / (kept + 50.0)


def confidence(value: float, points: tuple[tuple[float, float], ...]) -> float:
    """The expected F1 at this uncertainty, by straight lines between the model's points."""
    xs, ys = zip(*points, strict=True)
    return float(np.interp(value, xs, ys))


def rows_of(page: Walked, seen: Seen | None, p: Floats | None, threshold: float, names: Mapping[int, str]) -> list[Row]:
    """One row a block of the page, in page order."""
    keep = [_NEVER] * len(page.texts)
    bits: list[int] = []
    worded: dict[int, str | None] = {}
    if seen is not None and p is not None:
        look = seen.tables.look.tolist()
        for i, value in zip(look, p.tolist(), strict=True):
            keep[i] = value
        worded = dict(zip(look, seen.labels, strict=True))
        bits = seen.tables.c_bits.tolist()
    rows = []
    for i, text in enumerate(page.texts):
        tag = names.get(page.tags[i], "div")
        if page.furniture[i]:
            rows.append(Row(text, _NEVER, False, furniture_label(page.furniture[i]), f"its tag: {page.furniture[i]}", tag, 0, i))
            continue
        kept = keep[i] > threshold
        label = "text" if kept else worded.get(i) or label_of(bits[page.where[i]], tag, page.link_chars[i] / len(text))
        why = "the classifier" if i in worded else "a list of links"
        rows.append(Row(text, keep[i], kept, label, why, tag, page.link_chars[i], i))  # type: ignore[arg-type]
    return rows
