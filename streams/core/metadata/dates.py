"""When the page was published and last changed, decided from its clues: the most trusted day wins, rivals are kept.

It never gives a date after the fetch, never the day of the crawl unless the page names it, and None, with a reason,
where nothing on the page is a publication date.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from streams.core.metadata.addresses import is_front
from streams.core.metadata.clues import JSONLD_PUBLISHED, Clue, clues
from streams.core.metadata.data import Labels, MetadataData
from streams.core.metadata.evidence import Evidence
from streams.core.metadata.shown import role_in, shown
from streams.core.metadata.spoken_dates import Setting
from streams.core.records import Dated, Signal

MOST_RIVALS = 5
_SHOWN_CHANGE = 0.62  # a change that readers see beats what is only a record's day of creation
_NEAR = 12  # signals from the headline
_GENERIC = JSONLD_PUBLISHED[""]
_A_DAY_ANYWHERE = timedelta(days=2)  # what is earlier than now by that is so in every zone
_ARTICLES = frozenset({"", "article", "blog", "news", "newsarticle"})
_MARKUP = 0.8  # the most that markup of a generic type is trusted with
_BESIDE = 5  # signals from the headline: a day that is earlier than the head's must stand so near
_MOVED = 7  # days before the stated publication; fewer may be a slip
_ANEW = 30  # days after the stated publication
_OTHER_FAMILY, _SAME_FAMILY = 0.5, 0.9  # what is left of the doubt after one more witness


@dataclass(frozen=True, slots=True)
class Dates:
    """Both dates; `reason` says why there is no publication date, `refused` what might have been taken for one."""

    published: Dated | None
    modified: Dated | None
    reason: str | None
    refused: tuple[Signal, ...] = ()


def resolve(evidence: Evidence, data: MetadataData, setting: Setting, *, signed: bool) -> Dates:
    """Reads all clues, drops those after the fetch, and lets the rest compete. `signed`: the page names an author."""
    every = [*clues(evidence, data, setting), *shown(evidence, data, setting)]
    safe = (setting.now - _A_DAY_ANYWHERE).date().isoformat() if setting.now else ""
    possible = [c for c in every if c.moment.date < safe or _not_after(c, setting.now)]
    changes = [c for c in possible if c.role == "modified"]
    competing = _of_writing([c for c in possible if c.role != "modified"], signed)
    competing = _borne_out(competing, possible, article=_may_be_article(evidence))
    if _is_front(evidence):
        competing = [c for c in competing if c.family == "visible"]
    published = _winner(_restated(competing, changes, evidence) or competing, competing)
    if rewritten := _rewritten(competing, changes, evidence):
        published = _as_updated(rewritten, competing)
    elif signed and (published is None or published.confidence < _SHOWN_CHANGE):
        own = [c for c in changes if c.family == "visible" and evidence.distance(c.signal) <= _NEAR]
        published = _shown_change(own, data.labels) or published
    modified = _winner(changes)
    if modified and published and modified.value < published.value[: len(modified.value)]:
        modified = None
    if published:
        return Dates(published, modified, None)
    return Dates(None, modified, _reason(every, possible), _shown(possible or every))


def _of_writing(competing: list[Clue], signed: bool) -> list[Clue]:
    """Without what only a signed page's date is: a shop's or school's page has a day of creation, a list many days."""
    if signed or any(c.family == "visible" and not c.rule.endswith(":first") for c in competing):
        return competing
    return [c for c in competing if "WebPage" not in c.rule and not c.rule.endswith(":first")]


def _is_front(evidence: Evidence) -> bool:
    """True for a site's front page: what its head calls published is the day of the site's making."""
    stated = evidence.first("link:canonical", "meta:og:url")
    return is_front(evidence.article.url) and (stated in ("", "/") or is_front(stated))


def _borne_out(competing: list[Clue], possible: list[Clue], *, article: bool) -> list[Clue]:
    """Without a day that only a generic description names, where readers are shown no date and no meta has one.

    It counts where no meta calls the page something else than an article, and where it has a time of day or another
    day for the change: publishing systems write so, while the one day of a page was typed into a template.
    """
    if any(c.family != "jsonld" for c in competing) or any(c.family == "visible" for c in possible):
        return competing
    several = len({c.moment.date for c in possible}) > 1
    return [c for c in competing if c.trust > _GENERIC or (article and (several or c.moment.hour is not None))]


def _may_be_article(evidence: Evidence) -> bool:
    """False where the head says that the page is a website, a product or the like."""
    return evidence.first("meta:og:type").casefold() in _ARTICLES


def _restated(competing: list[Clue], changes: list[Clue], evidence: Evidence) -> list[Clue]:
    """The days shown beside the headline that are far later than all that head and address state, or earlier than all.

    A page that was written anew keeps the first day in its head and shows its readers the new one, with no word beside
    it. Where it says in words that this is a change, the publication stays. One that moved to another system has the
    day of the move in its head and the first day before its readers; an address with a day keeps the first.
    """
    stated = [c.moment for c in competing if c.family != "visible"]
    changed = [c.moment for c in changes]
    shown = [c for c in competing if c.family == "visible" and evidence.below(c.signal, _NEAR) and _in_full(c)]
    if not stated or any(c.moment.agrees(m) for c in shown for m in (*stated, *changed)):
        return []
    first, latest = min(m.earliest() for m in stated), max(m.earliest() for m in stated)
    earlier = [c for c in shown if c.role == "published" or evidence.distance(c.signal) <= _BESIDE]
    anew = [c for c in shown if (c.moment.earliest() - latest).days > _ANEW]
    if anew or any(c.family == "url" for c in competing):
        return anew
    return [c for c in earlier if (first - c.moment.earliest()).days > _MOVED]


