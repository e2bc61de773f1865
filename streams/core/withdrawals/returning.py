"""Who comes back to, or stays in, what others of the article leave. It must not settle stages of leaving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.law import COMMITMENTS

_BACK = ("return", "stay")
_HELD = ("stay+", "remain+", "keep+", "retain+", "maintain+")


def left_by(groups: Mapping[tuple[str, str], Sequence[Candidate]]) -> dict[str, set[str]]:
    """What sort of actors are said to leave each thing, or to think of it."""
    found: dict[str, set[str]] = {}
    for (_, thing), group in groups.items():
        for one in group:
            if one.actor and one.frame not in _BACK:
                found.setdefault(thing, set()).add(one.actor.entity.type)
    return found


def settled_back(
    verdict: Candidate | None, group: Sequence[Candidate], left: Mapping[str, set[str]]
) -> Candidate | None:
    """A verdict of staying that the article bears out, or one of coming back where there is no other."""
    if verdict is None:
        return _came_back(group, left)
    held = verdict.rule.startswith(_HELD) and all(c.frame in _BACK for c in group)
    if held and not left:
        return None  # "will stay a party to the agreement": as ever, where nobody leaves anything
    return verdict


def _came_back(group: Sequence[Candidate], left: Mapping[str, set[str]]) -> Candidate | None:
    """As in "Ostia, gone since 1961, returned in 1994": back in what others of the article leave."""
    back = next((c for c in group if c.frame == "return" and c.stage == "effective" and c.kind in COMMITMENTS), None)
    if back is None or back.actor is None or back.target is None:
        return None
    alike = back.actor.entity.type in left.get(back.target.key, ())
    here = back.actor.mention.field == back.field and back.sentence[0] <= back.actor.mention.start < back.sentence[1]
    return replace(back, stage="reversed") if here and alike else None
