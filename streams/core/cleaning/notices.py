"""What a page says about itself, recognised by wording: archived article, outdated browser, paywall and so on.

The wordings are data (config/lexicons/notices). A notice must begin its block, so that a sentence of the
article that speaks of cookies or corrections is never eaten.
"""

from __future__ import annotations

from collections.abc import Sequence

from streams.core.cleaning.data import NoticeRule

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\N{NO-BREAK SPACE}": " ", "\N{SOFT HYPHEN}": None})
_LEAD = " \n\t*•·-|:>»!ⓘ⚠️[]()\"'_~#"
_LONGEST = 1_500


class Notices:
    """Answers one question about one block of text; it knows nothing of pages."""

    def __init__(self, rules: Sequence[NoticeRule]) -> None:
        self._rules = tuple(rules)
        self._needs = tuple(dict.fromkeys(n for rule in rules for n in rule.needs))

    def likely(self, text: str) -> bool:
        """Whether any word that a notice needs stands in the page at all; `text` is folded."""
        return any(need in text for need in self._needs)

    def kind(self, text: str) -> str | None:
        """The kind of notice that this block is, or None."""
        if len(text) > _LONGEST:
            return None
        text = folded(text)
        for rule in self._rules:
            if len(text) <= rule.longest and any(n in text for n in rule.needs) and rule.pattern.match(text):
                return rule.kind
        return None


def folded(text: str) -> str:
    """Lower case, straight quotes and hyphens, single spaces, no leading ornament."""
    return " ".join(text.translate(_QUOTES).lower().split()).lstrip(_LEAD)
