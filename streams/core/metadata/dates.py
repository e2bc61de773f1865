"""When the page was published and last changed, decided from its clues: the most trusted day wins, rivals are kept.

It never gives a date after the fetch, never the day of the crawl unless the page names it, and None, with a reason,
where nothing on the page is a publication date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from streams.core.metadata.clues import Clue, clues
from streams.core.metadata.data import MetadataData
from streams.core.metadata.evidence import Evidence
from streams.core.metadata.spoken_dates import Setting
from streams.core.records import Dated, Signal

MOST_RIVALS = 5
_SHOWN_CHANGE = 0.62  # a change that readers see beats what is only a record's day of creation
_OTHER_FAMILY, _SAME_FAMILY = 0.5, 0.9  # what is left of the doubt after one more witness


@dataclass(frozen=True, slots=True)
class Dates:
    """Both dates; `reason` says why there is no publication date."""

    published: Dated | None
    modified: Dated | None
    reason: str | None


def resolve(evidence: Evidence, data: MetadataData, setting: Setting, *, signed: bool) -> Dates:
    """Reads all clues, drops those after the fetch, and lets the rest compete. `signed`: the page names an author."""
    every = list(clues(evidence, data, setting))
    possible = [c for c in every if _not_after(c, setting.now)]
    changes = [c for c in possible if c.role == "modified"]
    published = _winner(_of_writing([c for c in possible if c.role != "modified"], signed))
    if signed and (published is None or published.confidence < _SHOWN_CHANGE):
        published = _shown_change(changes) or published
    modified = _winner(changes)
    if modified and published and modified.value < published.value[: len(modified.value)]:
        modified = None
    return Dates(published, modified, None if published else _reason(every, possible))


def _of_writing(competing: list[Clue], signed: bool) -> list[Clue]:
    """Without what only a signed page's date is: a shop's or school's page has a day of creation, a list many days."""
    if signed or any(c.family == "visible" and not c.rule.endswith(":first") for c in competing):
        return competing
    return [c for c in competing if "WebPage" not in c.rule and not c.rule.endswith(":first")]


def _shown_change(changes: list[Clue]) -> Dated | None:
    """The date of change that a signed page shows its readers where it shows no other: the text they read is of that day.

    The record's source says so (`updated:…`), and its confidence is at most one half.
    """
    best = _winner([c for c in changes if c.family == "visible"])
    return replace(best, source=f"updated:{best.source}", confidence=min(best.confidence, 0.5)) if best else None


def _not_after(clue: Clue, now: datetime | None) -> bool:
    return now is None or clue.moment.earliest() <= now


def _reason(every: list[Clue], possible: list[Clue]) -> str:
    if not every:
        return "no date on the page"
    if not possible:
        return "only dates after the fetch"
    return "only a date of change" if all(c.role == "modified" for c in possible) else "only a record's day of creation"


def _winner(competing: list[Clue]) -> Dated | None:
    if not competing:
        return None
    scored = [(_score(c, competing), c) for c in competing]
    score, best = max(scored, key=lambda pair: pair[0])
    finest = _finest(best, competing)
    m = finest.moment
    return Dated(m.value, m.precision, m.zone, finest.rule, round(score, 3), _rivals(finest, competing))


def _score(clue: Clue, competing: Iterable[Clue]) -> float:
    """The clue's own trust, and what witnesses for the same day add: independent ones much, others of its family little."""
    same = [c for c in competing if c.moment.day and c.moment.agrees(clue.moment)]
    families = {c.family for c in same} - {clue.family}
    cousins = {c.rule for c in same if c.family == clue.family} - {clue.rule}
    return 1.0 - (1.0 - clue.trust) * _OTHER_FAMILY ** len(families) * _SAME_FAMILY ** len(cousins)


def _finest(best: Clue, competing: Iterable[Clue]) -> Clue:
    """Of the clues that agree with the winner, the one that tells most: the day, the time, its offset, the second."""

    def detail(c: Clue) -> tuple[bool, bool, bool, bool, float]:
        m = c.moment
        return m.day is not None, m.hour is not None, m.offset is not None, m.second is not None, c.trust

    same = [c for c in competing if c.moment.agrees(best.moment)]
    return best if best.moment.offset is not None and best.moment.hour is not None else max(same, key=detail)


def _rivals(best: Clue, competing: Iterable[Clue]) -> tuple[Signal, ...]:
    other = (c for c in sorted(competing, key=lambda c: -c.trust) if not c.moment.agrees(best.moment))
    told = dict.fromkeys(Signal(c.rule, c.signal.value or c.signal.context) for c in other)
    return tuple(told)[:MOST_RIVALS]
