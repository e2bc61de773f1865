"""Why a record says what it says: each described field with its winner and the losers, for `streams explain`.

It reads the finished record only, so that what it shows is what was published. It must not describe anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from streams.core.records import Article, Dated, Named, Signal

RIVAL = "rival:"  # a row of `sources` that tells a loser of a field without rivals of its own


@dataclass(frozen=True, slots=True)
class Row:
    """One field. `value` is as shown to people; `rivals` are the losers with where they came from."""

    field: str
    value: str
    source: str
    confidence: float
    rivals: tuple[Signal, ...] = ()


def account(article: Article) -> tuple[Row, ...]:
    """The rows of every field that describing fills, in the record's order; a field without a value says why."""
    sources = {field: (source, confidence) for field, source, confidence in article.sources if RIVAL not in field}
    rows = [
        _row("canonical_url", article.canonical_url, sources, _told_rivals(article, "canonical_url")),
        _row("headline", article.headline, sources, _alternatives(article)),
        _row("language", article.language or "", sources),
        _row("page_kind", article.page_kind or "", sources),
        _row("authors", ", ".join(a.name for a in article.authors), sources, _told_rivals(article, "authors")),
        _named("agency", article.agency),
        _named("publisher", article.publisher),
        _row("country", article.country or "", sources),
        _dated(
            "date_published",
            article.date_published,
            article.no_date_reason,
            _told_rivals(article, "date_published"),
        ),
        _dated("date_modified", article.date_modified, None),
        _row("section", article.section or "", sources),
        _row("keywords", ", ".join(article.keywords), sources),
        _row("wire_keys", " ".join(article.wire_keys), sources),
    ]
    return tuple(rows)


def _row(field: str, value: str, sources: dict[str, tuple[str, float]], rivals: tuple[Signal, ...] = ()) -> Row:
    source, confidence = sources.get(field, ("", 0.0))
    return Row(field, value, source, confidence, rivals)


def _named(field: str, named: Named | None) -> Row:
    return Row(field, named.value, named.source, named.confidence, named.rivals) if named else Row(field, "", "", 0.0)


def _dated(field: str, dated: Dated | None, reason: str | None, refused: tuple[Signal, ...] = ()) -> Row:
    if dated is None:
        return Row(field, "", reason or "", 0.0, refused)
    shown = f"{dated.value} ({dated.precision}{', ' + dated.timezone if dated.timezone else ''})"
    return Row(field, shown, dated.source, dated.confidence, dated.rivals)


def _alternatives(article: Article) -> tuple[Signal, ...]:
    return tuple(Signal("alternative", text) for text in article.alternative_headlines)


def _told_rivals(article: Article, field: str) -> tuple[Signal, ...]:
    told = (source for name, source, _ in article.sources if name == RIVAL + field)
    return tuple(Signal(source, value) for source, _, value in (t.partition("=") for t in told))
