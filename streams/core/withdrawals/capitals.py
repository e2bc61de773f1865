"""What capitals tell of a row of words: names inside sentences, headlines in capitals, parts of a government.

It must not look names up.
"""

from __future__ import annotations

from streams.core.withdrawals.phrases import CALENDAR, FUNCTION, REGIONAL, STATE_PARTS, is_acronym, is_capital
from streams.core.withdrawals.text import Token


def lone_capitals(words: list[Token]) -> list[Token]:
    """Capitalised words inside a sentence that stand alone: names, not parts of names."""
    return [
        w
        for i, w in enumerate(words)
        if i
        and w.text[0].isupper()
        and not is_capital(words[i - 1])
        and not (i + 1 < len(words) and (is_capital(words[i + 1]) or words[i + 1].text in ("'", "’")))
    ]


def names_on(before: str) -> bool:
    """Whether a name may run on from this word: a capital that is no day, no function word, no title."""
    return before[:1].isupper() and before.isalpha() and before.lower() not in FUNCTION and before not in CALENDAR


def unheard(word: str, common: frozenset[str]) -> bool:
    """Whether a word is in no dictionary, nor what it is formed of, as only names are: "Haldvik", "Torsvik".

    Of 195 words so told at the start of sentences in 31 sets four were no names ("Mackerel"), 2026-11-26.
    """
    plain = word.lower()
    if len(plain) < 4 or not plain.isalpha() or plain.endswith(_FORMED):
        return False
    stems = (plain[: len(plain) - cut] for cut in range(4))
    return not any(len(s) > 2 and not common.isdisjoint((s, s + "e", s + "y")) for s in stems)


_FORMED = ("s", "men", "ing", "ed", "ly")


def title_case(words: list[Token]) -> bool:
    long = [w.text for w in words if len(w.text) > 3 and w.text[0].isalpha()]
    return len(long) > 3 and sum(w[0].isupper() for w in long) > 0.75 * len(long)


def with_letters(words: list[Token], end: int) -> int:
    """As in "JD(U)", "CPI(M)": an acronym with its wing in brackets, no blank between."""
    inside = words[end : end + 3]
    wing = len(inside) == 3 and inside[0].text == "(" and inside[2].text == ")" and len(inside[1].text) < 4
    close = wing and words[end - 1].end == inside[0].start and inside[1].text.isupper()
    return end + 3 if close and is_acronym(words[end - 1].text) else end


def of_state(texts: list[str]) -> bool:
    """A part of some government, not a name; "Trinamool Congress" is a party."""
    if texts[0] in ("Ministry", "Department") and len(texts) > 1:
        return True
    party = texts[-1] == "Congress" and len(texts) > 1 and (texts[0] not in REGIONAL or len(texts) > 2)
    return texts[-1] in STATE_PARTS and not party
