"""An act that reaches one thing more: "the notice covers the Tuna Panel as well". It must not find actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.grammar import auxiliaries, child, children, is_verb, negated
from streams.core.withdrawals.law import COMMITMENTS
from streams.core.withdrawals.names import INSTITUTION, OBJECT, Mention
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.targets import entity_target
from streams.core.withdrawals.vocabulary import words

_PAPERS = words("notice notification letter denunciation withdrawal departure exit decree order instrument")
_REACHING = {"cover": (), "include": (), "concern": (), "apply": ("to",), "extend": ("to",), "count": ("for",)}
_NEAR = 8  # sentences over which "the notice" is the one told


def extended(parsed: Parsed, memory: Sequence[Candidate], reading: Reading) -> list[Candidate]:
    """The last act told, once more for each thing that its paper is said to reach."""
    number = parsed.read.sentence.number
    standing = [c for c in memory if c.actor and c.target and c.kind in COMMITMENTS and 0 <= number - c.number <= _NEAR]
    if not standing or parsed.read.sentence.field != "text":
        return []
    base, sentence = standing[-1], parsed.read.sentence
    found = []
    for verb in parsed.doc:
        for place, mention in _reached(parsed, verb):
            target = entity_target(reading, parsed, place, entity_of(reading, mention))
            if target.kind in COMMITMENTS and base.target is not None and target.key != base.target.key:
                again = replace(base, number=number, sentence=(sentence.start, sentence.end), effect=None, weak=True)
                again = replace(again, trigger=parsed.spans[verb.i], rule="extends:" + base.frame)
                found.append(replace(again, target=target, kind=target.kind))  # type: ignore[arg-type]
    return found


def _reached(parsed: Parsed, verb: Any) -> list[tuple[int, Mention]]:
    """The places of the names that a paper's verb reaches."""
    links = _REACHING.get(verb.lemma_.lower())
    if links is None or not is_verb(verb) or negated(verb) or auxiliaries(verb) & {"would", "may", "might", "could"}:
        return []
    paper = child(verb, "nsubj")
    if paper is None or paper.lemma_.lower() not in _PAPERS or child(paper, "det", "poss") is None:
        return []
    behind = [child(p, "pobj") for p in children(verb, "prep") if p.lower_ in links]
    thing = next((t for t in behind if t is not None), None) if links else child(verb, "dobj")
    every = [thing, *thing.conjuncts] if thing is not None else []
    mentions = [(t.i, parsed.mentions[t.i]) for t in every]
    return [(i, m) for i, m in mentions if m is not None and m.type in (OBJECT, INSTITUTION)]
