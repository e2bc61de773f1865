"""What a headline tells once more, and more loosely, of the lead's act. It must not settle stages."""

from __future__ import annotations

from streams.core.withdrawals.candidate import Candidate

LEAD = 3  # sentences in which a story tells what its headline tells
_LIKE = {"treaty", "agreement", "organization", "coalition", "talks", "deal"}


def under_headline(groups: list[list[Candidate]]) -> list[list[Candidate]]:
    """A headline names the thing loosely: what it alone tells of an actor is what the lead tells of that actor."""
    kept: list[list[Candidate]] = []
    for group in groups:
        first = group[0]
        lead = next((g for g in groups if g is not group and _leads(g, first)), None)
        if lead is None or any(c.field != "headline" for c in group):
            kept.append(group)
        elif first.target is not None and first.target.type == "described":
            lead.extend(group)
    return kept


def _leads(group: list[Candidate], titled: Candidate) -> bool:
    """Whether a group tells in the first sentences of the headline's actor, and of a thing of like kind."""
    first = next((c for c in group if c.field == "text"), None)
    if first is None or first.number > LEAD or first.actor is None or titled.actor is None:
        return False
    like = first.kind == titled.kind or {first.kind, titled.kind} <= _LIKE
    return like and (first.actor.entity.key == titled.actor.entity.key or _shortened(titled, first))


def _shortened(titled: Candidate, told: Candidate) -> bool:
    """As in "Georgian Orthodox quit X" above "The Georgian Orthodox Church left X": of one actor."""
    if (
        titled.actor is None
        or told.actor is None
        or titled.target is None
        or told.target is None
        or titled.target.key != told.target.key
    ):
        return False
    short = {w.casefold().rstrip("s") for w in titled.actor.entity.name.split()}
    return any(short < {w.casefold().rstrip("s") for w in name.split()} for name in told.actor.entity.names())
