"""A named thing as a target, and the telling words before a descriptive noun. Small steps, no judgement."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from streams.core.records import Span, TextField
from streams.core.withdrawals.grammar import of_what
from streams.core.withdrawals.names import Entity
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.vocabulary import words

PLAIN_MODIFIERS = words(
    "international regional global world european african asian american main new old original landmark historic key "
    "major whole entire wider intergovernmental multilateral bilateral common so-called controversial big current "
    "ruling governing national important troubled influential powerful embattled same other said latest former "
    "existing separate broader continental own western eastern northern southern nine-member 15-member 10-member "
    "three-way"
)


def entity_target(reading: Reading, parsed: Parsed, place: int, entity: Entity, *, weak: bool = False) -> Target:
    mention = parsed.mentions[place]
    span = mention.span if mention else parsed.span(place, place)
    field = parsed.read.sentence.field
    text = reading.text_of(span, field)
    found = known_target(entity, text=text, span=span, field=field, token=place, weak=weak)
    return replace(found, names=(*found.names, *_editions(reading, found))) if entity.kind == "contest" else found


_EDITION = re.compile(r"\b((?:19|20)\d\d|(?!The |In |At |And |But )[A-Z][\w-]+) $")


def _editions(reading: Reading, target: Target) -> list[str]:
    """As in "the Moscow Games", "the 1980 Olympics": the edition is a name of the contest, where the text tells one."""
    assert target.entity is not None  # noqa: S101 - made of an entity
    said = [(target.field, *target.span), *((m.field, m.start, m.end) for m in target.entity.mentions)]
    told = [(_EDITION.search(reading.fields[f], max(0, a - 20), a), reading.fields[f][a:b]) for f, a, b in said]
    every = [f"{before[1]} {name}" for before, name in told if before is not None]
    own = every[:1] if told[0][0] is not None else []
    years = {name.split()[0] for name in every if name[0].isdigit()}
    return list(dict.fromkeys(own or (every if len(years) < 2 else [])))


def known_target(entity: Entity, *, text: str, span: Span, field: TextField, token: int, weak: bool) -> Target:
    """A known thing as what is left, told by the words `text` at `span`."""
    return Target(
        key=entity.key,
        name=entity.name,
        names=entity.names(),
        kind=entity.kind,
        type=entity.type,
        id=entity.id,
        text=text,
        span=span,
        field=field,
        token=token,
        entity=entity,
        weak=weak,
    )


def described_target(
    reading: Reading,
    parsed: Parsed,
    place: int,
    names: tuple[str, ...],
    *,
    key: str,
    kind: str,
    word: str,
    span: Span,
    weak: bool = False,
) -> Target:
    """A thing without a name of its own, told by the phrase whose noun is at `place`; `key` keeps such apart."""
    field = parsed.read.sentence.field
    return Target(
        key=f"d:{key}:{names[0].casefold()}",
        name=names[0],
        names=names,
        kind=kind,
        type="described",
        id=None,
        text=reading.text_of(span, field),
        span=span,
        field=field,
        token=place,
        weak=weak,
        head=word,
    )


def telling_modifiers(parsed: Parsed, head: Any) -> frozenset[str]:
    """The telling words before a noun."""
    return frozenset(
        c.lower_
        for c in head.lefts
        if c.dep_ in ("amod", "compound", "nmod", "nummod")
        and parsed.mentions[c.i] is None
        and c.lower_ not in PLAIN_MODIFIERS
        and c.lower_ != head.lower_
        and not c.lower_.endswith(("-member", "-year", "-month", "-week", "-day"))
    )


def with_noun(target: Target, parsed: Parsed, noun: Any) -> Target:
    """The name with its noun, and its year: "Brussels convention", "Brussels convention of 1924"."""
    if target.id is not None:
        return target
    names = [f"{target.text} {noun.lower_}"]
    year = of_what(noun)
    if year is not None and parsed.words[year.i].isdigit():
        names.append(f"{names[0]} of {parsed.words[year.i]}")
    return replace(target, names=tuple(dict.fromkeys([*target.names, *names])))
