"""Steps and threats taken back: "dropped its threat to", "went back on its decision to"."""

from __future__ import annotations

from typing import Any

from streams.core.records import Stage
from streams.core.withdrawals.grammar import is_verb
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.standing import told_of
from streams.core.withdrawals.vocabulary import words

_THREATS = words("threat idea call talk suggestion demand proposal ultimatum bid promise vow pledge")


_STEPS_TAKEN = words(
    "decision plan notice intention move withdrawal letter announcement vote order decree notification "
    "denunciation pullout exit departure request"
)


def undoes(parsed: Parsed, node: Any, parent: Any, lemma: str) -> Stage | None:
    """As in "dropped its threat to", "went back on its decision to", "backed away from plans to"."""
    if not is_verb(parent) or node.lemma_.lower() not in _THREATS | _STEPS_TAKEN:
        return None
    behind = [w.lower() for w in parsed.words[parent.i + 1 : parent.i + 4]]
    dropped = lemma in (
        "drop",
        "scrap",
        "abandon",
        "withdraw",
        "shelve",
        "retract",
        "rescind",
        "revoke",
        "reverse",
        "cancel",
        "overturn",
        "rethink",
        "ditch",
        "bury",
        "annul",
        "recall",
    ) and node.dep_ in ("dobj", "nsubjpass")
    off = lemma == "call" and behind[:1] == ["off"] and node.lemma_.lower() in _STEPS_TAKEN
    back = (
        off
        or (
            lemma in ("go", "back", "walk", "take", "turn", "row", "step", "pull")
            and any(w in ("back", "down", "away") for w in behind)
        )
        or lemma in ("renege", "backtrack", "retreat")
    )
    if not (dropped or back):
        return None
    if told_of(parent) == "considered":
        return "considered"
    return "denied" if node.lemma_.lower() in _THREATS else "reversed"
