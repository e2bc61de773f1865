"""Schools that go to another conference: "Ostia State went to the Big Six" tells that it left the article's own.

It must not resolve who goes.
"""

from __future__ import annotations

import re
from typing import Any

from streams.core.withdrawals.data import Predicate
from streams.core.withdrawals.grammar import child, is_verb
from streams.core.withdrawals.names import INSTITUTION, OBJECT
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

SWITCH = ("switch",)
_GOING = words("go move jump switch defect bolt head decamp")
_SPORTS = re.compile(r"\b(?:football|basketball|athletics?|college sports?|coach|television contract|media rights)\b")
_SCHOOLS = re.compile(r"\b(?:schools?|universit(?:y|ies)|colleges?|campus|regents)\b")

#: As in "leaving for the Big Six": an article in which members go over to another body.
_CROSSING = re.compile(r"\bleav(?:e|es|ing)(?: the [A-Z][\w -]{2,40}?)? for the [A-Z]")


def switched(parsed: Parsed, token: Any) -> Trigger | None:
    """A verb of going with a body for its goal, or of joining one."""
    if not is_verb(token) or token.lemma_.lower() not in (*_GOING, "join"):
        return None
    goal = child(token, "dobj") if token.lemma_.lower() == "join" else _goal(token)
    mention = parsed.mentions[goal.i] if goal is not None and goal.i > token.i else None
    if goal is None or mention is None or mention.type not in (OBJECT, INSTITUTION):
        return None
    predicate = Predicate(token.lemma_.lower(), "leave", ("bare",), words=SWITCH, weak=True)
    return Trigger(token.i, int(goal.i), predicate, False, None, "bare")


def _goal(token: Any) -> Any | None:
    behind = (child(p, "pobj") for p in token.children if p.dep_ == "prep" and p.lower_ in ("to", "for", "into"))
    return next((one for one in behind if one is not None), None)


def left_by_switching(reading: Reading, parsed: Parsed, trigger: Trigger, main: Target | None) -> list[Target]:
    """The conference that the article is about, where its schools go to another one."""
    goal = parsed.mentions[trigger.last]
    if main is None or goal is None or "conference" not in getattr(main.entity, "heads", ()):
        return []
    joined, text = entity_of(reading, goal), reading.fields["text"]
    if (
        joined.key == main.key
        or "conference" not in joined.heads
        or not ((_SPORTS.search(text) and _SCHOOLS.search(text)) or _CROSSING.search(text))
    ):
        return []
    return [main]
