"""Where an article's visible signals stand: before or after its headline, or in another story's box.

It must not read what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from streams.core.records import Article, Signal

Place = Literal["before", "after"]
DATES = frozenset({"time", "posted"})
BYLINES = frozenset({"byline"})
LINES = frozenset({"line", "dateline"})
VISIBLE = DATES | BYLINES | LINES
_BEFORE, _AFTER = 3, 8  # signals; a date further off belonged to another story on the pages looked at
# words of a context, as the cleaner writes it, that put a signal into another box or behind the text
_ELSEWHERE = re.compile("inside |tail | in:|comment|related|sidebar|footer|widget")
_LONGEST_CONTEXT = 200
_LEAD = "head "  # the cleaner's word for what stands above the text
_IN_TEXT = ("inside ", "tail ")
_WRITTEN_IN = "inside date"  # the cleaner's word for such a line behind the text's first
_TEXT_STEP = 4  # what stands within or behind the text is that much farther from the headline
_DIGIT = re.compile(r"\d")
_SHORTEST_HEADLINE = 12  # characters
_SPECK = 5  # characters: separators, counters, single words of a menu


@dataclass(frozen=True, slots=True)
class Spot:
    """On which side of the headline a signal stands, how far in visible signals, and its place in the page."""

    place: Place
    distance: int
    order: int


def around_headline(article: Article) -> dict[int, Spot]:
    """The visible signals next to the headline, by identity: the last few before it, the first few after.

    Dates, bylines and lines are counted apart. Where no headline is found, the first dates and bylines count as after.
    """
    signals = article.signals or ()
    found = _headline_at(article)
    main = found or 0
    groups = (DATES, BYLINES, LINES)
    before = reversed([(i, s) for i, s in enumerate(signals[:main]) if s.source in VISIBLE])
    after = [
        (i, s)
        for i, s in enumerate(signals[main:], start=main)
        if s.source in VISIBLE and (found is not None or s.source not in LINES or s.context.startswith(_LEAD))
    ]
    return {**_walk("before", before, groups, _BEFORE), **_walk("after", after, groups, _AFTER)}


def _walk(
    place: Place, signals: Iterable[tuple[int, Signal]], groups: tuple[frozenset[str], ...], most: int
) -> dict[int, Spot]:
    """The first `most` of each group, walking away from the headline; what stands in the text is a longer step."""
    near: dict[int, Spot] = {}
    left = [most] * len(groups)
    group_of = {source: n for n, group in enumerate(groups) for source in group}
    distance = 0
    for i, s in signals:
        if s.context.startswith(_IN_TEXT):
            distance += _TEXT_STEP
        if not _own(s):
            continue
        n = 0 if s.source in BYLINES and _DIGIT.search(s.value, 0, _LONGEST_CONTEXT) else group_of.get(s.source)
        if n is not None and left[n]:
            left[n] -= 1
            near[id(s)] = Spot(place, distance, i)
            if not any(left):
                break
        distance += 1
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
    context = signal.context
    return context.startswith("head ") or context == _WRITTEN_IN or not _ELSEWHERE.search(context, 0, _LONGEST_CONTEXT)
