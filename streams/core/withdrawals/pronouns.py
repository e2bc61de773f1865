"""As in "it", "they", "his": the subject of the clause above, else the last thing that fits.

It must not resolve nouns.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.bodies import described_body, served_by
from streams.core.withdrawals.context import Context, Placed
from streams.core.withdrawals.grammar import OBJECT_CONTROL
from streams.core.withdrawals.names import COMPANY, DEMONYM, INSTITUTION, NAME, PARTY, PERSON, STATE, Entity, Mention
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.recipients import TELLING
from streams.core.withdrawals.subjects import subjects
from streams.core.withdrawals.vocabulary import words

PRONOUN = words("it they he she we its their his her our i who itself themselves them both others my us him")


def verbs_above(token: Any) -> list[Any]:
    verbs: list[Any] = []
    node = token
    while node.head.i != node.i and len(verbs) < 4:
        node = node.head
        if node.pos_ in ("VERB", "AUX"):
            verbs.append(node)
    return verbs


def agrees(pronoun: str, kind: str) -> bool:
    if pronoun in ("he", "she", "his", "her", "i", "my", "him", "who"):
        return kind == PERSON
    return kind != PERSON or pronoun in ("we", "our", "us", "they", "their")


def nearest_mention(entity: Entity, parsed: Parsed) -> Mention:
    """The mention of an entity that stands nearest before (or first after) a sentence."""
    sentence = parsed.read.sentence
    before = [m for m in entity.mentions if m.field == sentence.field and m.start <= sentence.end]
    return before[-1] if before else entity.mentions[0]


_ONE = words("he she his her him")


def _holds_office(parsed: Parsed, noun: Any) -> bool:
    """As in "Ostia's president dropped his promise": the noun means the state and is one person all the same."""
    return parsed.mentions[noun.i] is None and noun.tag_ == "NN" and not noun.lower_.startswith("spokes")


def _telling_above(parsed: Parsed, token: Any) -> int | None:
    """Where the verb of telling stands whose clause holds the pronoun."""
    verb = next((v for v in verbs_above(token)[1:] if v.lemma_.lower() in TELLING), None)
    return parsed.spans[verb.i][0] if verb is not None and verb.i < token.i else None


Resolve = Callable[[Parsed, int, int], Actor | None]


class Pronouns:
    """Resolves pronouns of one article; `resolve` is the way back to nouns and names."""

    def __init__(self, reading: Reading, context: Context, resolve: Resolve) -> None:
        self._reading, self._context, self._resolve = reading, context, resolve

    def resolve(self, parsed: Parsed, token: Any, depth: int) -> Actor | None:
        """The subject of the clause above; else the last thing that fits in this sentence or the one before."""
        if token.lower_ == "them" and token.dep_ in ("dobj", "dative") and token.head.lemma_.lower() in OBJECT_CONTROL:
            return None  # "told them to leave": others than who tells, and more than one
        for verb in verbs_above(token):
            if verb.lemma_.lower() == "know" and verb.head.lemma_.lower() == "let":
                continue  # "let Ostia know that it will end the pact": not Ostia
            for found in subjects(parsed, verb, 0):
                if found.i < token.i and found.i != token.i and found.lower_ not in PRONOUN:
                    actor = described_body(self._reading, parsed, found.i) or self._resolve(parsed, found.i, depth + 1)
                    office = token.lower_ in _ONE and _holds_office(parsed, found)
                    if actor and (office or agrees(token.lower_, actor.entity.type)):
                        return Actor(actor.entity, actor.mention, actor.token, True, actor.troops, actor.through_person)
                    served = served_by(self._reading, parsed, found.i) if token.lower_ in ("it", "its") else None
                    if served is not None:
                        return served
        return self._last_fitting(parsed, token)

    def _last_fitting(self, parsed: Parsed, token: Any) -> Actor | None:
        if token.lower_ in ("we", "our", "us", "i", "my"):
            return None
        start, number = parsed.spans[token.i][0], parsed.read.sentence.number
        nearest = None
        for placed in self._context.before(parsed.read, start):
            distance = number - placed.order[0]
            if distance > 3 or (distance >= 2 and nearest):
                break
            kind = placed.entity.type
            if distance == 0 and self._passed_over(parsed, token, placed):
                continue
            if (
                token.lower_ in ("it", "its", "they", "their", "itself", "we", "our", "us", "them")
                and (
                    kind in (STATE, COMPANY, PARTY, NAME)
                    or (kind == INSTITUTION and placed.entity.key not in self._context.left)
                )
                and placed.mention.type != DEMONYM
            ):
                if distance and (placed.order[1] > 3 or self._aside(placed.mention)):
                    nearest = nearest or placed
                    continue
                return Actor(placed.entity, placed.mention, token.i, True)
            if (
                token.lower_ in ("he", "she", "his", "her", "i", "my", "who", "him")
                and kind == PERSON
                and (distance == 0 or (distance == 1 and placed.order[1] <= 5))
            ):
                return Actor(placed.entity, placed.mention, token.i, True)
        last = self._context.actor
        recent = last is not None and any(
            p.entity.key == last.key and 0 <= number - p.order[0] <= 3 for p in self._context.before(parsed.read, start)
        )
        if nearest and not recent:
            return Actor(nearest.entity, nearest.mention, token.i, True)
        if (
            last is not None
            and last.type != PERSON
            and token.lower_ in ("it", "its", "they", "their")
            and last.mentions
        ):
            return Actor(last, nearest_mention(last, parsed), token.i, True)
        return None

    def _aside(self, mention: Mention) -> bool:
        """As in "With Ostia back, Norland is …": no subject."""
        return self._reading.fields[mention.field][: mention.start].endswith("With ")

    def _passed_over(self, parsed: Parsed, token: Any, placed: Placed) -> bool:
        """As in "Ostia informed Norland that it was ending the pact": a bystander, or the one who is told."""
        start, told = parsed.spans[token.i][0], _telling_above(parsed, token)
        if told is not None and told < placed.mention.start < start:
            return True
        return placed.order[1] > 2 and self._leads(parsed, start) is not None

    def _leads(self, parsed: Parsed, start: int) -> Entity | None:
        """The state or company that opens the sentence: its "its" is more likely theirs than a bystander's."""
        first = parsed.read.mentions[0] if parsed.read.mentions else None
        if first is None or first[0] > 2 or first[2].start >= start or first[2].type not in (STATE, COMPANY, NAME):
            return None
        return entity_of(self._reading, first[2])
