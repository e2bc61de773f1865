"""Partners by whom they are told: "gave notice to Ostia and Norland that it is ending the treaties". No judgement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from streams.core.withdrawals.grammar import child
from streams.core.withdrawals.names import STATE
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

TELLING = words("tell inform notify advise")
_HANDING = words("give serve hand send")
_PAPERS = words("notice letter note notification word")
_THEIR = (" with them", " with both", " with the two", " with each")
_MOST = 8  # names of one thing to which a partner is added


def with_partners(reading: Reading, parsed: Parsed, trigger: Trigger, targets: Sequence[Target]) -> list[Target]:
    """The treaty or treaties that are told without a partner, with the states that are told of their end."""
    first = targets[0] if len(targets) == 1 else None
    if first is None or first.type != "described" or first.kind not in ("treaty", "agreement"):
        return list(targets)
    partners = _told(reading, parsed, trigger)
    bare = [_without(name) for name in first.names]
    if partners and first.token < 0 and trigger.predicate.frame == "notice":
        bare = [name.split(" with ")[0] for name in bare]  # another's treaty, of the same sort
    if any(" with " in name or " between " in name for name in bare):
        return list(targets)
    plural = any(name.split()[-1].endswith("s") for name in bare[:1])
    if not partners or (len(partners) > 1 and not plural):
        return list(targets)
    return [_beside(first, bare, partner) for partner in partners]


def _without(name: str) -> str:
    for tail in _THEIR:
        name = name.removesuffix(tail)
    return name


def _beside(target: Target, bare: Sequence[str], partner: Sequence[str]) -> Target:
    one = [_singular(name) for name in bare[:_MOST]]
    names = tuple(dict.fromkeys(f"{name} with {whom}" for name in one for whom in partner))
    return replace(target, key=f"d:{names[0].casefold()}", name=names[0], names=names, weak=False)


def _singular(name: str) -> str:
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name.removesuffix("s")


def _told(reading: Reading, parsed: Parsed, trigger: Trigger) -> list[tuple[str, ...]]:
    """The names of each state that is told."""
    node = parsed.doc[trigger.token]
    for _ in range(5):
        told = _recipients(parsed, node, trigger.token)
        if told:
            break
        if node.head.i == node.i:
            return []
        node = node.head
    else:
        return []
    named = [(parsed.mentions[p], parsed.words[p - 1].lower() == "the") for p in told]
    return [_forms(entity_of(reading, m).name, m.text, the=the) for m, the in named if m and m.type == STATE]


def _forms(*names: str, the: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(f"the {n}" for n in names if the), *names]))


def _recipients(parsed: Parsed, node: Any, until: int) -> list[int]:
    lemma = node.lemma_.lower()
    if node.i >= until and lemma not in _HANDING:
        return []
    if lemma == "know" and node.head.lemma_.lower() == "let":
        told = child(node, "nsubj")
        return [told.i, *(c.i for c in told.conjuncts)] if told is not None else []
    if lemma in TELLING:
        told = child(node, "dobj", "dative")
        return [told.i, *(c.i for c in told.conjuncts if c.i < until)] if told is not None else []
    paper = child(node, "dobj")
    whom = child(node, "dative")
    if lemma == "give" and whom is not None and parsed.mentions[whom.i] is not None and paper is not None:
        return [whom.i] if paper.lemma_.lower() in _PAPERS else []
    if lemma in _HANDING and paper is not None and paper.lemma_.lower() in _PAPERS:
        first = next((i for i in range(paper.i + 1, until) if parsed.words[i].lower() in ("to", "on")), until)
        end = next((i for i in range(first, until) if parsed.words[i].lower() == "that"), until)
        return [i for i in range(first, end) if parsed.mentions[i] is not None]
    return []
