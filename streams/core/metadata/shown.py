"""What a page shows its readers of its dates, each saying with where it stands and how far it is to be trusted.

A date without a word beside it counts near the headline only, and not as one of a list: it may be another page's.
It must not choose between them; `dates.py` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from streams.core.metadata.clues import Clue, Role
from streams.core.metadata.data import Labels, MetadataData
from streams.core.metadata.evidence import Evidence
from streams.core.metadata.layout import Place
from streams.core.metadata.moments import Moment
from streams.core.metadata.spoken_dates import LONGEST, Setting, read, weekday_before, written
from streams.core.records import Signal

VISIBLE = {"time": 0.86, "posted": 0.88, "byline": 0.87, "dateline": 0.85, "line": 0.84}
TEXT = 0.8  # a date that is the text's first paragraph
NOTICE = 0.8  # of an archived article, which says when it was published
FIELD = 0.8  # a date behind a line that says "Date" or "Published" and no more
_OF_A_LIST = 0.55
_NOTICE, _ARCHIVED = "notice", "archived_article"
_A_DAY_AND_A_HALF = 36 * 3600  # seconds from noon of a day to the fetch, where that day is the fetch's in some zone
_BAR = re.compile(r" ?[|•·⋅∙;\n] ?|(?<=[a-z]{3})\. (?=[A-Z])")
_MOST_PARTS = 6
_MOST_MOMENTS = 4
_MOST_WORDS = {"line": 6, "posted": 8, "byline": 16, "dateline": 8}
_LABEL_WORDS = frozenset({"on", "at", "date", "last", "am", "le", "el", "il", "op"})
_LONGEST_LABEL = 24  # characters
_LONGEST_FIELD = 40
# words of a class that mean publication
_CLASSES = frozenset({"published", "datepublished", "pubdate", "posted", "publication", "release"})
_COUNTED = re.compile(
    r"\b(?:\d+|no|one|leave an?|add an?|post an?) comments?\b"
)  # beside a date they say nothing of it
_OTHERS = " comments"  # the cleaner's label of readers' words
_FARTHER = 0.3
_STEP, _ADJACENT = 0.015, 3  # of trust lost a signal beyond the third from the headline
# signals; of the farther ones on the tuning half (six and one) one was the page's own
_FARTHEST: dict[Place, int] = {"after": 12, "before": 4}
_LISTED = 3  # as many different days without a label are the entries of a list
_VAGUE = 0.1  # of trust lost where a date without a label names no day
_AWAY: dict[Place | None, float] = {"after": 0.0, "before": 0.06, None: 0.15}
_LABELLED = 0.05  # what a label near the headline adds
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")


def shown(evidence: Evidence, data: MetadataData, setting: Setting) -> Iterator[Clue]:
    """All of them, in no order of worth."""
    plain: dict[Place, list[Clue]] = {"after": [], "before": []}
    far: list[Clue] = []
    lines = evidence.lines()
    others = {s.value for s in lines if s.context.endswith(_OTHERS)}
    numbered = [s for s in lines if _DIGIT.search(s.value)]
    for s in (*evidence.of("time", "posted", "byline", "dateline"), *numbered):
        if s.value in others:
            continue
        place = evidence.place(s)
        if not place and s.source != "time" and not _may_be_labelled(s, data.labels):
            if _is_field(s, evidence, data.labels):
                yield from (Clue(m, "published", "line", "visible", FIELD, s) for m in _only(s.value, data, setting))
            continue
        for moment, said in _dated(s, data, setting, near=place is not None):
            role = _label_before(s, evidence, data.labels) if said == "either" and place else said
            clue = Clue(moment, role, s.source, "visible", _trust(s, moment, role, place, evidence), s)
            if role == "published" and not place:
                far.append(clue)
            elif role != "either":
                yield clue
            elif place and evidence.distance(s) <= _FARTHEST[place]:
                plain[place].append(clue)
    if len({c.moment.date for c in far}) == 1:  # more are the entries of a list
        yield from far
    plain["before"] = [c for c in plain["before"] if not _of_masthead(c, setting.now)]
    for found in plain.values():
        yield from _nearest_first(sorted(found, key=lambda c: evidence.order(c.signal)), evidence)
    yield from _opening(evidence, data, setting)
    yield from _noticed(evidence, data, setting)


def _of_masthead(clue: Clue, now: datetime | None) -> bool:
    """True for a day above the headline that is the day of the fetch somewhere on earth: a site's calendar shows it."""
    m = clue.moment
    if clue.rule == "time" or m.day is None or m.hour is not None or now is None:
        return False
    return abs((datetime(m.year, m.month or 1, m.day, 12, tzinfo=UTC) - now).total_seconds()) < _A_DAY_AND_A_HALF


