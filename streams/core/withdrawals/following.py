"""Doing as another did: "will not follow Ostia out", "ruled out copying its neighbour". It must not resolve things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.data import Predicate
from streams.core.withdrawals.grammar import child, is_verb
from streams.core.withdrawals.names import DEMONYM, OBJECT, PERSON
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

_FOLLOWING = words("follow copy emulate imitate")
_FELLOWS = words("neighbour neighbor ally partner rival peer it them")
_WISHES = words("intention plan thought idea question think talk way")
_EXAMPLES = words("example lead footstep path course")
ONE = ("one",)


def follows_one(parsed: Parsed, token: Any) -> Trigger | None:
    """A verb of following with somebody for its object; what was left, the article has said before."""
    lemma = token.lemma_.lower()
    if lemma not in _FOLLOWING or not is_verb(token) or (lemma == "follow" and not _meant(token)):
        return None
    who = child(token, "dobj")
    if who is None or who.i < token.i:
        return None
    mention = parsed.mentions[who.i]
    named = mention is not None and mention.type not in (OBJECT, DEMONYM, PERSON)
    if who.lemma_.lower() in _EXAMPLES:
        whose = next((c for c in who.lefts if parsed.mentions[c.i] is not None and c.dep_ != "det"), None)
        at = whose.i if whose is not None else 0
        return (
            Trigger(token.i, at, Predicate(lemma, "follow", ("bare",), words=ONE), False, None, "bare") if at else None
        )
    if not named and who.lemma_.lower() not in _FELLOWS:
        return None
    return Trigger(token.i, who.i, Predicate(lemma, "follow", ("bare",), words=ONE), False, None, "bare")


def _meant(token: Any) -> bool:
    """As in "no intention of following it"; a "following its neighbour" opens a phrase of time."""
    above = token.head
    if token.tag_ == "VBG":
        return above.lower_ in ("of", "about") and above.head.lemma_.lower() in _WISHES
    return bool(token.tag_ != "VBZ")


def left_before(
    reading: Reading, parsed: Parsed, trigger: Trigger, target: Target, memory: Sequence[Candidate]
) -> bool:
    """Whether the one that is followed has left that very thing."""
    mention = parsed.mentions[trigger.last]
    keys = {c.actor.entity.key for c in memory if c.actor is not None and c.target and c.target.key == target.key}
    return entity_of(reading, mention).key in keys if mention is not None else bool(keys)
