"""How far along an act is: the verb's own form, then each word above it. It must not look at other sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from streams.core.records import Stage
from streams.core.withdrawals.climbing import governor_of
from streams.core.withdrawals.data import WithdrawalsData
from streams.core.withdrawals.governing import apply_governor
from streams.core.withdrawals.papers import PAPERS
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.standing import Verdict, own_state
from streams.core.withdrawals.tenses import told_of
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.undoing import rumoured_falsely
from streams.core.withdrawals.vocabulary import words

RANK = {"considered": 1, "announced": 2, "notified": 3, "effective": 4, "reversed": 5, "denied": 5}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The stage, or None with the reason why the words state no act; `by` is who says so."""

    stage: Stage | None
    reason: str = ""
    governors: tuple[str, ...] = ()
    by: str | None = None
    hypothetical: bool = False
    undone: int | None = None  # the verb that takes the act back in the same sentence
    leaves: bool = False  # a staying denied: "will not remain a member"
    bare: bool = False  # a noun of which nothing above says how far it got


def judge(parsed: Parsed, trigger: Trigger, data: WithdrawalsData) -> Judgement:
    """The stage of one trigger in its sentence."""
    token = parsed.doc[trigger.token]
    state = own_state(parsed, token, trigger)
    state.at_once = trigger.noun and any(c.lower_ in ("immediate", "instant") for c in token.lefts)
    seen: list[str] = []
    node = token
    if trigger.noun and _imagined(token):
        return Judgement(None, "hypothetical", ())
    undoing = _taken_back(_verb_of(token) if trigger.noun else token)
    if undoing is not None:
        return Judgement("reversed", "", (), undone=int(undoing.i))
    if not trigger.noun and rumoured_falsely(parsed, token.i):
        return Judgement("denied", "", ())
    effective = _takes_effect(token) if trigger.noun else None
    if trigger.noun and trigger.link == "with":  # "the departure of Ostia leaves the council with six members"
        effective = told_of(token.head) or effective
    if effective:
        return Judgement(effective, "", ())
    for _ in range(9):
        parent = governor_of(node)
        if parent is None:
            break
        seen.append(parent.lemma_.lower())
        apply_governor(parsed, node, parent, state, data)
        node = parent
    bare = state.stage is None and trigger.noun
    if state.stage is None and not state.reason:
        state.stage = "announced"
    return replace(_final(state, trigger, seen, parsed), bare=bare)


_COMING = words("come happen follow take begin start be occur")


def _imagined(noun: Any) -> bool:
    """As in "a departure of Ostia would cost the region dear": what any such act would do, not one that is planned."""
    aux = {c.lower_ for c in noun.head.children if c.dep_ == "aux"}
    some = any(c.dep_ == "det" and c.lower_ in ("a", "an", "any") for c in noun.children)
    doing = noun.dep_ == "nsubj" and noun.head.lemma_.lower() not in _COMING
    return some and doing and bool(aux & {"would", "could", "might", "'d", "’d"})


def _verb_of(noun: Any) -> Any:
    """The verb that has the noun for its object, be it within "a notice of withdrawal"."""
    node = noun
    if node.dep_ == "pobj" and node.head.lower_ == "of" and node.head.head.lemma_.lower() in PAPERS:
        node = node.head.head
    return node.head if node.dep_ == "dobj" else node


_TAKING_BACK = words("take withdraw rescind reverse drop revoke retract cancel scrap recall annul")


def _taken_back(verb: Any) -> Any | None:
    """As in "announced a withdrawal in June but took it back"."""
    for after in verb.children:
        if after.dep_ != "conj" or after.lemma_.lower() not in _TAKING_BACK or told_of(after) != "effective":
            continue
        if any(c.dep_ == "dobj" and c.lower_ in ("it", "that", "this", "them") for c in after.children):
            whole = after.lemma_.lower() != "take" or any(c.lower_ == "back" for c in after.children)
            return after if whole else None
    return None


def _at_once(parsed: Parsed) -> bool:
    said = " ".join(parsed.words).lower()
    return "with immediate effect" in said or "effective immediately" in said or "with effect from today" in said


def _takes_effect(token: Any) -> Stage | None:
    """As in "whose withdrawal took effect in May", "the withdrawal became final"."""
    verb = token.head
    if token.dep_ not in ("nsubj", "nsubjpass") or verb.lemma_.lower() not in ("take", "become", "come", "enter", "be"):
        return None
    if not any(
        c.lower_ in ("effect", "effective", "force", "final", "complete", "official")
        for c in verb.subtree
        if 0 < c.i - verb.i < 5
    ):
        return None
    told = told_of(verb)
    final = verb.lower_ == "is" and any(c.lower_ in ("final", "complete") for c in verb.children)
    return "effective" if told == "effective" or final else "announced"


_MOODS = words("mood hurry rush")
_POINTLESS = words("point reason sense use need interest wish desire intention")


def _final(state: Verdict, trigger: Trigger, seen: list[str], parsed: Parsed) -> Judgement:
    stage, frame = state.stage, trigger.predicate.frame
    negative = state.negations % 2 == 1
    if state.reason:
        return Judgement(None, state.reason, tuple(seen))
    if frame == "refuse":
        if not negative:
            return Judgement(None, "renewed", tuple(seen))
        negative, stage = False, state.refused or stage
    if state.hypothetical:
        return Judgement(None, "hypothetical", tuple(seen))
    if stage in ("announced", "notified") and not negative and (_at_once(parsed) or state.at_once):
        stage = "effective"
    pointless = frame == "stay" and (negative or "no" in seen) and _POINTLESS & set(seen)
    if pointless:
        return Judgement(None, "unstated", tuple(seen))
    asked = any(c.lower_ == "whether" for c in parsed.doc[trigger.token].children)
    if frame == "stay" and stage == "considered" and not negative and not asked:
        return Judgement(None, "no_prior_step", tuple(seen))
    before = {w.lower() for w in parsed.words[max(0, trigger.token - 4) : trigger.token]}
    if frame == "return" and "no" in before and _MOODS & before:
        return Judgement(None, "negated", tuple(seen))  # "in no mood to come back"
    if negative:
        if stage == "effective":
            return Judgement(None, "negated", tuple(seen))
        if frame == "return":
            return Judgement(None, "negated", tuple(seen))
        stage = "denied" if frame not in ("stay", "unsign") else "announced"
        if stage == "denied" and "after all" in " ".join(parsed.words[trigger.token :]).lower():
            stage = "reversed"  # "will not leave after all"
        if frame == "unsign" and any(g in ("tell", "notify", "inform") for g in seen):
            stage = "notified"
    leaves = negative and frame == "stay"
    return Judgement(stage, "", tuple(seen), state.by, state.hypothetical, leaves=leaves)
