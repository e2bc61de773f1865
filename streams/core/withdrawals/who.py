"""Who does it: from a trigger to the actors, through lists, pronouns, causatives and offices.

It must not judge stage or kind.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.actors import Actors
from streams.core.withdrawals.bodies import described_bodies, described_body, included
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.context import Context
from streams.core.withdrawals.counting import counted, is_counted, pointed_back
from streams.core.withdrawals.grammar import beside_others, child, list_around
from streams.core.withdrawals.links import is_passive
from streams.core.withdrawals.names import DEMONYM, NAME, PERSON, STATE
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.peoples import ruled_by
from streams.core.withdrawals.pronouns import nearest_mention
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.senses import OWN_MEN, TROOPS
from streams.core.withdrawals.speakers import BILLS, above, opening_state, speaking
from streams.core.withdrawals.subjects import spread, subject_tokens
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

_OFFICE = re.compile(
    r"(?:Minister|President|Secretary|Premier|Chancellor|King|Queen|Emir|Ambassador|minister"
    r"|president|premier|chancellor|spokesman|spokeswoman|spokesperson"
    r"|Spokesman)(?: for [a-z ]{3,20})?(?:, (?:Mr|Mrs|Ms|Dr|Sir)\.?)? $"
)


_SELVES = words(
    "country nation party company club union team government delegation membership participation support signature "
    "group state kingdom firm church city us"
)
_LED = words("party company club union faction movement group")
_SENT = words(
    "negotiators delegation delegates team representatives crew players athletes riders squad envoys mediators staff "
    "experts name himself herself side cars ministers lawmakers mps"
)


def _own_people(parsed: Parsed, trigger: Trigger, target: Target) -> bool:
    """As in "withdrew its swimmers from the games": whoever they are, they are its own."""
    token = parsed.doc[trigger.cause or 0]
    return target.kind == "contest" and token.tag_ == "NNS" and child(token, "poss") is not None


class Who:
    """Resolves the actors of triggers; `memory` is the finder's list of standing candidates."""

    def __init__(self, reading: Reading, context: Context, memory: list[Candidate]) -> None:
        self._reading, self._context, self._memory = reading, context, memory
        self._actors = Actors(reading, context)

    def of(self, parsed: Parsed, trigger: Trigger, targets: list[Target]) -> list[Actor]:
        said = subject_tokens(parsed, trigger)
        listed = self._after_colon(parsed, trigger) or pointed_back(self._reading, parsed, said, self._memory)
        listed = listed or (described_bodies(self._reading, parsed, said[-1]) if said else [])
        if listed:
            return listed
        places = self._plural(parsed, said)
        if trigger.cause is not None:
            caused = None if _own_people(parsed, trigger, targets[0]) else self._caused(parsed, trigger)
            if caused is not None:
                return caused
        found: dict[str, Actor] = {}
        places += beside_others(parsed, places)
        for place in places:
            if parsed.doc[place].lower_ in ("others", "anyone", "none", "nobody", "everyone", "many"):
                continue
            actor = self._actors.resolve(parsed, place) or self._speaker(parsed, place)
            if targets[0].kind not in ("contest", "deployment", "talks"):
                actor = described_body(self._reading, parsed, place) or actor
            if actor is None or any(t.token == place for t in targets):
                continue
            actor = self._as_state(parsed, actor, targets[0])
            if actor.weak and actor.entity.name in targets[0].names[0]:
                other = self._context.main_state
                if other is None or other.key == actor.entity.key or not other.mentions:
                    continue
                actor = Actor(other, other.mentions[0], actor.token, weak=True)
            found.setdefault(actor.entity.key, actor)
        for actor in counted(self._reading, parsed, places):
            found.setdefault(actor.entity.key, actor)
        opened = opening_state(self._reading, parsed) if not found and trigger.noun else None
        if opened is not None and set(parsed.words[3:6]) & BILLS and not found:
            return [opened]
        return (
            self._alike(list(found.values()))
            or included(self._reading, parsed, places)
            or self._ended(parsed, trigger, targets[0])
            or above(self._actors, parsed, trigger, places)
            or speaking(self._actors, parsed, trigger)
        )

    def _alike(self, actors: list[Actor]) -> list[Actor]:
        """As in "Oregon and Washington": beside a place that is no state, the capital's name is such a place too."""
        if not any(a.entity.type == NAME for a in actors):
            return actors
        named = self._reading.register.named
        return [
            replace(a, entity=named("Washington", NAME, "")) if a.mention.text == "Washington" else a for a in actors
        ]

    def _ended(self, parsed: Parsed, trigger: Trigger, target: Target) -> list[Actor]:
        """As in "the agreement was ended as well": by whoever the sentences just before tell of."""
        if trigger.noun or trigger.predicate.frame != "end" or not is_passive(parsed.doc[trigger.token]):
            return []
        if target.kind not in ("treaty", "agreement") or child(parsed.doc[trigger.token], "agent") is not None:
            return []
        number = parsed.read.sentence.number
        last = next((c for c in reversed(self._memory) if c.actor is not None and 0 < number - c.number <= 4), None)
        return [replace(last.actor, weak=True)] if last is not None and last.actor is not None else []

    def _after_colon(self, parsed: Parsed, trigger: Trigger) -> list[Actor]:
        """As in "Two countries have left: Ostia and Norland": the names behind the colon are the actors."""
        if ":" not in parsed.words[trigger.last :]:
            return []
        places = subject_tokens(parsed, trigger)
        if (
            len(places) != 1
            or parsed.mentions[places[0]] is not None
            or parsed.doc[places[0]].tag_ not in ("NNS", "CD")
        ):
            return []
        colon = parsed.words.index(":", trigger.last)
        named = [
            (i, m)
            for i, m in enumerate(parsed.mentions)
            if i > colon
            and m is not None
            and m.type not in (DEMONYM, PERSON)
            and (parsed.words[i - 1].lower() in (":", ",", "and", "the") or parsed.words[i - 1].endswith("-based"))
        ]
        return [Actor(entity_of(self._reading, m), m, i) for i, m in named]

    def _plural(self, parsed: Parsed, places: list[int]) -> list[int]:
        """As in "they" stands for all the subjects above it in the sentence."""
        if len(places) != 1 or parsed.doc[places[0]].lower_ not in ("they", "their", "we", "both"):
            return places
        node = parsed.doc[places[0]]
        while node.head.i != node.i:
            node = node.head
            subject = next((c for c in node.children if c.dep_ == "nsubj" and c.i < places[0]), None)
            if node.pos_ in ("VERB", "AUX") and subject is not None and is_counted(parsed, subject.i):
                return [subject.i]
            if node.pos_ in ("VERB", "AUX") and subject is not None and parsed.mentions[subject.i] is not None:
                return spread(parsed, [subject], places[0], None)
        opening = list_around(parsed, 0) if parsed.mentions[0] is not None and places[0] else [0]
        return opening if len(opening) > 1 and opening[-1] < places[0] else places

    def _speaker(self, parsed: Parsed, place: int) -> Actor | None:
        """As in "we", a note or a law speaks for the actor last spoken of."""
        word = parsed.words[place].lower()
        if word in BILLS and (opened := opening_state(self._reading, parsed)) is not None:
            return opened
        if word not in (
            "we",
            "our",
            "us",
            "i",
            "note",
            "letter",
            "statement",
            "notice",
            "decree",
            "law",
            "bill",
            "document",
            "decision",
            "order",
            "communique",
        ):
            return None
        last = next((c.actor for c in reversed(self._memory) if c.actor is not None), None)
        if word in ("we", "our", "us") and (last is None or last.entity.type == STATE):
            last = self._quoted(parsed) or last
        if last is not None:
            return replace(last, weak=True)
        state = self._context.main_state if word in ("bill", "law", "decree", "note", "order") else None
        return Actor(state, state.mentions[0], place, weak=True) if state is not None and state.mentions else None

    def _quoted(self, parsed: Parsed) -> Actor | None:
        """Whose "we" it is: the state of who says it, or the state named where that person is."""
        verb = next((t for t in parsed.doc if t.lemma_.lower() in ("say", "tell", "add", "declare")), None)
        subject = child(verb, "nsubj") if verb is not None else None
        found = self._actors.resolve(parsed, subject.i) if subject is not None else None
        if subject is not None and found is None and subject.lower_ in ("he", "she"):
            state = self._context.home_state(parsed.read, parsed.spans[subject.i][0])
            return Actor(state, state.mentions[0], subject.i, weak=True) if state and state.mentions else None
        if found is None or found.entity.type == STATE:
            return found
        said = found.mention
        reads = self._reading.reads
        home = next((r for r in reads if r.sentence.field == said.field and r.sentence.end > said.start), None)
        near = [m for _, _, m in home.mentions if m.start < said.start and m.type in (STATE, DEMONYM)] if home else []
        return Actor(entity_of(self._reading, near[-1]), near[-1], found.token, weak=True) if near else None

    def _caused(self, parsed: Parsed, trigger: Trigger) -> list[Actor] | None:
        """What is pulled out: a state, itself, its troops; anything else is a wrong sense (an empty list)."""
        assert trigger.cause is not None  # noqa: S101 - the caller has looked
        token = parsed.doc[trigger.cause]
        if trigger.predicate.words == ("troops",):
            return self._commanders(parsed, trigger)
        if token.lower_ in ("itself", "themselves", "himself", "herself"):
            return None
        mention = parsed.mentions[trigger.cause]
        if mention is not None and mention.type != PERSON:
            lost = trigger.predicate.words == ("member",)
            every = spread(parsed, [token], trigger.token, None) if lost else [trigger.cause]
            return [a for p in every if (a := self._actors.resolve(parsed, p)) is not None]
        lower = token.lower_
        led = self._led(parsed, token) if lower in _LED else None
        if led is not None:
            return [led]
        if lower in _SELVES:
            actor = (
                self._actors.resolve(parsed, trigger.cause)
                if lower not in ("membership", "participation", "support", "signature")
                else None
            )
            return [self._as_state(parsed, actor, None)] if actor else None
        actor = self._actors.resolve(parsed, trigger.cause)
        if actor and (actor.troops or (lower == "it" and actor.entity.type == STATE)):
            return [self._as_state(parsed, actor, None)]
        if lower in _SENT:
            inside = next((parsed.mentions[c.i] for c in token.lefts if parsed.mentions[c.i] is not None), None)
            return (
                [Actor(entity_of(self._reading, inside), inside, token.i)]
                if inside is not None and inside.type not in (STATE, DEMONYM)
                else None
            )
        return None if lower in OWN_MEN or (lower in TROOPS and child(token, "poss") is not None) else []

    def _led(self, parsed: Parsed, token: Any) -> Actor | None:
        """As in "pulled his party out": the party that the text goes on to name, else the last named."""
        whose = child(token, "poss")
        if whose is None or whose.lower_ not in ("his", "her", "their"):
            return None
        found = self._context.owned_ahead(parsed.read, self._reading)
        found = found or self._context.last_group(parsed.read, parsed.spans[token.i][0], token.lower_)
        if found is None or not found.mentions:
            return None
        return Actor(found, nearest_mention(found, parsed), token.i, weak=True)

    def _commanders(self, parsed: Parsed, trigger: Trigger) -> list[Actor]:
        """Whose troops: a state inside the phrase, the subject, else the state that the article is about."""
        assert trigger.cause is not None  # noqa: S101 - the caller has looked
        own = self._actors.resolve(parsed, trigger.cause)
        if own is not None and own.entity.type == STATE and not own.weak and own.token != trigger.start:
            return [replace(own, troops=True)]
        for place in subject_tokens(parsed, trigger):
            actor = self._actors.resolve(parsed, place) if place != trigger.cause else None
            if actor is not None:
                return [replace(self._as_state(parsed, actor, None), troops=True)]
        state = (
            own.entity
            if own is not None and own.entity.type == STATE
            else self._context.home_state(parsed.read, parsed.spans[trigger.token][0])
        )
        return (
            [Actor(state, state.mentions[0], trigger.cause, weak=True, troops=True)]
            if state is not None and state.mentions
            else []
        )

    def _as_state(self, parsed: Parsed, actor: Actor, target: Target | None) -> Actor:
        """A person acts for the state, except in a contest or a deal (law 5 of the guide)."""
        if actor.entity.type != PERSON or (target is not None and target.kind in ("contest", "deal")):
            return actor
        state = None
        before = self._reading.fields[actor.mention.field][max(0, actor.mention.start - 40) : actor.mention.start]
        if actor.entity.id is None and _OFFICE.search(before):
            state = self._context.home_state(parsed.read, actor.mention.start)
        if actor.entity.id:
            state = self._reading.register.known(STATE, actor.entity.id)
        state = ruled_by(self._reading, actor.mention) or state
        if state is None:
            return actor
        mention = state.mentions[0] if state.mentions else actor.mention
        return Actor(state, mention, actor.token, actor.weak, actor.troops, through_person=True)