def _noticed(evidence: Evidence, data: MetadataData, setting: Setting) -> Iterator[Clue]:
    """`This is an archived article. It was published on November 16, 2016`: the day behind a notice's "published"."""
    for notice in evidence.article.notices:
        if notice.kind != _ARCHIVED or not _DIGIT.search(notice.text):
            continue
        text = notice.text[:LONGEST]
        at = next((m.end() for m in _WORD.finditer(text) if m[0].casefold() in data.labels.published), len(text))
        behind = text[at : at + _LONGEST_FIELD]
        if role_in(behind, data.labels) is not None and (found := read(behind, data.calendar, setting)):
            yield Clue(found[0], "published", _NOTICE, "visible", NOTICE, Signal(_NOTICE, text))
            return


def _trust(signal: Signal, moment: Moment, role: Role, place: Place | None, evidence: Evidence) -> float:
    """The source's own, more beside a label, less away from the headline."""
    trust = VISIBLE[signal.source] + (_LABELLED if role == "published" and place else -_AWAY[place])
    if role != "either":
        return trust
    far = _STEP * max(0, evidence.distance(signal) - _ADJACENT) if place else 0.0
    return trust - far - (_VAGUE if moment.day is None else 0.0)


def _nearest_first(found: list[Clue], evidence: Evidence) -> Iterator[Clue]:
    """Of days without a label the one nearest below the headline is the page's own; many are a list's."""
    if not found:
        return
    after = evidence.place(found[0].signal) == "after"
    own = found[0] if after else found[-1]
    alike = {c.moment.date for c in found if c.rule == own.rule and c.signal.context == own.signal.context}
    if len(alike) >= _LISTED or (after and _is_entry(own.signal, evidence)):
        return
    if len({c.moment.date for c in found}) >= _LISTED and not (after and evidence.distance(own.signal) <= _ADJACENT):
        if after:
            yield replace(own, rule=f"{own.rule}:first", trust=_OF_A_LIST)
        return
    for c in found:
        yield c if c.moment.agrees(own.moment) else replace(c, trust=c.trust - _FARTHER)


def _is_entry(signal: Signal, evidence: Evidence) -> bool:
    """True for a day away from the headline whose class bears other days of the page too: those of a list's entries."""
    if evidence.distance(signal) <= _ADJACENT or signal.source not in ("time", "posted"):
        return False
    alike = {s.value for s in evidence.of(signal.source) if _class(s) == _class(signal)}
    return len(alike) >= _LISTED


def _class(signal: Signal) -> str:
    """The signal's context without what a time element shows, which the cleaner sets behind two blanks."""
    return signal.context.partition("  ")[0] if signal.source == "time" else signal.context


def _opening(evidence: Evidence, data: MetadataData, setting: Setting) -> Iterator[Clue]:
    """A date that is the text's first paragraph, or a part of it: `By the Desk | 21 April 2017 | Law`."""
    first = evidence.article.text[: LONGEST + 1].partition("\n")[0]
    if not 0 < len(first) <= LONGEST // 2 or not _DIGIT.search(first):
        return
    parts = _BAR.split(first)
    if len(parts) > 1 or len(first) <= _LONGEST_FIELD:
        dated = [(m, part) for part in parts[:_MOST_PARTS] for m in _only(part, data, setting)]
        for moment, said in dated[:1]:
            role: Role = "modified" if role_in(said, data.labels) == "modified" else "either"
            yield Clue(moment, role, "text", "visible", TEXT, Signal("text", first))


def _only(text: str, data: MetadataData, setting: Setting) -> list[Moment]:
    """The text's date, where it says little else."""
    if len(text) > _LONGEST_FIELD or len(_WORD.findall(text)) > 3 or role_in(text, data.labels) is None:
        return []
    return list(read(text, data.calendar, replace(setting, now=None)))[:1]


