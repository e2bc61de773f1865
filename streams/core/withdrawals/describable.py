"""Every thing of an article that only a description tells: "its accord with Ostia". It must not judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.complements import has_complement, named_modifier, split_partners
from streams.core.withdrawals.context import Context
from streams.core.withdrawals.described import Described
from streams.core.withdrawals.law import COMMITMENTS
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.trigger import Trigger

MOST = 8  # of an article: more are a list of something else


def describable(
    reading: Reading, context: Context, triggers: Sequence[tuple[Parsed, Trigger]], told: Sequence[Candidate]
) -> list[Target]:
    """What rules told to be left, and what else the sentences with a trigger describe, each under a key of its own."""
    found = {c.target.key: c.target for c in told if c.target is not None and c.target.entity is None}
    taken = {(t.field, *t.span) for t in found.values()}
    sentences = {id(parsed): parsed for parsed, _ in triggers}
    descriptions = Described(reading, context)
    for parsed in sentences.values():
        for one in _of(reading, descriptions, parsed):
            if len(found) >= MOST:
                return list(found.values())
            if not any(f == one.field and a < one.span[1] and one.span[0] < b for f, a, b in taken):
                found.setdefault(one.key, one)
    return list(found.values())


def _of(reading: Reading, descriptions: Described, parsed: Parsed) -> Iterator[Target]:
    kinds = reading.data.kinds
    for head in parsed.doc:
        lower = head.lower_ if head.lower_ in kinds else head.lemma_.lower()
        if kinds.get(lower) not in COMMITMENTS or parsed.mentions[head.i] is not None:
            continue
        if has_complement(head) or named_modifier(parsed, head):
            one = descriptions.resolve(parsed, head, lower)
            if one is not None and one.entity is None and one.name != one.name.lower():
                yield from split_partners(parsed, head, one, reading) or [one]
