"""Verbs whose object tells the leaving.

A membership shed or doubted, ties cut, support withdrawn, a signature taken back.
"""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.data import Predicate
from streams.core.withdrawals.grammar import child, is_verb
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

_SHEDDING = words(
    "turn hand cede forfeit forgo forego shed wind vacate yield lose drop cancel quit sever dissolve discontinue "
    "withdraw revoke relinquish renounce abandon surrender end terminate give rescind lapse repeal"
)


_DOUBTING = words(
    "review reconsider rethink question reassess reevaluate re-examine reexamine weigh evaluate reappraise revisit"
)


_HELD = words("membership participation adherence affiliation involvement subscription")


_SIGNED = words("signature declaration ratification acceptance recognition candidacy candidature nomination accession")


_RETRACTING = words(
    "withdraw revoke rescind retract remove take drop cancel pull recall erase strike annul scrap abandon end "
    "renounce repeal"
)


RELATION = words(
    "cord tie link relation association relationship connection cooperation co-operation partnership affiliation "
    "contact bond collaboration dealing"
)


_BREAKING = words("sever cut break end terminate dissolve suspend freeze discontinue cease halt stop rupture loosen")


def shed_membership(parsed: Parsed, token: Any) -> Trigger | None:
    """Any verb of giving away, with membership as its object; any verb of doubt makes it considered."""
    lemma = token.lemma_.lower()
    if not is_verb(token) or lemma not in _SHEDDING | _DOUBTING | _BREAKING | _RETRACTING:
        return None
    held = child(token, "dobj", "nsubjpass")
    if held is None:
        return None
    if held.lemma_.lower() == "support" and lemma in ("withdraw", "pull", "revoke", "end"):
        return _support(parsed, token, held)
    if (
        held.lemma_.lower() in _SIGNED
        and lemma in _RETRACTING
        and (
            lemma != "take"
            or "back" in [w.lower() for w in parsed.words[token.i : token.i + 6]]
            or "off" in [w.lower() for w in parsed.words[token.i : token.i + 6]]
        )
    ):
        form = "unsigning" if held.lemma_.lower() == "signature" else "withdrawal"
        return Trigger(
            token.i,
            token.i,
            Predicate(
                lemma,
                "unsign" if form == "unsigning" else "end",
                ("direct",),
                words=(held.lemma_.lower(),),
                form=form,
                weak=True,
            ),
            False,
            int(held.left_edge.i),
            "direct",
        )
    if held.lemma_.lower() in RELATION and lemma in _BREAKING:
        return _relation(parsed, token, held, lemma)
    if held.lemma_.lower() not in _HELD or lemma not in _SHEDDING | _DOUBTING:
        return None
    if child(held, "poss") is None and child(held, "prep") is None:
        return None
    predicate = Predicate(lemma, "doubt" if lemma in _DOUBTING else "end", ("direct",))
    return Trigger(token.i, token.i, predicate, False, int(held.left_edge.i), "direct")


def _relation(parsed: Parsed, token: Any, held: Any, lemma: str) -> Trigger | None:
    """As in "severed its association with": the partner is what is left."""
    for place in range(held.i + 1, min(held.i + 5, len(parsed.words) - 1)):
        if parsed.words[place].lower() in ("with", "to", "from"):
            form = "suspension" if lemma in ("suspend", "freeze", "halt") else "withdrawal"
            predicate = Predicate(lemma, "leave", ("with",), words=("ties",), form=form, weak=True)
            return Trigger(token.i, held.i, predicate, False, place + 1, "with")
    return None


def _support(parsed: Parsed, token: Any, held: Any) -> Trigger | None:
    """A party that withdraws its support leaves the coalition."""
    if child(held, "poss") is None and child(held, "prep") is None:
        return None
    predicate = Predicate(token.lemma_.lower(), "support", ("from", "bare"), words=("support",), weak=True)
    for place in range(held.i + 1, min(held.i + 4, len(parsed.words) - 1)):
        if parsed.words[place].lower() in ("from", "for", "of"):
            return Trigger(token.i, held.i, predicate, False, place + 1, "from")
    return Trigger(token.i, held.i, predicate, False, None, "bare")
