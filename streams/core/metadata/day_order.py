"""Whether 3/4/2016 is March or April on this page: by its other dates, else its region, country and language.

It must not read a date; it says where months come first, and `spoken_dates.py` reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from streams.core.metadata.evidence import Evidence
from streams.core.metadata.publisher import Country

# where 11/16/2016 is printed; Canada prints both
_MONTH_FIRST = frozenset({"USA", "PHL", "CAN"})
_MONTH_FIRST_REGIONS = frozenset({"us", "ph"})
ALWAYS, SLASHED, NEVER = "/-.", "/-", ""  # the signs between whose numbers the month is the first
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d{2})(?!\d)")
_ISO_DAY = re.compile(r"(?:19|20)\d{2}-\d{2}-\d{2}")
_URL_DAY = re.compile(r"/((?:19|20)\d{2})[/-](\d{2})[/-](\d{2})(?!\d)")
_LONGEST_URL = 1_000
_SHOWN = ("posted", "byline", "time", "line")
_LONGEST = 120  # characters looked at
_HEAD = ("datePublished", "dateModified", "dateCreated")


def month_first(evidence: Evidence, claimed: str, land: Country, language: str | None) -> str:
    """The signs between whose numbers months come first. A guess from language alone leaves 3.4.2016 to April."""
    told = set(_told(evidence))
    if len(told) == 1:
        return ALWAYS if told.pop() else NEVER
    region = claimed.replace("_", "-").casefold().partition("-")[2].partition("-")[0]
    if len(region) == 2:
        return ALWAYS if region in _MONTH_FIRST_REGIONS else NEVER
    if land.code:
        return ALWAYS if land.code in _MONTH_FIRST else NEVER
    return SLASHED if language in ("en", None) else NEVER


def _told(evidence: Evidence) -> Iterator[bool]:
    """What each numeric date near the headline says: by a number past twelve, or by a day that the head names too."""
    days: set[str] | None = None
    for s in evidence.of(*_SHOWN):
        m = _NUMERIC.search(s.value, 0, _LONGEST) if id(s) in evidence.near else None
        if m is None:
            continue
        first, second = int(m[1]), int(m[3])
        if first > 12 or second > 12:
            yield second > 12
            continue
        days = set(_days_of_head(evidence)) if days is None else days
        american, other = f"{m[4]}-{first:02}-{second:02}" in days, f"{m[4]}-{second:02}-{first:02}" in days
        if american != other:
            yield american


def _days_of_head(evidence: Evidence) -> Iterator[str]:
    """The days that metas, JSON-LD and the address write for programs."""
    if m := _URL_DAY.search(evidence.article.url, 0, _LONGEST_URL):
        yield "-".join(m.groups())
    values = [s.value for path in _HEAD for _, s in evidence.jsonld.get(path, ())]
    values += [s.value for source, signals in evidence.by_source.items() if source.startswith("meta:") for s in signals]
    for value in values:
        if m := _ISO_DAY.match(value):
            yield m[0]
