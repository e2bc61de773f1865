"""A paper handed in that tells itself of what it gives notice. It must not judge stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.forms import form_of
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.trigger import Trigger

_ACTS = ("leave", "end", "suspend")
_SAYING = frozenset({"ccomp", "acl", "xcomp", "relcl", "pcomp", "prep", "pobj", "dobj", "aux"})


def told_in(parsed: Parsed, notice: Trigger, triggers: Sequence[Trigger]) -> Trigger | None:
    """As in "gave notice that it was leaving the pact": the words in which the paper itself tells of what."""
    for other in triggers:
        if other.token <= notice.token or other.start is None or other.predicate.frame not in _ACTS:
            continue
        node = parsed.doc[other.token]
        while node.i != notice.token and node.dep_ in _SAYING and node.head.i != node.i:
            node = node.head
        if node.i == notice.token:
            return other
    return None


def formed(parsed: Parsed, told: Trigger, found: Sequence[Candidate], memory: list[Candidate]) -> list[Candidate]:
    """The candidates of a notice, each with the form of the act that it tells of."""
    return [replace(c, form=form_of(parsed, told, c.target, c.kind, memory)) for c in found if c.target is not None]
