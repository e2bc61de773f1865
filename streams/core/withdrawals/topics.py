"""Whether an article is about business or about a contest, by its words: the law asks where no name can tell."""

from __future__ import annotations

import re

_BUSINESS = re.compile(
    r"\b(?:company|companies|retailer|market|stores|shops|business|sales|shares|shareholders|revenue"
    r"|profit|losses|customers|factory|plant|outlets|branches|subsidiary|brand)\b",
    re.IGNORECASE,
)


_CONTEST = re.compile(
    r"\b(?:tournament|championship|race|final|festival|match|election|season|team|coach|injury"
    r"|primary|ballot|candidate|nominee|competition|rider|driver|seed|seeded|medal|prize|shortlist)\b",
    re.IGNORECASE,
)


_READ = 20_000  # code points: the beginning tells what an article is about


def of_business(text: str) -> bool:
    """Two words of business, and a company's leaving may be a market's."""
    return len(_BUSINESS.findall(text[:_READ])) >= 2


def of_contest(text: str) -> bool:
    """Two words of sport or election, and a person may withdraw."""
    return len(_CONTEST.findall(text[:_READ])) >= 2
