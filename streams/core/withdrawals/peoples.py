"""Countries and towns told by their people and rulers: "told Kenyans that their country", "the mayor of Ostia".

It must not resolve subjects.
"""

from __future__ import annotations

import re
from typing import Any

from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.context import Context
from streams.core.withdrawals.names import DEMONYM, NAME, STATE, Entity, Mention
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading, entity_of

_RULERS = r"(?:mayor|council|councillors|city|town|governor|province|region|canton|assembly|municipality|village)"
_RULED = re.compile(_RULERS + r" (?:of|in) $", re.IGNORECASE)
_RULING = re.compile(r"(?:['’]s)? (?:\w+ )?" + _RULERS + r"\b", re.IGNORECASE)


def people(reading: Reading, parsed: Parsed, token: Any) -> Actor | None:
    """As in "told Kenyans that their country": the people named just before."""
    last = next((i for i in range(token.i - 1, -1, -1) if parsed.mentions[i] is not None), None)
    mention = parsed.mentions[last] if last is not None else None
    if last is None or mention is None or mention.type != DEMONYM or token.lower_ != "their":
        return None
    told = parsed.doc[last].dep_ in ("dobj", "nsubj", "dative", "pobj")
    return Actor(entity_of(reading, mention), mention, token.i, True) if told else None


def ruled_by(reading: Reading, person: Mention) -> Entity | None:
    """As in "President Jan Berg of Ostia": the state named right behind a person."""
    text = reading.fields[person.field]
    if text[person.end : person.end + 4] != " of ":
        return None
    for one in reading.reads:
        if one.sentence.field == person.field and one.sentence.start <= person.start < one.sentence.end:
            named = next((m for _, _, m in one.mentions if m.start == person.end + 4), None)
            return entity_of(reading, named) if named is not None and named.type == STATE else None
    return None


def governed(reading: Reading, context: Context, parsed: Parsed, token: Any) -> Entity | None:
    """As in "the mayor of Ostia said the city …": the last place that is told to have a mayor or a council."""
    for placed in context.before(parsed.read, parsed.spans[token.i][0]):
        if placed.mention.type == NAME and parsed.read.sentence.number - placed.order[0] <= 4:
            text = reading.fields[placed.mention.field]
            before, after = text[: placed.mention.start], text[placed.mention.end : placed.mention.end + 30]
            if _RULED.search(before[-30:]) or _RULING.match(after):
                return placed.entity
    return None
