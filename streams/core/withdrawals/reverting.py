"""Sentences that take back an act told before: "was readmitted in 1989", "all four halted the process last year".

They make it `reversed`. They must not find new pairs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from streams.core.records import EventDate
from streams.core.withdrawals.calendar import Moment
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.dates import times_of_acts
from streams.core.withdrawals.naming_types import Read
from streams.core.withdrawals.reading import Reading

LEAD = 2  # sentences that tell the news
REACH = 3  # sentences after the act in which "it" or "they" may still take it back
NAMED = 8  # where the sentence names who took it back
_STEP = (
    r"(?:withdrawals?|departures?|exits?|decisions?|moves?|steps?|plans?|process|procedure|ideas?|notices?|notifications?"
    r"|denunciations?|pull-?outs?|terminations?|suspensions?|intentions?|announcements?|letters?)"
)
_DROPPED = (
    r"(?:halted|stopped|suspended|froze|frozen|reversed|revoked|rescinded|withdrew|withdrawn|abandoned|dropped|cancelled|canceled|shelved"
    r"|annulled|undid|undone|scrapped|retracted|recalled|overturned|struck down|called off|took back|taken back)"
)
_WHOSE = r"(?:the|its|their|that|this|his|her|those|these)"
_UNDONE = re.compile(
    r"\b(?:(?:rejoined|(?:was|were|been) (?:readmitted|let back in|taken back|restored|reinstated)"
    r"|(?:came|(?:has|have|had) (?:since |now )?come) (?:back|home)"
    r"|(?:went|(?:has|have|had) gone) back(?: in)?(?= (?:in|to|on|last|with|a)\b|[.,;])"
    r"|returned(?= (?:to the (?:fold|table|talks|organi[sz]ation|body|group|bloc|club)|in (?:the )?[12A-Z]|[.,;]))"
    r"|(?:took|taken|resumed|reclaimed) (?:up )?(?:its|their|the) (?:seats?|places?|memberships?|participation)"
    r"(?: (?:again|back|anew))?|(?:is|are|was|were|been) back (?:in|within|by|inside)\b"
    r"|(?:announced|made official|completed|sealed|declared|marked|confirmed) (?:its|their|the) (?:\w+ )?return\b"
    r"|(?:is|are) sending (?:\w+ ){1,3}back\b|restor(?:ed|ing) (?:its|their|the) (?:\w+['’]s )?membership"
    r"|restor(?:ed|ing) (?:the country|\w+) to (?:the|its)\b"
    r"|(?:changed (?:its|their|his|her) minds?|thought better of it|backtracked|made a U-turn|had a change of heart))"
    rf"|{_DROPPED} {_WHOSE} (?:\w+ )?{_STEP}\b"
    rf"|(?i:{_WHOSE}) (?:\w+ )?{_STEP} (?:was|were|(?:has|have|had)(?: \w+)? been) (?:\w+ )?{_DROPPED}\b"
    rf"|(?<=, ){_DROPPED} it\b|(?:and|but) {_DROPPED} it\b"
    r"|\b(?:is|are) (?:again a member|a member again|members again)\b"
    r"|(?:agreed|decided|voted|chose|opted) (?:(?:this|last|in) \w+ )?to (?:rejoin|return\b|come back|go back|resume"
    r"|(?:send|bring|take) (?:\w+ ){1,3}back))"
)
_UNREAL = re.compile(
    r"(?:\b(?:not|never|will|would|may|might|could|should|must|can|if|unless|to|whether|until|before|after)\b|n[’']t\b)"
    r"[^,;.]{0,30}$"
)
_CARRIED_ON = re.compile(
    r"(?:\b(?:and|but|then|later|which|that|it|they|both|had|has|have|since|again)|,)\s*(?:\w+ly )?$"
)
_ALL = re.compile(
    r"\s*(?:All|Both|They|The (?:two|three|four|five|six|countries|states)|It|The country|The government)\b"
)
_SOON = re.compile(r"\bwithin (?:hours|days|weeks|a (?:day|week|month))\b")


def taken_back(
    reading: Reading, candidates: Sequence[Candidate], anchor: date | None, day: date | None
) -> list[Candidate]:
    """Returns of pairs among `candidates`, told in the same sentence or in one soon after."""
    standing = [c for c in candidates if not c.reason and c.actor and c.target and c.kind and c.field == "text"]
    moves = [
        c for c in standing if c.frame not in ("return", "stay") and c.stage in ("announced", "notified", "effective")
    ]
    found: list[Candidate] = []
    for one in reading.reads:
        start, end = one.sentence.start, one.sentence.end
        said = reading.fields[one.sentence.field][start:end]
        match = _UNDONE.search(said) if one.sentence.field == "text" else None
        if match is None or _UNREAL.search(said[: match.start()]):
            continue
        bases = _bases(one, said, start + match.start(), moves)
        if not bases or any(c.frame in ("return", "stay") and c.sentence == (start, end) for c in standing):
            continue
        trigger = (start + match.start(), start + match.end())
        if any(c.sentence == (start, end) and trigger[0] < c.trigger[0] < trigger[1] for c in standing):
            continue  # "called off its departure from the pact": of what, the words themselves tell
        when = _when(reading, one, match, bases[0], anchor, day)
        found += [
            replace(
                base, number=one.sentence.number, sentence=(start, end), trigger=trigger, rule="followup:undone",
                frame="return", stage="effective", date=when, effect=None, weak=True,
            )
            for base in bases
        ]  # fmt: skip
    return found


def _told_later(one: Read, place: int, moves: Sequence[Candidate]) -> list[Candidate]:
    """As in "is back in the union, which it left": a lead names who returns and to what, the leaving is told after."""
    named = {m.key for _, _, m in one.mentions}
    if one.sentence.number > LEAD:
        return []
    fitting = [c for c in moves if c.actor and c.target and {c.actor.entity.key, c.target.key} <= named]
    return [c for c in fitting if c.trigger[0] > place or c.number > one.sentence.number][:1]


def _bases(one: Read, said: str, place: int, moves: Sequence[Candidate]) -> list[Candidate]:
    """The acts that the words take back: of whom they name, else the last one told."""
    start, number = one.sentence.start, one.sentence.number
    told = _told_later(one, place, moves)
    if told:
        return told
    before = [m for _, _, m in one.mentions if m.start < place]
    here = [c for c in moves if c.sentence[0] == start and c.trigger[1] <= place]
    if here:
        carried = _CARRIED_ON.search(said[: place - start])
        named = before and before[-1].start > here[-1].trigger[1] and place - before[-1].end < 12
        if carried or not named:
            return [c for c in here if c.trigger == here[-1].trigger]
        return [c for c in here if c.actor and c.actor.entity.key == before[-1].key][-1:]
    opening = before[0] if before and before[0].start - start < 24 else None
    if opening is not None:
        own = [c for c in moves if 0 < number - c.number <= NAMED and c.actor and c.actor.entity.key == opening.key]
        return own[-1:]
    near = [c for c in moves if 0 < number - c.number <= REACH]
    step = re.match(rf"{_WHOSE} (?:\w+ )?{_STEP}\b", said[place - start :], re.IGNORECASE)
    if not near or not (_ALL.match(said) or (step and not before)):
        return []
    return [c for c in near if c.trigger == near[-1].trigger]


def _when(  # noqa: PLR0917 - one fact each, all needed
    reading: Reading, one: Read, match: re.Match[str], base: Candidate, anchor: date | None, day: date | None
) -> EventDate | None:
    text, start, end = reading.fields["text"], one.sentence.start, one.sentence.end
    place = start + match.end()
    if _SOON.match(text, place + 1):
        return base.date
    times = [m for m in times_of_acts(text, start, end, anchor, day) if m.rule != "ahead"]
    if base.sentence[0] == start and base.trigger[0] > place:  # "on Friday returned to what it left in 2019"
        times = [m for m in times if m.end <= base.trigger[0]]
        after = [m for m in times if m.start >= place] or times[-1:]
    else:
        after = [m for m in times if m.start >= start + match.start()]
    opening = [m for m in times if m.end <= start + match.start()] if base.sentence[0] != start else []
    chosen: Moment | None = after[0] if after else opening[-1] if opening else None
    if chosen is None or (anchor and chosen.value > anchor.isoformat()[: len(chosen.value)]):
        return None
    return EventDate(
        chosen.value, chosen.precision, chosen.text, anchor.isoformat() if anchor else None, "followup:" + chosen.rule
    )
