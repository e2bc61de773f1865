"""Articles for tests, from as little as a list of signals."""

from __future__ import annotations

from collections.abc import Iterable

from streams.core.metadata.addresses import host_of
from streams.core.records import Article, Notice, Signal, Versions

TEXT = "Russia said on Wednesday that it would leave the court in The Hague, which it had never joined."


def article(
    signals: Iterable[tuple[str, str, str]] = (),
    *,
    url: str = "https://kolm.example/news/russia-quits-court",
    text: str = TEXT,
    fetched_at: str = "2026-01-01T00:00:00Z",
    headline: str = "",
    notices: tuple[Notice, ...] = (),
) -> Article:
    return Article(
        id="a",
        url=url,
        canonical_url=url,
        host=host_of(url),
        fetched_at=fetched_at,
        headline=headline,
        text=text,
        text_sha256="",
        notices=notices,
        removed=(),
        clean_confidence=1.0,
        versions=Versions("test"),
        signals=tuple(Signal(*s) for s in signals),
    )
