"""Pairs that the second reader is sure of and the rules left open, as candidates with a trigger of their own.

Most events that rules miss on unseen news have a trigger whose actor or object they could not tell. The law has the
last word on these too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.candidates import Finder
from streams.core.withdrawals.grammar import list_around
from streams.core.withdrawals.names import INSTITUTION, NAME, PARTY, Entity, Mention
from streams.core.withdrawals.pairing import Pair, View, pair_of
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.pronouns import nearest_mention
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.shedding import HELD
from streams.core.withdrawals.stage import judge
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.targets import known_target
from streams.core.withdrawals.trigger import Trigger

PAIR = "pair:"
SURE = 1.0  # logit from which a pair that no rule told is an event
WANTED = -1.0  # the same where rules tell that something is left and not by whom
BELIEVED = 2.0  # logit from which it tells that a name of no known kind is a body
TRIES = 3  # triggers that are asked for one pair
OVERRULED = 3.0  # logits by which a pair must lie above another that the trigger tells of
CLOSE = 2.0  # logits that such a trigger may lie below the pair's own
_BELONGING = ("leave", "nonmember", "notice", "stay", "return", "follow")
_BODIES = (NAME, INSTITUTION, PARTY)


def admitted(reading: Reading, finder: Finder, view: View, candidates: Sequence[Candidate]) -> list[Candidate]:
    """A candidate for each pair that no standing candidate tells, where some trigger and the law allow it."""
    found: list[Candidate] = []
    told = [c for c in candidates if not c.reason]
    entities = reading.register.entities
    described = {c.target.key: c.target for c in told if c.target is not None and c.target.entity is None}
    wanted = {(c.field, c.trigger, c.target.key) for c in candidates if c.reason == "no_actor" and c.target is not None}
    for pair in sorted(view.pairs, key=lambda p: (-view.pairs[p], p)):
        if view.pairs[pair] < WANTED:
            break
        actor, thing = entities.get(pair[0]), entities.get(pair[1]) or described.get(pair[1])
        if actor is None or thing is None or any(_same(c, actor, thing) for c in (*told, *found)):
            continue
        for parsed, trigger in _likely(finder, view, pair):
            new = _judged(reading, finder, actor, thing, parsed, trigger)
            if new is None or _closed(new, (*told, *found), view, parsed):
                continue
            if new.reason == "unknown_object" and view.pairs[pair] >= BELIEVED:
                new = _as_body(new, trigger)
            sure = view.pairs[pair] >= SURE or (new.field, new.trigger, pair[1]) in wanted
            if sure and not new.reason:
                found.append(replace(new, rule=PAIR + new.rule, weak=True))
                break
    return found


def _same(one: Candidate, actor: Entity, thing: Entity | Target) -> bool:
    """Whether a candidate tells of these two already, be it by another name: "Comesa" and "COMESA"."""
    if one.actor is None or one.target is None or one.actor.entity.key != actor.key:
        return False
    names = {n.casefold() for n in (thing.names if isinstance(thing, Target) else thing.names())}
    return one.target.key == thing.key or any(n.casefold() in names for n in one.target.names)


def _closed(new: Candidate, others: Sequence[Candidate], view: View, parsed: Parsed) -> bool:
    """Whether the trigger tells of another pair, and of this one neither in a list with that nor much more surely."""
    mine = pair_of(new)
    for other in others:
        if (other.field, other.trigger) != (new.field, new.trigger):
            continue
        (actor, thing) = pair_of(other)
        doubtful = view.pairs.get((actor, thing), view.pairs[mine]) < view.pairs[mine] - OVERRULED
        beside = (actor == mine[0] and _listed(parsed, other.target, new.target)) or (
            thing == mine[1] and _listed(parsed, other.actor, new.actor)
        )
        if not doubtful and not beside:
            return True
    return False


def _listed(parsed: Parsed, one: Actor | Target | None, other: Actor | Target | None) -> bool:
    if one is None or other is None or not 0 <= one.token < len(parsed.words) or other.token < 0:
        return False
    return other.token in list_around(parsed, one.token)


def _judged(  # noqa: PLR0917 - one fact each, all needed
    reading: Reading, finder: Finder, actor: Entity, thing: Entity | Target, parsed: Parsed, trigger: Trigger
) -> Candidate | None:
    judgement = judge(parsed, trigger, reading.data)
    if judgement.stage is None:
        return None
    target = _target(reading, thing, parsed)
    held = parsed.doc[trigger.start].lemma_.lower() if trigger.start is not None else ""
    if held in HELD:
        target = replace(target, through=held)  # "suspended its participation in the pact"
    return finder.judged(parsed, trigger, judgement, _actor(reading, actor, parsed), target)


def _as_body(one: Candidate, trigger: Trigger) -> Candidate:
    """A name whose kind nothing tells, left as only a body is left: "the Dii", a union's "Labour Party"."""
    left = trigger.predicate.frame in _BELONGING and one.target is not None and one.target.type in _BODIES
    return replace(one, reason="", kind="organization") if left else one


def _likely(finder: Finder, view: View, pair: Pair) -> Iterator[tuple[Parsed, Trigger]]:
    """The triggers that may tell of the pair, the likeliest first."""
    told = view.by_trigger[pair]
    for number in sorted(told, key=lambda n: (-told[n], n))[:TRIES]:
        if told[number] >= view.pairs[pair] - CLOSE:
            yield finder.triggers[number]


def _named(reading: Reading, entity: Entity, parsed: Parsed) -> tuple[int, Mention]:
    """Where the sentence names it, as a token and a mention; -1 and the nearest naming where it does not."""
    named = ((i, m) for i, m in enumerate(parsed.mentions) if m is not None and entity_of(reading, m).key == entity.key)
    return next(named, None) or (-1, nearest_mention(entity, parsed))


def _actor(reading: Reading, entity: Entity, parsed: Parsed) -> Actor:
    place, mention = _named(reading, entity, parsed)
    return Actor(entity, mention, place, weak=True)


def _target(reading: Reading, entity: Entity | Target, parsed: Parsed) -> Target:
    if isinstance(entity, Target):
        return replace(entity, token=-1, weak=True)
    place, mention = _named(reading, entity, parsed)
    text = reading.text_of(mention.span, mention.field)
    return known_target(entity, text=text, span=mention.span, field=mention.field, token=place, weak=True)
