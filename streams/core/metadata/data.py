"""What describing needs to know from outside: calendars, gazetteers, wordings. Frozen values, filled by the catalogue.

It must not open files; `streams/catalogue/metadata.py` does, and says which line is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from streams.core.records import PageKind


@dataclass(frozen=True, slots=True)
class Calendar:
    """Words for time.

    Languages are ISO 639-1, weekdays count from Monday = 0, zones are minutes east of UTC, None for "ET" and the like
    that stand for two. `beside` are the words that may stand beside "3h ago" and "today"; `ones` count as 1
    ("an hour ago").
    """

    months: Mapping[str, Mapping[str, int]]
    shared_months: Mapping[str, int]
    weekdays: Mapping[str, int]
    days_back: Mapping[str, int]
    ago: frozenset[str]
    beside: frozenset[str]
    ones: frozenset[str]
    units: Mapping[str, str]
    zones: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Labels:
    """Words beside a date or a name, casefolded."""

    published: frozenset[str]
    published_phrases: tuple[str, ...]
    updated: frozenset[str]
    elsewhere: frozenset[str]
    by: tuple[str, ...]
    by_colon: tuple[str, ...]
    desks: frozenset[str]
    firms: frozenset[str]
    roles: frozenset[str]
    never: frozenset[str]
    nobody: frozenset[str]


@dataclass(frozen=True, slots=True)
class Agency:
    """A news agency. `marks` stand in a dateline or as a whole credit, `names` anywhere in a credit or byline."""

    id: str
    name: str
    country: str | None
    names: tuple[str, ...]
    marks: tuple[str, ...]
    domains: tuple[str, ...]
    match: tuple[str, ...]
    no_match: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownPublisher:
    """A publisher by its domain; `country` is ISO 3166-1 alpha-3."""

    domain: str
    name: str
    country: str | None


@dataclass(frozen=True, slots=True)
class PagePhrase:
    """A wording that tells what a page is, with where it must stand: in a "heading" or in the "text"."""

    kind: PageKind
    place: str
    words: str
    match: tuple[str, ...]
    no_match: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MetadataData:
    """All of it. `stopwords`: language -> its commonest words; `country_of_tld`: "uk" -> "GBR"."""

    calendar: Calendar
    labels: Labels
    agencies: tuple[Agency, ...]
    publishers: Mapping[str, KnownPublisher]
    country_of_tld: Mapping[str, str]
    stopwords: Mapping[str, frozenset[str]]
    phrases: tuple[PagePhrase, ...]
