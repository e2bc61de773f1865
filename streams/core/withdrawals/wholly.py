"""The verb by which a whole sentence tells what no trigger tells: "Texaco said that it too had resigned".

The second reader has found the pair; how far it got is read from this verb. It must not look for pairs.
"""

from __future__ import annotations

from typing import Any

from streams.core.records import Stage
from streams.core.withdrawals.candidate import SENTENCE
from streams.core.withdrawals.data import Predicate
from streams.core.withdrawals.names import Entity
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading, place_of
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

_STAYING = words("stay remain keep continue stick fight sit play belong")
_WEIGHING = words("consider weigh examine study mull evaluate review debate discuss ponder assess look")
_DECIDING = words("decide plan vote choose")  # what is still to come
_SAYING = words("say tell announce add declare report state confirm")


def wholly(reading: Reading, parsed: Parsed, actor: Entity) -> Trigger | None:
    """The main verb of what is said of the actor, as a trigger; None in a sentence without a verb."""
    verb = _said_of(parsed, place_of(reading, parsed, actor))
    if verb is None:
        return None
    lemma = verb.lemma_.lower()
    frame = "stay" if lemma in _STAYING else "leave"
    return Trigger(verb.i, verb.i, Predicate(lemma, frame, (), (SENTENCE,)), noun=False, start=None, link="bare")


def weighed(trigger: Trigger, stage: Stage) -> bool:
    """Whether such a verb tells of an act that is thought of only: "will decide on Monday", "was looking at it"."""
    lemma = trigger.predicate.lemma
    if SENTENCE not in trigger.predicate.words:
        return False
    return lemma in _WEIGHING or (lemma in _DECIDING and stage == "announced")


def _said_of(parsed: Parsed, place: int | None) -> Any | None:
    """The verb above the actor, or the sentence's own, or what that says: "said that it had resigned"."""
    above = parsed.doc[place] if place is not None else None
    while above is not None and above.pos_ not in ("VERB", "AUX"):
        above = above.head if above.head.i != above.i else None
    verb = above if above is not None else next((t for t in parsed.doc if t.head.i == t.i), None)
    if verb is None or verb.pos_ not in ("VERB", "AUX"):
        return None
    if verb.lemma_.lower() in _SAYING:
        return next((c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.pos_ in ("VERB", "AUX")), verb)
    return verb
