"""Where an article's visible signals stand: before or after its headline, or in another story's box.

It must not read what they say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from streams.core.records import Signal

Place = Literal["before", "after"]
DATES = frozenset({"time", "posted"})
BYLINES = frozenset({"byline"})
LINES = frozenset({"line", "dateline"})
VISIBLE = DATES | BYLINES | LINES
_DATE, _BYLINE, _LINE = range(3)
_GROUP_OF = {source: n for n, group in enumerate((DATES, BYLINES, LINES)) for source in group}
_GROUPS = 3
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


class Spot(NamedTuple):
    """On which side of the headline a signal stands, how far in visible signals, and its place in the page."""

    place: Place
    distance: int
    order: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A page's visible signals and its h1, each with its place in the page, and what its head calls the headline."""

    visible: list[tuple[int, Signal]]
    heads: list[tuple[int, Signal]]
    titled: str


def around_headline(page: Layout) -> dict[int, Spot]:
    """The visible signals next to the headline, by identity: the last few before it, the first few after.

    Dates, bylines and lines are counted apart. Where no headline is found, the first dates and bylines count as after.
    """
    found = _headline_at(page)
    main = found or 0
    first = next((n for n, (i, _) in enumerate(page.visible) if i >= main), len(page.visible))
    after = page.visible[first:]
    if found is None:
        after = [(i, s) for i, s in after if s.source not in LINES or s.context.startswith(_LEAD)]
    return {**_walk("before", page.visible[:first][::-1], _BEFORE), **_walk("after", after, _AFTER)}


def _walk(place: Place, signals: list[tuple[int, Signal]], most: int) -> dict[int, Spot]:
    """The first `most` of each group, walking away from the headline; what stands in the text is a longer step."""
    near: dict[int, Spot] = {}
    left = [most] * _GROUPS
    rare = sum(s.source not in LINES for _, s in signals)  # dates and bylines still to come
    distance = 0
    for i, s in signals:
        source, context = s.source, s.context
        group = _GROUP_OF[source]
        if group != _LINE:
            rare -= 1
        if context.startswith(_IN_TEXT):
            distance += _TEXT_STEP
        if _own(source, s.value, context):
            if group == _BYLINE and _DIGIT.search(s.value, 0, _LONGEST_CONTEXT):
                group = _DATE
            if left[group]:
                left[group] -= 1
                near[id(s)] = Spot(place, distance, i)
            distance += 1
        if not rare and not left[_LINE]:
            break
    return near


def _headline_at(page: Layout) -> int | None:
    """The place of the longest h1 that the page's title holds, else of such a line, else of the first h1."""
    at = _titled(page.heads, page.titled)
    if at is None:
        at = _titled([(i, s) for i, s in page.visible if s.source == "line"], page.titled)
    return page.heads[0][0] if at is None and page.heads else at


def _titled(signals: list[tuple[int, Signal]], titled: str) -> int | None:
    """The place of the longest of them that the page's title holds."""
    places = [
        (len(s.value), -i) for i, s in signals if len(s.value) > _SHORTEST_HEADLINE and s.value.casefold() in titled
    ]
    return -max(places)[1] if places else None


def _own(source: str, value: str, context: str) -> bool:
    """False for specks, and for what stands in a box of its own: comments, related stories, side bars."""
    if source == "line" and len(value) <= _SPECK:
        return False
    if context.startswith(_IN_TEXT):
        return context == _WRITTEN_IN
    return context.startswith(_LEAD) or not _ELSEWHERE.search(context, 0, _LONGEST_CONTEXT)
