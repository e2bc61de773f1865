"""What a page says about itself, recognised by wording: archived article, outdated browser, paywall and so on.

The wordings are data (config/lexicons/notices). A notice must begin its block, so that a sentence of the
article that speaks of cookies or corrections is never eaten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.core.cleaning.data import NoticeRule

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\N{NO-BREAK SPACE}": " ", "\N{SOFT HYPHEN}": None})
_LEAD = " \n\t*•·-|:>»!ⓘ⚠️[]()\"'_~#"
_OPENING = re.compile(r"\b[a-z]{2,5}|[©\"]")
_SLACK = 50


class Notices:
    """Answers one question about one block of text; it knows nothing of pages.

    Most blocks are turned away by the first letters of their words alone, which costs about 1 µs.
    """

    def __init__(self, rules: Sequence[NoticeRule]) -> None:
        self._rules = tuple(rules)
        self._openings = frozenset(o for rule in rules for need in rule.needs for o in _OPENING.findall(need)[:1])
        self._longest = max((rule.longest for rule in rules), default=0)

    def kind(self, text: str) -> str | None:
        """The kind of notice that this block is, or None."""
        return None if len(text) > self._longest + _SLACK else self.kind_of_folded(folded(text))

    def kind_of_folded(self, text: str) -> str | None:
        """The same, for a text that is folded already."""
        if len(text) > self._longest or self._openings.isdisjoint(_OPENING.findall(text)):
            return None
        for rule in self._rules:
            if len(text) <= rule.longest and any(n in text for n in rule.needs) and rule.pattern.match(text):
                return rule.kind
        return None


def folded(text: str) -> str:
    """Lower case, straight quotes and hyphens, single spaces, no leading ornament."""
    if not text.isascii():
        text = text.translate(_QUOTES)
    return " ".join(text.lower().split()).lstrip(_LEAD)
