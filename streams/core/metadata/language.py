"""The language of the text itself, by its commonest words and its script; the page's own attribute is only a tie-breaker.

It must not trust `lang="en"` on a Russian page, and says None where it cannot tell.
"""

from __future__ import annotations

import re
from collections import Counter

from streams.core.metadata.data import MetadataData

SAMPLE = 3000  # characters; more changes no decision on the pages measured
_WORD = re.compile(r"[^\W\d_]{1,20}")
# script -> language, where one language owns the script in our feed
_SCRIPTS = (
    ("\u3040", "\u30ff", "ja"), ("\uac00", "\ud7af", "ko"), ("\u4e00", "\u9fff", "zh"), ("\u0590", "\u05ff", "he"),
    ("\u0370", "\u03ff", "el"), ("\u0e00", "\u0e7f", "th"), ("\u0900", "\u097f", "hi"), ("\u0530", "\u058f", "hy"),
    ("\u10a0", "\u10ff", "ka"), ("\u0980", "\u09ff", "bn"), ("\u0b80", "\u0bff", "ta"),
)  # fmt: skip
_ENOUGH = 0.04  # share of running words that are stop words of the winner; plain prose has .25 and more


def language_of(text: str, claimed: str | None, data: MetadataData) -> tuple[str | None, float]:
    """(ISO 639-1 or None, confidence). `claimed` is the page's attribute; it decides only between near equals."""
    sample = text[:SAMPLE]
    words = [w.casefold() for w in _WORD.findall(sample)]
    if script := _by_script(sample):
        return script, 0.95
    if len(words) < 5:
        return _primary(claimed), 0.3 if claimed else 0.0
    counts = Counter(words)
    total = len(words)
    shares = {lang: sum(counts[w] for w in stop if w in counts) / total for lang, stop in data.stopwords.items()}
    ranked = sorted(shares, key=lambda lang: -shares[lang])
    best, second = ranked[0], ranked[1]
    claim = _primary(claimed)
    if claim in shares and shares[claim] >= 0.85 * shares[best] and shares[claim] > _ENOUGH:
        return claim, round(min(0.99, 0.5 + shares[claim]), 3)
    if shares[best] < _ENOUGH:
        return claim, 0.2 if claim else 0.0
    return best, round(min(0.99, 0.4 + shares[best] + (shares[best] - shares[second])), 3)


def _primary(tag: str | None) -> str | None:
    head = (tag or "").strip().replace("_", "-").partition("-")[0].casefold()
    return head if 2 <= len(head) <= 3 and head.isalpha() else None


def _by_script(sample: str) -> str | None:
    letters = sum(c.isalpha() for c in sample) or 1
    for first, last, lang in _SCRIPTS:
        share = sum(first <= c <= last for c in sample) / letters
        if share > (0.1 if lang == "ja" else 0.3):
            return lang
    return None
