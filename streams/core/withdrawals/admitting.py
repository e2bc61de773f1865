"""Pairs that the second reader is sure of and the rules left open, as candidates with a trigger of their own.

Most events that rules miss on unseen news have a trigger whose actor or object they could not tell. The law has the
last word on these too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.candidate import PAIR, Candidate
from streams.core.withdrawals.candidates import Finder
from streams.core.withdrawals.grammar import list_around
from streams.core.withdrawals.names import INSTITUTION, NAME, PARTY, Entity, Mention
from streams.core.withdrawals.pairing import Pair, View, pair_of
from streams.core.withdrawals.parsed import Parse, Parsed, parse_all
from streams.core.withdrawals.passage import sentence_of
from streams.core.withdrawals.pronouns import nearest_mention
from streams.core.withdrawals.reading import Reading, entity_of, place_of
from streams.core.withdrawals.shedding import HELD
from streams.core.withdrawals.stage import Judgement, judge
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.targets import known_target
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.wholly import weighed, wholly

SURE = 1.0  # logit from which a pair that no rule told is an event
WANTED = -1.0  # the same where rules tell that something is left and not by whom
BELIEVED = 2.0  # logit from which it tells that a name of no known kind is a body
TRIES = 3  # triggers that are asked for one pair
OVERRULED = 3.0  # logits by which a pair must lie above another that the trigger tells of
CLOSE = 2.0  # logits that such a trigger may lie below the pair's own
_BELONGING = ("leave", "nonmember", "notice", "stay", "return", "follow")
_BODIES = (NAME, INSTITUTION, PARTY)


def admitted(  # noqa: PLR0917 - one fact each, all needed
    reading: Reading,
    finder: Finder,
    view: View,
    candidates: Sequence[Candidate],
    things: Sequence[Target],
    parse: Parse,
) -> tuple[list[Candidate], list[Candidate]]:
    """(found, overruled): a candidate for each pair that none tells, where some trigger and the law allow it.

    What is overruled is a standing candidate of the same trigger, with the same actor or object, whose pair is much
    less likely.
    """
    found: list[Candidate] = []
    overruled: list[Candidate] = []
    told = [c for c in candidates if not c.reason]
    entities = reading.register.entities
    described = {t.key: t for t in things}
    sentences = Sentences(reading, finder, parse)
    wanted = {(c.field, c.trigger, c.target.key) for c in candidates if c.reason == "no_actor" and c.target is not None}
    for pair in sorted(view.pairs, key=lambda p: (-view.pairs[p], p)):
        if view.pairs[pair] < WANTED:
            break
        actor, thing = entities.get(pair[0]), entities.get(pair[1]) or described.get(pair[1])
        standing = [c for c in (*told, *found) if c not in overruled]
        if actor is None or thing is None or any(_same(c, actor, thing) for c in standing):
            continue
        for number in _likely(view, pair, sentences):
            at = sentences.trigger(number, actor)
            if at is None:
                continue
            parsed, trigger = at
            new = _judged(reading, finder, actor, thing, parsed, trigger)
            new = _believed(new, trigger, view, pair) if new is not None else None
            if new is None or new.reason:
                continue
            rivals = [c for c in standing if (c.field, c.trigger) == (new.field, new.trigger)]
            if any(_closed(new, c, view, number, parsed) for c in rivals):
                continue
            if view.pairs[pair] >= SURE or (new.field, new.trigger, pair[1]) in wanted:
                found.append(replace(new, rule=PAIR + new.rule, weak=True))
                overruled += [c for c in rivals if _doubted(new, c, view, number) and _shares(new, c)]
                break
    return found, overruled


class Sentences:
    """The triggers of an article by their numbers; a sentence that tells a pair as a whole is parsed when asked for."""

    def __init__(self, reading: Reading, finder: Finder, parse: Parse) -> None:
        self._reading, self._finder, self._parse = reading, finder, parse
        self._parsed: dict[int, Parsed] = {}

    def names(self, number: int, key: str) -> bool:
        """Whether a trigger, not a whole sentence, stands in a sentence that names a thing."""
        mentions = self._finder.triggers[number][0].read.mentions if number >= 0 else []
        return any(entity_of(self._reading, mention).key == key for _, _, mention in mentions)

    def trigger(self, number: int, actor: Entity) -> tuple[Parsed, Trigger] | None:
        """The parsed sentence and its trigger; None where the sentence has no verb."""
        if number >= 0:
            return self._finder.triggers[number]
        if number not in self._parsed:
            self._parsed[number] = parse_all([sentence_of(self._reading, number)], self._parse)[0]
        trigger = wholly(self._reading, self._parsed[number], actor)
        return (self._parsed[number], trigger) if trigger is not None else None


def _same(one: Candidate, actor: Entity, thing: Entity | Target) -> bool:
    """Whether a candidate tells of these two already, be it by another name: "Comesa" and "COMESA"."""
    if one.actor is None or one.target is None or one.actor.entity.key != actor.key:
        return False
    names = {n.casefold() for n in (thing.names if isinstance(thing, Target) else thing.names())}
    return one.target.key == thing.key or any(n.casefold() in names for n in one.target.names)


def _closed(new: Candidate, other: Candidate, view: View, number: int, parsed: Parsed) -> bool:
    """Whether the trigger tells of another pair, and of this one neither in a list with that nor much more surely."""
    (actor, thing), mine = pair_of(other), pair_of(new)
    beside = (actor == mine[0] and _listed(parsed, other.target, new.target)) or (
        thing == mine[1] and _listed(parsed, other.actor, new.actor)
    )
    return not beside and not _doubted(new, other, view, number)


def _doubted(new: Candidate, other: Candidate, view: View, number: int) -> bool:
    """Whether the trigger tells of the new pair much more surely than of the other."""
    mine = view.by_trigger[pair_of(new)][number]
    theirs = view.by_trigger.get(pair_of(other))
    return theirs is not None and theirs[number] < mine - OVERRULED


def _shares(one: Candidate, other: Candidate) -> bool:
    (actor, thing), (their_actor, their_thing) = pair_of(one), pair_of(other)
    return actor == their_actor or thing == their_thing


def _listed(parsed: Parsed, one: Actor | Target | None, other: Actor | Target | None) -> bool:
    if one is None or other is None or not 0 <= one.token < len(parsed.words) or other.token < 0:
        return False
    return other.token in list_around(parsed, one.token)


def _judged(  # noqa: PLR0917 - one fact each, all needed
    reading: Reading, finder: Finder, actor: Entity, thing: Entity | Target, parsed: Parsed, trigger: Trigger
) -> Candidate | None:
    judgement = judge(parsed, trigger, reading.data)
    if judgement.stage is None and judgement.reason == "no_prior_step":
        asked = "whether" in parsed.words[: trigger.token]
        judgement = Judgement("considered" if asked else "denied", leaves=True)  # "Indonesia wants to stay in"
    if judgement.stage is None:
        return None
    if weighed(trigger, judgement.stage):
        judgement = replace(judgement, stage="considered")
    target = _target(reading, thing, parsed)
    held = parsed.doc[trigger.start].lemma_.lower() if trigger.start is not None else ""
    if held in HELD:
        target = replace(target, through=held)  # "suspended its participation in the pact"
    return finder.judged(parsed, trigger, judgement, _actor(reading, actor, parsed), target)


def _believed(one: Candidate, trigger: Trigger, view: View, pair: Pair) -> Candidate:
    """What the law could not tell from the article so far and the second reader is sure of."""
    sure = view.pairs[pair]
    if one.reason == "unknown_object" and sure >= BELIEVED:
        # a name of no known kind, left as only a body is left: "the Dii", a union's "Labour Party"
        left = trigger.predicate.frame in _BELONGING and one.target is not None and one.target.type in _BODIES
        return replace(one, reason="", kind="organization") if left else one
    if one.reason == "no_prior_step" and sure >= SURE and one.kind is not None:
        return replace(one, reason="")  # "DaimlerChrysler followed in January"
    if one.frame == "return" and one.stage in ("announced", "effective"):
        return replace(one, frame="leave", stage="reversed")  # "was readmitted last month", its going left untold
    return one


def _likely(view: View, pair: Pair, sentences: Sentences) -> list[int]:
    """The numbers of the triggers that may tell of the pair: those whose sentence names the actor first, for proof."""
    told = view.by_trigger[pair]
    near = [n for n in told if told[n] >= view.pairs[pair] - CLOSE]
    return sorted(near, key=lambda n: (not sentences.names(n, pair[0]), -told[n], n < 0, n))[:TRIES]


def _named(reading: Reading, entity: Entity, parsed: Parsed) -> tuple[int, Mention]:
    """Where the sentence names it, as a token and a mention; -1 and the nearest naming where it does not."""
    place = place_of(reading, parsed, entity)
    mention = parsed.mentions[place] if place is not None else None
    return (place, mention) if place is not None and mention is not None else (-1, nearest_mention(entity, parsed))


def _actor(reading: Reading, entity: Entity, parsed: Parsed) -> Actor:
    place, mention = _named(reading, entity, parsed)
    return Actor(entity, mention, place, weak=True)


def _target(reading: Reading, entity: Entity | Target, parsed: Parsed) -> Target:
    if isinstance(entity, Target):
        return replace(entity, token=-1, weak=True)
    place, mention = _named(reading, entity, parsed)
    text = reading.text_of(mention.span, mention.field)
    return known_target(entity, text=text, span=mention.span, field=mention.field, token=place, weak=True)
