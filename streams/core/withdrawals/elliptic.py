"""Actors that a list or a gapped clause adds to an event: "Qatar in 2019, Ecuador in 2020". It must not read verbs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from streams.core.records import EventDate, Stage
from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.names import COMPANY, INSTITUTION, NAME, PARTY, PERSON, STATE
from streams.core.withdrawals.narrative import timeline
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.phrases import CALENDAR
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.vocabulary import words

_JOINTS = words(", and of : but by then later the after ; — - – or followed")
_AT = frozenset({"in", "at", "near", "outside"})
_LISTABLE = (STATE, COMPANY, PARTY, NAME, PERSON)
_DID = words("did has have had will would does do is are may might could")


def listed_actors(
    parsed: Parsed, found: list[Candidate], memory: list[Candidate], reading: Reading, anchor: date | None
) -> list[Candidate]:
    """One more event for each name that carries a date of its own after the trigger of this sentence's event."""
    inverted = _inverted(parsed, found or memory[-1:], reading)
    if inverted:
        return inverted
    told = {(c.actor.entity.key, c.target.key) for c in memory if c.actor is not None and c.target is not None}
    joined = [c for c in _joined(parsed, found, reading) if c.actor and c.target and _pair(c) not in told]
    if joined:
        return joined
    base = _base(found, memory)
    if base is not None and base.target and base.target.token >= 0 and base.kind in ("deployment", "market"):
        return _places(parsed, base, reading, anchor)
    if base is None or base.target is None:
        return []
    taken = {c.actor.entity.key for c in found if c.actor is not None and not c.reason} | {base.target.key}
    kind = base.actor.entity.type if base.actor else STATE
    listable = (*_LISTABLE, INSTITUTION) if kind in (INSTITUTION, NAME) else _LISTABLE
    added: list[Candidate] = []
    last = base.date
    for place, mention in enumerate(parsed.mentions):
        if mention is None or mention.type not in listable or mention.start < base.trigger[1]:
            continue
        entity = entity_of(reading, mention)
        dated = date_after(parsed, place, reading, anchor) or year_after(parsed, place, reading, last)
        partner = any(
            c.target is not None and entity.name in c.target.name for c in found if c.kind in ("treaty", "agreement")
        )
        if partner or entity.key in taken or dated is None or (entity.type == STATE) != (kind == STATE):
            continue
        if place and not _jointed(parsed, place):
            continue
        taken.add(entity.key)
        last = dated
        stage: Stage = "notified" if base.stage == "notified" else "effective"
        actor = Actor(entity, mention, place)
        added.append(
            replace(
                base, actor=actor, stage=stage, date=dated, effect=None, rule="list:" + base.frame, weak=True, reason=""
            )
        )
    return added


def _jointed(parsed: Parsed, place: int) -> bool:
    """Whether the name goes on with a list; "sponsored by the United States, in 1973" does not."""
    before = [w.lower() for w in parsed.words[max(0, place - 3) : place]]
    town = parsed.words[place - 2]
    if before[1:] and before[-1] == "," and before[0] in _AT and town[:1].isupper() and town not in CALENDAR:
        return False  # "handed in at Entebbe, Uganda, on Monday"
    while before[-1:] == ["the"]:
        before.pop()
    if before[-1:] in (["by"], ["of"]):
        return before[-2:-1] in (["followed"], ["joined"], ["that"], ["those"])
    return not before or before[-1] in _JOINTS


def _pair(one: Candidate) -> tuple[str, str]:
    assert one.actor is not None and one.target is not None  # noqa: S101, PT018 - listed with both
    return one.actor.entity.key, one.target.key


def _joined(parsed: Parsed, found: list[Candidate], reading: Reading) -> list[Candidate]:
    """As in "joined Norland in leaving", "follows Ostia out of": whoever went before."""
    added = []
    for base in found:
        at = next((i for i, span in enumerate(parsed.spans) if span[0] == base.trigger[0]), None)
        if at is None or base.reason or base.actor is None:
            continue
        node = parsed.doc[at]
        for _ in range(3):
            node = node.head
            if node.lemma_.lower() == "join":
                break
        node = parsed.doc[at] if parsed.doc[at].lemma_.lower() == "follow" else node
        met = next((c for c in node.children if c.dep_ == "dobj" and (c.i < at or node.i == at)), None)
        before = node.lemma_.lower() in ("join", "follow")
        mention = parsed.mentions[met.i] if met is not None and before else None
        if met is None or mention is None or mention.type not in _LISTABLE:
            continue
        entity = entity_of(reading, mention)
        if (entity.type == STATE) == (base.actor.entity.type == STATE) and entity.key != base.actor.entity.key:
            actor = Actor(entity, mention, met.i)
            stage: Stage = "effective" if node.i == at else base.stage
            rule = "joined:" + base.frame
            added.append(replace(base, actor=actor, stage=stage, date=None, effect=None, rule=rule, weak=True))
    return added


