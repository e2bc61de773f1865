"""Events that share the verb of another: "and from the Grain Pact in 2014", "the third to go, after Ostia and Norland".

Also a body that "has lost Ostia". It must not read the verbs of leaving themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from streams.core.records import EventDate
from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.elliptic import date_after, year_after
from streams.core.withdrawals.grammar import auxiliaries, child, is_past, negated
from streams.core.withdrawals.inheriting import LEAD
from streams.core.withdrawals.law import COMMITMENTS
from streams.core.withdrawals.names import COMPANY, INSTITUTION, NAME, OBJECT, PARTY, STATE
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.phrases import CALENDAR
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.targets import entity_target
from streams.core.withdrawals.vocabulary import words

_MEMBERS = (STATE, COMPANY, PARTY, NAME, INSTITUTION)
_RANKS = words("second third fourth fifth sixth seventh eighth ninth tenth latest next only last")
_AFTER = words("after following behind besides joining")
_GOING = words("departure departures exit exits withdrawal withdrawals those that")
_SIGNED = words("and , the both")
_ENDS = words(", . ; ( ) to in on last this earlier late early and or both")
_SHEDS = ("leave", "follow", "end", "nonmember", "notice", "suspend")
_SPANS = words("hours day days week weeks month months year years decade")
_OPEN = ("no_actor", "no_object", "no_prior_step")
NEAR = 3  # sentences after an act in which a body that "lost" somebody is the one left


def gapped(
    parsed: Parsed, found: Sequence[Candidate], memory: Sequence[Candidate], reading: Reading, anchor: date | None
) -> list[Candidate]:
    """Further events of a sentence, told without a verb of their own."""
    return [
        *_objects(parsed, found, reading, anchor),
        *_gone_before(parsed, found, memory, reading, anchor),
        *_lost(parsed, memory, reading, anchor),
    ]


def _objects(parsed: Parsed, found: Sequence[Candidate], reading: Reading, anchor: date | None) -> list[Candidate]:
    """As in "left the Tin Council in 2012, the Grain Pact in 2014": bodies with dates of their own."""
    standing = [c for c in found if not c.reason and c.target is not None and c.kind in COMMITMENTS]
    if not standing:
        return []
    start = max(standing, key=lambda c: c.trigger[0]).trigger
    at = next((i for i, span in enumerate(parsed.spans) if span[0] == start[0]), len(parsed.words))
    bases = [
        c for c in standing if c.trigger == start and c.frame in ("leave", "end") and c.target and c.target.token > at
    ]
    taken = {c.target.key for c in standing if c.target is not None}
    added, last = [], next((c.date for c in bases if c.date is not None), None)
    for place, mention in enumerate(parsed.mentions):
        if mention is None or mention.type not in (OBJECT, INSTITUTION) or mention.start < start[1]:
            continue
        entity = entity_of(reading, mention)
        more = bases and (_signed_between(parsed, bases[0], place) or _as_well(parsed, place))
        if entity.key not in taken and more:
            taken.add(entity.key)
            target = entity_target(reading, parsed, place, entity)
            added += [replace(b, target=target, kind=b.kind, weak=True) for b in bases]
            continue
        dated = date_after(parsed, place, reading, anchor) or year_after(parsed, place, reading, last)
        if entity.key in taken or dated is None or last is None or not _goes_on(parsed, place):
            continue
        taken.add(entity.key)
        last = dated
        target = entity_target(reading, parsed, place, entity)
        kind = target.kind if target.kind in COMMITMENTS else "organization"
        added += [
            replace(b, target=target, kind=kind, date=dated, effect=None, rule="list:" + b.frame, weak=True)  # type: ignore[arg-type]
            for b in bases
        ]
    return added


def _as_well(parsed: Parsed, place: int) -> bool:
    """As in "is to leave the Tin Council, which it joined in 1961, and the Grain Pact as well"."""
    before = [w.lower() for w in parsed.words[max(0, place - 2) : place] if w.lower() != "the"]
    after = [w.lower() for w in parsed.words[place + 1 : place + 3]]
    return before[-1:] == ["and"] and (after == ["as", "well"] or after[:1] in (["too"], ["also"]))


def _signed_between(parsed: Parsed, base: Candidate, place: int) -> bool:
    """As in "annulled the Tin Treaty of May 26, 1942, and the Grain Treaty": the dates are the treaties' own."""
    first = base.target.token if base.target is not None else place
    between = [w for w in parsed.words[first + 1 : place] if w.lower() not in _SIGNED and w not in CALENDAR]
    return (
        "and" in parsed.words[first + 1 : place]
        and "of" in between[:1]
        and all(w == "of" or w.isdigit() for w in between)
    )


def _goes_on(parsed: Parsed, place: int) -> bool:
    """Whether the name stands where a list goes on, behind "and from the", ", the", "then"."""
    before = [w.lower() for w in parsed.words[max(0, place - 4) : place]]
    while before[-1:] and before[-1] in ("the", "from", "of", "out"):
        before.pop()
    return before[-1:] in ([","], ["and"], [";"], ["then"])


