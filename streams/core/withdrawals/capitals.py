"""What capitals tell of a row of words: names inside sentences, headlines in capitals, parts of a government.

It must not look names up.
"""

from __future__ import annotations

from collections.abc import Container

from streams.core.withdrawals.phrases import CALENDAR, FUNCTION, REGIONAL, STATE_PARTS, is_acronym, is_capital
from streams.core.withdrawals.text import Token
from streams.core.withdrawals.vocabulary import words


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
    plain = word.lower().removesuffix("ing")
    if len(plain) < 4 or not plain.isalpha() or plain.endswith(_FORMED):
        return False
    stems = (plain[: len(plain) - cut] for cut in range(4))
    return not any(len(s) > 2 and not common.isdisjoint((s, s + "e", s + "y")) for s in stems)


_FORMED = ("s", "men", "ed", "ly")
_STAFF = words("Attorney Secretary Director Governor Consul Inspector Auditor Solicitor Surgeon Lieutenant Brigadier")
_BEHIND_GENERAL = words("Motors Electric Mills Dynamics Foods Atlantic")


def roles_in(texts: list[str], titles: frozenset[str], heads: frozenset[str]) -> list[int]:
    """The places of roles; "General" is none in "General Motors", "Savanna General", "General Confederation of …"."""
    found = [i for i, word in enumerate(texts) if word in titles]
    if "General" not in texts or len(texts) < 2:
        return found
    at = texts.index("General")
    of_body = at + 1 < len(texts) and texts[at + 1] in heads | _BEHIND_GENERAL
    behind_name = 0 < at == len(texts) - 1 and texts[at - 1] not in _STAFF | titles
    return [i for i in found if i != at] if of_body or behind_name else found


_NEW = words("Jersey York Mexico Hampshire South Brunswick Caledonia Orleans Haven England Britain Ireland")


def begins_new(word: str, following: Token | None) -> bool:
    """As in "New Jersey": at the start of a sentence "New" is mostly no part of a name."""
    return word == "New" and following is not None and following.text in _NEW


_BEFORE_LOWER = words(
    "the a an its their his this that from of quit quits leave leaves and in to on exit exits un international global"
)


def stands_free(words: list[Token], at: int, forms: Container[str]) -> bool:
    """Whether a lower-case name is not the tail of a longer description: "conventional [arms treaty]"."""
    if not words[at].text[0].islower() or at == 0:
        return True
    before = words[at - 1].text
    return (
        before.lower() in _BEFORE_LOWER
        or before[0].isdigit()
        or before[0] in "'’\"“‘,"
        or before.lower() in forms
        or (before[0].isupper() and before not in REGIONAL)
    )


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
