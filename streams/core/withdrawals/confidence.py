"""How sure an event is: a logistic score over a few facts of its group.

The weights are data, trained by tests/quality.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

from streams.core.withdrawals.candidate import PAIR, SENTENCE, Candidate

FEATURES = (
    "weak",
    "noun",
    "described",
    "commitment",
    "repeated",
    "headline_only",
    "listed",
    "person",
    "known",
    "considered",
    "admitted",
    "unread",
    "pair",
    "admitted_pair",
    "wholly",
)
LEAST = 0.45  # below which a pair is no event: F1 on rounds 34, 42, 44, 45, 48, 53 and 54 is the same from .4 to .5
SURE = 6.0  # logits beyond which the second reader is not heard


def features(group: Sequence[Candidate], pair: float | None = None) -> dict[str, float]:
    """The facts of one event's candidates, each 0 or 1."""
    head = group[0]
    target, actor = head.target, head.actor
    return {
        "weak": float(head.weak),
        "noun": float(head.noun),
        "described": float(target is not None and target.type == "described"),
        "commitment": float(head.kind in ("treaty", "organization", "agreement")),
        "repeated": float(len(group) > 1),
        "headline_only": float(all(c.field == "headline" for c in group)),
        "listed": float(head.rule.startswith(("list:", "inverted:", "followup:")) or head.frame == "follow"),
        "person": float(actor is not None and actor.entity.type in ("person", "name")),
        "known": float(target is not None and target.entity is not None and target.entity.key.startswith("o:")),
        "considered": float(head.stage == "considered"),
        "admitted": float(head.rule.startswith(PAIR)),
        "unread": float(pair is None),
        "pair": _bounded(pair),
        "admitted_pair": _bounded(pair) * head.rule.startswith(PAIR),
        "wholly": float(SENTENCE in head.rule),
    }


def _bounded(logit: float | None) -> float:
    return min(SURE, max(-SURE, logit or 0.0))


def confidence(group: Sequence[Candidate], weights: Mapping[str, float], pair: float | None = None) -> float:
    """The calibrated probability that the pair is right, two decimals, between .05 and .99."""
    facts = features(group, pair)
    score = weights.get("bias", 2.0) + sum(weights.get(name, 0.0) * value for name, value in facts.items())
    return round(min(0.99, max(0.05, 1 / (1 + exp(-score)))), 2)
