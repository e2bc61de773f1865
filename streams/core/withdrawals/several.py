"""Things told by number: "several accords: the Ostia Pact and the Norland Treaty". What has no name is no object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from streams.core.withdrawals.names import INSTITUTION, OBJECT
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.targets import entity_target
from streams.core.withdrawals.vocabulary import words

_SEVERAL = words("two three four five six several various many some dozens numerous other")


def is_several(head: Any, kinds: Mapping[str, str]) -> bool:
    """Treaties or bodies by number only: "two human rights treaties"."""
    told = head.tag_ == "NNS" and kinds.get(head.lemma_.lower()) in ("treaty", "organization", "agreement")
    counted = any(c.lower_ in _SEVERAL and c.dep_ in ("nummod", "amod", "det") for c in head.lefts)
    return told and counted and not any(c.dep_ in ("prep", "appos") for c in head.rights)


def listed(reading: Reading, parsed: Parsed, head: Any) -> list[Target]:
    """Those that stand behind the colon, with their own dates; none where none does."""
    after = parsed.words[head.i + 1] if head.i + 1 < len(parsed.words) else ""
    if after not in (":", "—", "–", "including"):
        return []
    closing = (p for p in range(head.i + 2, len(parsed.words)) if parsed.words[p] in (";", "."))
    named = [(p, parsed.mentions[p]) for p in range(head.i + 2, next(closing, len(parsed.words)))]
    things = [(p, entity_of(reading, m)) for p, m in named if m is not None]
    told = [(p, e) for p, e in things if e.type in (OBJECT, INSTITUTION) and e.kind]
    return [entity_target(reading, parsed, p, e) for p, e in told]
