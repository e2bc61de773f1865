"""Signals that visible lines give, in HTML and in text-only pages alike: bylines, dates, datelines, credits.

It must not resolve them: that is metadata's part.
"""

from __future__ import annotations

import re

from streams.core.cleaning.scan import Words

_DATELINE = re.compile(
    r"\s{0,3}(?P<line>(?:[A-Z][\w.'’,/ -]{1,60}?\s?)?(?:\(\s?[\w./,&'’ -]{2,40}\s?\)\s?)?(?:[A-Z][\w.,' -]{2,30}\s?)?)(?:—|–|--|- |―)"  # noqa: E501  one pattern
)
_AGENCY = re.compile(r"\(\s?[\w./,&'’ -]{2,40}\s?\)")
_CREDIT = re.compile(
    r"^\W{0,5}(?:copyright|©|\(c\)|the[- ]cnn[- ]wire|all rights reserved)|©|[Aa]ll [Rr]ights [Rr]eserved|contributed to this|"  # noqa: E501  one pattern
    r"^\(?(?:reporting|writing|editing|compiled|with (?:inputs|files|reporting)|source|via|additional reporting)\b.{0,20}(?: by|:| from| with)|"  # noqa: E501  one pattern
    r"^\W{0,2}(?:associated press|reuters|agence france|afp|bloomberg)\b.{0,60}$",
    re.IGNORECASE,
)
#: One of these stands in every credit, and is found sooner than the pattern.
_CREDITING = (
    "copyright", "©", "(c)", "cnn", "all rights", "contributed", "reporting", "writing", "editing", "compiled", "with",
    "source", "via", "associated press", "reuters", "agence france", "afp", "bloomberg",
)  # fmt: skip
#: The same in a folded line, which begins without brackets.
CREDIT_NEEDS = tuple(word.lstrip("(") for word in _CREDITING)
_CREDIT_WORDS = Words(_CREDITING)
_LONGEST_CREDIT = 500


def dateline(paragraph: str) -> str:
    """The words before the dash that opens a story, `MOSCOW (AP) —`, or an empty string.

    A place in capitals or an agency in brackets is asked for: a dash alone opens many sentences.
    """
    found = _DATELINE.match(paragraph[:110])
    if not found:
        return ""
    line = found["line"].strip()
    letters = [c for c in line.partition(",")[0].partition("(")[0] if c.isalpha()]
    shouted = len(letters) > 2 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
    return line if shouted or _AGENCY.search(line) else ""


def is_credit(line: str) -> bool:
    """Whether a line says whose copy it is."""
    return len(line) <= _LONGEST_CREDIT and bool(_CREDIT_WORDS.among(line.lower())) and bool(_CREDIT.search(line))
