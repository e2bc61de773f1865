"""The first judgement of blocks, by rules alone: used where no weights are given, and to start from.

It must not know words of the text; labels.py does.
"""

from __future__ import annotations

from streams.core.cleaning.judged import Row
from streams.core.cleaning.walk import ASIDE, BIT, Walked

_LABELS = (
    ("comment", "comments"), ("share", "share"), ("advertisement", "advertisement"), ("weather", "weather"),
    ("promo", "promo"), ("popup", "promo"), ("related", "related"), ("breadcrumb", "navigation"),
    ("navigation", "navigation"), ("tags", "tags"), ("legal", "legal"), ("caption", "caption"), ("author", "byline"),
    ("date", "date"), ("bio", "byline"), ("sidebar", "related"), ("standfirst", "standfirst"),
)  # fmt: skip
_OF_TAG = {"nav": "navigation", "footer": "legal", "menu": "navigation", "dialog": "promo", "hidden": "hidden"}


def label_of(bits: int, tag: str, linked: float) -> str:
    """The label of a block that is not kept: by its own and its containers' hints, then by its links."""
    if tag in ("figcaption", "caption"):
        return "caption"
    if bits & ASIDE:
        return "related"
    for group, label in _LABELS:
        if bits & BIT[group]:
            return label
    return "related" if linked > 0.5 else "other"


def furniture_label(label: str) -> str:
    return _OF_TAG.get(label, "other")


def inherited(page: Walked, negative: int) -> list[int]:
    """Each container's own bits, with the negative ones of those around it."""
    passing = negative | ASIDE | BIT["caption"] | BIT["author"]
    out: list[int] = []
    for i, bits in enumerate(page.bits):
        out.append(bits | (out[page.parent[i]] & passing if i else 0))
    return out


def simple_keep(page: Walked) -> list[float]:
    """Paragraph mass decides: the deepest container that holds most of it, and in it what is little linked."""
    mass = [0] * len(page.tag)
    for text, where, linked in zip(page.texts, page.where, page.link_chars, strict=True):
        if len(text) > 80 and linked < len(text) * 0.3:
            mass[where] += len(text)
    for i in range(len(mass) - 1, 0, -1):
        mass[page.parent[i]] += mass[i]
    top = 0
    while True:
        children = [i for i in range(top + 1, page.end[top] + 1) if page.parent[i] == top]
        best = max(children, key=mass.__getitem__, default=0)
        if not best or mass[best] < 0.72 * mass[0]:
            break
        top = best
    return [
        0.8 if top <= where <= page.end[top] and linked < len(text) * 0.5 and len(text) > 25 else 0.1
        for text, where, linked in zip(page.texts, page.where, page.link_chars, strict=True)
    ]


def rows_of(page: Walked, keep: list[float], bits: list[int], names: dict[int, str]) -> list[Row]:
    """One row a block."""
    rows = []
    for i, text in enumerate(page.texts):
        where, linked = page.where[i], page.link_chars[i]
        tag = names.get(page.tags[i], "div")
        if page.furniture[i]:
            rows.append(Row(text, 0.01, False, furniture_label(page.furniture[i]), f"its tag: {page.furniture[i]}", tag, linked, i))
            continue
        kept = keep[i] > 0.5
        label = "text" if kept else label_of(bits[where], tag, linked / len(text))
        rows.append(Row(text, keep[i], kept, label, "the classifier", tag, linked, i))  # type: ignore[arg-type]
    return rows
