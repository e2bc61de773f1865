"""Things told by number: "several accords: the Ostia Pact and the Norland Treaty". What has no name is no object."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from streams.core.withdrawals.names import INSTITUTION, OBJECT
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.targets import entity_target, known_target
from streams.core.withdrawals.vocabulary import words

_SEVERAL = words("two three four five six several various many some dozens numerous other all")
_NUMBERS = ("two", "three", "four", "five", "six")
_SUCH = {"treaty": ("treaty", "agreement"), "agreement": ("treaty", "agreement"), "organization": ("organization",)}
_BEHIND = 3  # sentences in which those just counted are named
_OPENS = re.compile(
    r"(?:The list (?:includes|is)|They (?:are|include)|These (?:are|include)|Those are|Among them are)\b"
)
_INCLUDING = (("including",), ("among", "them"), ("such", "as"), ("among", "them", "the"))


def is_several(parsed: Parsed, head: Any, kinds: Mapping[str, str]) -> bool:
    """Treaties or bodies by number only: "two human rights treaties"; with a partner only where some are named."""
    told = head.tag_ == "NNS" and kinds.get(head.lemma_.lower()) in ("treaty", "organization", "agreement")
    counted = any(
        (c.lower_ in _SEVERAL or c.lower_.isdigit()) and c.dep_ in ("nummod", "amod", "det", "predet")
        for c in head.lefts
    )
    alone = not any(c.dep_ in ("prep", "appos") for c in head.rights) or _included(parsed, head) is not None
    return told and counted and alone


def listed(reading: Reading, parsed: Parsed, head: Any) -> list[Target]:
    """Those that stand behind the colon, with their own dates, or in the next sentences; none where none do."""
    after = parsed.words[head.i + 1] if head.i + 1 < len(parsed.words) else ""
    start = head.i + 2 if after in (":", "—", "–", "including") else _included(parsed, head)
    if start is None:
        return _ahead(reading, parsed, head)
    closing = (p for p in range(start, len(parsed.words)) if parsed.words[p] in (";", "."))
    named = [(p, parsed.mentions[p]) for p in range(start, next(closing, len(parsed.words)))]
    things = [(p, entity_of(reading, m)) for p, m in named if m is not None]
    told = [(p, e) for p, e in things if e.type in (OBJECT, INSTITUTION) and e.kind]
    found = [entity_target(reading, parsed, p, e) for p, e in told]
    return found or _ahead(reading, parsed, head)


def _included(parsed: Parsed, head: Any) -> int | None:
    """Where the names begin behind "…, including" and the like."""
    lower = [w.lower() for w in parsed.words]
    for place in range(head.i + 1, len(lower) - 1):
        for said in _INCLUDING:
            behind = place + len(said)
            if tuple(lower[place:behind]) == said and any(m is not None for m in parsed.mentions[behind : behind + 8]):
                return behind
    return None


def _ahead(reading: Reading, parsed: Parsed, head: Any) -> list[Target]:
    """As in "The list includes …"; else just so many of that kind as are counted."""
    at, kinds = parsed.read.sentence.number, _SUCH[reading.data.kinds[head.lemma_.lower()]]
    counted = next((_NUMBERS.index(c.lower_) + 2 for c in head.lefts if c.lower_ in _NUMBERS), 0)
    found: dict[str, Target] = {}
    for one in reading.reads:
        if one.sentence.field != "text" or not 0 < one.sentence.number - at <= _BEHIND:
            continue
        text = reading.text_of((one.sentence.start, one.sentence.end), "text")
        opened = _OPENS.match(text) is not None
        named = [(m, entity_of(reading, m)) for _, _, m in one.mentions]
        fitting = [(m, e) for m, e in named if e.type in (OBJECT, INSTITUTION) and e.kind and e.id not in ("un", "eu")]
        here = {
            e.key: known_target(e, text=m.text, span=m.span, field=m.field, token=-1, weak=True)
            for m, e in fitting
            if opened or e.kind in kinds
        }
        if opened:
            return list(here.values())
        found |= {k: t for k, t in here.items() if k not in found}
    return list(found.values()) if counted == len(found) else []