def _in_full(clue: Clue) -> bool:
    """True for a day whose year is written, as it is not in "2 days ago"."""
    return clue.moment.day is not None and str(clue.moment.year) in clue.signal.value + clue.signal.context


def _shown_change(changes: list[Clue], labels: Labels) -> Dated | None:
    """The date of change that a signed page shows where it shows no other: the text that is read is of that day.

    Not where words call it so and a `time` element bears it: there a publishing system writes its last save. A class
    without the words may be the theme's, whose every date is `updated`.
    """
    in_words = any(c.rule != "time" and role_in(c.signal.value, labels) == "modified" for c in changes)
    saved = in_words and any(c.rule == "time" for c in changes)
    return None if saved else _as_updated(changes, changes)


def _as_updated(changes: list[Clue], field: list[Clue]) -> Dated | None:
    """A day of change as the date of the text. The source says so (`updated:…`), the confidence is at most one half."""
    best = _winner(changes, field)
    return replace(best, source=f"updated:{best.source}", confidence=min(best.confidence, 0.5)) if best else None


def _rewritten(competing: list[Clue], changes: list[Clue], evidence: Evidence) -> list[Clue]:
    """The changes that readers are shown near the headline, far later than a publication that markup alone states.

    Such markup is a generic type's of schema.org; a page's own metas, its address or its readers bear out none of it.
    """
    stated = [c for c in competing if c.family != "visible"]
    if not stated or any(c.trust > _MARKUP or c.family == "url" for c in stated):
        return []
    changed = [c.moment for c in changes]
    shown = [c for c in (*competing, *changes) if c.family == "visible" and evidence.distance(c.signal) <= _NEAR]
    if any(c.moment.agrees(s.moment) for c in shown for s in stated):
        return []
    latest = max(s.moment.earliest() for s in stated)
    called = [c for c in shown if c.role == "modified" or any(c.moment.agrees(m) for m in changed)]
    return [c for c in called if _in_full(c) and (c.moment.earliest() - latest).days > _ANEW]


def _not_after(clue: Clue, now: datetime | None) -> bool:
    return now is None or clue.moment.earliest() <= now


def _reason(every: list[Clue], possible: list[Clue]) -> str:
    if not every:
        return "no date on the page"
    if not possible:
        return "only dates after the fetch"
    if all(c.role == "modified" for c in possible):
        return "only a date of change"
    if any("WebPage" in c.rule or "dateCreated" in c.rule for c in possible):
        return "only a record's day of creation"
    return "only a date that nothing else bears out"


def _winner(competing: list[Clue], field: list[Clue] | None = None) -> Dated | None:
    """The clue with the best score, told by the finest of those that agree with it; `field` has its rivals."""
    if not competing:
        return None
    if len(competing) == 1 and (field is None or field is competing):
        m, c = competing[0].moment, competing[0]
        return Dated(m.value, m.precision, m.zone, c.rule, round(c.trust, 3))
    days = [c.moment.date for c in competing]
    witnesses = {day: _witnesses(day, days, competing) for day in dict.fromkeys(days)}
    scores = [_score(c, witnesses[day]) for c, day in zip(competing, days, strict=True)]
    at = max(range(len(scores)), key=scores.__getitem__)
    same = [c for c, day in zip(competing, days, strict=True) if _agree(day, days[at])]
    finest = _finest(competing[at], same)
    m = finest.moment
    rivals = [c for c in field or competing if not _agree(c.moment.date, m.date)]
    return Dated(m.value, m.precision, m.zone, finest.rule, round(scores[at], 3), _shown(rivals))


def _agree(first: str, second: str) -> bool:
    """Whether two dates name the same day, month or year, as far as the vaguer of them goes."""
    return first.startswith(second) or second.startswith(first)


def _witnesses(day: str, days: list[str], competing: list[Clue]) -> list[Clue]:
    """The clues that name a day which agrees with this one."""
    return [c for c, other in zip(competing, days, strict=True) if c.moment.day and _agree(other, day)]


def _score(clue: Clue, witnesses: list[Clue]) -> float:
    """The clue's own trust, and what others for the same day add: independent ones much, those of its family little."""
    families = {c.family for c in witnesses} - {clue.family}
    cousins = {c.rule for c in witnesses if c.family == clue.family} - {clue.rule}
    return 1.0 - (1.0 - clue.trust) * _OTHER_FAMILY ** len(families) * _SAME_FAMILY ** len(cousins)


def _finest(best: Clue, same: list[Clue]) -> Clue:
    """Of the clues that agree with the winner, the one that tells most: the day, the time, its offset, the second."""
    if best.moment.offset is not None and best.moment.hour is not None:
        return best
    return max(same, key=_detail)


def _detail(clue: Clue) -> tuple[bool, bool, bool, bool, float]:
    m = clue.moment
    return m.day is not None, m.hour is not None, m.offset is not None, m.second is not None, clue.trust


def _shown(rivals: list[Clue]) -> tuple[Signal, ...]:
    ordered = sorted(rivals, key=lambda c: -c.trust)
    told = dict.fromkeys(Signal(c.rule, c.signal.value or c.signal.context) for c in ordered)
    return tuple(told)[:MOST_RIVALS]
