"""Sentences that say more of the act just told: "the notice was received on Monday", "it takes effect in a year".

They give the act a further stage, a date, or the date of its effect. It must not find new actors or objects.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from streams.core.records import EventDate
from streams.core.withdrawals.calendar import Moment, week_on
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.dates import COUNTED, times_of_acts
from streams.core.withdrawals.forms import denounced
from streams.core.withdrawals.law import COMMITMENTS
from streams.core.withdrawals.names import STATE
from streams.core.withdrawals.naming_types import Read
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.terms import TERM

_ACT = (
    r"(?:withdrawal|departure|exit|decision|move|suspension|denunciation|termination|pullout|step"
    r"|measure|resignation|cancellation|announcement)"
)
_PAPER = (
    r"(?:notice|notification|denunciation|letter|(?<!bank)note(?!s? and coins)|instrument|document|communication)s?"
)
_NOTICE = re.compile(
    rf"\b(?i:{_PAPER})\b[^.;]{{0,60}}?\b(?:was|were|had been|has been|have been)\s+(?:\w+ly\s+)?"
    r"(?:received|delivered|lodged|deposited|handed|submitted|filed|served|sent|given|registered"
    r"|transmitted|dispatched|presented|forwarded|circulated|dated)"
    r"|\b(?:been|was|were) (?:formally |officially |duly )?(?:notified|informed in writing)\b"
    rf"|\b(?:received|has|had|got)\b[^.;]{{0,40}}\b{_PAPER}\b[^.;]{{0,40}}\b(?:withdraw|leav|terminat|denounc"
    r"|denunciation|quit|exit|departure)"
    r"|\breceived (?:the |a |its |their )?(?:\w+ ){0,2}(?:denunciation|notification|notice)\b"
    rf"|\b(?:delivered|handed over|lodged|deposited|submitted|filed|sent|transmitted|presented|served)\b[^.;]{{0,50}}"
    rf"\b{_PAPER}\b"
    rf"|\b(?i:{_PAPER}),? (?:\w+ ){{0,8}}?(?:delivered|dated|handed (?:over|in)|sent|lodged"
    r"|deposited|submitted|received)\b"
    rf"|\b(?i:{_PAPER})\b[^.;,]{{0,60}}\b(?:came to|reached|arrived (?:at|in)) (?:the |its )?\w+"
    r"|\b(?:step|move|decision|withdrawal),? (?:formally |officially )?notified to\b"
    r"|\b(?:told|notified|informed) (?:the|its|his|her|their|our|all)\b[^.;,]{2,50}"
    r"\b(?:in writing|by (?:letter|e-?mail|fax|cable)|formally)\b"
    r"|\b(?:notified|informed|been told|sent word) (?:[^.;,]{3,70} )?of (?:its|the|this|their|his|her) "
    r"(?:decision|withdrawal|departure|intention|move|step|exit|denunciation)\b"
)
_FORMAL = re.compile(r"(?i)notice|notif|denunciation|instrument|letter")
_ARRIVED = re.compile(r"\b(?:came to|reached|arrived)\b")
_OTHERS_TOLD = re.compile(
    r"\b(?:they|he|she|who|delegates|diplomats|workers|staff|employees|members|reporters|fans|players|officials|traders)"
    r"\b[^.;,]{0,20}$"
)
_CLAUSE = re.compile(r", (?:and|but|while) (?=[A-Z])|; ")
_RUNS_OUT = re.compile(
    r"\b(?:runs? out|(?<!the )ends?|expires?|lapses?|will (?:go|leave|end|expire))\b"
)  # when, not given when
_NOT_GIVEN = re.compile(r"\b(?:is|are|will|would|shall|may|might|could|should|to be|not|never|no|handed back)\b")
_IN_EFFECT = re.compile(r"\b(?:took|taken) effect\b|\bcame into (?:force|effect)\b")
OWN = 6  # sentences after which an actor's own act is still the one meant
_AT_ONCE = re.compile(r"\W*(?:immediately|at once|forthwith|with immediate|straight away)")
_UNDOING = re.compile(
    rf"(?i)\b{_PAPER} (?:\w+ )?(?:ending|lifting|revoking|rescinding|cancelling|canceling|undoing|retracting"
    r"|withdrawing|taking back|to (?:end|lift|revoke|rescind|cancel|undo|retract|withdraw|take back)) "
    r"(?:the|its|their|his|that|this) "
    r"(?:\w+ )?(?:freeze|suspension|boycott|absence|withdrawal|denunciation|notice|notification|decision|step|move)\b"
)
_OF_ELSE = re.compile(
    r" of (?!(?:the |its |their |his )?"
    r"(?:withdrawal|denunciation|terminat|cancell|intent|departure|exit|suspension|resignation))"
)
_EFFECT = re.compile(
    r"\b(?:takes?|took|taking|taken|come|comes|came|coming|entered|enters?|enter) (?:full |formal "
    r"|legal )?(?:effect|force|into force|into effect)\b"
    r"|\b(?:become|becomes|became|be|is|was) (?:final|effective|official|complete)\b"
    r"|\beffective (?:from|on|as of|immediately)\b"
    r"|\b[Mm]embership (?:ends?|expires?|lapses?|ceases?|terminates?|(?:will|would) (?:end|expire|lapse|cease))\b"
)
_AHEAD = re.compile(r"\b(?:will|would|to take|to come|to become|takes|comes|enters|becomes|is due|should|shall|may)\b")
_TOLD = re.compile(rf"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts|[Tt]heir|[Hh]is) {_ACT}\b")
_MADE = re.compile(
    r"\b(?:announced|made|taken|came|comes|issued|published|signed|unveiled|adopted|voted|approved"
    r"|passed|ordered|announcement|told|revealed|disclosed|read out|said|confirmed)\b"
)


_BINDING = re.compile(r"\b(?:effect|force|notice|notification|member|party|leave|depart|withdraw\w*|bound|cease|out)\b")
_HAS_DAY = re.compile(r"\b(?:on|from) (?:[A-Z][a-z]+\.? \d|\d{1,2} [A-Z])")


def more(
    reading: Reading, candidates: Sequence[Candidate], anchor: date | None, day: date | None = None
) -> list[Candidate]:
    """Further candidates for acts already found; never for a pair that is not among `candidates`."""
    found: list[Candidate] = []
    standing = [c for c in candidates if not c.reason and c.actor and c.target and c.kind]
    for one in reading.reads:
        if one.sentence.field != "text":
            continue
        base = _base(standing, one.sentence.number)
        if base is not None and _of_another(reading, one, base):
            base = _own(standing, one)
        if base is None:
            continue
        start, end = one.sentence.start, one.sentence.end
        text = reading.fields["text"]
        said = text[start:end]
        here = [c for c in standing if c.sentence == (start, end) and c.field == "text"]
        when = times_of_acts(text, start, end, anchor, day)
        for rule, pattern in ((_notice, _NOTICE), (_effect, _EFFECT), (_announced, _TOLD), (_term, TERM)):
            match = pattern.search(said)
            if match is None or (here and rule is _announced) or (rule is _term and _HAS_DAY.search(said)):
                continue
            near = min(here, key=lambda c: abs(c.trigger[0] - start - match.start())) if here else base
            same = [c for c in standing if c.trigger == near.trigger and c.field == near.field]
            opening = one.mentions[0][2].key if one.mentions and not here else ""
            for each in [c for c in same if c.actor and c.actor.entity.key == opening] or same:
                found += rule(each, said, (start, end), match, when, anchor)
    return found


def _of_another(reading: Reading, one: Read, base: Candidate) -> bool:
    """As in "Moscow had announced its decision on Tuesday" behind East Germany's: it opens with another actor."""
    if one.sentence.number == base.number or not one.mentions or base.actor is None:
        return False
    first, _, mention = one.mentions[0]
    kind = base.actor.entity.type
    return first <= 3 and mention.type == kind == STATE and entity_of(reading, mention).key != base.actor.entity.key


