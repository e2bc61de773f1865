"""What a page says about itself, recognised by wording: archived article, outdated browser, paywall and so on.

The wordings are data (config/lexicons/notices). A notice must begin its block, so that a sentence of the
article that speaks of cookies or corrections is never eaten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.core.cleaning.data import NoticeRule
from streams.core.cleaning.scan import scan_for

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
        self._needs = scan_for(need for rule in rules for need in rule.needs)
        self._longest = max((rule.longest for rule in rules), default=0)

    def kind(self, text: str) -> str | None:
        """The kind of notice that this folded block is, or None. The first rule in the lexicon's order wins."""
        first = _FIRST.match(text)
        if first is None or len(text) > self._longest:
            return None
        rules = self._rules.get(first[0])
        if rules is None or not self._needs.find_matches_as_indexes(text):
            return None
        for rule in rules:
            if len(text) <= rule.longest and _holds(text, rule.needs) and rule.pattern.match(text):
                return rule.kind
        return None


def _holds(text: str, needs: tuple[str, ...]) -> bool:
    for need in needs:  # noqa: SIM110  twice as fast as any() over a generator, and asked of every block
        if need in text:
            return True
    return False


def folded(text: str) -> str:
    """Lower case, straight quotes and hyphens, no leading ornament; `text` has single spaces already."""
    if not text.isascii():
        for old, new in _FOLDS:
            text = text.replace(old, new)
    return text.replace("\n", " ").lower().lstrip(_LEAD)
