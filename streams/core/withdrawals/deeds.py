"""Words beside the act that make it a thing done: "the first to quit", "answered by scrapping", "its first act was to".

It must not look at what governs the act.
"""

from __future__ import annotations

from typing import Any

from streams.core.records import Stage
from streams.core.withdrawals.grammar import auxiliaries, children, is_past, is_verb
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.tenses import CONSIDERING, FUTURE, told_of
from streams.core.withdrawals.vocabulary import words

_TELLING = words(
    "say tell announce declare write report warn argue claim insist add threaten notify inform send issue sign publish "
    "decide vote plan consider discuss confirm urge call ask order pledge vow promise propose pass approve adopt "
    "deposit lodge submit file hand deliver circulate reiterate repeat hint suggest go risk start begin"
)


def accompanies_a_deed(verb: Any) -> bool:
    """As in "answered by scrapping the accord", "trimmed its map, pulling out of Norland in 2022"."""
    deed = verb.head
    by = verb.dep_ == "pcomp" and deed.lower_ == "by"
    if verb.tag_ != "VBG" or auxiliaries(verb) or not (by or verb.dep_ == "advcl"):
        return False
    if any(c.dep_ in ("mark", "nsubj") or c.lower_ in ("when", "while", "if") for c in verb.lefts):
        return False
    deed = deed.head if by else deed
    return is_verb(deed) and deed.lemma_ not in _TELLING and deed.i < verb.i and told_of(deed) == "effective"


_WITH = words("with after since following")


def accompanies(parsed: Parsed, noun: int) -> bool:
    """As in "with Ostia's exit on Monday", "since its departure": told as a thing that has been."""
    above = parsed.doc[noun].head
    return parsed.doc[noun].dep_ == "pobj" and above.lower_ in _WITH and above.i < noun


_DEEDS = words("act action move step deed thing response reply answer measure retort reaction")


def was_a_deed(copula: Any) -> bool:
    """As in "one of its first acts was to take the country out"."""
    subject = next(iter(children(copula, "nsubj")), None)
    said = {w.lemma_.lower() for w in subject.subtree} if subject is not None else set()
    return is_past(copula) and bool(said & _DEEDS)


_RANKED = words("first second third fourth fifth sixth only last latest next")


def first_to(verb: Any) -> Stage | None:
    """As in "was the first country to quit": as real as the copula's tense."""
    if (
        verb.tag_ != "VB"
        or "to" not in auxiliaries(verb)
        or verb.dep_ not in ("acl", "relcl", "xcomp", "advcl", "ccomp")
    ):
        return None
    head = verb.head
    copula = head if head.lemma_ in ("be", "become") else head.head
    named = [head, *head.lefts]
    if copula is head:  # the parser hangs the infinitive on the noun, or on the copula beside it
        named = [word for attribute in children(head, "attr", "acomp") for word in (attribute, *attribute.lefts)]
    if not any(word.lower_ in _RANKED for word in named):
        return None
    if copula.lemma_ not in ("be", "become") or auxiliaries(copula) & FUTURE:
        return None
    if auxiliaries(copula) & CONSIDERING:
        return "considered"
    return "effective" if is_past(copula) or auxiliaries(copula) & {"has", "have", "had"} else None