def _gone_before(
    parsed: Parsed, found: Sequence[Candidate], memory: Sequence[Candidate], reading: Reading, anchor: date | None
) -> list[Candidate]:
    """As in "the third to leave, after Ostia (2017) and Norland", "following the exits of Ostia and Norland"."""
    lower = [w.lower() for w in parsed.words]
    base = next((c for c in found if not c.reason and c.target is not None and c.frame in _SHEDS), None)
    if base is None and any(c.frame in _SHEDS and c.reason in _OPEN for c in found):
        base = next((c for c in reversed(memory) if c.target is not None and c.number >= 0), None)
        base = base if base is not None and parsed.read.sentence.number - base.number <= NEAR else None
    if base is None or base.actor is None or base.kind not in COMMITMENTS:
        return []
    if lower[0] in ("like", "unlike") and base.stage in ("announced", "notified", "effective"):
        return _each(parsed, base, 1, "with:", reading, anchor) if lower[0] == "like" else []
    rank = next((i for i, w in enumerate(lower) if w in _RANKS), len(lower))
    joining = (c.i for c in _act(parsed, base) if c.lower_ == "joining")
    late = (i for i in range(2, len(lower)) if lower[i] == "after" and lower[i - 1] in _SPANS)
    at = next((i for i in range(rank + 2, len(lower)) if lower[i] in _AFTER), next(late, next(joining, None)))
    if at is None:
        return []
    place = at + 1
    while place < len(lower) and (lower[place] in _GOING or lower[place] in ("the", "of", "both", ",")):
        place += 1
    rule = "after:" if rank < at else "with:"
    return _each(parsed, base, place, rule, reading, anchor)


def _act(parsed: Parsed, base: Candidate) -> list[Any]:
    """What hangs on the verb of an act told in this sentence."""
    at = next((i for i, span in enumerate(parsed.spans) if span[0] == base.trigger[0]), None)
    here = base.sentence[0] == parsed.read.sentence.start
    return list(parsed.doc[at].children) if at is not None and here else []


def _each(  # noqa: PLR0917 - one fact each, all needed
    parsed: Parsed, base: Candidate, place: int, rule: str, reading: Reading, anchor: date | None
) -> list[Candidate]:
    """The names of a list that may carry dates, each as one who has left what `base` leaves."""
    assert base.actor is not None  # noqa: S101 - the caller has looked
    added: list[Candidate] = []
    lower = [w.lower() for w in parsed.words]
    sovereign = base.actor.entity.type == STATE
    while place < len(lower) and lower[place] not in (".", ";"):
        mention = parsed.mentions[place]
        if mention is None:
            if lower[place] in _ENDS or lower[place].isdigit() or lower[place] in ("year", "month", "week", "the"):
                place += 1
                continue
            break
        entity = entity_of(reading, mention)
        ends = lower[place + 1 : place + 2]
        if mention.type not in _MEMBERS or (entity.type == STATE) != sovereign or not set(ends) & _ENDS:
            return []  # "after Ostia and Norland fell out"
        if entity.key != base.actor.entity.key:
            dated = date_after(parsed, place, reading, anchor)
            actor = Actor(entity, mention, place)
            added.append(_as_left(parsed, base, actor, rule, dated))
        place += 1
    return added


def _as_left(parsed: Parsed, base: Candidate, actor: Actor, rule: str, dated: EventDate | None) -> Candidate:
    sentence = parsed.read.sentence
    here = base.sentence == (sentence.start, sentence.end) and base.field == sentence.field
    return replace(
        base,
        number=sentence.number,
        sentence=(sentence.start, sentence.end),
        field=sentence.field,
        trigger=base.trigger if here else parsed.spans[actor.token],
        actor=actor,
        stage=base.stage if rule == "with:" else "effective",
        date=dated,
        effect=None,
        rule=rule + base.frame,
        reason="",
        weak=True,
    )


def _lost(parsed: Parsed, memory: Sequence[Candidate], reading: Reading, anchor: date | None) -> list[Candidate]:
    """As in "the council lost Ostia in 2017": where the article tells of leaving that council."""
    added = []
    for token in parsed.doc:
        if token.lemma_.lower() not in ("lose", "shed") or token.pos_ != "VERB" or negated(token):
            continue
        body, gone = child(token, "nsubj"), child(token, "dobj")
        if body is None or gone is None or not (is_past(token) or auxiliaries(token) & {"has", "have", "had"}):
            continue
        base = _left_body(parsed, body, memory, reading)
        if base is None or base.actor is None:
            continue
        if parsed.mentions[gone.i] is not None:
            added += _each(parsed, base, int(gone.i), "lost:", reading, anchor)
    return added


def _called(target: Target) -> set[str]:
    return target.entity.heads if target.entity is not None else set()


def _left_body(parsed: Parsed, body: Any, memory: Sequence[Candidate], reading: Reading) -> Candidate | None:
    """The act just told whose object the subject of "lost" names, or stands for."""
    mention, lower = parsed.mentions[body.i], body.lower_
    number = parsed.read.sentence.number
    for one in reversed(memory):
        target = one.target
        if target is None or one.kind not in COMMITMENTS or not (number - one.number <= NEAR or one.number <= LEAD):
            continue
        if mention is not None and mention.type in (OBJECT, INSTITUTION):
            if entity_of(reading, mention).key == target.key:
                return one
        elif lower in (target.head, *_called(target), *(("it",) if number - one.number <= 1 else ())):
            return one
    return None
