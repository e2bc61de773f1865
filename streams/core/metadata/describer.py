"""Turns an article's signals into its metadata: the describe step's whole decision, one article at a time.

Pure: the same article gives the same record. It must not remember other pages: `syndication.py` does, beside it.
"""

from __future__ import annotations

from dataclasses import replace

from streams.core.metadata.account import RIVAL
from streams.core.metadata.agency import agency
from streams.core.metadata.authors import authors
from streams.core.metadata.data import MetadataData
from streams.core.metadata.dates import resolve
from streams.core.metadata.evidence import gather
from streams.core.metadata.headline import headlines
from streams.core.metadata.language import language_of
from streams.core.metadata.page_kind import page_kind
from streams.core.metadata.publisher import Country, country, publisher, site_names
from streams.core.metadata.reading import reading
from streams.core.metadata.spoken_dates import Setting
from streams.core.metadata.syndication import print_of
from streams.core.metadata.topics import keywords, section
from streams.core.records import Article, Dated

# where 11/16/2016 is printed; Canada prints both
_MONTH_FIRST = frozenset({"USA", "PHL", "CAN"})
_MONTH_FIRST_REGIONS = frozenset({"us", "ph"})


class Describer:
    """Holds what is built once from the data; safe to share between calls."""

    def __init__(self, data: MetadataData) -> None:
        self._reading = reading(data)

    def describe(self, article: Article) -> Article:
        """The article with its metadata filled, its sources and confidences told, and its signals spent."""
        known, evidence = self._reading, gather(article)
        named = publisher(evidence, known.data)
        sites = site_names(evidence, named)
        heads = headlines(evidence, sites)
        claimed = evidence.first("html:lang", "meta:og:locale")
        language, sure = language_of(article.text, claimed, known.languages)
        land = country(evidence, known.data)
        written = authors(evidence, known, sites)
        setting = Setting(language, months_first(claimed, land, language), evidence.now)
        dates = resolve(evidence, known.data, setting, signed=bool(written.names))
        wire = agency(evidence, known.agencies, named.value if named else "")
        kind = page_kind(evidence, heads.best.value, known.phrases)
        words, filed = keywords(evidence), section(evidence)
        copied = print_of(article.text)
        return replace(
            article,
            headline=heads.best.value,
            alternative_headlines=heads.alternatives,
            language=language,
            page_kind=kind.value,
            authors=written.names,
            agency=wire,
            publisher=named,
            country=land.code,
            date_published=dates.published,
            date_modified=dates.modified,
            no_date_reason=dates.reason,
            section=filed.value if filed else None,
            keywords=words.values,
            wire_cluster=str(copied) if copied else None,
            sources=(
                ("headline", heads.best.source, heads.best.confidence),
                *_told("language", language, "text" if article.text else "html:lang", sure),
                ("page_kind", kind.source, kind.confidence),
                *_told("authors", written.names, written.source, written.confidence),
                *((RIVAL + "authors", f"{r.source}={r.value}", 0.0) for r in written.rivals),
                *_told("agency", wire, wire.source if wire else "", wire.confidence if wire else 0.0),
                *_told("publisher", named, named.source if named else "", named.confidence if named else 0.0),
                *_told("country", land.code, land.source, land.confidence),
                *_dated("date_published", dates.published),
                *_dated("date_modified", dates.modified),
                *_told("section", filed, filed.source if filed else "", 0.8),
                *_told("keywords", words.values, words.source, 0.8),
                *_told("wire_cluster", copied, "text", 1.0),
            ),
            signals=None,
        )


def _told(field: str, value: object, source: str, confidence: float) -> tuple[tuple[str, str, float], ...]:
    return ((field, source, confidence),) if value else ()


def _dated(field: str, dated: Dated | None) -> tuple[tuple[str, str, float], ...]:
    return ((field, dated.source, dated.confidence),) if dated else ()


def months_first(claimed: str, land: Country, language: str | None) -> bool:
    """Whether 3/4/2016 is 4 March: by the page's own region, else its publisher's country, else where it is English."""
    region = claimed.replace("_", "-").casefold().partition("-")[2].partition("-")[0]
    if len(region) == 2:
        return region in _MONTH_FIRST_REGIONS
    return land.code in _MONTH_FIRST if land.code else language in ("en", None)
