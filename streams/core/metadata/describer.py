"""Turns an article's signals into its metadata: the describe step's whole decision, one article at a time.

Pure: the same article gives the same record. It must not remember other pages: `syndication.py` does, beside it.
"""

from __future__ import annotations

from dataclasses import replace

from streams.core.metadata.agency import agency
from streams.core.metadata.authors import authors
from streams.core.metadata.data import MetadataData
from streams.core.metadata.dates import Dates, resolve
from streams.core.metadata.evidence import Evidence, gather
from streams.core.metadata.headline import headlines
from streams.core.metadata.language import language_of
from streams.core.metadata.page_kind import page_kind
from streams.core.metadata.publisher import country, publisher, site_names
from streams.core.metadata.reading import reading
from streams.core.metadata.spoken_dates import Setting
from streams.core.metadata.topics import keywords, section
from streams.core.records import Article, Named

_MONTH_FIRST = frozenset({"USA", "PHL", "CAN"})  # where 11/16/2016 is printed; Canada prints both


class Describer:
    """Holds what is built once from the data; safe to share between calls."""

    def __init__(self, data: MetadataData) -> None:
        self._reading = reading(data)

    def describe(self, article: Article) -> Article:
        """The article with its metadata filled, its sources and confidences told, and its signals spent."""
        known, evidence = self._reading, gather(article)
        data = known.data
        named = publisher(evidence, data)
        sites = site_names(evidence, named)
        heads = headlines(evidence, sites)
        language, language_confidence = language_of(
            article.text, evidence.first("html:lang", "meta:og:locale"), known.languages
        )
        land = country(evidence, data)
        written = authors(evidence, known, sites)
        dates = resolve(evidence, data, _setting(evidence, language, land), signed=bool(written.names))
        wire = agency(evidence, known.agencies)
        kind = page_kind(evidence, heads.best.value, known.phrases)
        words, words_source = keywords(evidence)
        filed = section(evidence)
        sources = [
            ("headline", heads.best.source, heads.best.confidence),
            ("language", "text" if article.text else "html:lang", language_confidence),
            ("page_kind", kind.source, kind.confidence),
            *_told("publisher", named),
            *_told("agency", wire),
            *_dated(dates),
        ]
        if written.names:
            sources.append(("authors", written.source, written.confidence))
        if words:
            sources.append(("keywords", words_source, 0.8))
        if filed:
            sources.append(("section", filed.source, 0.8))
        return replace(
            article,
            headline=heads.best.value,
            alternative_headlines=heads.alternatives,
            language=language,
            page_kind=kind.value,
            authors=written.names,
            agency=wire,
            publisher=named,
            country=land,
            date_published=dates.published,
            date_modified=dates.modified,
            no_date_reason=dates.reason,
            section=filed.value if filed else None,
            keywords=words,
            sources=tuple(sources),
            signals=None,
        )


def _told(field: str, named: Named | None) -> list[tuple[str, str, float]]:
    return [(field, named.source, named.confidence)] if named else []


def _dated(dates: Dates) -> list[tuple[str, str, float]]:
    pairs = (("date_published", dates.published), ("date_modified", dates.modified))
    return [(field, d.source, d.confidence) for field, d in pairs if d]


def _setting(evidence: Evidence, language: str | None, land: str | None) -> Setting:
    """Months come first where the page's country prints them so; an English page of no known country is taken for one."""
    tag = evidence.first("html:lang", "meta:og:locale").replace("_", "-").casefold()
    region = tag.partition("-")[2].partition("-")[0]
    if region and len(region) == 2:
        first = region in ("us", "ph")
    else:
        first = land in _MONTH_FIRST if land else language in ("en", None)
    return Setting(language, first, evidence.now)
