"""Actors further off than the subject: above it, at the head of the sentence, or saying that there are no plans.

It must not judge what they may leave.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.actors import Actors
from streams.core.withdrawals.grammar import child
from streams.core.withdrawals.names import NAME, OBJECT, PERSON, STATE
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.subjects import spread
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

_INSTRUMENTS = words(
    "commission panel committee referendum report bill motion resolution paper review anything nothing question reason "
    "plan there that which it whether vote ballot"
)
BILLS = words("bill motion law referendum resolution petition")
_SAYING = words("say tell add state insist stress declare deny confirm")
_WISHES = words("plan plans intention intent thought question reason need decision talk")


def above(actors: Actors, parsed: Parsed, trigger: Trigger, places: list[int]) -> list[Actor]:
    """As in "voted to set up a panel that will say whether to leave": the named subject of a clause above."""
    if trigger.noun or trigger.link == "bare" or any(parsed.doc[p].lemma_.lower() not in _INSTRUMENTS for p in places):
        return []
    node = parsed.doc[trigger.token]
    for _ in range(8):
        if node.head.i == node.i:
            break
        node = node.head
        subject = child(node, "nsubj") if node.pos_ in ("VERB", "AUX") else None
        if subject is None or subject.i > trigger.token or parsed.mentions[subject.i] is None:
            continue
        every = [actors.resolve(parsed, p) for p in spread(parsed, [subject], trigger.token, None)]
        return [replace(a, weak=True) for a in every if a is not None and a.entity.type not in (PERSON, OBJECT, NAME)]
    return []


def opening_state(reading: Reading, parsed: Parsed) -> Actor | None:
    """As in "In Ostia, a bill to leave is before parliament": the state that the sentence opens with."""
    mention = parsed.mentions[1] if len(parsed.mentions) > 3 and parsed.words[0] == "In" else None
    if mention is None or mention.type != STATE or parsed.words[2] != ",":
        return None
    return Actor(entity_of(reading, mention), mention, 1, weak=True)


def speaking(actors: Actors, parsed: Parsed, trigger: Trigger) -> list[Actor]:
    """As in "a person close to Tarn Bank said there were no plans to leave": whoever says that there are none."""
    node = parsed.doc[trigger.token]
    for _ in range(4):
        if node.head.i == node.i:
            return []
        node = node.head
        if node.lemma_.lower() == "be" and any(c.lower_ == "there" for c in node.children):
            break
    else:
        return []
    wished = child(node, "attr", "nsubj", "dobj")
    verb = node.head
    if wished is None or wished.lemma_.lower() not in _WISHES or verb.lemma_.lower() not in _SAYING:
        return []
    subject = child(verb, "nsubj")
    return _spoken_for(actors, parsed, subject) if subject is not None else []


def _spoken_for(actors: Actors, parsed: Parsed, subject: Any) -> list[Actor]:
    """Whom a speaker speaks for: as resolved, else the one name within the phrase."""
    found = actors.resolve(parsed, subject.i)
    inside = [t.i for t in subject.subtree if parsed.mentions[t.i] is not None and t.i != subject.i]
    if (found is None or found.entity.type == PERSON) and len(inside) == 1:
        found = actors.resolve(parsed, inside[0])
    return [replace(found, weak=True)] if found is not None and found.entity.type not in (PERSON, OBJECT) else []
