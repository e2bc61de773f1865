"""Things told again: "both bodies", "the talks". What was last left under such a noun is what is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.grammar import noun_head
from streams.core.withdrawals.law import COMMITMENTS
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.target import Target

REACH = 6  # sentences over which "both bodies" are those left by the act told last
PAIR = 2


def told_again(parsed: Parsed, start: int, memory: Sequence[Candidate], kinds: Mapping[str, str]) -> list[Target]:
    """The things that the noun at the object's place points back at; empty where it points at none."""
    head = noun_head(parsed.doc, start)
    return (
        _both(parsed, head, memory, kinds)
        or _same_talks(head, memory, kinds)
        or _same_paper(head, parsed.read.sentence.number, memory, kinds)
    )


def _both(parsed: Parsed, head: Any, memory: Sequence[Candidate], kinds: Mapping[str, str]) -> list[Target]:
    """As in "left both bodies", "denounced the two treaties": the two that another has just left."""
    around = {c.lower_ for c in head.lefts}
    plural = head.tag_ == "NNS" and kinds.get(head.lemma_.lower()) in COMMITMENTS
    if parsed.mentions[head.i] is not None or not (plural and around & {"both", "two"} and around <= _PLAIN):
        return []
    number = parsed.read.sentence.number
    near = [c for c in memory if c.target is not None and 0 <= number - c.number <= REACH and c.kind in COMMITMENTS]
    things = {c.target.key: c.target for c in near if c.target is not None}
    if len(things) != PAIR or any(child.dep_ in ("prep", "appos") and child.lower_ != "in" for child in head.rights):
        return []
    return [replace(t, token=-1, weak=True) for t in things.values()]


def _same_talks(head: Any, memory: Sequence[Candidate], kinds: Mapping[str, str]) -> list[Target]:
    """As in "has no intention of quitting the talks" behind another who quit those on investment."""
    plain = [c.lower_ for c in head.lefts] in (["the"], ["those"], ["these"])
    told = any(c.dep_ in ("prep", "relcl", "acl") and c.lower_ in _TELLING for c in head.rights)
    if kinds.get(head.lower_) != "talks" or head.lower_ == "conference" or not plain or told:
        return []
    last = next((c.target for c in reversed(memory) if c.kind == "talks" and c.target is not None), None)
    return [replace(last, token=-1, weak=True)] if last is not None else []


def _same_paper(head: Any, number: int, memory: Sequence[Candidate], kinds: Mapping[str, str]) -> list[Target]:
    """As in "refused to prolong the four-year accord": told by its length or year, it is the one told just before."""
    before = [c.lower_ for c in head.lefts]
    aged = before[:1] == ["the"] and bool(before[1:]) and all(w.isdigit() or w.endswith(_AGES) for w in before[1:])
    if (
        kinds.get(head.lower_) not in _PAPERS
        or not aged
        or any(c.dep_ in ("prep", "relcl", "acl") for c in head.rights)
    ):
        return []
    near = [c.target for c in memory if c.target is not None and c.kind in _PAPERS and 0 <= number - c.number <= REACH]
    return [replace(near[-1], token=-1, weak=True)] if near and near[-1].type == "described" else []


_PAPERS = ("treaty", "agreement")
_AGES = ("-year", "-year-old", "-page", "-month", "-month-old")
_PLAIN = frozenset({"both", "the", "two", "these", "those", "of"})
_TELLING = frozenset({"with", "on", "between", "over", "about", "for"})