def _is_field(signal: Signal, evidence: Evidence, labels: Labels) -> bool:
    """True for the line behind one that says "Date" or "Published": `Date` | `November 2003`."""
    if len(signal.value) > _LONGEST_FIELD:
        return False
    label = evidence.before.get(id(signal))
    return label is not None and _is_label(label.value, labels) and role_in(label.value, labels) != "modified"


def _is_label(text: str, labels: Labels) -> bool:
    """True where the text is a date's label and no more."""
    if len(text) > _LONGEST_LABEL or any(map(str.isdigit, text)):
        return False
    words = {w.casefold() for w in _WORD.findall(text)}
    return bool(words) and not words - labels.published - labels.updated - _LABEL_WORDS


def _label_before(signal: Signal, evidence: Evidence, labels: Labels) -> Role:
    """The role that a label in an element of its own gives the date after it: `Published` | `16 July 2021`."""
    label = evidence.before.get(id(signal))
    if label is None or not _is_label(label.value, labels):
        return "either"
    return role_in(label.value, labels) or "either"


def _may_be_labelled(signal: Signal, labels: Labels) -> bool:
    """A cheap look before the dear one: what is far from the headline counts only with a word such as "Posted"."""
    value = signal.value
    return len(value) <= LONGEST and bool(_DIGIT.search(value)) and role_in(value, labels) in ("published", "modified")


def _dated(signal: Signal, data: MetadataData, setting: Setting, *, near: bool) -> list[tuple[Moment, Role]]:
    """The signal's dates, each with the role of the words beside it or, near the headline, of the element's class."""
    own = role_in(signal.context, data.labels, machine=True)
    if own is None:
        return []
    own = own if near or signal.source == "time" else "either"
    if signal.source == "time" and signal.value and (moment := written(signal.value, setting)):
        return [(moment, own)]
    text = signal.value or signal.context
    parts = [p for p in _BAR.split(text[:LONGEST]) if p.strip()]
    if signal.source != "time":
        parts = [p for p in parts if _is_date_line(p, data.labels, _MOST_WORDS[signal.source])]
    found = [pair for p in parts[:_MOST_PARTS] for pair in _in_part(p, own, data, setting)]
    if not found and own == "published" and setting.now and signal.source != "line":
        last = weekday_before(text, data.calendar, setting.now)
        return [(last, own)] if last else []
    return found


def _in_part(part: str, own: Role, data: MetadataData, setting: Setting) -> list[tuple[Moment, Role]]:
    """One segment's date with its role; of two dates under an "updated" the earlier is the publication's."""
    said = role_in(part, data.labels)
    if said is None:
        return []
    role = own if said == "either" else said
    moments = {m.date: m for m in read(part, data.calendar, setting)[:_MOST_MOMENTS]}
    if role == "modified" and len(moments) > 1:
        return [(moments[min(moments)], "published"), (moments[max(moments)], "modified")]
    if not moments and said == "published" and setting.now and len(part) <= _LONGEST_LABEL:
        last = weekday_before(part, data.calendar, setting.now)
        return [(last, role)] if last else []
    return [(m, role) for m in list(moments.values())[:1]]


def _is_date_line(text: str, labels: Labels, most: int) -> bool:
    """True where a line is about a date or a byline, rather than a sentence that mentions one."""
    words = _WORD.findall(text.casefold())
    if len(words) <= most:
        return True
    return len(text) <= LONGEST // 2 and (words[0] in labels.published or words[0] in labels.updated)


def role_in(words: str, labels: Labels, *, machine: bool = False) -> Role | None:
    """What words make of a date beside them; None where it is another thing's.

    Where people read both words the change is meant ("Published by us, updated …"); a class may bear both and mean the
    publication (`entry-date published updated`, as WordPress has it), unless what is around it says the change again.
    """
    folded = words.casefold()
    if "comment" in folded and not machine:
        folded = _COUNTED.sub("", folded)
    said = _WORD.findall(folded)
    if not labels.elsewhere.isdisjoint(said):
        return None
    updated = [] if labels.updated.isdisjoint(said) else [word for word in said if word in labels.updated]
    published = not (_CLASSES if machine else labels.published).isdisjoint(said)
    if updated and (not (machine and published) or len(updated) > 1):
        return "modified"
    return "published" if published or any(phrase in folded for phrase in labels.published_phrases) else "either"
