"""A point in time as precise as its source was, and the machine-readable ways of writing one.

It must not know where a value came from, nor read words in a language: `spoken_dates.py` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from streams.core.records import Precision

# ISO 8601 and what newsrooms make of it: spaces for T, slashes for dashes, seconds left out, fractions of any length.
_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?"
    r"(?:(?:[T ]|, ?| at )(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,12})?)?"
    r" ?(Z|UTC|GMT|[A-Z]{3,4}|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
_PLAIN = re.compile(r"(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)  # as crawlers write, nearly always
_BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z|[+-]\d{2}:?\d{2})?")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_EARLIEST_YEAR = 1900
_FURTHEST_EAST = timedelta(hours=14)  # UTC+14, Kiritimati: the first place where a day begins


@dataclass(frozen=True, slots=True)
class Moment:
    """A year, or a month, day, minute or second of it. `offset` is minutes east of UTC, `zone` as it was given."""

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    offset: int | None = None
    zone: str | None = None

    @property
    def precision(self) -> Precision:
        if self.month is None:
            return "year"
        if self.day is None:
            return "month"
        if self.hour is None:
            return "day"
        return "minute" if self.second is None else "second"

    @property
    def date(self) -> str:
        """`YYYY-MM-DD`, or as much of it as is known."""
        if self.month is None:
            return f"{self.year:04}"
        return f"{self.year:04}-{self.month:02}" + (f"-{self.day:02}" if self.day is not None else "")

    @property
    def value(self) -> str:
        """ISO 8601, no more precise than the source; the offset stands where it is known."""
        if self.hour is None or self.day is None:
            return self.date
        clock = f"{self.hour:02}:{self.minute or 0:02}" + (f":{self.second:02}" if self.second is not None else "")
        return f"{self.date}T{clock}{_written(self.offset)}"

    def earliest(self) -> datetime:
        """The first instant, in UTC, that this may mean anywhere on earth."""
        start = datetime(
            self.year, self.month or 1, self.day or 1, self.hour or 0, self.minute or 0, self.second or 0, tzinfo=UTC
        )
        if self.hour is not None and self.offset is not None:
            return start - timedelta(minutes=self.offset)
        return start - _FURTHEST_EAST

    def agrees(self, other: Moment) -> bool:
        """True where both name the same day, month or year, as far as the vaguer of them goes."""
        return self.date.startswith(other.date) or other.date.startswith(self.date)


def _written(offset: int | None) -> str:
    if offset is None:
        return ""
    if offset == 0:
        return "Z"
    sign = "+" if offset > 0 else "-"
    return f"{sign}{abs(offset) // 60:02}:{abs(offset) % 60:02}"


def make(moment: Moment) -> Moment | None:
    """The moment itself, or None where no calendar has it (31 February, 25 o'clock, the year 1200)."""
    try:
        moment.earliest()
    except (ValueError, OverflowError):
        return None
    if moment.offset is not None and abs(moment.offset) > 14 * 60:
        moment = replace(moment, offset=None, zone=None)
    return moment if moment.year >= _EARLIEST_YEAR else None


def zone_offset(zone: str | None) -> int | None:
    """Minutes east of UTC of "Z", "UTC", "GMT" or "+01:00"; None for anything else."""
    if zone in ("Z", "UTC", "GMT"):
        return 0
    if not zone or zone[0] not in "+-":
        return None
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return (1 if zone[0] == "+" else -1) * (int(digits[:2]) * 60 + int(digits[2:4]))


def parse_machine(text: str) -> Moment | None:
    """A value meant for programs: ISO 8601 in its many spellings, `20161116`, seconds or ms since the epoch."""
    text = text.strip()[:80]
    if _EPOCH.fullmatch(text):
        return _from_epoch(int(text[:10]))
    found = _ISO.match(text) or _BASIC.fullmatch(text)
    if not found or text[found.end() : found.end() + 1].isdigit():
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    if hour is None or day is None:
        return make(Moment(int(year), _number(month), _number(day)))
    return make(
        Moment(int(year), int(month), int(day), int(hour), _number(minute), _number(second), zone_offset(zone), zone)
    )


def _number(digits: str | None) -> int | None:
    return int(digits) if digits is not None else None


def parse_instant(text: str) -> datetime | None:
    """RFC 3339 as `fetched_at` carries it, in UTC; None where it is none."""
    if _PLAIN.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return None
    moment = parse_machine(text)
    return moment.earliest() if moment and moment.hour is not None and moment.offset is not None else None


def _from_epoch(seconds: int) -> Moment | None:
    t = datetime.fromtimestamp(seconds, UTC)
    return make(Moment(t.year, t.month, t.day, t.hour, t.minute, t.second, 0, "Z"))
