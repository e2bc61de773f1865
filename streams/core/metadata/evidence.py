"""An article's signals, grouped by where they came from, so that every rule asks for them by name.

It must not judge them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from streams.core.metadata.addresses import publishing_host
from streams.core.metadata.layout import VISIBLE, Layout, Place, Spot, around_headline
from streams.core.metadata.moments import parse_instant
from streams.core.records import Article, Signal

# schema.org's types of a page that carries one piece of writing; Yoast and others describe every page as a WebPage.
WRITING = frozenset(
    [
        "Article",
        "NewsArticle",
        "BlogPosting",
        "Report",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "LiveBlogPosting",
        "BackgroundNewsArticle",
        "OpinionNewsArticle",
        "ReviewNewsArticle",
        "AdvertiserContentArticle",
        "TechArticle",
        "ScholarlyArticle",
        "MedicalWebPage",
        "MedicalScholarlyArticle",
        "SocialMediaPosting",
        "DiscussionForumPosting",
        "SatiricalArticle",
        "AskPublicNewsArticle",
        "CreativeWork",
        "Review",
        "Recipe",
        "HowTo",
        "NewsItem",
        "PressRelease",
        "VideoObject",
    ]
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """`by_source` keeps document order; `jsonld` is keyed by path without the type, with (type, signal) pairs.

    `host` is the publishing site's, not a web archive's.

    `near` has the visible signals around the headline, by identity;
    `before` the visible signal in front of each, since a label often has an element of its own.
    """

    article: Article
    host: str
    by_source: dict[str, list[Signal]]
    jsonld: dict[str, list[tuple[str, Signal]]]
    now: datetime | None
    near: dict[int, Spot]
    before: dict[int, Signal]

    def order(self, signal: Signal) -> int:
        """The signal's place among those near the headline, in document order."""
        spot = self.near.get(id(signal))
        return spot.order if spot else 0

    def distance(self, signal: Signal) -> int:
        """How many visible signals lie between the headline and this one; 99 where it stands elsewhere."""
        spot = self.near.get(id(signal))
        return spot.distance if spot else 99

    def place(self, signal: Signal) -> Place | None:
        """Where the signal stands beside the headline; None where it stands elsewhere."""
        spot = self.near.get(id(signal))
        return spot.place if spot else None

    def below(self, signal: Signal, farthest: int) -> bool:
        """True where the signal stands after the headline and no farther."""
        spot = self.near.get(id(signal))
        return spot is not None and spot.place == "after" and spot.distance <= farthest

    def lines(self) -> Sequence[Signal]:
        """The visible lines, in document order."""
        return self.by_source.get("line", ())

    def of(self, *sources: str) -> Sequence[Signal]:
        """The signals of these sources, in the order the sources are named."""
        groups = [self.by_source[source] for source in sources if source in self.by_source]
        return groups[0] if len(groups) == 1 else [s for group in groups for s in group]

    def first(self, *sources: str) -> str:
        """The first value that is not empty, else an empty string."""
        for source in sources:
            for s in self.by_source.get(source, ()):
                if s.value:
                    return s.value
        return ""

    def written(self, *paths: str) -> list[Signal]:
        """JSON-LD values at these paths of an article's or posting's own description."""
        return [s for path in paths for kind, s in self.jsonld.get(path, ()) if kind in WRITING]

    def types(self) -> frozenset[str]:
        """The JSON-LD types of the page's top-level things."""
        return frozenset(s.value for _, s in self.jsonld.get("@type", ()))


def gather(article: Article) -> Evidence:
    """Groups the signals; an article without any gives empty groups."""
    by_source: dict[str, list[Signal]] = {}
    jsonld: dict[str, list[tuple[str, Signal]]] = {}
    visible: list[tuple[int, Signal]] = []
    heads: list[tuple[int, Signal]] = []
    for i, signal in enumerate(article.signals or ()):
        source = signal.source
        if source in VISIBLE:
            visible.append((i, signal))
        elif source == "h1":
            heads.append((i, signal))
        elif source.startswith("jsonld:"):
            kind, _, path = source[7:].partition(".")
            jsonld.setdefault(path, []).append((kind, signal))
            continue
        if source in by_source:
            by_source[source].append(signal)
        else:
            by_source[source] = [signal]
    titles = [s.value for source in ("title", "meta:og:title") for s in by_source.get(source, ())]
    layout = Layout(visible, heads, " ".join((*titles, article.headline)).casefold())
    shown = [s for _, s in visible]
    before = dict(zip(map(id, shown[1:]), shown, strict=False))
    host, now = publishing_host(article.url, article.host), parse_instant(article.fetched_at)
    return Evidence(article, host, by_source, jsonld, now, around_headline(layout), before)
