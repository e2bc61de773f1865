"""The subject that the tree has lost, left of its verb. It must not resolve names."""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.grammar import FINITE, child
from streams.core.withdrawals.names import PERSON
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.senses import TROOPS
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words


def lost_before(parsed: Parsed, token: Any) -> list[Any]:
    """As in "four days after the last of its soldiers left": a finite verb of a clause has its subject right before."""
    if (
        token.dep_ != "advcl"
        or token.tag_ not in FINITE
        or child(token, "nsubj", "nsubjpass") is not None
        or not token.i
    ):
        return []
    before = parsed.doc[token.i - 1]
    return [before] if before.lower_ in TROOPS else []


_OPPOSED = words(
    "opposition rebels rebel guerrillas separatists militants court judge judges union unions party clubs club canton "
    "city town province region village church bank firm company retailer airline carrier miner federation association"
)


def titled_name(parsed: Parsed, trigger: Trigger) -> list[Any]:
    """The first name of a headline before its verb; but "Ostia opposition" is not Ostia."""
    found = [t for t in parsed.doc[: trigger.token] if parsed.mentions[t.i] is not None][:1]
    return [t for t in found if parsed.words[t.i + 1].lower() not in _OPPOSED]


def before_aside(parsed: Parsed, token: Any) -> list[Any]:
    """As in "The three, grouped in an alliance, left": the subject that the tree has given to the words between."""
    if token.tag_ not in FINITE:
        return []
    asides = [c for c in token.lefts if c.dep_ == "advcl" and c.tag_ in ("VBN", "VBD", "VBG")]
    named = [child(c, "nsubj") for c in asides if parsed.words[token.i - 1] == "," or child(token, "aux", "advmod")]
    return [n for n in named if n is not None and parsed.words[n.i + 1] == "," and not _person(parsed, n)][:1]


def after_name(parsed: Parsed, token: Any) -> list[Any]:
    """As in "after Ostia, then under a general, pulled out": the tree gives the name to the "after"."""
    if token.tag_ != "VBD" or child(token, "nsubj", "nsubjpass", "auxpass") is not None:
        return []
    for preposition in (
        c for c in token.head.children if c.dep_ == "prep" and c.lower_ in ("after", "before", "since")
    ):
        named = child(preposition, "pobj")
        if named is None or parsed.mentions[named.i] is None or not preposition.i < named.i < token.i:
            continue
        if parsed.words[named.i + 1] == "," and parsed.words[token.i - 1] == "," and not _person(parsed, named):
            return [named]
    return []


def next_left(parsed: Parsed, trigger: Trigger) -> list[Any]:
    """Where the tree fails: the name right before the verb, over auxiliaries and adverbs."""
    place = trigger.token - 1
    while place >= 0 and parsed.doc[place].pos_ in ("AUX", "ADV", "PART") and trigger.token - place < 5:
        place -= 1
    if place < 0 or (trigger.start is not None and trigger.start <= place):
        return []
    token = parsed.doc[place]
    if token.lower_ in TROOPS and parsed.doc[trigger.token].tag_ == "VBD":
        return [token]  # "four days after the last of its soldiers left"
    named = parsed.mentions[place] is not None or (token.pos_ == "PROPN" and place == 0)
    return [token] if named and parsed.doc[trigger.token].tag_ in ("VBD", "VBZ", "VBN", "VB", "VBP", "VBG") else []


def ranked_after(verb: Any, subject: Any) -> Any | None:
    """As in "became the second country after Ostia to leave": the copula's subject, not the one before it."""
    copula = verb.head
    after = any(c.dep_ == "mark" and c.lower_ == "after" and c.i < subject.i for c in verb.lefts)
    if not after or verb.tag_ != "VB" or copula.lemma_ not in ("be", "become"):
        return None
    return child(copula, "nsubj")


def _person(parsed: Parsed, token: Any) -> bool:
    return getattr(parsed.mentions[token.i], "type", "") == PERSON
