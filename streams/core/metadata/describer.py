"""Turns an article's signals into its metadata: the describe step's whole decision, one article at a time.

Pure: the same article gives the same record. It must not remember other pages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from streams.core.metadata.account import RIVAL
from streams.core.metadata.addresses import told_by
from streams.core.metadata.agency import agency
from streams.core.metadata.authors import Authors, authors
from streams.core.metadata.data import MetadataData
from streams.core.metadata.dates import Dates, resolve
from streams.core.metadata.day_order import month_first
from streams.core.metadata.evidence import gather
from streams.core.metadata.headline import Headlines, headlines
from streams.core.metadata.language import language_of
from streams.core.metadata.page_kind import Kind, page_kind
from streams.core.metadata.publisher import Country, country, publisher, site_names
from streams.core.metadata.reading import reading
from streams.core.metadata.spoken_dates import Setting
from streams.core.metadata.syndication import keys_of
from streams.core.metadata.topics import Keywords, is_stated, keywords, section
from streams.core.records import Article, Dated, Named, Signal


@dataclass(frozen=True, slots=True)
class _Found:
    """What each room found; `claimed` is the address that the page gives as its own."""

    claimed: str
    address: tuple[str, float]
    heads: Headlines
    language: str | None
    sure: float
    kind: Kind
    authors: Authors
    agency: Named | None
    publisher: Named | None
    country: Country
    dates: Dates
    section: Signal | None
    keywords: Keywords
    wire_keys: tuple[str, ...]


class Describer:
    """Holds what is built once from the data; safe to share between calls."""

    def __init__(self, data: MetadataData) -> None:
        self._reading = reading(data)

    def describe(self, article: Article) -> Article:
        """The article with its metadata filled, its sources and confidences told, and its signals spent."""
        found = self._find(article)
        published, filed = found.dates.published, found.section
        return replace(
            article,
            headline=found.heads.best.value,
            alternative_headlines=found.heads.alternatives,
            language=found.language,
            page_kind=found.kind.value,
            authors=found.authors.names,
            agency=found.agency,
            publisher=found.publisher,
            country=found.country.code,
            date_published=published,
            date_modified=found.dates.modified,
            no_date_reason=found.dates.reason,
            section=filed.value if filed else None,
            keywords=found.keywords.values,
            wire_keys=found.wire_keys,
            sources=_sources(found, from_text=bool(article.text)),
            signals=None,
        )

    def _find(self, article: Article) -> _Found:
        known, evidence = self._reading, gather(article)
        named = publisher(evidence, known.data)
        sites = site_names(evidence, named)
        filed = section(evidence)
        heads = headlines(evidence, sites, filed.value if filed and is_stated(filed) else "")
        claimed = evidence.first("html:lang", "meta:og:locale")
        language, sure = language_of(article.text, claimed, known.languages)
        land = country(evidence, known.data)
        written = authors(evidence, known, sites)
        setting = Setting(language, month_first(evidence, claimed, land, language), evidence.now)
        address = evidence.first("link:canonical")
        return _Found(
            claimed=address,
            address=told_by(address, article.url, article.canonical_url),
            heads=heads,
            language=language,
            sure=sure,
            kind=page_kind(evidence, heads.best.value, filed, known.phrases),
            authors=written,
            agency=agency(evidence, known.agencies, named.value if named else ""),
            publisher=named,
            country=land,
            dates=resolve(evidence, known.data, setting, signed=_signed(written)),
            section=filed,
            keywords=keywords(evidence),
            wire_keys=keys_of(article.text),
        )


def _sources(found: _Found, *, from_text: bool) -> tuple[tuple[str, str, float], ...]:
    """Where each field with a value came from and how sure it is; then the bylines that lost."""
    heads, kind, written, land = found.heads.best, found.kind, found.authors, found.country
    source, trust = found.address
    return (
        ("canonical_url", source, trust),
        *(
            (RIVAL + "canonical_url", f"link:canonical={found.claimed}", 0.0)
            for _ in found.claimed[:1]
            if source == "url"
        ),
        ("headline", heads.source, heads.confidence),
        *_told("language", found.language, "text" if from_text else "html:lang", found.sure),
        ("page_kind", kind.source, kind.confidence),
        *_told("authors", written.names, written.source, written.confidence),
        *((RIVAL + "authors", f"{r.source}={r.value}", 0.0) for r in written.rivals),
        *_of("agency", found.agency),
        *_of("publisher", found.publisher),
        *_told("country", land.code, land.source, land.confidence),
        *_of("date_published", found.dates.published),
        *((RIVAL + "date_published", f"{r.source}={r.value}", 0.0) for r in found.dates.refused),
        *_of("date_modified", found.dates.modified),
        *_told("section", found.section, found.section.source if found.section else "", 0.8),
        *_told("keywords", found.keywords.values, found.keywords.source, 0.8),
        *_told("wire_keys", found.wire_keys, "text", 1.0),
    )


def _signed(written: Authors) -> bool:
    """True where a person or a desk stands for the text, not the site alone."""
    return any(a.kind != "organization" for a in written.names)


def _told(field: str, value: object, source: str, confidence: float) -> tuple[tuple[str, str, float], ...]:
    return ((field, source, confidence),) if value else ()


def _of(field: str, told: Named | Dated | None) -> tuple[tuple[str, str, float], ...]:
    return ((field, told.source, told.confidence),) if told else ()
