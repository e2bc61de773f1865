"""Sentences that say more of the act just told: "the notice was received on Monday", "it takes effect in a year".

They give the act a further stage, a date, or the date of its effect. It must not find new actors or objects.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from streams.core.records import EventDate
from streams.core.withdrawals.calendar import Moment
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.dates import modifier
from streams.core.withdrawals.narrative import timeline
from streams.core.withdrawals.reading import Reading

_ACT = (
    r"(?:withdrawal|departure|exit|decision|move|suspension|denunciation|termination|pullout|step"
    r"|measure|resignation|cancellation|announcement)"
)
_NOTICE = re.compile(
    r"\b(?:[Nn]otice|[Nn]otification|[Ll]etters?|[Nn]otes?|[Ii]nstruments?|[Dd]ocuments?"
    r"|papers)\b[^.;]{0,60}?\b(?:was|were|had been|has been)\s+(?:\w+ly\s+)?"
    r"(?:received|delivered|lodged|deposited|handed|submitted|filed|served|sent|given|registered"
    r"|transmitted|dispatched|presented)"
    r"|\b(?:been|was|were) (?:formally |officially |duly )?(?:notified|informed in writing)\b"
    r"|\b(?:received|has|had|got)\b[^.;]{0,40}\b(?:notice|notification|letter"
    r"|instrument)\b[^.;]{0,40}\b(?:withdraw|leav|terminat|denounc|denunciation|quit|exit|departure)"
    r"|\b(?:delivered|handed over|lodged|deposited|submitted|filed|sent)\b[^.;]{0,50}\b(?:notice"
    r"|notification|instrument|letter)\b"
)
_EFFECT = re.compile(
    r"\b(?:takes?|took|taking|taken|come|comes|came|coming|entered|enters?|enter) (?:full |formal "
    r"|legal )?(?:effect|force|into force|into effect)\b"
    r"|\b(?:become|becomes|became|be|is|was) (?:final|effective|official|complete)\b"
    r"|\beffective (?:from|on|as of|immediately)\b"
)
_AHEAD = re.compile(r"\b(?:will|would|to take|to come|to become|takes|comes|enters|becomes|is due|should|shall|may)\b")
_TOLD = re.compile(rf"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts|[Tt]heir|[Hh]is) {_ACT}\b")
_MADE = re.compile(
    r"\b(?:announced|made|taken|came|comes|issued|published|signed|unveiled|adopted|voted|approved"
    r"|passed|ordered|announcement|told|revealed|disclosed|read out|said|confirmed)\b"
)


def more(reading: Reading, candidates: Sequence[Candidate], anchor: date | None) -> list[Candidate]:
    """Further candidates for acts already found; never for a pair that is not among `candidates`."""
    found: list[Candidate] = []
    standing = [c for c in candidates if not c.reason and c.actor and c.target and c.kind]
    for one in reading.reads:
        if one.sentence.field != "text":
            continue
        base = _base(standing, one.sentence.number)
        if base is None:
            continue
        start, end = one.sentence.start, one.sentence.end
        text = reading.fields["text"]
        said = text[start:end]
        own = any(c.sentence == (start, end) and c.field == "text" for c in standing)
        when = [m for m in timeline(text, start, end, anchor) if not modifier(text, m)]
        found += _notice(base, said, start, end, when, anchor)
        found += _effect(base, said, start, end, when, anchor)
        if not own:
            found += _announced(base, said, start, when, anchor)
    return found


def _base(standing: Sequence[Candidate], number: int) -> Candidate | None:
    """The last act before (or in) the sentence, the main one first within four sentences."""
    near = [c for c in standing if 0 <= number - c.number <= 3 and c.stage in ("announced", "notified", "effective")]
    same = [c for c in near if c.number == number]
    if same:
        return same[-1]
    current = [c for c in near if c.number > 0] or near
    return current[-1] if current else None


def _past(when: Sequence[Moment], anchor: date | None, near: int) -> Moment | None:
    past = [m for m in when if anchor is None or m.value <= anchor.isoformat()[: len(m.value)]]
    return min(past, key=lambda m: abs(m.start - near)) if past else None


def _dated(moment: Moment | None, anchor: date | None) -> EventDate | None:
    if moment is None:
        return None
    return EventDate(
        moment.value, moment.precision, moment.text, anchor.isoformat() if anchor else None, "followup:" + moment.rule
    )


def _told(base: Candidate, start: int, end: int, match: re.Match[str]) -> Candidate:
    """The same event with a later sentence for its proof; weak, since the sentence does not name it."""
    trigger = (start + match.start(), start + match.end())
    return replace(base, sentence=(start, end), field="text", trigger=trigger, weak=True)


def _notice(  # noqa: PLR0917 - one fact each, all needed
    base: Candidate, said: str, start: int, end: int, when: Sequence[Moment], anchor: date | None
) -> list[Candidate]:
    match = _NOTICE.search(said)
    if (
        not match
        or (base.stage == "effective" and base.number == 0)
        or re.search(r"\b(?:not|never|no) (?:yet )?(?:been )?(?:received|sent|given)", said)
        or re.search(r"\b(?:after|once|when|until|if|unless|before)\b[^,;.]{0,40}$", said[: match.start()])
    ):
        return []
    moment = _past(when, anchor, start + match.end())
    return [
        replace(
            _told(base, start, end, match),
            stage="notified",
            date=_dated(moment, anchor),
            effect=None,
            rule="followup:notice",
        )
    ]


def _effect(  # noqa: PLR0917 - one fact each, all needed
    base: Candidate, said: str, start: int, end: int, when: Sequence[Moment], anchor: date | None
) -> list[Candidate]:
    match = _EFFECT.search(said)
    if not match or not (
        _TOLD.search(said) or re.match(r"(?:It|That|Both|They|Under|The) ", said) or base.sentence == (start, end)
    ):
        return []
    place = start + match.end()
    after = [m for m in when if m.start >= start + match.start() - 4] or list(when)
    if not after:
        return []
    moment = min(after, key=lambda m: abs(m.start - place))
    ahead = anchor is not None and moment.value > anchor.isoformat()[: len(moment.value)]
    forward = ahead or bool(_AHEAD.search(said[max(0, match.start() - 30) : match.end()]))
    if forward:
        return [
            replace(
                _told(base, start, end, match),
                stage=base.stage if base.stage != "effective" else "announced",
                date=None,
                effect=_dated(moment, anchor),
                rule="followup:effect",
            )
        ]
    return [
        replace(
            _told(base, start, end, match),
            stage="effective",
            date=_dated(moment, anchor),
            effect=_dated(moment, anchor),
            rule="followup:effect",
        )
    ]


def _announced(base: Candidate, said: str, start: int, when: Sequence[Moment], anchor: date | None) -> list[Candidate]:
    match = _TOLD.search(said)
    if base.stage not in ("announced", "effective") or base.date is not None or not match or not _MADE.search(said):
        return []
    moment = next(
        (
            m
            for m in when
            if m.rule in ("weekday", "word", "monthday", "day") and (anchor is None or m.value <= anchor.isoformat())
        ),
        None,
    )
    if moment is None or abs(moment.start - start - match.start()) > 160:
        return []
    return [replace(base, sentence=base.sentence, date=_dated(moment, anchor), rule="followup:date", weak=True)]
