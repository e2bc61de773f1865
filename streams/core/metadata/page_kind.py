"""What the page is: an article, or one of the things that look like one, by address, head, headline and text.

It must not call a short article an error page: walls and errors need their wording, and a text too short to contradict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from streams.core.metadata.addresses import ARCHIVES, host_of
from streams.core.metadata.evidence import WRITING, Evidence
from streams.core.metadata.page_phrases import Phrases
from streams.core.records import PageKind, Signal

# Kinds that carry no article for the detector: their "sentences" are other pages' headlines or the site's own notices.
NOT_DETECTED: frozenset[PageKind] = frozenset({"list", "gallery", "video", "error", "wall"})

_SHORT = 600  # characters: an error or wall page says less, an article that merely mentions one says more
_MAY_ARCHIVE = re.compile("archive|webcache")
_SENTENCE = 20  # characters; a menu's "Livestream" is no notice
_STOPS = (".", "!", "?", "…")
_LISTED = 6  # paragraphs
_DATED_ENTRIES = 8
_LONGEST_DATE = 40
_STUB = 350  # characters: a video or gallery page with less than this has no article beside it
_PATH_KINDS: tuple[tuple[PageKind, re.Pattern[str]], ...] = (
    ("live_blog", re.compile(r"/(?:live|live-blog|liveblog|live-updates|live-news|ticker|liveticker)(?:/|-|$)")),
    ("obituary", re.compile(r"/(?:obituar(?:y|ies)|nachrufe?|necrolog(?:ie|ia|io)s?|obituarios)(?:/|$)")),
    (
        "press_release",
        re.compile(
            r"/(?:press-?releases?|news-releases?|pressemitteilung(?:en)?|prnewswire|releases|comunicados?)(?:/|$)"
        ),
    ),
    (
        "opinion",
        re.compile(
            r"/(?:opinions?|commentisfree|op-ed|oped|editorials?|comment|columnists?|meinung|kommentare?|opinión|tribunes?|opinioni)(?:/|$)"
        ),
    ),
    (
        "gallery",
        re.compile(
            r"/(?:gallery|galleries|photos?|slideshows?|photo-gallery|pictures|fotostrecken?|diaporama|fotogaleria)(?:/|$)"
        ),
    ),
    ("video", re.compile(r"/(?:videos?|watch|clips?|mediathek)(?:/|$)")),
    (
        "list",
        re.compile(
            r"/(?:tags?|topics?|categor(?:y|ies)|search|archives?|authors?|sections?|thema|themen)/[^/]{0,80}/?$|/page/\d{1,5}/?$"
        ),
    ),
)
_ANY_PATH = re.compile("|".join(pattern.pattern for _, pattern in _PATH_KINDS))
_TOLD: tuple[PageKind, ...] = (
    "archive",
    "live_blog",
    "obituary",
    "press_release",
    "opinion",
    "gallery",
    "video",
)
_TYPE_KINDS: dict[str, PageKind] = {
    "LiveBlogPosting": "live_blog",
    "OpinionNewsArticle": "opinion",
    "CollectionPage": "list",
    "SearchResultsPage": "list",
    "ImageGallery": "gallery",
    "MediaGallery": "gallery",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind, the rule that told, and how sure it is."""

    value: PageKind
    source: str
    confidence: float


def page_kind(evidence: Evidence, headline: str, filed: Signal | None, phrases: Phrases) -> Kind:
    """Walls and errors first, for they say nothing of the article; then archives, then the page's own claims."""
    article = evidence.article
    short = len(article.text) < _SHORT
    headings = _headings(evidence, headline, filed)
    if short and (found := _by_phrase(article.text, headings, phrases, ("error", "wall"))):
        return found
    if _MAY_ARCHIVE.search(article.url) and host_of(article.url) in ARCHIVES:
        return Kind("archive", "url", 0.95)
    if any(n.kind == "live_blog" and len(n.text) >= _SENTENCE for n in article.notices):
        return Kind("live_blog", "notice", 0.9)
    if found := _by_type(evidence, len(article.text)):
        return found
    if found := _by_path(evidence, len(article.text)):
        return found
    if found := _by_phrase(article.text, headings, phrases, _TOLD):
        return found
    if _is_list(evidence):
        return Kind("list", "text", 0.6)
    return Kind("article", "default", 0.7 if evidence.of("meta:og:type") else 0.6)


def _headings(evidence: Evidence, headline: str, filed: Signal | None) -> list[tuple[str, str]]:
    """What stands for the page as a whole: headline, title, the line above the headline, the section."""
    before = {i for i, spot in evidence.near.items() if spot.place == "before"}
    above = [s for s in evidence.lines() if id(s) in before][-1:] if before else []
    headings = [("headline", headline), ("title", evidence.first("title"))]
    return headings + [("line", s.value) for s in above] + ([("section", filed.value)] if filed else [])


def _by_phrase(
    text: str, headings: list[tuple[str, str]], phrases: Phrases, kinds: tuple[PageKind, ...]
) -> Kind | None:
    for place, heading in headings:
        kind = phrases.of_heading(heading)
        if kind in kinds:
            return Kind(kind, f"phrase:{place}", 0.85)
    if len(text) < _SHORT and (kind := phrases.of_text(text)) in kinds:
        return Kind(kind, "phrase:text", 0.85)
    if (kind := phrases.of_opening(text)) in kinds:
        return Kind(kind, "phrase:opening", 0.85)
    return None


def _by_type(evidence: Evidence, size: int) -> Kind | None:
    types = evidence.types()
    for name, kind in _TYPE_KINDS.items():
        if name in types and not (kind in NOT_DETECTED and (size > _SHORT or types & {"NewsArticle", "Article"})):
            return Kind(kind, f"jsonld:{name}", 0.85)
    og = evidence.first("meta:og:type").casefold()
    if size < _STUB and og.startswith("video"):
        return Kind("video", "meta:og:type", 0.8)
    return None


def _by_path(evidence: Evidence, size: int) -> Kind | None:
    path = urlsplit(evidence.article.canonical_url or evidence.article.url).path.casefold()[:400]
    for kind, pattern in _PATH_KINDS if _ANY_PATH.search(path) else ():
        if pattern.search(path) and not (kind in NOT_DETECTED and size > _SHORT):
            return Kind(kind, "url", 0.75)
    return None


def _is_list(evidence: Evidence) -> bool:
    """Many paragraphs and no prose among them, or many dates on a page that does not claim to be an article."""
    paragraphs = evidence.article.text.split("\n\n")
    prose = any(len(p) >= _SENTENCE * 3 and p.rstrip("\"'”’)").endswith(_STOPS) for p in paragraphs)
    if len(paragraphs) >= _LISTED and not prose:
        return True
    if evidence.first("meta:og:type").casefold() == "article" or evidence.types() & WRITING:
        return False
    days = {s.value or s.context for s in evidence.of("time", "posted") if len(s.value) <= _LONGEST_DATE}
    return len(days) >= _DATED_ENTRIES and len(max(paragraphs, key=len)) < _STUB
