"""A thing that the text describes before it names it: "a treaty that caps forces", named in the next sentence."""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.context import Context
from streams.core.withdrawals.names import INSTITUTION, OBJECT, Entity
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.targets import entity_target
from streams.core.withdrawals.vocabulary import words

ANY_SUCH = words(
    "treaty pact accord agreement deal convention bloc body group grouping alliance force mission organization "
    "organisation club"
)
STEM = 6  # letters that "narcotics" and "Narcotic Drugs" share
LEAD = 2  # sentences that may tell before they name
SOON = 3  # sentences in which the name follows


def named_ahead(reading: Reading, context: Context, parsed: Parsed, head: Any, told: tuple[str, str]) -> Target | None:
    """The only named thing of that (noun, kind), the only one that shares a telling word, or the next one named."""
    lower, kind = told
    fitting = {
        p.entity.key: p.entity
        for p in context.placed
        if p.entity.type in (OBJECT, INSTITUTION)
        and (lower in p.entity.heads or (p.entity.kind == kind and lower in ANY_SUCH))
        and p.entity.id not in ("un", "eu")
    }
    one = list(fitting.values()) if len(fitting) == 1 else [e for e in fitting.values() if _shares_a_word(head, e)]
    found = one[0] if len(one) == 1 else _next_named(context, parsed, lower)
    return entity_target(reading, parsed, head.i, found, weak=True) if found is not None else None


def _shares_a_word(head: Any, entity: Entity) -> bool:
    said = {w.lower_[:STEM] for w in head.subtree if len(w) > 4 and w.i != head.i and w.lower_ not in ANY_SUCH}
    return bool(said & {w[:STEM] for w in entity.name.lower().split() if w not in ANY_SUCH})


def _next_named(context: Context, parsed: Parsed, lower: str) -> Entity | None:
    number = parsed.read.sentence.number
    ahead = [
        p
        for p in context.placed
        if 0 < p.order[0] - number <= SOON and p.entity.type in (OBJECT, INSTITUTION) and lower in p.entity.heads
    ]
    first = {p.entity.key: p.entity for p in ahead if p.order[0] == ahead[0].order[0]}
    return next(iter(first.values())) if number <= LEAD and len(first) == 1 else None
