"""Bodies named after several peoples: "the Common African, Malagasy and Mauritian Organization"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from streams.core.withdrawals.text import Token

_ENDINGS = ("an", "ic", "ese", "ish", "asy", "al", "ern", "ine", ",", "and")
REACH = 10  # words


def of_peoples(units: Sequence[Token], start: int, heads: frozenset[str]) -> bool:
    """Whether adjectives with a comma and an "and" stand between "the" and the head noun of one name."""
    if start == 0 or units[start - 1].text.lower() != "the":
        return False
    rest = [u.text for u in units[start : start + REACH]]
    name = list(takewhile(lambda w: w[0].isupper() or w in {",", "and"}, rest))
    head = next((i for i, word in enumerate(name) if word in heads), 0)
    listed = name[1:head]
    return "," in listed and "and" in listed and all(word.endswith(_ENDINGS) for word in listed)
