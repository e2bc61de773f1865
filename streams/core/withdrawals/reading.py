"""One article as sentences with tokens and mentions, read once before any grammar. It must not judge events."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from streams.core.records import TextField
from streams.core.withdrawals.capitals import lone_capitals
from streams.core.withdrawals.data import WithdrawalsData
from streams.core.withdrawals.gazetteer import Gazetteer
from streams.core.withdrawals.names import STATE, Entity, Mention
from streams.core.withdrawals.naming import Reader
from streams.core.withdrawals.naming_types import Read
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.register import Register
from streams.core.withdrawals.text import DATELINE, sentences, tokens


@dataclass(slots=True)
class Reading:
    """The whole article, read."""

    fields: Mapping[TextField, str]
    reads: list[Read]
    register: Register
    data: WithdrawalsData
    dateline: str | None = None
    lower: frozenset[str] = frozenset()

    def text_of(self, span: tuple[int, int], field_name: TextField) -> str:
        """The slice of the field."""
        return self.fields[field_name][span[0] : span[1]]


def read(text: str, headline: str, data: WithdrawalsData, gazetteer: Gazetteer) -> Reading:
    """Split, tokenise and name; the headline comes last to the names, since it knows least."""
    fields: dict[TextField, str] = {"text": text, "headline": headline}
    reader = Reader(fields, data, gazetteer)
    reads = [Read(s, tokens(fields[s.field], s.start, s.end)) for s in sentences(text, headline)]
    reader.lower = {t.text for r in reads if r.sentence.field == "text" for t in r.tokens if t.text.islower()}
    reader.inner = {t.text for r in reads if r.sentence.field == "text" for t in lone_capitals(r.tokens)}
    reads = [r for r in reads if r.sentence.field == "text"] + [r for r in reads if r.sentence.field == "headline"]
    body, title = [r for r in reads if r.sentence.field == "text"], [r for r in reads if r.sentence.field == "headline"]
    for one in body + title:
        reader.name(one)
    return Reading(fields, reads, reader.register, data, _dateline_state(text, gazetteer), frozenset(reader.lower))


def _dateline_state(text: str, gazetteer: Gazetteer) -> str | None:
    """The code of the state that the text is datelined from, where its city or country is known."""
    found = DATELINE.match(text, 0, 120)
    if not found:
        return None
    for part in re.split(r"[,(/—–:-]", found.group())[:3]:
        name = part.strip()
        known = gazetteer.lookup(name) or gazetteer.lookup(name.title())
        if (
            known
            and known[0] == STATE
            and known[1] not in ("BEL", "CHE")
            and name.title() not in ("Geneva", "Brussels", "New York", "The Hague")
        ):
            return known[1]
    return None


def entity_of(reading: Reading, mention: Mention) -> Entity:
    """The entity behind a mention."""
    return reading.register.get(mention.key)


def place_of(reading: Reading, parsed: Parsed, entity: Entity) -> int | None:
    """The first token of a parsed sentence that names it; None where none does."""
    keys = (mention and entity_of(reading, mention).key for mention in parsed.mentions)
    return next((place for place, key in enumerate(keys) if key == entity.key), None)
