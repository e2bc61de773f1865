"""What a page says about itself, recognised by wording: archived article, outdated browser, paywall and so on.

The wordings are data (config/lexicons/notices). A notice must begin its block, so that a sentence of the
article that speaks of cookies or corrections is never eaten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.core.cleaning.data import NoticeRule

_FOLDS = (
    ("’", "'"),
    ("‘", "'"),
    ("“", '"'),
    ("”", '"'),
    ("–", "-"),
    ("—", "-"),
    ("\N{NO-BREAK SPACE}", " "),
    ("\N{SOFT HYPHEN}", ""),
)
_LEAD = " \t*•·-|:>»!ⓘ⚠️[]()\"'_~#"
_FIRST = re.compile(r"[a-z]+|\d|[©&]")


class Notices:
    """Answers one question about one block of text; it knows nothing of pages."""

    def __init__(self, rules: Sequence[NoticeRule]) -> None:
        self.rules = tuple(rules)
        self.longest = max((rule.longest for rule in rules), default=0)

    def kind(self, text: str) -> str | None:
        """The kind of notice that this folded block is, or None. The first rule in the lexicon's order wins."""
        first = opening_of(text)
        fit = [first in rule.opens and any(need in text for need in rule.needs) for rule in self.rules]
        return self.kind_by(text, sum(yes << i for i, yes in enumerate(fit)))

    def kind_by(self, text: str, rules: int) -> str | None:
        """The same of those rules alone, a bit each, of which an opening word begins it and a need stands in it."""
        for i, rule in enumerate(self.rules):
            if rules >> i & 1 and len(text) <= rule.longest and rule.pattern.match(text):
                return rule.kind
        return None


def opening_of(text: str) -> str:
    """The word, digit or sign that a folded block begins with."""
    first = _FIRST.match(text)
    return first[0] if first else ""


def folded(text: str) -> str:
    """Lower case, straight quotes and hyphens, no leading ornament; `text` has single spaces already."""
    if text.isascii():
        return text.replace("\n", " ").lower().lstrip(_LEAD)
    for old, new in _FOLDS:
        text = text.replace(old, new)
    return lowered(text.replace("\n", " ")).lstrip(_LEAD)


def lowered(text: str) -> str:
    """Lower case letter by letter, so that a sigma's place in its word does not matter."""
    return text.lower().replace("ς", "σ")
