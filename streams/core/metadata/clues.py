"""What a page's head and address say about its dates, each saying with its rule and how far that is to be trusted.

It must not choose between them, `dates.py` does, nor read what is shown to people: `shown.py` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from streams.core.metadata.data import MetadataData
from streams.core.metadata.evidence import WRITING, Evidence
from streams.core.metadata.moments import Moment, make
from streams.core.metadata.spoken_dates import Setting, read, written
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
    ("meta:itemprop:datepublished", 0.8),
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
    ("meta:dc.date", 0.8),
    ("meta:dcterms.date", 0.85),
    ("meta:date", 0.88),
    ("meta:displaydate", 0.9),
    ("meta:govuk:first-published-at", 0.94),
    ("meta:govuk:public-updated-at", 0.7),
    ("meta:rnews:datepublished", 0.92),
    ("meta:bt:pubdate", 0.92),
    ("meta:originalpublicationdate", 0.92),
    ("meta:dc.date.created", 0.85),
    ("meta:dcterms.created", 0.8),
)
_MODIFIED_METAS: tuple[tuple[str, float], ...] = (
    ("meta:article:modified_time", 0.85),
    ("meta:og:article:modified_time", 0.85),
    ("meta:og:updated_time", 0.85),
    ("meta:og:modified_time", 0.85),
    ("meta:article:updated_time", 0.85),
    ("meta:itemprop:datemodified", 0.85),
    ("meta:datemodified", 0.85),
    ("meta:last-modified", 0.85),
    ("meta:last-updated", 0.85),
    ("meta:lastmod", 0.85),
    ("meta:dc.date.modified", 0.85),
    ("meta:dcterms.modified", 0.85),
    ("meta:updated", 0.85),
    ("meta:govuk:updated-at", 0.85),
    ("meta:http-equiv:last-modified", 0.85),
    ("meta:shareaholic:article_modified_time", 0.85),
)
METAS: dict[str, tuple[Role, float]] = {
    **{name: ("published", trust) for name, trust in _PUBLISHED_METAS},
    **{name: ("modified", trust) for name, trust in _MODIFIED_METAS},
}
_RANK = {source: rank for rank, source in enumerate(METAS)}
# "" stands for any other type of written piece
JSONLD_PUBLISHED = {"NewsArticle": 0.93, "WebPage": 0.6, "": 0.78}
JSONLD: tuple[tuple[str, Role, dict[str, float]], ...] = (
    ("datePublished", "published", JSONLD_PUBLISHED),
    ("dateCreated", "published", {"": 0.6}),
    ("uploadDate", "published", {"VideoObject": 0.6}),
    ("dateModified", "modified", {"WebPage": 0.8, "": 0.9}),
)
URL_DAY, _URL_DAY_UNSURE, URL_MONTH = 0.92, 0.7, 0.6
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})([/_-]?)(\d{2})\2(\d{2})(?!\d)")
_URL_NAMED_DAY = re.compile(r"/((?:19|20)\d{2})/([a-z]{3,9})/(\d{1,2})/")  # the Guardian's 2016/nov/16
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})[/-](0[1-9]|1[0-2])/")


def clues(evidence: Evidence, data: MetadataData, setting: Setting) -> Iterator[Clue]:
    """All of them, in no order of worth."""
    yield from _from_jsonld(evidence, data, setting)
    yield from _from_metas(evidence, data, setting)
    yield from _from_url(evidence, data)


def _parsed(text: str, data: MetadataData, setting: Setting) -> Moment | None:
    """A value meant for programs, or a date in words where a program wrote one."""
    return written(text, setting) or next(iter(read(text, data.calendar, setting)), None)


def _from_jsonld(evidence: Evidence, data: MetadataData, setting: Setting) -> Iterator[Clue]:
    for path, role, trust in JSONLD:
        for kind, s in evidence.jsonld.get(path, ()):
            worth = trust.get(kind, trust.get("") if kind in WRITING else None)
            if worth and (moment := _parsed(s.value, data, setting)):
                yield Clue(moment, role, f"jsonld:{kind}.{path}", "jsonld", worth, s)


def _from_metas(evidence: Evidence, data: MetadataData, setting: Setting) -> Iterator[Clue]:
    for source in sorted(METAS.keys() & evidence.by_source.keys(), key=_RANK.__getitem__):
        role, trust = METAS[source]
        for s in evidence.by_source[source]:
            if moment := _parsed(s.value, data, setting):
                yield Clue(moment, role, source, "meta", trust, s)


def _from_url(evidence: Evidence, data: MetadataData) -> Iterator[Clue]:
    for url in dict.fromkeys((evidence.article.url, evidence.article.canonical_url)):
        path = url[:2000].rpartition("://")[2].partition("?")[0][:1000]  # in an archive's address, of the page kept
        if found := _in_path(path, data):
            yield Clue(found[0], "published", "url", "url", found[1], Signal("url", url[:1000]))
            return


def _in_path(path: str, data: MetadataData) -> tuple[Moment, float] | None:
    """The day or month in a path, with its trust."""
    if (m := _URL_DAY.search(path)) and (day := make(Moment(int(m[1]), int(m[3]), int(m[4])))):
        return day, URL_DAY if m[2] == "/" else _URL_DAY_UNSURE
    m = _URL_NAMED_DAY.search(path)
    month = data.calendar.shared_months.get(m[2]) if m else None
    if m and month and (day := make(Moment(int(m[1]), month, int(m[3])))):
        return day, URL_DAY
    if m := _URL_MONTH.search(path):
        return Moment(int(m[1]), int(m[2])), URL_MONTH
    return None
