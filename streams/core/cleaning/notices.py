"""What a page says about itself, recognised by wording: archived article, outdated browser, paywall and so on.

The wordings are data (config/lexicons/notices). A notice must begin its block, so that a sentence of the
article that speaks of cookies or corrections is never eaten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from streams.core.cleaning.data import NoticeRule
from streams.core.cleaning.scan import Words

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
    """Answers one question about one block of text; it knows nothing of pages.

    A rule is tried only on blocks that begin with one of its opening words, so that most blocks cost one look-up.
    """

    def __init__(self, rules: Sequence[NoticeRule]) -> None:
        self._rules: dict[str, list[NoticeRule]] = {}
        for rule in rules:
            for word in rule.opens:
                self._rules.setdefault(word, []).append(rule)
        self.needs = Words(need for rule in rules for need in rule.needs)
        self.opens = frozenset(self._rules)
        self.longest = max((rule.longest for rule in rules), default=0)

    def kind(self, text: str, found: AbstractSet[str] | None = None) -> str | None:
        """The kind of notice that this folded block is, or None. The first rule in the lexicon's order wins.

        `found` are the needs that stand in it, where somebody has looked.
        """
        first = _FIRST.match(text)
        if first is None or len(text) > self.longest:
            return None
        for rule in self._rules.get(first[0], ()):
            if found is None:
                found = self.needs.among(text)
            if len(text) <= rule.longest and not found.isdisjoint(rule.needs) and rule.pattern.match(text):
                return rule.kind
        return None


def folded(text: str) -> str:
    """Lower case, straight quotes and hyphens, no leading ornament; `text` has single spaces already."""
    if not text.isascii():
        for old, new in _FOLDS:
            text = text.replace(old, new)
    return text.replace("\n", " ").lower().lstrip(_LEAD)
