"""The section and keywords that the page files itself under. It must not invent any from the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from streams.core.metadata.evidence import Evidence
from streams.core.records import Signal

MOST_KEYWORDS = 30
KEYWORDS = (
    "meta:article:tag",
    "meta:news_keywords",
    "meta:keywords",
    "meta:parsely-tags",
    "meta:sailthru.tags",
    "meta:itemprop:keywords",
)
SECTIONS = (
    "meta:article:section",
    "meta:parsely-section",
    "meta:section",
    "meta:itemprop:articlesection",
    "meta:og:article:section",
)
_HOME = ("home", "start", "accueil", "inicio", "startseite", "home page")
_SPLIT = re.compile(r"\s?[,;|]\s?")


@dataclass(frozen=True, slots=True)
class Keywords:
    """The words, and the source of the first."""

    values: tuple[str, ...]
    source: str


def keywords(evidence: Evidence) -> Keywords:
    """The keywords, each once in the order given."""
    found: dict[str, str] = {}
    source = ""
    for s in (*evidence.written("keywords"), *evidence.of(*KEYWORDS)):
        for part in _SPLIT.split(s.value.strip("[]")):
            word = " ".join(part.strip(" \"'#").split())
            if 1 < len(word) <= 60 and len(found) < MOST_KEYWORDS and word.casefold() not in found:
                found[word.casefold()] = word
                source = source or s.source
    return Keywords(tuple(found.values()), source)


def is_stated(filed: Signal) -> bool:
    """False for a step of a breadcrumb, whose last is often the page itself."""
    return "readcrumb" not in filed.source


def section(evidence: Evidence) -> Signal | None:
    """The article's section, else the last step but the page itself of its breadcrumb."""
    for s in (*evidence.written("articleSection"), *evidence.of(*SECTIONS)):
        if 1 < len(s.value) <= 80 and not s.value.isdigit():
            return s
    crumbs = [s for s in evidence.of("breadcrumb") if 1 < len(s.value) <= 60]
    crumbs = crumbs or [s for kind, s in evidence.jsonld.get("itemListElement.name", ()) if kind == "BreadcrumbList"]
    title = evidence.first("h1").casefold()
    steps = [s for s in crumbs if s.value.casefold() not in (title, *_HOME) and len(s.value) <= 60]
    return steps[-1] if steps else None
