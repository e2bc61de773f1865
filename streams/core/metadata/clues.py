"""What the page says about its dates, each saying with the rule that read it and how far that rule is to be trusted.

It must not choose between them; `dates.py` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from streams.core.metadata.data import MetadataData
from streams.core.metadata.evidence import Evidence
from streams.core.metadata.moments import Moment, make, parse_machine
from streams.core.metadata.spoken_dates import Setting, read, weekday_before
from streams.core.records import Signal

Role = Literal["published", "modified", "either"]


@dataclass(frozen=True, slots=True)
class Clue:
    """One dated saying. `rule` is what the record's `source` shows; `family` tells independent witnesses apart."""

    moment: Moment
    role: Role
    rule: str
    family: str
    trust: float
    signal: Signal


# Trust is the share of pages of the tuning half where the source alone gave the right day (docs/metadata.md).
_PUBLISHED_METAS: tuple[tuple[str, float], ...] = (
    ("meta:article:published_time", 0.95),
    ("meta:og:article:published_time", 0.95),
    ("meta:og:published_time", 0.94),
    ("meta:og:publish_date", 0.94),
    ("meta:og:pubdate", 0.94),
    ("meta:itemprop:datepublished", 0.92),
    ("meta:datepublished", 0.92),
    ("meta:parsely-pub-date", 0.94),
    ("meta:sailthru.date", 0.94),
    ("meta:cxenseparse:publishtime", 0.94),
    ("meta:cxenseparse:recs:publishtime", 0.94),
    ("meta:article.published", 0.94),
    ("meta:article:published", 0.94),
    ("meta:published-date", 0.92),
    ("meta:published_date", 0.92),
    ("meta:publish-date", 0.92),
    ("meta:publish_date", 0.92),
    ("meta:publication_date", 0.92),
    ("meta:publication-date", 0.92),
    ("meta:publishdate", 0.92),
    ("meta:publisheddate", 0.92),
    ("meta:published-time", 0.92),
    ("meta:published_time", 0.92),
    ("meta:published", 0.9),
    ("meta:pubdate", 0.92),
    ("meta:date-pub", 0.92),
    ("meta:shareaholic:article_published_time", 0.92),
    ("meta:citation_publication_date", 0.92),
    ("meta:citation_online_date", 0.92),
    ("meta:citation_date", 0.9),
    ("meta:dc.date.issued", 0.92),
    ("meta:dcterms.issued", 0.92),
    ("meta:dcterms.available", 0.9),
    ("meta:prism.publicationdate", 0.92),
    ("meta:dc.date", 0.85),
    ("meta:dcterms.date", 0.85),
    ("meta:date", 0.88),
    ("meta:displaydate", 0.9),
    ("meta:rnews:datepublished", 0.92),
    ("meta:bt:pubdate", 0.92),
    ("meta:originalpublicationdate", 0.92),
    ("meta:dc.date.created", 0.85),
    ("meta:dcterms.created", 0.8),
)
_MODIFIED_METAS: tuple[str, ...] = (
    "meta:article:modified_time",
    "meta:og:article:modified_time",
    "meta:og:updated_time",
    "meta:og:modified_time",
    "meta:article:updated_time",
    "meta:itemprop:datemodified",
    "meta:datemodified",
    "meta:last-modified",
    "meta:last-updated",
    "meta:lastmod",
    "meta:dc.date.modified",
    "meta:dcterms.modified",
    "meta:updated",
    "meta:http-equiv:last-modified",
    "meta:shareaholic:article_modified_time",
)
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})([/_-]?)(\d{2})\2(\d{2})(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})[/-](0[1-9]|1[0-2])/")
_WORD = re.compile(r"[^\W\d_]+")


def clues(evidence: Evidence, data: MetadataData, setting: Setting) -> Iterator[Clue]:
    """All of them, in no order of worth."""
    yield from _from_jsonld(evidence, data, setting)
    yield from _from_metas(evidence, data, setting)
    yield from _from_times(evidence, data, setting)
    yield from _from_url(evidence)
    yield from _from_visible(evidence, data, setting)


def _parsed(text: str, data: MetadataData, setting: Setting) -> Moment | None:
    """A value meant for programs, or a date in words where a program wrote one."""
    return parse_machine(text) or next(iter(read(text, data.calendar, setting)), None)


