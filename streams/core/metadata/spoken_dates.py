"""Dates as people write them: "7:31 AM, Nov 16, 2016", "16. November 2016", "2016年11月16日", "3h ago", "Wednesday".

It reads one short text and says every moment it finds. It must not judge whether that is the publication date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from unicodedata import normalize

from streams.core.metadata.data import Calendar
from streams.core.metadata.moments import Moment, make, parse_machine, zone_offset

LONGEST = 240  # characters read; a date line is shorter, a paragraph is none
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"\d{1,4}|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0903\u093a-\u094f]){0,23}|[^\w\s]|_")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,4})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
_SPACED = re.compile(r"(?<![\d./-])(\d{1,2}) ([./-]) (\d{1,2}) \2 ((?:19|20)\d{2})(?!\d)")
_SEPARATOR = re.compile(r"\d ?[./-]")
_SHORT_YEAR = re.compile(
    r"(?<![\w-])(?:(\d{1,2})-([^\W\d_]{3,9})-|([^\W\d_]{3,9})\.? (\d{1,2}),? ['’])(\d{2})(?![\w-])"
)
_EAST_ASIAN = re.compile(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日일])?")
_CLOCK = re.compile(
    r"(?<![\d:.])(2[0-3]|[01]?\d)(?:[:.h]([0-5]\d)(?::([0-5]\d))?(?!\d)(?: ?([ap]\.?m\b\.?))?| ?([ap]\.?m\b\.?))",
    re.IGNORECASE,
)
# "Nov 16 07:31:00 PST 2016", as `date` and Twitter write
_CLOCK_WITHIN = re.compile(
    r"(?<=\d)( (?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?: (?:[A-Z]{2,5}|[+-]\d{4}))?)( (?:19|20)\d{2}\b)"
)
_ZONE = re.compile(r"[ (]{0,3}((?:GMT|UTC)? ?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5})\b")
_ISO_WITHIN = re.compile(r"\b(?:19|20)\d{2}-\d{2}-\d{2}\b[T \d:.+Z-]{0,24}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FARTHEST_MONTH = 60  # characters between a year and its month, with room
_RELATIVE_WORDS = 8  # more make it a sentence
_BARS = re.compile("[|•·⋅∙;\n]")
_Token = tuple[str, int, int]
_ORDINALS = frozenset({"st", "nd", "rd", "th", "er", "º", "ª", "°"})
_FILLERS = frozenset({"de", "del", "of", "di", "d", "the", "den", "г", "року", "году"} | {".", ",", "'", "’", "-", "/"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What a text is read against: its language (ISO 639-1 or None), the signs where months come first, now.

    `month_first` holds the signs of dates such as 11/16/2016 that are read so: `/`, `-`, `.`. A page repeats its dates,
    so what each of its texts was read as is kept, in words and as programs write.
    """

    language: str | None
    month_first: str
    now: datetime | None
    told: dict[tuple[str, bool], tuple[Moment, ...]] = field(default_factory=dict, compare=False, repr=False)
    typed: dict[str, Moment | None] = field(default_factory=dict, compare=False, repr=False)


def written(text: str, setting: Setting) -> Moment | None:
    """The moment that a program wrote, or None."""
    if text not in setting.typed:
        setting.typed[text] = parse_machine(text)
    return setting.typed[text]


def read(text: str, calendar: Calendar, setting: Setting) -> tuple[Moment, ...]:
    """Every moment in the first `LONGEST` characters, those with most said first: full dates, relative, weekday."""
    text = text[:LONGEST]
    key = text, setting.now is None
    if key not in setting.told:
        setting.told[key] = tuple(_read(text, calendar, setting))
    return setting.told[key]


def _read(text: str, calendar: Calendar, setting: Setting) -> Iterator[Moment]:
    if not text.isascii():
        text = normalize("NFC", text)
    if ":" in text:
        text = _CLOCK_WITHIN.sub(r"\2\1", text)
    found = False
    for day, start, end in _days(text, calendar, setting) if _DIGIT.search(text) else ():
        moment = make(_with_clock(day, text, start, end, calendar))
        if moment:
            found = True
            yield moment
    if not found and setting.now:
        yield from _relative(text, calendar, setting.now)


