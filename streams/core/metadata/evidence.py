"""An article's signals, grouped by where they came from, so that every rule asks for them by name.

It must not judge them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from streams.core.metadata.moments import parse_instant
from streams.core.records import Article, Signal

# schema.org's types of a page that carries one piece of writing; Yoast and others describe every page as a WebPage.
WRITING = frozenset(
    {
        "Article", "NewsArticle", "BlogPosting", "Report", "ReportageNewsArticle", "AnalysisNewsArticle", "LiveBlogPosting",
        "BackgroundNewsArticle", "OpinionNewsArticle", "ReviewNewsArticle", "AdvertiserContentArticle", "TechArticle",
        "ScholarlyArticle", "MedicalWebPage", "MedicalScholarlyArticle", "SocialMediaPosting", "DiscussionForumPosting",
        "SatiricalArticle", "AskPublicNewsArticle", "CreativeWork", "Review", "Recipe", "HowTo", "NewsItem", "PressRelease",
        "VideoObject",
    }
)  # fmt: skip
PAGES = frozenset({"WebPage", "ItemPage", "AboutPage", "FAQPage", "QAPage", "CollectionPage", "ProfilePage"})

Place = Literal["before", "after"]
_ELEMENTS = frozenset({"time", "posted", "byline"})
_LINES = frozenset({"line", "dateline"})
_BEFORE, _AFTER = 3, 8  # signals; a date further off belonged to another story on the pages looked at


@dataclass(frozen=True, slots=True)
class Evidence:
    """`by_source` keeps document order; `jsonld` is keyed by path without the type, with (type, signal) pairs.

    `near` has the visible signals around the headline, by identity: on which side, and their place in document order.
    """

    article: Article
    by_source: dict[str, list[Signal]]
    jsonld: dict[str, list[tuple[str, Signal]]]
    now: datetime | None
    near: dict[int, tuple[Place, int]]

    def order(self, signal: Signal) -> int:
        """The signal's place among those near the headline, in document order."""
        return self.near.get(id(signal), ("after", 0))[1]

    def place(self, signal: Signal) -> Place | None:
        """Where the signal stands beside the headline; None where it stands elsewhere."""
        return self.near.get(id(signal), (None, 0))[0]

    def of(self, *sources: str) -> Iterator[Signal]:
        """The signals of these sources, in the order the sources are named."""
        for source in sources:
            yield from self.by_source.get(source, ())

    def first(self, *sources: str) -> str:
        """The first value that is not empty, else an empty string."""
        return next((s.value for s in self.of(*sources) if s.value), "")

    def written(self, *paths: str) -> Iterator[Signal]:
        """JSON-LD values at these paths of an article's or posting's own description."""
        for path in paths:
            yield from (s for kind, s in self.jsonld.get(path, ()) if kind in WRITING)

    def paged(self, *paths: str) -> Iterator[Signal]:
        """JSON-LD values at these paths of a mere page's description."""
        for path in paths:
            yield from (s for kind, s in self.jsonld.get(path, ()) if kind in PAGES)

    def types(self) -> frozenset[str]:
        """The JSON-LD types of the page's top-level things."""
        return frozenset(s.value for _, s in self.jsonld.get("@type", ()))


def gather(article: Article) -> Evidence:
    """Groups the signals; an article without any gives empty groups."""
    by_source: dict[str, list[Signal]] = {}
    jsonld: dict[str, list[tuple[str, Signal]]] = {}
    for signal in article.signals or ():
        if signal.source.startswith("jsonld:"):
            kind, _, path = signal.source[7:].partition(".")
            jsonld.setdefault(path, []).append((kind, signal))
        else:
            by_source.setdefault(signal.source, []).append(signal)
    return Evidence(article, by_source, jsonld, parse_instant(article.fetched_at), _around_headline(article))


def _around_headline(article: Article) -> dict[int, tuple[Place, int]]:
    """Of the visible signals, the last few before the headline and the first few after it, elements and lines apart."""
    signals = article.signals or ()
    main = _headline_at(signals)
    near: dict[int, tuple[Place, int]] = {}
    for sources in (_ELEMENTS, _LINES):
        own = [(i, s) for i, s in enumerate(signals) if s.source in sources and _own(s)]
        before = [(i, s) for i, s in own if i < (main or 0)]
        near.update((id(s), ("before", i)) for i, s in before[-_BEFORE:])
        near.update((id(s), ("after", i)) for i, s in own[len(before) : len(before) + _AFTER])
    return near


def _headline_at(signals: tuple[Signal, ...]) -> int | None:
    """The place of the longest h1 that the page's title holds, else of such a line, else of the first h1."""
    titles = " ".join(s.value for s in signals if s.source in ("title", "meta:og:title")).casefold()
    for source in ("h1", "line"):
        places = [
            i
            for i, s in enumerate(signals)
            if s.source == source and len(s.value) > 12 and s.value.casefold() in titles
        ]
        if places:
            return max(places, key=lambda i: (len(signals[i].value), -i))
    return next((i for i, s in enumerate(signals) if s.source == "h1"), None)


def _own(signal: Signal) -> bool:
    """False for specks, and what stands in a box of its own as the cleaner marks it: comments, related stories, side bars."""
    return " in:" not in signal.context and (signal.source != "line" or len(signal.value) > 5)


def _main_h1(signals: tuple[Signal, ...]) -> int | None:
    """The place of the first h1 that the page's title holds, else of the first h1."""
    titles = " ".join(s.value for s in signals if s.source in ("title", "meta:og:title")).casefold()
    places = [i for i, s in enumerate(signals) if s.source == "h1" and len(s.value) > 3]
    return next((i for i in places if signals[i].value.casefold() in titles), places[0] if places else None)
