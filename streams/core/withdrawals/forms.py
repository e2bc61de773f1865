"""What form an act has: withdrawal, denunciation, suspension, termination, by its words, its thing, its forerunner."""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.core.records import Kind
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.trigger import Trigger

_LEFT = ("coalition", "contest", "market", "deployment", "talks")  # what is left, whatever the verb of ending
_DENOUNCED = re.compile(r"\bdenounc\w+|\bdenunciation\b", re.IGNORECASE)
_TAKING_PART = frozenset({"take", "participate"})


def form_of(parsed: Parsed, trigger: Trigger, target: Target, kind: Kind | None, memory: Sequence[Candidate]) -> str:
    """The form of one candidate."""
    predicate = trigger.predicate
    if target.unsigned:
        return "unsigning"
    if predicate.frame == "follow" and memory:
        last = memory[-1]
        same = last.target is not None and last.target.key == target.key
        both = any(" with " in name for name in target.names)  # who ends a treaty between two ends it like the other
        alike = last.form == "suspension" or (both and last.form in ("termination", "non_renewal"))
        return last.form if same and alike else predicate.form
    behind = " ".join(parsed.words[trigger.token :])
    if predicate.frame == "notice" and _DENOUNCED.search(behind):
        return "denunciation"
    if predicate.frame == "nonmember" and predicate.lemma in _TAKING_PART and _stopped(parsed, trigger):
        return "suspension"
    if predicate.form == "termination" and (kind in _LEFT or (target.through and predicate.frame == "end")):
        return "withdrawal"
    bilateral = kind in ("treaty", "agreement") and any(" with " in name for name in target.names)
    if (
        predicate.form == "withdrawal"
        and bilateral
        and (predicate.frame == "end" or predicate.rule == "walk+away:leave")
    ):
        return "termination"
    if kind == "deal" and predicate.rule == "end+ties:leave":
        return "termination"
    return "withdrawal" if target.through and predicate.frame == "end" else predicate.form


def _stopped(parsed: Parsed, trigger: Trigger) -> bool:
    before = {w.lower() for w in parsed.words[max(0, trigger.token - 4) : trigger.token]}
    return bool(before & {"stop", "stopped", "stops", "stopping"})


def denounced(words: str) -> bool:
    """Whether the words of a notice call it a denunciation."""
    return bool(_DENOUNCED.search(words))