def _own(standing: Sequence[Candidate], one: Read) -> Candidate | None:
    """The act of the actor with whom the sentence opens, where it was told a few sentences before."""
    key = one.mentions[0][2].key
    own = [c for c in standing if c.actor and c.actor.entity.key == key and 0 < one.sentence.number - c.number <= OWN]
    return own[-1] if own and own[-1].stage in ("announced", "notified", "effective") else None


def _base(standing: Sequence[Candidate], number: int) -> Candidate | None:
    """The last act before (or in) the sentence, the main one first within four sentences."""
    near = [
        c
        for c in standing
        if 0 <= number - c.number <= 3
        and c.stage in ("announced", "notified", "effective")
        and not (c.date and c.date.rule == "apart")
    ]
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
    base: Candidate, said: str, at: tuple[int, int], match: re.Match[str], when: Sequence[Moment], anchor: date | None
) -> list[Candidate]:
    start, end = at
    if (
        (base.stage == "effective" and base.field == "headline")
        or _NOT_GIVEN.search(match.group())
        or (not _ARRIVED.search(match.group()) and _OF_ELSE.match(said, match.end()))
        or _IN_EFFECT.search(said, match.end())
        or _UNDOING.search(said)
        or (match.group().startswith("been told") and _OTHERS_TOLD.search(said[: match.start()]))
        or re.search(r"\b(?:not|never|no) (?:yet )?(?:been )?(?:received|sent|given)", said)
        or re.search(r"\b(?:after|once|when|until|if|unless|before|since)\b[^,;]{0,60}$", said[: match.start()])
    ):
        return []
    begin = max((c.end() for c in _CLAUSE.finditer(said, 0, match.start())), default=0)
    given = [m for m in when if m.start - start >= begin and not _RUNS_OUT.search(said[match.end() : m.start - start])]
    moment = _past(given, anchor, start + match.end())
    return [
        replace(
            _told(base, start, end, match),
            stage="notified",
            form="denunciation" if base.form == "withdrawal" and denounced(said) else base.form,
            date=_dated(moment, anchor),
            effect=None,
            rule="followup:notice" if _FORMAL.search(match.group()) else "followup:note",
        )
    ]


