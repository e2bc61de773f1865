"""The typed values that travel between steps, named after schema.org's NewsArticle where it has a word.

Frozen, and free of behaviour beyond what their own fields say. `codec.py` puts them on the wire.
Every span is `[start, end)` in code points of the text (or headline) that it names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Precision = Literal["second", "minute", "day", "month", "year"]
Kind = Literal["treaty", "organization", "agreement", "talks", "coalition", "deployment", "market", "deal", "contest"]
Stage = Literal["considered", "announced", "notified", "effective", "reversed", "denied"]
Form = Literal["withdrawal", "unsigning", "denunciation", "suspension", "non_renewal", "termination"]
TextField = Literal["text", "headline"]
PageKind = Literal[
    "article",
    "live_blog",
    "list",
    "gallery",
    "video",
    "opinion",
    "press_release",
    "obituary",
    "archive",
    "error",
    "wall",
]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as it was fetched. `fetched_at` is RFC 3339; `content_type` as the server sent it."""

    url: str
    fetched_at: str
    content_type: str
    body: bytes
    http_status: int = 200


@dataclass(frozen=True, slots=True)
class Notice:
    """What the page says about itself: archived, outdated browser, paywall, correction and so on.

    `place` is where it stood: "before", "inside" or "after" the text.
    """

    kind: str
    text: str
    place: str = "before"


@dataclass(frozen=True, slots=True)
class Removed:
    """How many blocks of one label were taken out of the text."""

    label: str
    count: int


@dataclass(frozen=True, slots=True, init=False)
class Signal:
    """Something the HTML says that metadata may rest on, in document order.

    `source` is a closed vocabulary: "meta:NAME", "jsonld:PATH", "time", "link:REL", "title",
    "h1", "byline", "dateline", "credit", "posted", "url", "html:lang", "header:NAME", "line".
    `value` is cut at 1,000 characters; `context` is the element's own attributes or text near it.
    """

    source: str
    value: str
    context: str = ""

    def __init__(self, source: str, value: str, context: str = "") -> None:
        """As dataclasses would, in two thirds of the time: a page has a hundred."""
        _set_source(self, source)
        _set_value(self, value)
        _set_context(self, context)


_set_source, _set_value, _set_context = (getattr(Signal, name).__set__ for name in ("source", "value", "context"))


@dataclass(frozen=True, slots=True)
class Dated:
    """A resolved point in time. `value` is as precise as `precision` says, never more."""

    value: str
    precision: Precision
    timezone: str | None
    source: str
    confidence: float = 1.0
    rivals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A resolved name with where it came from, and what disagreed."""

    value: str
    source: str
    confidence: float = 1.0
    rivals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class Author:
    """A person or desk in the byline."""

    name: str
    kind: Literal["person", "desk", "organization"] = "person"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """Who leaves, or what is left. `text` is the slice `span` of the article's `field`.

    `names` are all names the article gives it, the canonical one first; `id` is ISO 3166-1
    alpha-3 for a state, our gazetteer's id for a known object, else None.
    """

    name: str
    id: str | None
    kind: str
    text: str
    span: Span
    field: TextField
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventDate:
    """When the act happened: `anchor` is the date it was resolved against, `rule` how, `text` the words."""

    value: str
    precision: Precision
    text: str
    anchor: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says so. `by` is None for the article itself."""

    by: str | None
    quoted: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """The very sentence, where it stands, the words that fired in it, and the rule.

    `trigger_span` counts from the start of the field, as `span` does.
    """

    sentence: str
    span: Span
    field: TextField
    trigger: str
    trigger_span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One withdrawal event, one (actor, object) an article: the record on topic `withdrawals`.

    `article` is filled when it is published beside its article.
    """

    event_id: str
    article_id: str
    actor: Party
    object: Party
    kind: Kind
    stage: Stage
    form: Form
    main: bool
    factuality: str
    claim: Claim
    date: EventDate | None
    effective: EventDate | None
    evidence: Evidence
    confidence: float
    xref: tuple[tuple[str, str], ...] = ()
    article: ArticleRef | None = None


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """What a reader of an event needs to know of its article."""

    url: str
    headline: str
    publisher: str | None
    agency: str | None
    date_published: Dated | None
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RejectedCandidate:
    """A candidate the detector turned down, and why (a closed set): topic `withdrawals-rejected`."""

    article_id: str
    reason: str
    sentence: str
    span: Span
    field: TextField
    trigger: str
    rule: str
    actor: str | None = None
    object: str | None = None


@dataclass(frozen=True, slots=True)
class Versions:
    """What made the record: the program, and the data files that decide (cleaning model, lexicons)."""

    program: str
    model: str = ""
    rules: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the body of the article."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A page's article; it grows along the way: `clean` fills the first part, `describe` and `detect` the rest.

    `text` is paragraphs joined by a blank line. `signals` travel from clean to describe only.
    """

    id: str
    url: str
    canonical_url: str
    host: str
    fetched_at: str
    headline: str
    text: str
    text_sha256: str
    notices: tuple[Notice, ...]
    removed: tuple[Removed, ...]
    clean_confidence: float
    versions: Versions
    captions: tuple[str, ...] = ()
    standfirst: str | None = None
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    links: tuple[Link, ...] = ()
    signals: tuple[Signal, ...] | None = None
    # describe
    alternative_headlines: tuple[str, ...] = ()
    language: str | None = None
    page_kind: PageKind | None = None
    authors: tuple[Author, ...] = ()
    agency: Named | None = None
    publisher: Named | None = None
    country: str | None = None
    date_published: Dated | None = None
    date_modified: Dated | None = None
    no_date_reason: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    sources: tuple[tuple[str, str, float], ...] = ()
    wire_keys: tuple[str, ...] = ()
    # detect
    events: tuple[Withdrawal, ...] | None = None
