"""A second reader: how likely each (actor, object) of an article is a withdrawal, by a small encoder.

It must not decide: `admitting` and `confidence` do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.passage import ACTORS, OBJECTS, TYPES, Passage, passage_of
from streams.core.withdrawals.reading import Reading
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.trigger import Trigger

PairModel = Callable[[Passage], np.ndarray]
"""A passage into logits [mentions, mentions, triggers]: the first leaves the second, by that trigger."""


@dataclass(frozen=True, slots=True)
class PairReader:
    """The second reader: its word pieces and its model."""

    vocabulary: Mapping[str, int]
    model: PairModel


Pair = tuple[str, str]  # the keys of an actor and of what it leaves


@dataclass(frozen=True, slots=True)
class View:
    """What the second reader makes of an article: a logit for each pair, and for each pair by each trigger."""

    pairs: Mapping[Pair, float] = field(default_factory=dict)
    by_trigger: Mapping[Pair, Mapping[int, float]] = field(default_factory=dict)

    def logit(self, one: Candidate) -> float | None:
        """Of a candidate's pair; None where the passage does not hold it."""
        return self.pairs.get(pair_of(one))


def pair_of(one: Candidate) -> Pair:
    """The keys of a standing candidate's actor and object."""
    return (one.actor.entity.key if one.actor else "", one.target.key if one.target else "")


def view_of(
    reading: Reading, triggers: Sequence[tuple[Parsed, Trigger]], things: Sequence[Target], reader: PairReader
) -> View:
    """Read an article a second time; `things` are those that only a description tells."""
    passage = passage_of(reading, triggers, things, reader.vocabulary)
    if not passage.spans or not passage.fired:
        return View()
    logits = reader.model(passage)
    by_trigger: dict[Pair, dict[int, float]] = {}
    for pair, places in pairs_of(passage).items():
        rows, columns = zip(*places, strict=True)
        told_by = np.logaddexp.reduce(logits[list(rows), list(columns)], axis=0)
        by_trigger[pair] = {n: float(v) for n, v in zip(passage.numbers, told_by, strict=True)}
    return View({p: float(np.logaddexp.reduce(list(v.values()))) for p, v in by_trigger.items()}, by_trigger)


def pairs_of(passage: Passage) -> dict[Pair, list[tuple[int, int]]]:
    """The pairs that a passage could tell, each with the (actor's, object's) mentions."""
    found: dict[Pair, list[tuple[int, int]]] = {}
    for i, actor in enumerate(passage.keys):
        if TYPES[passage.kinds[i]] not in ACTORS:
            continue
        for j, thing in enumerate(passage.keys):
            if actor != thing and TYPES[passage.kinds[j]] in OBJECTS:
                found.setdefault((actor, thing), []).append((i, j))
    return found
