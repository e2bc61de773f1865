"""Where an article's visible signals stand: before or after its headline, or in another story's box.

It must not read what they say.
"""

from __future__ import annotations

from typing import Literal

from streams.core.records import Article, Signal

Place = Literal["before", "after"]
ELEMENTS = frozenset({"time", "posted", "byline"})
LINES = frozenset({"line", "dateline"})
_BEFORE, _AFTER = 3, 8  # signals; a date further off belonged to another story on the pages looked at
# words of a context, as the cleaner writes it, that put a signal into another box or behind the text
_ELSEWHERE = ("inside ", "tail ", " in:", "comment", "related", "sidebar", "footer", "widget")
_SHORTEST_HEADLINE = 12  # characters
_SPECK = 5  # characters: separators, counters, single words of a menu


def around_headline(article: Article) -> dict[int, tuple[Place, int]]:
    """Of the visible signals, the last few before the headline and the first few after it, elements and lines apart.

    Where no headline is found, the first elements count as after it, and no lines.
    """
    signals = article.signals or ()
    main = _headline_at(article)
    near: dict[int, tuple[Place, int]] = {}
    for sources in (ELEMENTS, LINES) if main is not None else (ELEMENTS,):
        own = [(i, s) for i, s in enumerate(signals) if s.source in sources and _own(s)]
        before = [(i, s) for i, s in own if i < (main or 0)]
        near.update((id(s), ("before", i)) for i, s in before[-_BEFORE:])
        near.update((id(s), ("after", i)) for i, s in own[len(before) : len(before) + _AFTER])
    return near


def _headline_at(article: Article) -> int | None:
    """The place of the longest h1 that the page's title holds, else of such a line, else of the first h1."""
    signals = article.signals or ()
    titles = [s.value for s in signals if s.source in ("title", "meta:og:title")]
    titled = " ".join((*titles, article.headline)).casefold()
    for source in ("h1", "line"):
        places = [
            i
            for i, s in enumerate(signals)
            if s.source == source and len(s.value) > _SHORTEST_HEADLINE and s.value.casefold() in titled
        ]
        if places:
            return max(places, key=lambda i: (len(signals[i].value), -i))
    return next((i for i, s in enumerate(signals) if s.source == "h1"), None)


def _own(signal: Signal) -> bool:
    """False for specks, and for what stands in a box of its own: comments, related stories, side bars."""
    if signal.source == "line" and len(signal.value) <= _SPECK:
        return False
    context = signal.context[:200]
    return not any(mark in context for mark in _ELSEWHERE) or signal.context.startswith("head ")
