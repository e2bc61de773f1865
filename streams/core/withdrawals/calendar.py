"""Expressions of time in a sentence, resolved against the day of publication. It must not choose among them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from streams.core.records import Precision

MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {d: n for n, d in enumerate(_WEEK)}
NUMBERS = {
    w: n
    for n, w in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
} | {"a": 1, "an": 1}
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
COUNT = r"(?P<count>[Aa]n?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})"
_UNIT = r"(?P<unit>day|week|month|year|decade)s?"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("day", rf"\b{_MONTH} {_DAY},? {_YEAR}\b"),
        ("day", rf"\b{_DAY} {_MONTH},? {_YEAR}\b"),
        ("monthday", rf"\b{_MONTH} {_DAY}\b(?!,? \d)(?: (?P<tail>last|this|next) year\b)?"),
        ("monthday", rf"\b{_DAY}(?: of)? {_MONTH}\b(?: (?P<tail>last|this|next) year\b)?"),
        ("month", rf"\b{_MONTH}(?: of)?,? {_YEAR}\b"),
        (
            "lastmonth",
            (
                rf"\b(?P<rel>(?i:last|next|this|in|since|by|until|from|of|early|late|mid|for"
                rf"|every))(?:[- ](?:early|late|mid))? {_MONTH}(?: (?P<tail>last year"
                rf"|this year|next year))?(?! \d)\b"
            ),
        ),
        (
            "weekday",
            rf"\b(?:(?P<rel>(?i:last|next|this|a week from)) )?{_WEEKDAY}(?: (?P<tail>last week|next week))?\b",
        ),
        (
            "word",
            (
                r"\b(?P<word>(?i:yesterday|today|tomorrow|tonight|last night|overnight"
                r"|this morning|this afternoon|this evening))\b"
            ),
        ),
        ("feast", r"\b(?P<feast>New Year['’]s Eve|New Year['’]s Day|Christmas Eve|Christmas Day|Boxing Day)\b"),
        ("span", rf"\bin the (?:past|last) (?:{COUNT} )?(?P<unit>day|week|month)s?\b"),
        (
            "endlast",
            (
                r"\b(?:at )?the (?P<edge>end|close|start|beginning|turn) of (?P<rel>last|this|next|the) "
                r"(?P<unit>year|month|week|season)\b"
            ),
        ),
        (
            "relative",
            (
                r"\b(?P<rel>(?i:last|next|this|earlier this|later this)) "
                r"(?P<unit>week|month|year|spring|summer|autumn|fall|winter|weekend|decade)\b"
            ),
        ),
        ("year", rf"\b{_YEAR}\b(?!s|[-–]\d)"),
        ("ago", rf"\b{COUNT} {_UNIT} (?P<rel>ago)\b"),
        ("ahead", rf"\b(?:in|within|effect after) {COUNT} {_UNIT}(?:'s|’s|s['’])?(?: time)?\b"),
    )
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time expression: [start, end) in the field, its value, and whether the words look forward."""

    start: int
    end: int
    value: str
    precision: Precision
    rule: str
    text: str
    relative: str = ""


def moments(text: str, start: int, end: int, anchor: date | None) -> list[Moment]:
    """All time expressions between two places, left to right, none inside another."""
    found: list[Moment] = []
    for rule, pattern in _PATTERNS:
        for match in pattern.finditer(text, start, end):
            if any(m.start < match.end() and match.start() < m.end for m in found):
                continue
            moment = _resolve(rule, match, anchor)
            if moment:
                found.append(moment)
    return sorted(found, key=lambda m: m.start)


def _resolve(rule: str, match: re.Match[str], anchor: date | None) -> Moment | None:
    groups = match.groupdict()
    value = _absolute(rule, groups)
    if value is None and anchor is not None:
        value = _RESOLVERS[rule](groups, anchor) if rule in _RESOLVERS else None
    if value is None:
        return None
    precision = precision_of(value)
    return Moment(match.start(), match.end(), value, precision, rule, match.group(), (groups.get("rel") or "").lower())


def precision_of(value: str) -> Precision:
    """How fine "2016", "2016-11" and "2016-11-16" are."""
    return "year" if len(value) == 4 else "month" if len(value) == 7 else "day"


def week_on(day: str) -> str:
    """The same weekday of the next week."""
    return (date.fromisoformat(day) + timedelta(days=7)).isoformat()


def _absolute(rule: str, groups: dict[str, str]) -> str | None:
    if rule == "year":
        return groups["year"]
    if rule == "month":
        return f"{groups['year']}-{_month(groups):02d}"
    if rule == "day":
        return _iso(int(groups["year"]), _month(groups), int(groups["day"]))
    return None


def _month(groups: dict[str, str]) -> int:
    return MONTHS[groups["month"].rstrip(".").lower()]


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _monthday(groups: dict[str, str], anchor: date) -> str | None:
    month, day = _month(groups), int(groups["day"])
    if groups.get("tail"):
        return _iso(anchor.year + {"last": -1, "this": 0, "next": 1}[groups["tail"]], month, day)
    best = [y for y in (anchor.year - 1, anchor.year, anchor.year + 1) if _iso(y, month, day)]
    if not best:
        return None
    return _iso(min(best, key=lambda y: abs((date(y, month, day) - anchor).days - 20)), month, day)


