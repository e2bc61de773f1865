"""The stage of one candidate once its thing, day and forerunners are known. It must not look at other sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from streams.core.records import EventDate, Kind, Stage
from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.law import COMMITMENTS
from streams.core.withdrawals.names import STATE
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.pledges import pledged
from streams.core.withdrawals.trigger import Trigger


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a candidate; `bare` where nothing above its noun says how far the act got."""

    parsed: Parsed
    trigger: Trigger
    actor: Actor
    kind: Kind | None
    day: EventDate | None
    bare: bool
    reason: str
    after: bool = False  # behind "with", "after", "since"


def _done(day: EventDate | None, anchor: date | None) -> bool:
    return day is not None and anchor is not None and day.value <= anchor.isoformat()[: len(day.value)]


def settled(told: Told, stage: Stage, memory: Sequence[Candidate], anchor: date | None) -> Stage:
    """The stage that grammar gave, as the rest of what is known bends it."""
    predicate = told.trigger.predicate
    old = told.day is not None and anchor is not None and int(told.day.value[:4]) < anchor.year
    if predicate.frame == "follow" and stage == "effective" and not told.reason:
        stage = _like_the_first(memory[-1], told.parsed.read.sentence.number, old=old)
    if told.actor.entity.type == STATE and stage == "announced" and told.kind in COMMITMENTS:
        stage = "considered" if pledged(told.parsed, told.trigger) else stage
    alone = told.bare and predicate.frame != "follow"
    if stage == "announced" and alone and told.after and _done(told.day, anchor):
        return "effective"  # "with Norland's exit on Monday, the union has ten members"
    if stage == "announced" and old and (told.bare or predicate.frame == "refuse"):
        return "effective"  # "Norland's departure in 2010 shocked its neighbours"
    if told.kind == "coalition" and stage == "notified":
        return "announced"  # no partner of a coalition is owed a notice
    written = predicate.form == "denunciation" or predicate.rule == "similar+note:follow"
    return "notified" if written and stage == "effective" else stage


def _like_the_first(last: Candidate, number: int, *, old: bool) -> Stage:
    same = last.stage == "notified" and last.number == number
    return last.stage if last.stage in ("announced", "notified") and (same or not old) else "effective"
