"""One reading of one trigger, as the finder hands it to merging. A value, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass

from streams.core.records import Claim, EventDate, Kind, Stage, TextField
from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.target import Target

PAIR = "pair:"  # begins the rule of what the second reader found
SENTENCE = "sentence"  # in the rule of what no trigger tells: "pair:resign+sentence:leave"


@dataclass(frozen=True, slots=True)
class Candidate:
    """`reason` is empty where the reading stands; spans are in `field`."""

    number: int
    sentence: tuple[int, int]
    field: TextField
    trigger: tuple[int, int]
    rule: str
    frame: str
    form: str
    actor: Actor | None = None
    target: Target | None = None
    kind: Kind | None = None
    stage: Stage = "announced"
    date: EventDate | None = None
    effect: EventDate | None = None
    claim: Claim = Claim(None, quoted=False)
    reason: str = ""
    weak: bool = False
    noun: bool = False
    told: str = ""