def _inverted(parsed: Parsed, found: list[Candidate], reading: Reading) -> list[Candidate]:
    """As in "…, and so did Slovakia and Bulgaria"."""
    lower = [w.lower() for w in parsed.words]
    at = next(
        (i for i in range(len(lower) - 2) if lower[i] in ("so", "as") and lower[i + 1] in _DID),
        None,
    )
    if at is None:  # "as Ostia had in 1997"
        named = (i for i in range(len(lower) - 2) if lower[i] == "as" and parsed.mentions[i + 1] is not None)
        at = next((i - 1 for i in named if lower[i + 2] in ("had", "did", "has")), None)
    base = next((c for c in reversed(found) if not c.reason and c.target is not None), None)
    if at is None or base is None or parsed.read.sentence.number - base.number > 2:
        return []
    added = []
    for place in range(at + 2, len(lower)):
        mention = parsed.mentions[place]
        if mention is None and lower[place] not in ("and", ",", "the", "both"):
            break
        if mention is not None and mention.type in _LISTABLE:
            added.append(
                replace(
                    base,
                    actor=Actor(entity_of(reading, mention), mention, place),
                    rule="inverted:" + base.frame,
                    weak=True,
                )
            )
    return added


def _places(parsed: Parsed, base: Candidate, reading: Reading, anchor: date | None) -> list[Candidate]:
    """As in "left Chad in January and Ivory Coast in February": places with dates of their own."""
    added = []
    for place, mention in enumerate(parsed.mentions):
        if mention is None or mention.type != STATE or mention.start <= base.trigger[1] or base.target is None:
            continue
        dated = date_after(parsed, place, reading, anchor)
        entity = entity_of(reading, mention)
        if dated is None or entity.key == base.target.key or parsed.words[place - 1].lower() not in _JOINTS:
            continue
        target = replace(
            base.target,
            key=entity.key,
            name=entity.name,
            names=entity.names(),
            text=mention.text,
            span=mention.span,
            entity=entity,
        )
        added.append(replace(base, target=target, date=dated, effect=None, rule="list:" + base.frame))
    return added


def _base(found: list[Candidate], memory: list[Candidate]) -> Candidate | None:
    """The event that the list belongs to: this sentence's, or the last one where the sentence speaks of it bare."""
    standing = [c for c in found if not c.reason and c.target is not None]
    if standing:
        return standing[0]
    orphan = next(
        (c for c in found if c.reason in ("no_actor", "no_object") and c.frame in ("leave", "end", "notice")), None
    )
    if orphan is None:
        return None
    target = orphan.target or next(
        (c.target for c in reversed(memory) if c.target is not None and orphan.number - c.number <= 4), None
    )
    kind = next(
        (
            c.kind
            for c in reversed(memory)
            if c.target is not None and target is not None and c.target.key == target.key
        ),
        None,
    )
    if target is None:
        return None
    fallback = kind or (target.kind if target.kind in ("treaty", "organization", "agreement") else None)
    return replace(orphan, target=target, kind=fallback, reason="") if fallback else None  # type: ignore[arg-type]


_GAP = re.compile(
    r"did (?:so )?in|,?\s?(?:in|on|\(|(?:at|by|towards?) the (?:end|start|beginning|close)|early|late|earlier|later)?"
)


def date_after(parsed: Parsed, place: int, reading: Reading, anchor: date | None) -> EventDate | None:
    """A date right behind the name: "Qatar in 2019", "Burundi, in 2017", "Turkey (2021)"."""
    start = parsed.spans[place][1]
    end = min(start + 34, parsed.read.sentence.end)
    text = reading.fields[parsed.read.sentence.field]
    for moment in timeline(text, start, end, anchor):
        gap = text[start : moment.start].strip()
        if _GAP.fullmatch(gap):
            used = anchor.isoformat() if anchor and moment.rule not in ("day", "month", "year") else None
            return EventDate(moment.value, moment.precision, moment.text, used, moment.rule)
        return None
    return None


UNDOING = 40  # code points: how far behind "took it back" its day may stand


def first_after(reading: Reading, parsed: Parsed, place: int, anchor: date | None) -> EventDate | None:
    """As in "took it back the next year": the time behind a second verb, counted from what the sentence told before."""
    sentence, start = parsed.read.sentence, parsed.spans[place][1]
    told = timeline(reading.fields[sentence.field], sentence.start, sentence.end, anchor)
    found = next((m for m in told if start <= m.start < start + UNDOING), None)
    if found is None or (anchor is not None and found.value > anchor.isoformat()[: len(found.value)]):
        return None
    used = anchor.isoformat() if anchor and found.rule not in ("day", "month", "year") else None
    return EventDate(found.value, found.precision, found.text, used, found.rule)


_LATER = re.compile(
    r",?\s*(?:just |only |barely )?(?:(a|one|two|three|four|five|six|seven|eight|nine|ten) years?"
    r" (later|after|earlier|before)|the (?:following|next) (year)|the (year) (before|after))\b"
)
_COUNT = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def year_after(parsed: Parsed, place: int, reading: Reading, told: EventDate | None) -> EventDate | None:
    """As in "and Australia a year later": counted from the date told just before."""
    text = reading.fields[parsed.read.sentence.field]
    found = _LATER.match(text, parsed.spans[place][1], parsed.read.sentence.end)
    if found is None or told is None:
        return None
    count = 1 if found[1] in (None, "a") else _COUNT.index(found[1])
    year = int(told.value[:4]) + (-count if "earlier" in found.group() or "before" in found.group() else count)
    return EventDate(str(year), "year", found.group().strip(" ,"), told.value, "year-after")
