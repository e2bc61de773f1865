"""What a party out of power says its country would do is a live option, no decision (the guide's pledges)."""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.climbing import governor_of
from streams.core.withdrawals.grammar import child, is_verb
from streams.core.withdrawals.names import PARTY
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

_OUT_OF_POWER = words("opposition candidate contender challenger nominee hopeful manifesto frontrunner front-runner")
_GROUPS = words("party conservatives tories labour labor socialists liberals democrats greens")
_RULING = words("ruling governing government")


def pledged(parsed: Parsed, trigger: Trigger) -> bool:
    """As in "the main opposition party pledged to take the country out", "the Tories would take the UK out"."""
    node: Any = parsed.doc[trigger.token]
    for _ in range(5):
        subject = child(node, "nsubj") if is_verb(node) else None
        if subject is not None and _out_of_power(parsed, subject):
            return True
        parent = governor_of(node)
        if parent is None:
            return False
        node = parent
    return False


def _out_of_power(parsed: Parsed, subject: Any) -> bool:
    said = {word.lower_ for word in (subject, *subject.lefts)} | {w.lower() for w in parsed.words[subject.i].split()}
    mention = parsed.mentions[subject.i]
    group = bool(said & _GROUPS) or (mention is not None and mention.type == PARTY)
    return not said & _RULING and bool(said & _OUT_OF_POWER or group)