def _days(text: str, calendar: Calendar, setting: Setting) -> Iterator[tuple[Moment, int, int]]:
    """Each date with the places where its words begin and end."""
    for m in () if text.isascii() else _EAST_ASIAN.finditer(text):
        yield Moment(int(m[1]), int(m[2]), int(m[3]) if m[3] else None), m.start(), m.end()
    yield from _named(text, calendar, setting)
    for pattern in (_NUMERIC, _SPACED) if _SEPARATOR.search(text) else ():
        for m in pattern.finditer(text):
            moment = _numeric(m[1], m[3], m[4], month_first=m[2] in setting.month_first)
            if moment:
                yield moment, m.start(), m.end()
    if "-" in text or "'" in text or "’" in text:
        yield from _hyphened(text, calendar, setting)


def _hyphened(text: str, calendar: Calendar, setting: Setting) -> Iterator[tuple[Moment, int, int]]:
    """`16-Nov-16`, `Nov 16, '16`, `2016-11-16`."""
    for m in _SHORT_YEAR.finditer(text):
        month = months_in((m[2] or m[3]).casefold(), calendar, setting.language)
        if month and (moment := make(Moment(_century(int(m[5])), month, int(m[1] or m[4])))):
            yield moment, m.start(), m.end()
    if (iso := _ISO_WITHIN.search(text)) and (moment := parse_machine(iso[0])):
        yield moment, iso.start(), iso.end()


def _numeric(first: str, second: str, third: str, *, month_first: bool) -> Moment | None:
    a, b, c = int(first), int(second), int(third)
    if len(first) == 4:
        return make(Moment(a, b, c))
    if len(first) > 2:
        return None
    year = c if len(third) == 4 else _century(c)
    month, day = (a, b) if (month_first and a <= 12) or b > 12 else (b, a)
    return make(Moment(year, month, day))


def _century(year: int) -> int:
    return 2000 + year if year < 70 else 1900 + year


def months_in(word: str, calendar: Calendar, language: str | None) -> int | None:
    """1 to 12 where the word is a month's name in that language, or in every language that has it."""
    own = calendar.months.get(language or "", {})
    return own.get(word) or calendar.shared_months.get(word)


