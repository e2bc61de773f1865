"""Which of a sentence's dates is the act's and which its effect's. It must not resolve words: `calendar.py` does."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from streams.core.records import EventDate
from streams.core.withdrawals.calendar import Moment, moments, precision_of, week_on
from streams.core.withdrawals.clauses import ABOVE, BESIDE, FOREIGN, OWN, REPORTING, clause_of
from streams.core.withdrawals.narrative import count, stepped, timeline
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading
from streams.core.withdrawals.to_come import ahead_of, forward_weekday, to_be_weighed, turned_forward, yet_to_come
from streams.core.withdrawals.trigger import Trigger

_DATELINE_DAY = re.compile(
    r"[A-Z][\w .,'()/-]{2,60}?,? ([A-Z][a-z]{2,8}\.? \d{1,2})\b(?:, \d{4})?[^.\n]{0,30}?(?:[-–—]|\) )"
)


def dateline_day(text: str, published: date | None) -> date | None:
    """The day on which a dispatch was written, where its dateline tells one a little before the publication."""
    match = _DATELINE_DAY.match(text, 0, 140)
    if match is None or published is None:
        return published
    told = next((m for m in moments(text, match.start(1), match.end(1), published) if m.rule == "monthday"), None)
    if told is None:
        return published
    day = date.fromisoformat(told.value)
    return day if 0 <= published.toordinal() - day.toordinal() <= 4 else published


_DUE = re.compile(r"\b(?:is|are|was|were|be|been) (?:to|due|scheduled|expected|supposed|set)\b[^,.;]{0,80}$")


def lead_day(reading: Reading, anchor: date | None) -> Moment | None:
    """The day of the news: the first weekday (or "yesterday") of the first sentences."""
    if anchor is None:
        return None
    for one in reading.reads:
        if one.sentence.field != "text" or one.sentence.paragraph > 3:
            continue
        text = reading.fields["text"]
        for moment in moments(text, one.sentence.start, one.sentence.end, anchor):
            due = _DUE.search(text, one.sentence.start, moment.start)
            if moment.rule in ("weekday", "word") and moment.value <= anchor.isoformat() and not due:
                return moment
    return None


_NOT_THE_ACT = re.compile(
    r"\b(?:since|until|till|through|between|founded in|signed in|joined in|created in|adopted in"
    r"|(?:agreement|treaty|pact|accord|convention|deal|protocol) of"
    r"|set up in|ratified in|established in|back to|dating from|from)(?: the (?:end|start) of)? $",
    re.IGNORECASE,
)


def _of_else(text: str, moment: Moment, begin: int = 0) -> bool:
    """As in "since 2002", "the treaty of 1968"; `begin` is where the sentence does."""
    return bool(_NOT_THE_ACT.search(text, max(begin, moment.start - 24), moment.start))


def times_of_acts(text: str, start: int, end: int, anchor: date | None, day: date | None) -> list[Moment]:
    """The times of a sentence that may be an act's."""
    told = timeline(text, start, end, anchor, day)
    return [m for m in told if not modifier(text, m) and not _of_else(text, m, start)]


def act_and_effect(  # noqa: PLR0917 - one fact each, all needed
    text: str,
    parsed: Parsed,
    trigger: Trigger,
    near: int,
    stage: str,
    anchor: date | None,
    day: date | None,
) -> tuple[EventDate | None, EventDate | None]:
    """The date of the act and of its effect as this sentence tells them.

    Args:
        text: the field. near: where the object or the governor stands. stage: the stage judged.
        anchor: the day of publication, None where it is unknown. day: the day of the news.
    """
    sentence, at = parsed.read.sentence, parsed.span(trigger.token, trigger.token)
    since = trigger.predicate.lemma == "be" or trigger.ceased
    found = [m for m in timeline(text, sentence.start, sentence.end, anchor, day) if not modifier(text, m)]
    placed = {m: clause_of(parsed, trigger.token, m) for m in found}
    if stage in ("announced", "notified"):
        turned = {m: turned_forward(m, placed, anchor) if m.start > at[0] else m for m in found}
        placed = {turned[m]: clause for m, clause in placed.items()}
        found = list(placed)
    found = [m for m in found if m.rule != "ahead" or not COUNTED.search(text, sentence.start, m.start)]
    found = [m for m in found if stage != "considered" or not to_be_weighed(m, placed)]
    ahead = [m for m in found if ahead_of(m, anchor) or yet_to_come(m, stage) or forward_weekday(text, m, at, stage)]
    past = [
        m
        for m in found
        if m not in ahead
        and placed[m][0] != FOREIGN
        and (since or not _of_else(text, m))
        and not _other_clause(text, m, at)
    ]
    days = [m for m in past if m.rule in ("weekday", "word")]
    if days and stage in ("announced", "notified"):
        past = days
    apart = _days_apart(text, sentence.start, at[0], found, past, anchor, day)
    if apart is not None:
        return apart, None
    act = _nearest(text, past, at, near, sentence.start, {m: c for m, (c, _) in placed.items()})
    if act is None and stage == "effective":
        act = _edition(text, sentence.start, sentence.end, anchor)
    effect = ahead[0] if ahead and stage in ("announced", "notified") else None
    return (
        _dated(act, anchor, reported=_reported(act, placed, stage)) if act else None,
        _dated(effect, anchor, forward=True) if effect else None,
    )


