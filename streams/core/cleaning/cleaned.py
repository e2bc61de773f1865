"""What cleaning says of a page. Values only: nothing here decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from streams.core.records import Link, Notice, Removed, Signal

Label = Literal[
    "text", "headline", "standfirst", "byline", "date", "notice", "caption", "table", "navigation", "weather",
    "closings", "share", "related", "legal", "comments", "promo", "advertisement", "tags", "hidden", "other",
    "unread",
]  # fmt: skip
#: What the text was told from the rest by: see docs/cleaning.md.
Source = Literal["classifier", "second_opinion", "text_only", "stripped"]
#: Every label that a block, and so an entry of `removed`, may carry.
LABELS: tuple[str, ...] = get_args(Label)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text between block tags, or a line of a text-only page, in page order; for `explain`.

    `confidence` is how sure the decision is, from .5 to 1; `why` names the rule or the classifier.
    """

    text: str
    label: Label
    kept: bool
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page's article. An empty `text` says that the page holds none.

    `text` is paragraphs joined by a blank line. `confidence` is the expected shingle F1 of `text`
    against what a person would mark as the article, from 0 to 1 (docs/cleaning.md tells how it was fitted).
    """

    headline: str
    canonical_url: str
    text: str
    notices: tuple[Notice, ...]
    removed: tuple[Removed, ...]
    confidence: float
    captions: tuple[str, ...] = ()
    standfirst: str | None = None
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    links: tuple[Link, ...] = ()
    signals: tuple[Signal, ...] = ()
    blocks: tuple[Block, ...] = ()
    source: Source = "classifier"
