"""Which times of a sentence lie ahead of the act, though their words may not say so. It must not choose among them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from streams.core.withdrawals.calendar import Moment, week_on
from streams.core.withdrawals.clauses import ABOVE, OWN
from streams.core.withdrawals.grammar import auxiliaries, is_verb

_CLOSE = ("end", "close")


def turned_forward(moment: Moment, placed: dict[Moment, tuple[int, Any]], anchor: date | None) -> Moment:
    """As in "will leave in October", "is leaving at midnight Saturday, it said Monday": next, not last."""
    clause, verb = placed[moment]
    bare = moment.rule == "lastmonth" and moment.relative in ("in", "early", "late", "mid", "of")
    if anchor is None or verb is None or clause == ABOVE or not (bare or moment.rule == "weekday"):
        return moment
    if not is_verb(verb) or not _looks_ahead(verb) or ahead_of(moment, anchor):
        return moment
    if bare:
        return replace(moment, value=f"{int(moment.value[:4]) + 1}{moment.value[4:]}")
    reported = any(m.rule == "weekday" and c == ABOVE for m, (c, _) in placed.items())
    if not reported or (verb.tag_ == "VB" and clause != OWN):
        return moment
    return replace(moment, value=week_on(moment.value))


def to_be_weighed(moment: Moment, placed: dict[Moment, tuple[int, Any]]) -> bool:
    """As in "its board would discuss in June whether to leave": a day of the weighing, which is to come."""
    verb = placed[moment][1]
    bare = moment.rule == "weekday" or (
        moment.rule == "lastmonth" and moment.relative in ("in", "early", "late", "mid")
    )
    return bare and verb is not None and is_verb(verb) and bool(auxiliaries(verb) & {"will", "would", "'ll"})


def _looks_ahead(verb: Any) -> bool:
    aux = auxiliaries(verb)
    return bool(aux & {"will", "would", "'ll", "is", "are", "shall"}) or (verb.tag_ in ("VBZ", "VBP") and not aux)


def yet_to_come(moment: Moment, stage: str) -> bool:
    """As in "next spring", "at the end of this month", "this year" of what is still to be done."""
    closing = moment.rule == "endlast" and moment.relative == "the" and moment.text.split(" of ")[0].endswith(_CLOSE)
    if moment.relative == "next" or closing or (moment.rule == "endlast" and moment.relative == "this"):
        return stage != "effective"
    return stage == "considered" and moment.rule == "relative" and moment.relative in ("this", "later this")


def ahead_of(moment: Moment, anchor: date | None) -> bool:
    return anchor is not None and moment.value > anchor.isoformat()[: len(moment.value)]


def forward_weekday(text: str, moment: Moment, trigger: tuple[int, int], stage: str) -> bool:
    """As in "will leave on Monday" looks ahead; "said on Monday it will leave" does not."""
    if moment.rule != "weekday" or stage not in ("announced", "notified", "considered"):
        return False
    if re.search(r"(?:as of|effective|starting|beginning) $", text[max(0, moment.start - 12) : moment.start]):
        return True
    between = text[trigger[1] : moment.start]
    before = text[max(0, trigger[0] - 40) : trigger[0]]
    if (
        0 <= moment.start - trigger[1] < 60
        and re.search(r"\b(?:will|to|would)\b", before)
        and not re.search(r"\b(?:said|announced|told|saying|say|after|,)", between)
    ):
        return (
            bool(re.search(r"\b(?:on|from|by|as of) $", text[max(0, moment.start - 8) : moment.start]))
            and "said" not in text[moment.end : moment.end + 40]
        )
    return bool(re.search(r"takes? effect (?:on|from) $", text[max(0, moment.start - 20) : moment.start]))
