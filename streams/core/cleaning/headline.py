"""A first guess at the headline from the title, og:title and the h1s; metadata decides for good."""

from __future__ import annotations

from collections.abc import Iterable

from streams.core.cleaning.notices import folded
from streams.core.records import Signal


def headline_of(head: Iterable[Signal], body: Iterable[tuple[int, Signal]]) -> str:
    """The h1 that the title or og:title holds, else og:title, else the only h1, else the title."""
    first: dict[str, str] = {}
    for s in head:
        first.setdefault(s.source, s.value)
    h1s = [s.value for _, s in body if s.source == "h1"]
    titles = [
        folded(t)
        for t in (first.get("meta:og:title"), first.get("title"), first.get("jsonld:NewsArticle.headline"))
        if t
    ]
    for h1 in h1s:
        if len(h1) > 8 and any(folded(h1) in t or t in folded(h1) for t in titles):
            return h1
    if og := first.get("meta:og:title"):
        return og
    if len(h1s) == 1:
        return h1s[0]
    return first.get("title", h1s[0] if h1s else "")