def _effect(  # noqa: PLR0917 - one fact each, all needed
    base: Candidate, said: str, at: tuple[int, int], match: re.Match[str], when: Sequence[Moment], anchor: date | None
) -> list[Candidate]:
    start, end = at
    if not (_TOLD.search(said) or re.match(r"(?:It|That|Both|They|Under|The) ", said) or base.sentence == (start, end)):
        return []
    place = start + match.end()
    if _AT_ONCE.match(said, match.end()):
        return [replace(_told(base, start, end, match), stage="effective", rule="followup:effect")]
    after = [m for m in when if m.start >= start + match.start() - 4] or list(when)
    if not after:
        return []
    moment = min(after, key=lambda m: abs(m.start - place))
    ahead = anchor is not None and moment.value > anchor.isoformat()[: len(moment.value)]
    if (
        moment.rule == "weekday"
        and anchor
        and not ahead
        and _AHEAD.search(said[max(0, match.start() - 30) : match.end()])
    ):
        moment = replace(moment, value=week_on(moment.value))  # "takes effect on Monday"
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


def _term(
    base: Candidate, said: str, at: tuple[int, int], match: re.Match[str], _when: Sequence[Moment], anchor: date | None
) -> list[Candidate]:
    """As in "takes effect six months after receipt": when that is, the day of the notice tells."""
    binding = _TOLD.search(said) or base.sentence == at or _BINDING.search(said)
    if base.kind not in COMMITMENTS or not binding or COUNTED.search(said[: match.start()]):
        return []
    term = EventDate("", "day", match.group(), anchor.isoformat() if anchor else None, "term")
    stage = base.stage if base.stage != "effective" else "announced"
    return [replace(_told(base, *at, match), stage=stage, effect=term, rule="followup:term")]


def _announced(  # noqa: PLR0917 - one fact each, all needed
    base: Candidate, said: str, at: tuple[int, int], match: re.Match[str], when: Sequence[Moment], anchor: date | None
) -> list[Candidate]:
    start = at[0]
    reported = base.date is None or base.date.rule.startswith("report:")
    if base.stage not in ("announced", "effective") or not reported or not _MADE.search(said):
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
