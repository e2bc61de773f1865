"""The time of a verb as a stage: what its auxiliaries and tense say. It must not look beyond the verb's group."""

from __future__ import annotations

from typing import Any

from streams.core.records import Stage
from streams.core.withdrawals.grammar import auxiliaries, is_past, is_verb
from streams.core.withdrawals.vocabulary import words

CONSIDERING = words("may might could should can must ought")
FUTURE = words("will would shall 'll ’ll wo 'd")


def told_of(verb: Any) -> Stage | None:
    """The time of a governing verb."""
    if not is_verb(verb):
        return None
    aux = auxiliaries(verb)
    if aux & CONSIDERING:
        return "considered"
    if aux & FUTURE or ("to" in aux and verb.tag_ == "VB"):
        return "announced"
    if is_past(verb) or verb.tag_ == "VBN":
        return "effective"
    return "announced"