def _from_jsonld(evidence: Evidence, data: MetadataData, setting: Setting) -> Iterator[Clue]:
    def made(signals: Iterator[Signal], role: Role, rule: str, trust: float) -> Iterator[Clue]:
        for s in signals:
            if moment := _parsed(s.value, data, setting):
                yield Clue(moment, role, rule, "jsonld", trust, s)

    yield from made(evidence.written("datePublished"), "published", "jsonld:datePublished", 0.94)
    yield from made(evidence.paged("datePublished"), "published", "jsonld:WebPage.datePublished", 0.9)
    yield from made(evidence.written("dateCreated", "uploadDate"), "published", "jsonld:dateCreated", 0.7)
    yield from made(evidence.written("dateModified"), "modified", "jsonld:dateModified", 0.9)
    yield from made(evidence.paged("dateModified"), "modified", "jsonld:WebPage.dateModified", 0.8)


def _from_metas(evidence: Evidence, data: MetadataData, setting: Setting) -> Iterator[Clue]:
    for name, trust in _PUBLISHED_METAS:
        for s in evidence.of(name):
            if moment := _parsed(s.value, data, setting):
                yield Clue(moment, "published", name, "meta", trust, s)
    for name in _MODIFIED_METAS:
        for s in evidence.of(name):
            if moment := _parsed(s.value, data, setting):
                yield Clue(moment, "modified", name, "meta", 0.85, s)


def role_of(words: str, data: MetadataData) -> Role | None:
    """What the words beside a date make of it: "modified" wins where both are said; None where it is another's date."""
    found = {w.casefold() for w in _WORD.findall(words)}
    if found & data.labels.elsewhere:
        return None
    if found & data.labels.updated:
        return "modified"
    return "published" if found & data.labels.published else "either"


def _from_times(evidence: Evidence, data: MetadataData, setting: Setting) -> Iterator[Clue]:
    for s in evidence.of("time"):
        moment = _parsed(s.value, data, setting) if s.value else None
        moment = moment or next(iter(read(s.context, data.calendar, setting)), None)
        role = role_of(s.context, data)
        if moment and role:
            yield Clue(moment, role, "time", "time", 0.8 if role == "either" else 0.88, s)


def _from_url(evidence: Evidence) -> Iterator[Clue]:
    for url in dict.fromkeys((evidence.article.url, evidence.article.canonical_url)):
        address = Signal("url", url[:1000])
        path = url.partition("://")[2].partition("?")[0]
        if m := _URL_DAY.search(path):
            moment = make(Moment(int(m[1]), int(m[3]), int(m[4])))
            if moment:
                yield Clue(moment, "published", "url", "url", 0.9 if m[2] == "/" else 0.7, address)
                return
        if m := _URL_MONTH.search(path):
            yield Clue(Moment(int(m[1]), int(m[2])), "published", "url", "url", 0.6, address)
            return


def _from_visible(evidence: Evidence, data: MetadataData, setting: Setting) -> Iterator[Clue]:
    for s in evidence.of("posted", "byline", "dateline", "line"):
        trust = {"posted": 0.85, "byline": 0.8, "dateline": 0.8}.get(s.source, 0.75)
        for moment, role in _labelled(s, data, setting):
            if role != "either" or s.source != "line" or s.context.startswith("head"):
                yield Clue(moment, role, s.source, "visible", trust if role != "either" else trust - 0.1, s)


def _labelled(signal: Signal, data: MetadataData, setting: Setting) -> Iterator[tuple[Moment, Role]]:
    """The line's dates with their roles; with two dates and an "updated", the later one is the update."""
    moments = list(read(signal.value, data.calendar, setting))[:4]
    role = role_of(signal.value, data)
    if role is None:
        return
    if not moments and role == "published" and setting.now:
        last = weekday_before(signal.value, data.calendar, setting.now)
        moments = [last] if last else []
    if role == "modified" and len(moments) > 1:
        ordered = sorted(moments, key=lambda m: m.date)
        yield ordered[0], "published"
        yield ordered[-1], "modified"
        return
    for moment in moments[:1]:
        yield moment, role
