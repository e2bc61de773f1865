"""A membership doubted or over, told by its noun: "its future in the pact is in doubt", "the end of its membership".

It must not find who or what.
"""

from __future__ import annotations

import re
from typing import Any

from streams.core.withdrawals.data import Predicate
from streams.core.withdrawals.grammar import child, is_verb, of_what
from streams.core.withdrawals.names import INSTITUTION, OBJECT, STATE
from streams.core.withdrawals.parsed import Parsed, body_at
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

_HELD = words("membership participation place seat future")
_DOUBTED = re.compile(
    r"\b(?:under review|in(?:to)? (?:doubt|question)|in the balance|uncertain|at risk|on the table|on the line"
    r"|(?:second thoughts|doubts|questions?) (?:about|over)|under threat|(?:point|use|value|worth|merits?) of)\b"
)
_LINKS = words("in of on")


def doubted(parsed: Parsed, token: Any) -> Trigger | None:
    """A membership with its owner and body, beside words of doubt."""
    if token.lower_ not in _HELD or token.pos_ != "NOUN" or child(token, "poss") is None:
        return None
    start = next((i for i in range(token.i + 1, min(token.i + 3, len(parsed.words) - 1)) if _links(parsed, i)), None)
    if start is None:
        return None
    said = " ".join(parsed.words[max(0, token.i - 6) : token.i + 14]).lower()
    if token.lower_ in ("membership", "participation") and _ended(token):
        predicate = Predicate("end", "leave", ("of",), words=("membership",), weak=True)
    elif _DOUBTED.search(said):
        predicate = Predicate("doubt", "doubt", ("of",), words=("membership",), weak=True)
    else:
        return None
    return Trigger(token.i, token.i, predicate, True, start + 1, "in")


def _links(parsed: Parsed, place: int) -> bool:
    behind = place + (2 if parsed.words[place + 1].lower() == "the" else 1)
    return parsed.words[place].lower() in _LINKS and body_at(parsed, behind)


def _ended(token: Any) -> bool:
    """As in "the end of Ostia's membership": not "put an end to", which its verb tells."""
    return token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lower_ in ("end", "expiry", "lapse")


_WISH = words("wish request insistence initiative behest demand instigation instance bidding")
_ENDING = words("end expire lapse come stop terminate dissolve cease run")


def ended_at_wish(parsed: Parsed, token: Any) -> Trigger | None:
    """As in "the treaty came to an end at Ostia's wish", "ended at the request of Ostia": who wished it ends it."""
    if token.lower_ not in _WISH or token.dep_ != "pobj" or token.head.lower_ not in ("at", "on"):
        return None
    whose = child(token, "poss") or of_what(token)
    mention = parsed.mentions[whose.i] if whose is not None else None
    verb = token.head
    while verb.head.i != verb.i and not is_verb(verb):
        verb = verb.head
    thing = child(verb, "nsubj", "nsubjpass")
    named = parsed.mentions[thing.i] if thing is not None else None
    if mention is None or mention.type != STATE or whose is None or verb.lemma_.lower() not in _ENDING:
        return None
    if named is None or thing is None or named.type not in (OBJECT, INSTITUTION):
        return None
    if verb.lemma_ == "come" and "end" not in parsed.words[verb.i : token.i]:
        return None
    predicate = Predicate("end", "end", ("direct",), words=("wish",), form="termination", weak=True)
    return Trigger(verb.i, verb.i, predicate, False, int(thing.i), "direct", int(whose.i))


def no_such_plans(_parsed: Parsed, token: Any) -> Trigger | None:
    """As in "Ostia has no such plans": what another has done, denied of oneself."""
    held = child(token, "dobj")
    if token.lemma_.lower() not in ("have", "harbour", "harbor") or held is None or not is_verb(token):
        return None
    said = {c.lower_ for c in held.lefts}
    if held.lemma_.lower() not in ("plan", "intention", "idea", "wish") or not {"no", "such"} <= said:
        return None
    return Trigger(token.i, int(held.i), Predicate("have", "follow", ("bare",), words=("such",)), False, None, "bare")
