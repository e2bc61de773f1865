"""Times told from another time: "later that month", "the year before", "a day earlier". It must not choose among them.

The time counted from is the last one told before, in the sentence or the ones just before it; for days also the day
of the news itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from streams.core.withdrawals.calendar import COUNT, MONTHS, NUMBERS, Moment, moments, precision_of

BACK = 600  # code points before the sentence in which the time counted from may stand
_MONTH_NAME = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
_PART = r"(?:day|morning|afternoon|evening|night)"
_WAY = r"(?P<way>[Tt]hat(?: same)?|[Tt]he following|[Tt]he previous|[Tt]he next)"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_UNIT = r"(?P<unit>day|week|month|year|decade)"
_END = r"(?=[.,;:)]|\s+that\b|\s+(?:and|but|to|in|by|from|over|when|because)\b|$)"
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "year's month",
            rf"\b{_MONTH_NAME},? (?:of )?(?P<way>that|the same|the following|the next|the previous) year\b",
        ),
        ("month", rf"\b{_WAY} {_MONTH_NAME}(?!\w| \d)"),
        ("season", rf"\b{_WAY} {_SEASON}\b"),
        (
            "same",
            (
                r"\b(?:(?:[Ll]ater|[Ee]arlier|[Ll]ate|[Ee]arly) )?(?P<way>[Tt]hat(?: very| same)?"
                r"|[Tt]he (?:very )?same) "
                rf"(?P<unit>day|week|month|year|{_PART})\b"
            ),
        ),
        ("same", r"\b(?:[Ll]ater|[Ll]ate|[Ee]arly) (?:in|on) (?:the|that) (?P<unit>day)\b"),
        ("same", r"\bin the (?P<unit>morning|afternoon|evening)\b"),
        (
            "same",
            r"\b(?P<unit>[Hh]ours|[Mm]inutes) (?:later|earlier|afterwards|before)\b",
        ),
        (
            "step",
            (rf"\b[Tt]he (?P<way>following|next|previous|preceding) {_UNIT}\b(?! of\b)"),
        ),
        ("step", rf"\b[Tt]he (?P<unit>day|week|month|year|evening|night|morning) (?P<way>before|after){_END}"),
        ("count", rf"\b{COUNT} {_UNIT}s? (?P<way>earlier|later|previously|afterwards?|beforehand)\b(?! than)"),
        ("vague", r"\b(?:[Ss]oon|[Ss]hortly|[Nn]ot long) (?:after(?:wards?)?|thereafter)(?=[.,;]|$| and\b)"),
        ("count", rf"\b{COUNT} {_UNIT}s? (?P<way>before|after)(?: that)?{_END}"),
    )
)
_BARE = ("in", "early", "late", "mid", "of")
_SEASONS = {"winter": 1, "spring": 4, "summer": 7, "autumn": 10, "fall": 10}
_FORWARD = ("following", "next", "after", "later", "afterwards", "afterward")


def timeline(text: str, start: int, end: int, anchor: date | None, day: date | None = None) -> list[Moment]:
    """All times between two places, left to right: those of the calendar and those told from another.

    Args:
        text: the field; what stands before `start` is read where a time is counted from it.
        anchor: the day of publication. day: the day of the news, where the article tells it.
    """
    found = moments(text, start, end, anchor)
    told = sorted((m for _, p in _RULES for m in p.finditer(text, start, end)), key=lambda m: (m.start(), -m.end()))
    for match in told:
        if any(m.rule == "told" and m.start < match.end() and match.start() < m.end for m in found):
            continue
        rule = next(name for name, pattern in _RULES if pattern is match.re)
        value = _value(rule, match, _base(text, start, match.start(), found, anchor, day))
        found = [m for m in found if m.end <= match.start() or match.end() <= m.start]
        if value is not None:
            told_by = match.group().strip()
            found.append(Moment(match.start(), match.end(), value, precision_of(value), "told", told_by))
    return _in_the_year_told(text, start, _after_last_year(sorted(found, key=lambda m: m.start)))


def _in_the_year_told(text: str, start: int, found: list[Moment]) -> list[Moment]:
    """As in "In 2016, … in October": a bare month or day is of the year that opens the sentence."""
    if (
        not found
        or found[0].rule != "year"
        or text[start : found[0].start].strip() not in ("In", "Back in", "Early in")
    ):
        return found
    year = found[0].value
    return [
        replace(m, value=year + m.value[4:])
        if m.rule == "monthday" or (m.rule == "lastmonth" and m.relative in _BARE)
        else m
        for m in found
    ]


def _after_last_year(found: list[Moment]) -> list[Moment]:
    """As in "said in March last year … but suspended the step in June": the later month of the same year."""
    for place in range(1, len(found)):
        before, moment = found[place - 1], found[place]
        told = before.rule == "lastmonth" and before.text.endswith("last year")
        bare = moment.rule == "lastmonth" and moment.relative == "in" and not moment.text.endswith("year")
        if told and bare and moment.value[5:7] > before.value[5:7]:
            found[place] = replace(moment, value=before.value[:4] + moment.value[4:])
    return found


def _base(  # noqa: PLR0917 - one fact each, all needed
    text: str, start: int, place: int, found: Sequence[Moment], anchor: date | None, day: date | None
) -> tuple[str, str]:
    """The last time told before, and the last day; both empty where none is known."""
    before = [m for m in found if m.end <= place]
    if not before or len(before[-1].value) < 10:
        back = moments(text, max(0, start - BACK), start, anchor)
        today = anchor.isoformat() if anchor else "9"
        before = [m for m in back if m.value <= today[: len(m.value)]] + before
    news = (day or anchor).isoformat() if day or anchor else ""  # type: ignore[union-attr]
    last = before[-1].value if before else ""
    return last, last if len(last) == 10 else "" if last else news


def _value(rule: str, match: re.Match[str], base: tuple[str, str]) -> str | None:
    groups = match.groupdict()
    last, day = base
    way = (groups.get("way") or "").lower().removeprefix("the ").split(" ")[0]
    if rule in ("month", "season", "year's month"):
        return _month(rule, groups, way, last) if last else None
    if rule == "vague":
        return last[:4] or None
    unit = (groups.get("unit") or "").lower()
    if rule == "same":
        if unit in ("week", "month"):
            return last[:7] if len(last) >= 7 else None
        return (last[:4] or None) if unit == "year" else (day or None)
    step = 1 if rule == "step" else count(groups["count"])
    step = step if way in _FORWARD else -step
    return stepped(unit, step, last, day)


def _month(rule: str, groups: dict[str, str], way: str, last: str) -> str:
    """A month or season of the year told, or the next or last one seen from there."""
    year, known = int(last[:4]), int(last[5:7]) if len(last) >= 7 else 0
    month = MONTHS[groups["month"].rstrip(".").lower()] if groups.get("month") else _SEASONS[groups["season"]]
    if way in ("following", "next"):
        year += rule == "year's month" or not known or month <= known
    elif way == "previous":
        year -= rule == "year's month" or not known or month >= known
    return f"{year}-{month:02d}" if groups.get("month") else str(year)


def count(word: str) -> int:
    """A number in words or figures."""
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def stepped(unit: str, step: int, last: str, day: str = "") -> str | None:
    """A time so many days, weeks, months or years from another; None where that one is not known so precisely."""
    if unit in ("day", "evening", "night", "morning", "week"):
        day = day or (last if len(last) == 10 else "")
        if not day:
            return None
        moved = (date.fromisoformat(day) + timedelta(days=step * (7 if unit == "week" else 1))).isoformat()
        return moved if unit != "week" or abs(step) == 1 else moved[:7]
    known = last or day
    if unit == "month":
        if len(known) < 7:
            return None
        total = int(known[:4]) * 12 + int(known[5:7]) - 1 + step
        return f"{total // 12}-{total % 12 + 1:02d}"
    return str(int(known[:4]) + step * (10 if unit == "decade" else 1)) if known else None