def _named(text: str, calendar: Calendar, setting: Setting) -> Iterator[tuple[Moment, int, int]]:
    years = [m.start() for m in _YEAR.finditer(text)]
    if not years:
        return
    start = max(0, text.rfind(" ", 0, max(0, years[0] - _FARTHEST_MONTH)))
    tokens = [(m[0].lower(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, years[-1] + _FARTHEST_MONTH)]
    for i, (word, _, _) in enumerate(tokens):
        if not word[0].isalpha():
            continue
        month = months_in(word, calendar, setting.language)
        if month is None:
            continue
        moment, first, last = _around(tokens, i, month)
        if moment:
            yield moment, tokens[first][1], tokens[last][2]


def _around(tokens: list[_Token], i: int, month: int) -> tuple[Moment | None, int, int]:
    """The day and year beside a month: `16. November 2016`, `Nov. 16, 2016`, `16 de noviembre de 2016`, `Nov 2016`."""
    before, after = _neighbour(tokens, i, -1), _neighbour(tokens, i, +1)
    day_before, year_before = _as_day(tokens, before), _as_year(tokens, before)
    day_after, year_after = _as_day(tokens, after), _as_year(tokens, after)
    if year_after:
        return Moment(year_after, month, day_before), before if before is not None and day_before else i, after or i
    if day_after and after is not None:
        beyond = _neighbour(tokens, after, +1)
        year = _as_year(tokens, beyond)
        if year and beyond is not None:
            return Moment(year, month, day_after), i, beyond
        if year_before and before is not None:
            return Moment(year_before, month, day_after), before, after
    return None, i, i


def _neighbour(tokens: list[_Token], i: int, step: int) -> int | None:
    """The next token that is no filler, at most three fillers away."""
    for distance in range(1, 5):
        j = i + step * distance
        if not 0 <= j < len(tokens):
            return None
        word = tokens[j][0]
        if word not in _FILLERS and word not in _ORDINALS:
            return j
    return None


def _as_day(tokens: list[_Token], i: int | None) -> int | None:
    word = tokens[i][0] if i is not None else ""
    return int(word) if word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31 else None


def _as_year(tokens: list[_Token], i: int | None) -> int | None:
    word = tokens[i][0] if i is not None else ""
    return int(word) if word.isdecimal() and len(word) == 4 and 1900 <= int(word) <= 2100 else None


def _with_clock(day: Moment, text: str, start: int, end: int, calendar: Calendar) -> Moment:
    """The day with the time of day beside it, in the same segment of the line: `22:41, 12 June`, `12 June 22:41`."""
    if day.day is None or day.hour is not None:
        return day
    first, last = 0, len(text)
    for bar in _BARS.finditer(text):
        if bar.start() < start:
            first = bar.end()
        elif bar.start() >= end:
            last = bar.start()
            break
    before = (
        [m for m in _CLOCK.finditer(text, first, start) if "." not in m[0][:3]]
        if _DIGIT.search(text, first, start)
        else []
    )
    after = list(_CLOCK.finditer(text, end, min(last, end + 40))) if _DIGIT.search(text, end, last) else []
    joined = before and _joins(text[before[-1].end() : start])
    for m in (*before[-1:], *after) if joined else (*after, *before):
        if timed := _at(day, m):
            return _with_zone(timed, text[m.end() : m.end() + 24], calendar)
    return day


def _joins(between: str) -> bool:
    """True where little but blanks, a comma, a zone or a weekday stands between a clock and the date after it."""
    return len(between) <= 24 and not any(c.isdigit() or c == ":" for c in between)


def _at(day: Moment, clock: re.Match[str]) -> Moment | None:
    hour, half = int(clock[1]), clock[4] or clock[5]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    return replace(day, hour=hour, minute=int(clock[2] or 0), second=int(clock[3]) if clock[3] else None)


def _with_zone(moment: Moment, rest: str, calendar: Calendar) -> Moment:
    m = _ZONE.match(rest)
    if not m:
        return moment
    zone = m[1].strip()
    if zone in calendar.zones:
        return replace(moment, zone=zone, offset=calendar.zones[zone])
    digits = zone.removeprefix("GMT").removeprefix("UTC").strip()
    if not digits or digits[0] not in "+-":
        return moment
    hours, _, minutes = digits[1:].partition(":")
    padded = f"{digits[0]}{hours.zfill(2)}:{minutes or '00'}" if len(hours) <= 2 else digits
    return replace(moment, zone=zone, offset=zone_offset(padded))


def _relative(text: str, calendar: Calendar, now: datetime) -> Iterator[Moment]:
    """Moments told by their distance from `now`, in UTC days; coarser units give coarser moments.

    The text must say nothing else: "Updated 3h ago", "Today at 10:15", but not "Call us today" or "USA TODAY".
    """
    words, told = [], []
    for m in _TOKEN.finditer(text):
        word = m[0].casefold()
        words.append(word)
        if word[0].isalpha():
            if word not in calendar.beside and word not in calendar.days_back and word not in calendar.units:
                return
            told.append(word)
    if not told or len(told) > _RELATIVE_WORDS:
        return
    for word in told:
        if word in calendar.days_back:
            yield _on(now - timedelta(days=calendar.days_back[word]))
            return
    folded = text.casefold()
    if any(lead in words or (" " in lead and lead in folded) for lead in calendar.ago):
        for number, unit in pairwise(words):
            kind = calendar.units.get(unit)
            if kind and number.isdecimal() and len(number) <= 3:
                yield _ago(int(number), kind, now)
                return
            if kind and number in calendar.ones:
                yield _ago(1, kind, now)
                return


def _ago(number: int, kind: str, now: datetime) -> Moment:
    if kind == "year":
        return Moment(max(1900, now.year - number))
    if kind in ("week", "month"):
        then = now - timedelta(days=number * (7 if kind == "week" else 30))
        return Moment(then.year, then.month)
    step = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
    return _on(now - number * step.get(kind, timedelta(days=1)))


def _on(t: datetime) -> Moment:
    return Moment(t.year, t.month, t.day, offset=0, zone="UTC")


def weekday_before(text: str, calendar: Calendar, now: datetime) -> Moment | None:
    """The last such weekday up to `now`, for "Posted Wednesday": only as good as the crawl was prompt."""
    for m in _TOKEN.finditer(text[:LONGEST]):
        weekday = calendar.weekdays.get(m[0].casefold())
        if weekday is not None:
            return _on(now - timedelta(days=(now.weekday() - weekday) % 7))
    return None
