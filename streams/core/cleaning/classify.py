"""The HTML page's blocks -> judged rows, by the trained trees. It must not assemble the text; dress.py does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from streams.core.cleaning.features import CODES, OTHER, Facts
from streams.core.cleaning.judged import Row
from streams.core.cleaning.naming import furniture_label, label_of
from streams.core.cleaning.reader import Reader
from streams.core.cleaning.tree import Walked
from streams.core.cleaning.wording import SILENT, Said, Wording

_NEVER = 0.01


@dataclass(frozen=True, slots=True)
class Seen:
    """The blocks worth a look, by number, what their words say, the codes of that, and how long they are.

    Of every block, the hint bits, and whether it may say whose copy it is.
    """

    look: list[int]
    said: list[Said]
    labels: bytes
    sizes: list[int]
    bits: list[int]
    crediting: bytes


def see(reader: Reader, page: Walked, wording: Wording, facts: Facts) -> Seen | None:
    """The blocks worth a look, read; None for a page without any."""
    looked = reader.look(page)
    if looked is None:
        return None
    heard = reader.hear(wording.speaking, facts)
    said = [SILENT] * len(looked.blocks)
    labels = bytearray(len(said))
    for i in heard.titled:
        said[i] = Said(facts.title, None, None)
    for i, words in zip(heard.loud, wording.read_all(heard.folds, heard.found), strict=True):
        said[i] = words
        if words.label:
            labels[i] = CODES.get(words.label, OTHER)
    texts = page.texts
    sizes = [len(texts[i]) for i in looked.blocks]
    return Seen(looked.blocks, said, bytes(labels), sizes, looked.bits, heard.crediting)


def doubt(p: Iterable[float], sizes: Iterable[int], threshold: float) -> tuple[float, int]:
    """Characters that could as well be decided the other way, against the characters kept; and these."""
    unsure, kept = 0.0, 0
    for value, size in zip(p, sizes, strict=True):
        unsure += min(value, 1 - value) * size
        if value > threshold:
            kept += size
    return unsure / (kept + 50.0), kept


def confidence(value: float, points: Sequence[tuple[float, float]]) -> float:
    """The expected F1 at this uncertainty, by straight lines between the model's points."""
    low = points[0]
    for high in points:
        if value < high[0]:
            share = (value - low[0]) / (high[0] - low[0]) if high is not low else 0.0
            return low[1] + share * (high[1] - low[1])
        low = high
    return low[1]


def rows_of(
    page: Walked, seen: Seen | None, p: Sequence[float] | None, threshold: float, names: Mapping[int, str]
) -> list[Row]:
    """One row a block of the page, in page order."""
    said: list[Said | None] = [None] * len(page.texts)
    keep = [_NEVER] * len(page.texts)
    bits = [0] * len(page.texts)
    if seen is not None and p is not None:
        bits = seen.bits
        for i, value, words in zip(seen.look, p, seen.said, strict=True):
            keep[i], said[i] = value, words
    rows, columns = [], zip(page.texts, page.tags, page.link_chars, page.furniture, bits, keep, said, strict=True)
    for i, (text, number, linked, furniture, hints, value, words) in enumerate(columns):
        if furniture:
            row = Row(text, _NEVER, False, furniture_label(furniture), "its tag", furniture, 0, i)
        elif value > threshold:
            row = Row(text, value, True, "text", "the classifier", names.get(number, "div"), linked, i, words)
        else:
            tag, why = names.get(number, "div"), "the classifier" if words else "a list of links"
            label = (words and words.label) or label_of(hints, tag, linked / len(text))
            row = Row(text, value, False, label, why, tag, linked, i, words)
        rows.append(row)
    return rows
