"""The whole pipeline over one page in this process: the same steps and records as on Kafka, no Kafka.

Used by `scan` and `explain`; it must not print.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson

from streams import __version__
from streams.core import codec
from streams.core.outcome import Drop, Emit, Message, Reject
from streams.core.pages import ExtractedArticle, page_headers
from streams.core.records import Article, Dated, RawPage, Versions
from streams.core.steps import ARTICLES_ENRICHED, PAGES_RAW, new_article
from streams.pipeline import Steps, build_detecting, build_steps

CHAIN = ("clean", "describe", "detect")


@dataclass(slots=True)
class Account:
    """What happened to the inputs; `read` equals the sum of the rest."""

    read: int = 0
    articles: int = 0
    events: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)

    @property
    def adds_up(self) -> bool:
        return self.read == self.articles + self.dropped.total() + self.rejected.total()


@dataclass(frozen=True, slots=True)
class Scanned:
    """One input's end: the enriched article as JSON-able data, or the outcome that ended it."""

    article: dict[str, Any] | None
    ended: Drop | Reject | None
    agent: str


def page_message(page: RawPage) -> Message:
    """The page as `load` would put it on pages-raw."""
    return Message(PAGES_RAW, None, page.body, page_headers(page))


def steps_for_scan(folder: Path) -> Steps:
    """All steps, built once. Raises CatalogueError."""
    return build_steps(folder, CHAIN)


def scan_message(steps: Steps, message: Message, account: Account) -> Scanned:
    """Run one message through all steps and count its end."""
    account.read += 1
    for agent in CHAIN:
        outcome = steps[agent](message)
        if isinstance(outcome, Emit):
            output = outcome.outputs[0]
            message = Message(output.topic, output.key, output.value, output.headers)
            continue
        counter = account.dropped if isinstance(outcome, Drop) else account.rejected
        counter[str(outcome.reason)] += 1
        return Scanned(None, outcome, agent)
    account.articles += 1
    article: dict[str, Any] = orjson.loads(message.value or b"")
    account.events += len(article["events"])
    return Scanned(article, None, message.topic.removeprefix(ARTICLES_ENRICHED) or CHAIN[-1])


def scan_article(detect: Any, extracted: ExtractedArticle, account: Account) -> dict[str, Any]:
    """Detection only; `id` stays as it was given."""
    account.read += 1
    article = as_article(extracted)
    events, _ = detect(article)
    account.articles += 1
    account.events += len(events)
    data: dict[str, Any] = orjson.loads(codec.encode(article))
    data["versions"]["rules"] = detect.rules
    data["events"] = orjson.loads(codec.encode(events))
    return data


def detect_for_scan(folder: Path) -> Any:
    """The detector, built once. Raises CatalogueError."""
    return build_detecting(folder)


def as_article(extracted: ExtractedArticle) -> Article:
    """An article with the date that its giver says."""
    page = RawPage(extracted.url, "", "", b"")  # when it was fetched, nobody says
    bare = new_article(page, extracted.url, extracted.text, Versions(__version__))
    published = extracted.published
    dated = Dated(published, "day" if len(published) <= 10 else "second", None, "input") if published else None
    return replace(bare, id=extracted.id, headline=extracted.title, date_published=dated, clean_confidence=1.0)
