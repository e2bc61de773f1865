"""What a bare "left", "followed", "would stay" or "its own notice" takes up: the thing the article speaks of.

One law: the thing last spoken of as left in this sentence or the one before, else the article's main one. A thing
from further away is inherited only by an actor of the same sort as those who left it. It must not read grammar.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.grammar import auxiliaries
from streams.core.withdrawals.names import INSTITUTION, OBJECT, PERSON, STATE
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.trigger import Trigger

LEAD, CLOSE, NEAR = 2, 1, 4  # sentences: the lead, one breath, one passage
BEFORE = 300  # code points before the sentence in which a "they" may have its name
INHERITING = ("follow", "notice", "return", "leave", "stay")
_WHEN = re.compile(
    r"\b(?:1[89]\d\d|20\d\d|last|later|earlier|ago|already|also|too|as well|first|in|that (?:year|month|week)"
    r"|this (?:year|month|week|summer"
    r"|spring|autumn|fall|winter|morning)|a (?:year|month|week) before|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|same)\b"
)
_TOLD = re.compile(r"\b(?:told|informed|notified|tells|informs|notifies|inform|notify|tell) the (\w+)\b[^;:]* that\b")
_ADDED = re.compile(r"\b(?:also|too|already)\b")


class Inheritance:
    """The things left, in the order in which one article speaks of them."""

    def __init__(self, memory: Sequence[Candidate]) -> None:
        self._memory = memory
        self._spoken: list[tuple[int, Target, bool]] = []  # sentence, thing, whether somebody is said to leave it
        self._paragraphs: dict[int, int] = {}

    def speak(self, number: int, paragraph: int, found: Sequence[Candidate]) -> None:
        """Remember what a sentence says is left, though it may not name who leaves it."""
        self._paragraphs[number] = paragraph
        self._spoken += [
            (number, c.target, not c.reason)
            for c in found
            if c.target is not None
            and (not c.reason or (c.reason == "no_actor" and c.target.type in (OBJECT, INSTITUTION)))
        ]

    def main(self) -> Target | None:
        """What the article's first sentences say is left, else what is left most often."""
        fitting = [s for s in self._spoken if s[2]] or self._spoken
        keys = [t.key for _, t, _ in fitting]
        first = next((t for n, t, _ in fitting if n <= LEAD), None)
        return first or next((t for _, t, _ in fitting if t.key == max(keys, key=keys.count)), None)

    def target(self, number: int, paragraph: int, named: Sequence[str] = ()) -> Target | None:
        """The thing that a bare verb in sentence `number` takes up; a new paragraph goes back to the main one.

        Of things that were left before, the one that this sentence names (keys `named`) goes before all others.
        """
        again = [t for _, t, _ in self._spoken if t.key in named]
        if again and len({t.key for t in again}) == 1:
            return replace(again[-1], token=-1, weak=True)
        close = [t for n, t, _ in self._spoken if 0 <= number - n <= CLOSE]
        here = [n for n, at in self._paragraphs.items() if at == paragraph]
        within = [t for n, t, standing in self._spoken if 0 <= number - n <= NEAR and standing and n in here]
        main = self.main()
        if close:
            chosen: Target | None = close[-1]
        elif within and main is not None and all(t.key != main.key for t in within):
            chosen = within[-1]
        else:
            chosen = main
        return replace(chosen, token=-1, weak=True) if chosen is not None else None

    def fits(self, parsed: Parsed, trigger: Trigger, actor: Actor, target: Target) -> bool:
        """Whether the actor may take the target up from where it was last spoken of."""
        number = parsed.read.sentence.number
        if target.token not in (-1, trigger.token):
            return True  # named in the sentence itself: the body that is told
        sentence = parsed.read.sentence
        losing = {"lost", "lose", "loses", "losing"} & {w.lower() for w in parsed.words[: trigger.token]}
        plain = trigger.predicate.frame == "leave" and (not trigger.predicate.weak or bool(losing))
        if (
            plain
            and target.field == sentence.field
            and sentence.start <= target.span[0] < parsed.spans[trigger.token][0]
        ):
            return True
        told = _TOLD.search(" ".join(parsed.words[: trigger.token]))
        if told and target.entity is not None and told[1].lower() in target.entity.heads:
            return True
        others = [c.actor for c in self._memory if c.actor is not None and c.target and c.target.key == target.key]
        alike = not others or any(_sovereign(o) == _sovereign(actor) for o in others)
        if any(0 <= number - n <= NEAR and t.key == target.key and s for n, t, s in self._spoken):
            return alike or actor.entity.type != OBJECT
        named = actor.mention.field == sentence.field and sentence.start - BEFORE <= actor.mention.start < sentence.end
        if not named or not alike or actor.through_person or actor.entity.type == PERSON:
            return False
        verb = parsed.doc[trigger.token]
        if verb.tag_ == "VB" or (verb.tag_ == "VBG" and auxiliaries(verb) & {"will", "would"}):
            return True
        if (others and (trigger.noun or trigger.predicate.words)) or trigger.predicate.frame == "stay":
            return True
        after = " ".join(parsed.words[trigger.last + 1 : trigger.last + 7])
        before = " ".join(parsed.words[max(0, trigger.token - 3) : trigger.token])
        return bool(_WHEN.search(after) or _ADDED.search(before)) or not (
            trigger.predicate.weak or trigger.predicate.frame == "follow"
        )

    def steps(self, actor: Actor, target: Target) -> bool:
        """Whether somebody else of the actor's sort has taken the step that a "followed" needs before it."""
        return any(
            c.actor is not None
            and c.target is not None
            and c.target.key == target.key
            and c.actor.entity.key != actor.entity.key
            and _sovereign(c.actor) == _sovereign(actor)
            for c in self._memory
        )


def _sovereign(actor: Actor) -> bool:
    """States, and the one union that signs treaties beside its members."""
    return actor.entity.type == STATE or actor.entity.id == "eu"