def _lastmonth(groups: dict[str, str], anchor: date) -> str | None:
    month, rel, tail = _month(groups), groups["rel"].lower(), groups.get("tail") or ""
    if rel == "every":
        return None
    if tail:
        return f"{anchor.year + {'last year': -1, 'this year': 0, 'next year': 1}[tail]}-{month:02d}"
    if rel == "next" or rel in ("by", "until", "from"):
        return f"{anchor.year + (month <= anchor.month)}-{month:02d}"
    if rel == "last":
        return f"{anchor.year - (month >= anchor.month)}-{month:02d}"
    return f"{anchor.year - (month > anchor.month)}-{month:02d}"


def _weekday(groups: dict[str, str], anchor: date) -> str | None:
    back = (anchor.weekday() - _DAYS[groups["weekday"].lower()]) % 7
    day = anchor - timedelta(days=back)
    if groups["rel"] == "next" or groups.get("tail") == "next week":
        day = anchor + timedelta(days=7 - back)
    elif (groups["rel"] == "last" and back == 0) or (groups.get("tail") == "last week" and back < anchor.weekday() + 1):
        day -= timedelta(days=7)
    return day.isoformat()


def _word(groups: dict[str, str], anchor: date) -> str | None:
    shift = {"yesterday": -1, "tomorrow": 1, "overnight": -1, "last night": -1}.get(groups["word"].lower(), 0)
    return (anchor + timedelta(days=shift)).isoformat()


def _relative(groups: Mapping[str, str], anchor: date) -> str | None:
    rel, unit = groups["rel"].lower(), groups["unit"]
    step = -1 if rel == "last" else 1 if rel == "next" else 0
    if unit == "year":
        return str(anchor.year + step)
    if unit == "decade":
        return None
    if unit == "month":
        total = anchor.year * 12 + anchor.month - 1 + step
        return f"{total // 12}-{total % 12 + 1:02d}"
    if unit in ("week", "weekend"):
        day = anchor + timedelta(days=7 * step - (anchor.weekday() if unit == "week" else 0))
        return f"{day.year}-{day.month:02d}"
    season = {"spring": 4, "summer": 7, "autumn": 10, "fall": 10, "winter": 1}[unit]
    if step > 0:
        return str(anchor.year + (season <= anchor.month))
    return str(anchor.year - (step < 0 and season >= anchor.month))


def _endlast(groups: dict[str, str], anchor: date) -> str | None:
    step = {"last": -1, "this": 0, "the": 0, "next": 1}[groups["rel"]]
    late = groups["edge"] in ("end", "close")
    if groups["unit"] == "week" or (groups["rel"] == "the" and not late and groups["unit"] != "year"):
        return None
    if groups["rel"] == "the" and not late:
        return str(anchor.year) if groups["edge"] != "turn" else None
    if groups["unit"] == "season" or step < 0:
        return str(anchor.year + step) if groups["unit"] != "month" else _relative(groups | {"rel": "last"}, anchor)
    if groups["unit"] == "year":
        return f"{anchor.year + step}-{'12-31' if late and not step else '12' if late else '01'}"
    return _relative({"rel": groups["rel"], "unit": "month"}, anchor)


def _count(groups: dict[str, str]) -> int:
    word = groups["count"].lower()
    return int(word) if word.isdigit() else NUMBERS[word]


def _ago(groups: dict[str, str], anchor: date) -> str | None:
    count, unit = _count(groups), groups["unit"]
    if unit == "day":
        return (anchor - timedelta(days=count)).isoformat()
    if unit == "week":
        day = anchor - timedelta(days=7 * count)
        return day.isoformat() if count == 1 else f"{day.year}-{day.month:02d}"
    if unit == "month":
        total = anchor.year * 12 + anchor.month - 1 - count
        return f"{total // 12}-{total % 12 + 1:02d}"
    return str(anchor.year - count * (10 if unit == "decade" else 1))


def _ahead(groups: dict[str, str], anchor: date) -> str | None:
    count, unit = _count(groups), groups["unit"]
    if unit in ("day", "week"):
        return (anchor + timedelta(days=count * (7 if unit == "week" else 1))).isoformat()
    if unit == "month":
        total = anchor.year * 12 + anchor.month - 1 + count
        return f"{total // 12}-{total % 12 + 1:02d}"
    return str(anchor.year + count) if unit == "year" else None


_FEASTS = {"new year's eve": (12, 31), "new year's day": (1, 1), "christmas eve": (12, 24), "christmas day": (12, 25)}


def _feast(groups: dict[str, str], anchor: date) -> str | None:
    """The last one."""
    month, day = _FEASTS.get(groups["feast"].lower().replace("’", "'"), (12, 26))
    return _iso(anchor.year - ((month, day) > (anchor.month, anchor.day)), month, day)


def _span(groups: dict[str, str], anchor: date) -> str | None:
    """As in "in the past two weeks": the month or year in which all of it lies."""
    days = (_count(groups) if groups.get("count") else 1) * {"day": 1, "week": 7, "month": 31}[groups["unit"]]
    begin = anchor - timedelta(days=days)
    if begin.year != anchor.year:
        return None
    return f"{anchor.year}-{anchor.month:02d}" if begin.month == anchor.month else str(anchor.year)


_RESOLVERS = {
    "feast": _feast,
    "span": _span,
    "monthday": _monthday,
    "lastmonth": _lastmonth,
    "weekday": _weekday,
    "word": _word,
    "relative": _relative,
    "endlast": _endlast,
    "ago": _ago,
    "ahead": _ahead,
}
