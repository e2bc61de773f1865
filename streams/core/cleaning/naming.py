"""Names for what is removed, by the hints of its elements. It must not decide what is removed."""

from __future__ import annotations

from functools import lru_cache

from streams.core.cleaning.cleaned import Label
from streams.core.cleaning.tree import ASIDE, BIT

_LABELS: tuple[tuple[str, Label], ...] = (
    ("comment", "comments"), ("share", "share"), ("advertisement", "advertisement"), ("weather", "weather"),
    ("promo", "promo"), ("popup", "promo"), ("related", "related"), ("breadcrumb", "navigation"),
    ("navigation", "navigation"), ("tags", "tags"), ("legal", "legal"), ("caption", "caption"), ("author", "byline"),
    ("date", "date"), ("bio", "byline"), ("sidebar", "related"), ("standfirst", "standfirst"),
)  # fmt: skip
_BITS: tuple[tuple[int, Label], ...] = tuple((BIT[group], label) for group, label in _LABELS)
_OF_TAG: dict[str, Label] = {
    "nav": "navigation",
    "footer": "legal",
    "menu": "navigation",
    "dialog": "promo",
    "hidden": "hidden",
}


def label_of(bits: int, tag: str, linked: float) -> Label:
    """The label of a block that is not kept: by its own and its containers' hints, then by its links."""
    if tag in ("figcaption", "caption"):
        return "caption"
    return _by_hints(bits) or ("related" if linked > 0.5 else "other")


@lru_cache(4096)
def _by_hints(bits: int) -> Label | None:
    if bits & ASIDE:
        return "related"
    for group, label in _BITS:
        if bits & group:
            return label
    return None


def furniture_label(tag: str) -> Label:
    """The label of an element that is furniture by its tag, or hidden."""
    return _OF_TAG.get(tag, "other")