COUNTED = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|last|only|time|times|lowest|highest|worst|best)\b[^.;,]{0,60}$"
)
_EDITION = re.compile(
    r"\bthe ((?:19|20)\d\d) (?:[A-Z]\w+ ){0,3}(?:edition|contest|games|Games|Olympics|tournament"
    r"|championships?|finals|Cup|election|race|festival|season|revolution|coup|war|invasion)\b"
)


def _edition(text: str, start: int, end: int, anchor: date | None) -> Moment | None:
    """As in "stayed away from the 1996 edition": a past event of its own year dates what was done of it."""
    match = _EDITION.search(text, start, end)
    if match is None or anchor is None or int(match[1]) >= anchor.year:
        return None
    return Moment(match.start(1), match.end(1), match[1], "year", "edition", match[1])


def _reported(act: Moment, placed: dict[Moment, tuple[int, Any]], stage: str) -> bool:
    """As in "has left, officials said on Wednesday": the day of the telling, of what may have been done before."""
    clause, verb = placed.get(act, (OWN, None))
    told = verb is not None and verb.lemma_.lower() in REPORTING
    return stage in ("effective", "notified", "reversed") and clause == ABOVE and told


_APART = re.compile(
    r"\b(an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (day|week|month|year)s? (after|before) "
    r"(?:[\w.'’-]+ ){0,10}$"
)


def _days_apart(  # noqa: PLR0917 - one fact each, all needed
    text: str,
    start: int,
    trigger: int,
    found: list[Moment],
    past: list[Moment],
    anchor: date | None,
    day: date | None,
) -> EventDate | None:
    """As in "said on Friday, a day after Ostia left": counted from the day that the sentence tells, or the news's."""
    match = _APART.search(text, start, trigger)
    if match is None or anchor is None or any(m.start > match.start() for m in past):
        return None
    told = [m.value for m in found if m.start < match.start()]
    if not told and match[2] != "day":
        return None
    base = told[-1] if told else (day or anchor).isoformat()
    value = stepped(match[2], count(match[1]) * (-1 if match[3] == "after" else 1), base)
    if value is None:
        return None
    return EventDate(value, precision_of(value), f"{match[1]} {match[0].split(' ')[1]}", anchor.isoformat(), "apart")


def modifier(text: str, moment: Moment) -> bool:
    """A year inside a noun phrase: "the 2015 deal"."""
    before, after = text[max(0, moment.start - 12) : moment.start], text[moment.end : moment.end + 14]
    if moment.rule == "year":
        return bool(re.search(r"\b(?:the|a|an|its|their|'s|’s|his)(?: [a-z]+)? $", before)) and bool(
            re.match(r" [a-zA-Z]", after)
        )
    if moment.rule in ("weekday", "relative", "told"):
        return bool(re.match(r"['’]s?\b", after)) and not re.match(
            r"['’]s (?:announcement|statement|decision|notice)", after
        )
    return False


_OPENS = re.compile(r"(?:, (?:and|but|while|whereas)|;) (?:in |on |last |earlier )?$")  # ", and in April Italy left"
_CLAUSE = re.compile(r"(?:, (?:and|but|while|whereas)|;) (?:the )?[A-Z]")


def _other_clause(text: str, moment: Moment, trigger: tuple[int, int]) -> bool:
    """As in "have left, and Italy did so in 2016": the date of another's act."""
    if moment.start <= trigger[1]:
        return False
    opens = _OPENS.search(text, trigger[1], moment.start) and re.match(r",? [A-Z]", text[moment.end : moment.end + 3])
    return bool(_CLAUSE.search(text, trigger[1], moment.start) or opens)


_FAR = {BESIDE: 40}


def _nearest(  # noqa: PLR0917 - one fact each, all needed
    text: str,
    found: list[Moment],
    trigger: tuple[int, int],
    near: int,
    sentence_start: int,
    clauses: dict[Moment, int],
) -> Moment | None:
    if not found:
        return None

    def cost(moment: Moment) -> float:
        left, right = sorted((moment.start, near))
        between = text[left:right]
        left_side = 25 if moment.start < trigger[0] and moment.start - 12 > sentence_start else 0
        when = -120 if re.match(r", when\b", text[moment.end : moment.end + 6]) and moment.end < trigger[0] else 0
        return (
            when
            + _FAR.get(clauses[moment], 0)
            + abs(moment.start - near)
            + left_side
            + 30 * between.count(",")
            + 60 * between.count(";")
            + 25 * len(re.findall(r"\b(?:and|but|after|which|who|whose|where|while)\b", between))
        )

    return min(found, key=cost)


def _dated(moment: Moment, anchor: date | None, *, forward: bool = False, reported: bool = False) -> EventDate:
    value = moment.value
    if forward and anchor is not None and moment.rule == "weekday" and value <= anchor.isoformat():
        value = week_on(value)
    used = anchor.isoformat() if anchor and moment.rule not in ("day", "month", "year") else None
    return EventDate(value, moment.precision, moment.text, used, "report:" * reported + moment.rule)
