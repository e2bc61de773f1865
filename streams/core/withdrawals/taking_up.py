"""Whether a "followed", "did so" or "may be next" takes up an act of leaving. It must not find who or what."""

from __future__ import annotations

from collections.abc import Sequence

from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.grammar import is_verb
from streams.core.withdrawals.inheriting import Inheritance
from streams.core.withdrawals.names import STATE
from streams.core.withdrawals.naming_types import Read
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.trigger import Trigger

_TIMED = frozenset({"in", "last", "too", "within", "next", "later"})
CLOSE, FAR = 3, 12  # sentences: over which a bare "followed" reaches, and one with a word or time of its own


def follows(  # noqa: PLR0917 - one fact each, all needed
    parsed: Parsed,
    trigger: Trigger,
    actor: Actor,
    target: Target,
    memory: Sequence[Candidate],
    inheritance: Inheritance,
    reads: Sequence[Read],
) -> bool:
    """Whether another has just left: who follows needs someone before."""
    if _another_act(parsed, trigger, actor, memory, reads) or _of_partner(trigger, actor, target):
        return False
    if inheritance.steps(actor, target) or target.token not in (-1, trigger.token):
        return True
    last = memory[-1] if memory else None
    if last is None or last.actor is None or last.actor.entity.key == actor.entity.key:
        return False
    told = parsed.words[trigger.token + 1 : trigger.token + 3]
    again = last.target is not None and last.target.key == target.key and bool(_TIMED & set(told))
    far = trigger.noun or trigger.predicate.words or again
    return parsed.read.sentence.number - last.number <= (FAR if far else CLOSE)


def _another_act(
    parsed: Parsed, trigger: Trigger, actor: Actor, memory: Sequence[Candidate], reads: Sequence[Read]
) -> bool:
    """As in "ran the cup and will do so again", "Malta accepted the rate. Ostia did so, too": no act of leaving."""
    if trigger.predicate.lemma != "do" or trigger.noun:
        return False
    number, verb = parsed.read.sentence.number, parsed.doc[trigger.token]
    if verb.dep_ == "conj" and is_verb(verb.head):
        before = parsed.spans[verb.head.i][0]
        return not any(c.number == number and c.trigger[0] >= before for c in memory)
    if trigger.predicate.words != ("so",):
        return False
    told = any(0 <= number - c.number <= 1 for c in memory)
    opening = next((m for r in reads if r.sentence.number == number - 1 for f, _, m in r.mentions if f == 0), None)
    return not told and opening is not None and opening.type == actor.entity.type and opening.key != actor.entity.key


def _of_partner(trigger: Trigger, actor: Actor, target: Target) -> bool:
    """As in "Ostia may be next" behind a "treaty with Norland": another partner, who has left nothing."""
    bilateral = target.type == "described" and any(" with " in name for name in target.names)
    return bilateral and actor.entity.type == STATE and trigger.predicate.words == ("next",)
