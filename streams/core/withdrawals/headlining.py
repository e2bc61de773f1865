"""A headline names actor and thing loosely: what it alone tells is what the first sentences tell. It sets no stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.names import INSTITUTION, OBJECT, STATE
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.vocabulary import words

LEAD = 3
FIRST = 2
_LIKE = {"treaty", "agreement", "organization", "coalition", "talks", "deal"}
_STEM = 4  # letters that "Lib Dems" and "Liberal Democrats", "Tigers" and "Tiger" share, at the least three
_PLAIN = words("the of and for in on a an 's party union group council church federation association")


def under_lead(groups: list[list[Candidate]]) -> list[list[Candidate]]:
    """A lead's "largest union has left the national federation" is what the next sentences tell by name."""
    kept: list[list[Candidate]] = []
    for group in groups:
        first = group[0]
        loose = first.actor is not None and _told_loosely(first.actor) and all(c.number <= 1 for c in group)
        named = next((g for g in groups if g is not group and _names_it(g, first)), None) if loose else None
        if named is None:
            kept.append(group)
        else:
            known = named[0]
            named.extend(replace(c, actor=known.actor, target=known.target) for c in group)
    return kept


def _told_loosely(actor: Actor) -> bool:
    said = actor.entity.name.split()
    return said[-1].islower() and any(w.endswith("est") for w in said)


def _names_it(group: list[Candidate], loose: Candidate) -> bool:
    """Whether a group tells a named actor's leaving of a like thing right behind the loose one."""
    told = next((c for c in group if c.field == "text" and 0 <= c.number - loose.number <= LEAD), None)
    if told is None or told.actor is None or told.target is None or loose.target is None:
        return False
    proper = told.actor.entity.type != STATE and told.actor.entity.name[:1].isupper() and not _told_loosely(told.actor)
    return (
        proper and told.kind == loose.kind and (loose.target.type == "described" or told.target.key == loose.target.key)
    )


def under_headline(groups: list[list[Candidate]]) -> list[list[Candidate]]:
    """The groups, those that stand in the headline alone joined to the lead's."""
    kept: list[list[Candidate]] = []
    for group in groups:
        first = group[0]
        alone = all(c.field == "headline" for c in group)
        lead = next((g for g in groups if g is not group and _leads(g, first)), None) if alone else None
        if lead is None:
            kept.append(group)
            continue
        told = next(c for c in lead if c.field == "text")
        if _one_thing(told.target, first.target):
            _take_name(lead, first)
            lead.extend(group)
        elif told.number > FIRST and _both_known(told.target, first.target):
            kept.append(group)  # an act that the first sentences leave to the headline
    return kept


def _take_name(lead: Sequence[Candidate], titled: Candidate) -> None:
    """What the headline calls the actor is a name of it."""
    told = next(c.actor for c in lead if c.field == "text")
    if told is None or titled.actor is None or told.entity.key == titled.actor.entity.key:
        return
    named = titled.actor.entity.name
    if titled.actor.entity.type != STATE and named not in told.entity.names():
        told.entity.aliases.append(named)


def _leads(group: list[Candidate], titled: Candidate) -> bool:
    """Whether a group tells in the first sentences of the headline's actor, and of a thing of like kind."""
    first = next((c for c in group if c.field == "text"), None)
    if first is None or first.number > LEAD or first.actor is None or titled.actor is None:
        return False
    loose = titled.target is not None and titled.target.weak and first.number <= FIRST
    like = first.kind == titled.kind or {first.kind, titled.kind} <= _LIKE
    same = first.actor.entity.key == titled.actor.entity.key
    return like and (same or (_akin(first.actor, titled.actor) and (loose or _one_thing(first.target, titled.target))))


def _one_thing(told: Target | None, titled: Target | None) -> bool:
    if told is None or titled is None:
        return False
    if told.key == titled.key or titled.type == "described":
        return True
    within = f" {' '.join(told.names).casefold()} "
    return any(f" {name.casefold()} " in within for name in titled.names if name[:1].isupper())


def _both_known(told: Target | None, titled: Target | None) -> bool:
    return told is not None and titled is not None and {told.type, titled.type} <= {OBJECT, INSTITUTION}


def _akin(told: Actor, titled: Actor) -> bool:
    """Whether the headline's name is the lead's cut short: "Lib Dems", "Social Democrats", "Gippsland Synod"."""
    if told.entity.type == STATE and titled.entity.type == STATE:
        return False
    long = [name.casefold().replace("'s", "").split() for name in told.entity.names()]
    short = titled.entity.name.casefold().replace("'s", "").split()
    return any(_shortened(short, name) for name in long)


def _shortened(short: list[str], long: list[str]) -> bool:
    if {w[:_STEM] for w in short if w not in _PLAIN} & {w[:_STEM] for w in long if w not in _PLAIN}:
        return True
    return len(short) == len(long) and all(_starts(a, b) for a, b in zip_longest(short, long))


def _starts(short: str, long: str) -> bool:
    cut = short.rstrip("s.")
    return len(cut) > 2 and long.startswith(cut)
