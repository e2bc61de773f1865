"""Terms of notice: "takes effect six months after receipt", "gave a year's notice". It must not judge events."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from streams.core.records import EventDate
from streams.core.withdrawals.calendar import COUNT
from streams.core.withdrawals.narrative import count

_GIVEN = (
    r"(?:notice|notification|receipt|denunciation|deposit|being notified|that|it (?:is|was) (?:received|given|lodged))"
)


def _term(number: int) -> str:
    return rf"(?P<count{number}>{COUNT.split('>', 1)[1][:-1]})[- ](?P<unit{number}>day|week|month|year)s?"


TERM = re.compile(
    rf"\b{_term(1)}['’]?s?['’]? (?:\w+ )?(?:notice|warning)\b"
    rf"|\b{_term(2)} (?:after|from|following) (?:the |its |formal |written )*{_GIVEN}\b"
    rf"|\b(?:in|within|only|bear effect|effect|force) {_term(3)}(?:['’]s? time| later)?(?=[.,;]|$| and\b)"
)


def ends(match: re.Match[str], given: str) -> str | None:
    """The day on which a term that began on the day `given` runs out."""
    groups = match.groupdict()
    number = groups["count1"] or groups["count2"] or groups["count3"]
    unit = groups["unit1"] or groups["unit2"] or groups["unit3"]
    if len(given) < 10:
        return None
    start, many = date.fromisoformat(given), count(number)
    if unit in ("day", "week"):
        return (start + timedelta(days=many * (7 if unit == "week" else 1))).isoformat()
    total = start.year * 12 + start.month - 1 + many * (12 if unit == "year" else 1)
    year, month = divmod(total, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).isoformat()


def effect_of(term: EventDate, given: EventDate | None, stage: str) -> EventDate | None:
    """The effect that a term gives to an act: to the day where notice was given, else to the month."""
    match = TERM.search(term.text)
    if match is None or given is None or stage not in ("announced", "notified"):
        return None
    value = ends(match, given.value)
    if value is None or (stage == "announced" and re.search(r"notice|warning|noti|receipt|deposit", term.text)):
        return None
    if stage == "notified":
        return EventDate(value, "day", term.text, given.value, "term")
    return EventDate(value[:7], "month", term.text, given.value, "term")
