"""Staying said by a noun: "would remain a member", "is keeping its place in". It must not look at other sentences."""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.data import Predicate
from streams.core.withdrawals.grammar import child, is_verb
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

_MEMBER = words("member members party signatory participant")
_STAYING = words("remain stay")
_PLACE = words("place seat membership")
_HOLDING = words("hold hang cling")
_KEEPING = words("keep retain maintain")
_LINKS = words("of in on to")


def kept(parsed: Parsed, token: Any) -> Trigger | None:
    """A membership kept; of what, the words say behind it or the article has said before."""
    lemma = token.lemma_.lower()
    if not is_verb(token) or token.tag_ in ("VBZ", "VBP"):
        return None  # "stays party to the pact": as ever
    if lemma in _STAYING:
        held = child(token, "attr", "dobj", "acomp", "oprd")
        if held is None or held.lower_ not in _MEMBER:
            return None
    elif lemma in _KEEPING:
        held = child(token, "dobj")
        if held is None or held.lower_ not in _PLACE or child(held, "poss") is None:
            return None
    elif lemma in _HOLDING:
        behind = [child(p, "pobj") for p in token.children if p.lower_ in ("to", "onto")]
        held = next((h for h in behind if h is not None), None)
        if held is None or held.lower_ not in _PLACE or child(held, "poss") is None:
            return None
    else:
        return None
    predicate = Predicate(lemma, "stay", ("of",), words=(held.lower_,), weak=True)
    link = next((i for i in range(held.i + 1, min(held.i + 3, len(parsed.words) - 1)) if _links(parsed, i)), None)
    if link is None:
        return Trigger(token.i, held.i, predicate, False, None, "bare")
    return Trigger(token.i, held.i, predicate, False, link + 1, "of")


def _links(parsed: Parsed, place: int) -> bool:
    return parsed.words[place].lower() in _LINKS and not parsed.words[place + 1].isdigit()
