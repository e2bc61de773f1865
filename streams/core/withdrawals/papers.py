"""What became of the bill, motion or proposal that holds the act: debated, adopted or turned down."""

from __future__ import annotations

from typing import Any

from streams.core.records import Stage
from streams.core.withdrawals.grammar import auxiliaries, children, is_verb, negated
from streams.core.withdrawals.tenses import CONSIDERING, told_of
from streams.core.withdrawals.vocabulary import words

PAPERS = words(
    "bill motion draft resolution proposal referendum petition letter notice instrument notification law decree order "
    "note telegram cable"
)
NOTES = words("letter note notice instrument notification telegram cable")
DRAFTS = words("bill motion draft resolution proposal referendum petition law legislation amendment")
_ADOPTING = words("pass adopt approve sign enact back endorse ratify carry promulgate accept")
_DEFEATING = words("reject defeat veto block scrap kill spurn oppose rebuff dismiss throw vote strike")
_HURDLES = words("reading stage hurdle committee vote chamber house commission")
_PARTLY = words("first second initial preliminary committee lower upper key procedural")
_FAILING = words("fail fall lapse collapse founder die")


def paper_stage(paper: Any) -> Stage:
    """The stage of an act that a draft provides for; a law already in force has it decided."""
    lemma = paper.lemma_.lower()
    fate = _fate(paper)
    if fate is not None:
        return fate
    made = lemma in ("law", "legislation") and not any(c.lower_ in ("draft", "proposed") for c in paper.lefts)
    return "announced" if made else "considered"


def _fate(paper: Any) -> Stage | None:
    verb = paper.head
    if paper.dep_ == "pobj" and verb.lower_ in ("down", "out") and verb.head.lemma_.lower() in ("vote", "throw"):
        return "denied" if told_of(verb.head) == "effective" else None
    if not is_verb(verb) or verb.i == paper.i:
        return None
    lemma = verb.lemma_.lower()
    told = told_of(verb)
    if paper.dep_ == "nsubj":
        got_nowhere = lemma == "get" and any(c.lower_ in ("further", "nowhere") for c in verb.subtree)
        fell = lemma in _FAILING or got_nowhere
        return (
            "denied"
            if fell and told == "effective"
            else "announced"
            if lemma == "pass" and told == "effective" and not _in_part(verb)
            else None
        )
    if paper.dep_ not in ("dobj", "nsubjpass") or told != "effective" or auxiliaries(verb) & CONSIDERING:
        return None
    if lemma in ("refuse", "decline") or negated(verb):
        return "denied"
    if lemma == "vote" or lemma in _DEFEATING:
        down = lemma not in ("vote", "throw", "strike") or any(
            c.lower_ in ("down", "out") for c in children(verb, "prt", "advmod", "prep")
        )
        return "denied" if down else None
    return "announced" if lemma in _ADOPTING else None


def _in_part(passing: Any) -> bool:
    """As in "passed its first reading", "cleared the committee": more votes are to come."""
    cleared = [c for c in passing.children if c.dep_ == "dobj" and c.lemma_ in _HURDLES]
    return any({w.lower_ for w in hurdle.lefts} & _PARTLY or hurdle.lemma_ == "committee" for hurdle in cleared)
