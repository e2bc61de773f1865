"""The three steps: one message in, exactly one outcome out. They know topics by name only, and no Kafka."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol
from urllib.parse import urlsplit

from streams.core import codec, identity
from streams.core.errors import BadMessage
from streams.core.outcome import Drop, DropReason, Emit, Message, Outcome, Output, Reject, RejectReason, Tally
from streams.core.pages import check_time, raw_page
from streams.core.records import Article, ArticleRef, RawPage, RejectedCandidate, Versions, Withdrawal

Step = Callable[[Message], Outcome]

PAGES_RAW = "pages-raw"
ARTICLES_CLEAN = "articles-clean"
ARTICLES_DESCRIBED = "articles-described"
ARTICLES_ENRICHED = "articles-enriched"
WITHDRAWALS = "withdrawals"
WITHDRAWALS_REJECTED = "withdrawals-rejected"

#: Headers that a message hands on to whatever is made from it.
CARRIED = ("traceparent", "streams-received-at")


class Clean(Protocol):
    """A page -> an article's first part, or None where the page holds none. Raises BadMessage."""

    def __call__(self, page: RawPage) -> Article | None: ...


class Describe(Protocol):
    """Signals -> metadata; the reason where detection must not read it."""

    def __call__(self, article: Article) -> Article: ...


class Detect(Protocol):
    """An article with metadata -> its events and the candidates turned down."""

    def __call__(self, article: Article) -> tuple[tuple[Withdrawal, ...], tuple[RejectedCandidate, ...]]: ...


def clean_step(clean: Clean) -> Step:
    """pages-raw -> articles-clean, keyed by host."""

    def step(message: Message) -> Outcome:
        page = raw_page(message)
        if page.http_status >= 400:
            return Drop(DropReason.HTTP_STATUS)
        article = clean(page)
        if article is None:
            return Drop(DropReason.NO_TEXT)
        output = _output(ARTICLES_CLEAN, article.host, article, message, event_id=article.id, time=article.fetched_at)
        return Emit((output,), (Tally("clean_confidence", (), article.clean_confidence),))

    return _lawful(step)


def describe_step(describe: Describe, not_detected: frozenset[str]) -> Step:
    """articles-clean -> articles-described, keyed by article id; what carries no article is dropped."""

    def step(message: Message) -> Outcome:
        article = describe(codec.decode(message.value, Article))
        tallies = tuple(_field_tallies(article))
        if article.page_kind in not_detected:
            return Drop(DropReason.NOT_AN_ARTICLE, tallies)
        output = _output(ARTICLES_DESCRIBED, article.id, article, message, event_id=article.id, time=article.fetched_at)
        return Emit((output,), tallies)

    return _lawful(step)


def detect_step(detect: Detect, rules: str) -> Step:
    """articles-described -> articles-enriched, and one message an event and a refused candidate.

    `rules` is the version of the lexicons that decided, for the record.
    """

    def step(message: Message) -> Outcome:
        article = codec.decode(message.value, Article)
        events, refused = detect(article)
        enriched = replace(article, events=events, versions=replace(article.versions, rules=rules))
        outputs = [
            _output(ARTICLES_ENRICHED, article.id, enriched, message, event_id=article.id, time=article.fetched_at)
        ]
        reference = article_reference(article)
        for event in events:
            record = replace(event, article=reference)
            outputs.append(
                _output(WITHDRAWALS, event.event_id, record, message, event_id=event.event_id, time=article.fetched_at)
            )
        for candidate in refused:
            key = identity.digest("refused", article.id, candidate.rule, candidate.field, str(candidate.span))
            outputs.append(
                _output(WITHDRAWALS_REJECTED, key, candidate, message, event_id=key, time=article.fetched_at)
            )
        return Emit(tuple(outputs), tuple(_event_tallies(events, refused)))

    return _lawful(step)


def new_article(page: RawPage, canonical_url: str, text: str, versions: Versions) -> Article:
    """The article's identity, before anything else is known of it."""
    return Article(
        id=identity.article_id(canonical_url, text),
        url=page.url,
        canonical_url=canonical_url,
        host=(urlsplit(canonical_url).hostname or "").removeprefix("www."),
        fetched_at=page.fetched_at,
        headline="",
        text=text,
        text_sha256=identity.text_sha256(text),
        notices=(),
        removed=(),
        clean_confidence=0.0,
        versions=versions,
    )


def article_reference(article: Article) -> ArticleRef:
    """What an event says of the article it stands in."""
    return ArticleRef(
        url=article.canonical_url,
        headline=article.headline,
        publisher=article.publisher.value if article.publisher else None,
        agency=article.agency.value if article.agency else None,
        date_published=article.date_published,
        notices=tuple(dict.fromkeys(notice.kind for notice in article.notices)),
    )


def _lawful(step: Step) -> Step:
    """Bad data is an outcome, never an exception; a null value is a tombstone."""

    def lawful(message: Message) -> Outcome:
        if message.value is None:
            return Drop(DropReason.TOMBSTONE)
        try:
            return step(message)
        except BadMessage as error:
            return Reject(RejectReason(error.reason), error.detail)

    return lawful


#: ce_type and the agent whose name ends ce_source, a topic.
EVENT_TYPES = {
    ARTICLES_CLEAN: ("streams.article.cleaned", "clean"),
    ARTICLES_DESCRIBED: ("streams.article.described", "describe"),
    ARTICLES_ENRICHED: ("streams.article.enriched", "detect"),
    WITHDRAWALS: ("streams.withdrawal.detected", "detect"),
    WITHDRAWALS_REJECTED: ("streams.withdrawal.rejected", "detect"),
}


def _output(topic: str, key: str, record: object, cause: Message, *, event_id: str, time: str) -> Output:
    """A record with its headers: CloudEvents 1.0, binary mode of the Kafka protocol binding."""
    kind, agent = EVENT_TYPES[topic]
    headers = (
        ("ce_specversion", b"1.0"),
        ("ce_id", event_id.encode()),
        ("ce_source", f"/withdrawal-streams/{agent}".encode()),
        ("ce_type", kind.encode()),
        ("ce_time", check_time(time).isoformat().encode()),  # RFC 3339, which the feed's own spelling need not be
        ("content-type", b"application/json"),
    )
    return Output(topic, key.encode(), codec.encode(record), headers + _carried(cause))


def _carried(message: Message) -> tuple[tuple[str, bytes], ...]:
    carried = tuple((key, value) for key, value in message.headers if key in CARRIED and value is not None)
    if message.topic.endswith(PAGES_RAW) and message.header("streams-received-at") is None:
        carried += (("streams-received-at", str(message.timestamp).encode()),)
    return carried


def _field_tallies(article: Article) -> Iterable[Tally]:
    found = {
        "headline": article.headline,
        "language": article.language,
        "authors": article.authors,
        "agency": article.agency,
        "publisher": article.publisher,
        "date_published": article.date_published,
    }
    sources = {name: source for name, source, _ in article.sources}
    for field, value in found.items():
        source = sources.get(field, "found").partition(":")[0]  # the rest is no closed set
        yield Tally("fields_extracted", (field, source if value else "none"))


def _event_tallies(events: Iterable[Withdrawal], refused: Iterable[RejectedCandidate]) -> Iterable[Tally]:
    for event in events:
        yield Tally("withdrawals", (event.kind, event.stage))
    for candidate in refused:
        yield Tally("candidates_rejected", (candidate.reason,))
