"""Candidates of one article into one event an (actor, object): the furthest stage as of publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from streams.core.records import EventDate
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.headlining import LEAD, under_headline, under_lead
from streams.core.withdrawals.law import COMMITMENTS
from streams.core.withdrawals.returning import left_by, settled_back
from streams.core.withdrawals.stage import RANK
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.terms import effect_of
from streams.core.withdrawals.vocabulary import words

_COMMON = words(
    "the of with on and for between to in agreement treaty deal pact accord convention protocol a an 's two"
)
# A notice of one's own taken back tells that it had been given.
_OWN_PAPER = ("+notice:return", "+letter:return", "+notification:return")
# Words of coming back that no one uses who has not left.
_PROVING = ("rejoin", "readmit", "re-enter", "reenter")
_RARE = ("ceasefire", "cease-fire", "truce", "armistice", "concordat", "compact")
_STEPS = ("announced", "notified", "effective")


def merge(candidates: Sequence[Candidate], anchor: date | None = None) -> tuple[list[list[Candidate]], list[Candidate]]:
    """(groups, refused): each group's first candidate is its verdict, with stage, date and effect settled."""
    groups: dict[tuple[str, str], list[Candidate]] = {}
    for one in candidates:
        if not one.reason and one.actor and one.target:
            groups.setdefault((one.actor.entity.key, _object_key(one)), []).append(one)
    kept: list[list[Candidate]] = []
    refused: list[Candidate] = []
    left = left_by(groups)
    for group in under_headline(under_lead(_join_described(groups))):
        verdict = settled_back(_settle(group, anchor), group, left)
        if verdict is None:
            refused.extend(replace(c, reason="no_prior_step") for c in group)
        else:
            kept.append([verdict, *(c for c in group if c.trigger != verdict.trigger)])
    return kept, refused


def _object_key(one: Candidate) -> str:
    assert one.target is not None  # noqa: S101 - the caller has looked
    return one.target.key


def _join_described(groups: dict[tuple[str, str], list[Candidate]]) -> list[list[Candidate]]:
    """Two descriptions of one actor's thing that share a name are one thing; so are deployments and talks."""
    joined: list[list[Candidate]] = []
    for (actor, _), group in groups.items():
        home = next(
            (g for g in joined if g[0].actor and g[0].actor.entity.key == actor and _same_thing(g, group)), None
        )
        if home is not None:
            home.extend(group)
        else:
            joined.append(list(group))
    return joined


def _same_thing(left: list[Candidate], right: list[Candidate]) -> bool:
    a, b = left[0].target, right[0].target
    if a is None or b is None or (a.type != "described" and b.type != "described"):
        return False
    if left[0].kind != right[0].kind and not {left[0].kind, right[0].kind} <= {"treaty", "agreement", "organization"}:
        return False
    names = {n.casefold() for t in left if t.target for n in t.target.names}
    others = {n.casefold() for t in right if t.target for n in t.target.names}
    if names & others or left[0].kind in ("coalition", "contest", "talks"):
        return True
    if left[0].kind == "deployment" and (a.name in b.name or b.name in a.name):
        return True  # "the force on the Golan Heights" beside "Golan Heights"
    if _same_partner(a.names, b.names) or _bare(a) or _bare(b):
        return True
    told, named = (a, b) if a.type == "described" else (b, a)
    if told.head in _RARE and named.type != "described" and told.head in named.name.casefold().split():
        return True  # "its ceasefire with the army" beside the "Nationwide Ceasefire Agreement"
    words = {w for n in names for w in n.split()} - _COMMON
    return (
        a.type == b.type == "described"
        and (a.weak or b.weak)
        and bool(words & {w for n in others for w in n.split()} - _COMMON)
    )


def _bare(target: Target) -> bool:
    """As in "the four-year accord": told by its kind and age alone, so that it is what the actor leaves elsewhere."""
    told = {w for w in target.name.casefold().split() if not w[0].isdigit()} - _COMMON
    return target.type == "described" and all(w.endswith(("-year", "-year-old", "old")) for w in told)


def _same_partner(left: Sequence[str], right: Sequence[str]) -> bool:
    """As in "the defence accord with Ostia" beside "the defence agreement with Ostia": one partner, one subject."""
    partners = [{n.split(" with ", 1)[1].removeprefix("the ") for n in side if " with " in n} for side in (left, right)]
    words = [{w for w in " ".join(side).split() if w.islower()} - _COMMON for side in (left, right)]
    years = [{w for w in " ".join(side).split() if w.isdigit()} for side in (left, right)]
    same = bool(words[0] & words[1]) or not all(words)
    return bool(partners[0] & partners[1]) and same and not (years[0] and years[1] - years[0])


def _settle(group: list[Candidate], anchor: date | None) -> Candidate | None:
    body = [c for c in group if c.field == "text"] or group
    if all(c.stage == "considered" for c in body) and len(body) < len(group):
        body = group
    moves = [c for c in body if c.frame not in ("return", "stay")]
    backs = [c for c in body if c.frame in ("return", "stay")]
    moves, backs = _current(
        moves, backs, titled=any(c.field == "headline" and c.frame not in ("return", "stay") for c in group)
    )
    stayed = _returned(moves, backs)
    if stayed is not None:
        return stayed
    if not moves:
        taken = next((c for c in backs if c.rule.endswith(_OWN_PAPER) and c.stage == "effective"), None)
        return replace(taken, stage="reversed") if taken is not None else None
    moves = _capped(_of_this_episode(moves, anchor), anchor)
    best = _furthest(moves)
    day = (
        _day_of_act(best, moves) or best.date or next((c.date for c in moves if c.date and c.stage == best.stage), None)
    )
    return replace(best, date=day, effect=_effect(best, moves, day))


def _effect(best: Candidate, moves: list[Candidate], day: EventDate | None) -> EventDate | None:
    """When the act takes effect: as told, else as the term of notice makes it."""
    if best.stage not in _STEPS:
        return None
    told = [c.effect for c in [best, *moves] if c.effect]
    plain = next((e for e in told if e.rule != "term" and not e.rule.endswith(("ahead", "told"))), None)
    terms = [effect_of(e, day, best.stage) for e in told if e.rule == "term"]
    term = next((e for e in terms if e is not None), None)
    if plain is not None and (term is None or len(plain.value) > 7 or not term.value.startswith(plain.value)):
        return plain
    if term is not None:
        return term
    return next((e for e in told if e.value), day if best.stage == "effective" else None)


_GIVEN = ("followup:notice", "followup:note")
NEWS = 62  # days: how long an act may lie back that is told as news


def _day_of_act(best: Candidate, moves: list[Candidate]) -> EventDate | None:
    """The day of the act as another sentence tells it, where the verdict's own has only the day of the telling."""
    told = best.date
    if told is None or (not told.rule.startswith("report:") and best.stage != "notified"):
        return None
    given = best.stage == "notified"
    others = [c.date for c in moves if c.date and c.stage == best.stage and (c.rule in _GIVEN or not given)]
    return next((d for d in others if not d.rule.startswith("report:") and _shortly_before(d, told)), None)


def _shortly_before(one: EventDate, other: EventDate) -> bool:
    """No later, and not so long before that it would be another act."""
    if len(one.value) < 7 or len(other.value) < 7:
        return False
    first, last = ((v + "-01")[:10] if len(v) == 7 else v for v in (one.value, other.value))
    return 0 <= date.fromisoformat(last).toordinal() - date.fromisoformat(first).toordinal() <= NEWS + 31


def _notified_only(moves: list[Candidate], anchor: date | None) -> bool:
    """As in "has left … the denunciation was lodged on Tuesday": told as done, but notice is what was given."""
    notices = [c for c in moves if c.kind in COMMITMENTS and _is_notice(c)]
    done = [c for c in moves if c.stage == "effective"]
    if not notices or any(c.rule == "followup:effect" for c in done):
        return False
    told = [c.date for c in done if c.date and not c.date.rule.startswith("report:")]
    given = [c.date.value for c in notices if c.date]
    if anchor and any(v[:7] < date.fromordinal(anchor.toordinal() - NEWS).isoformat()[:7] for v in given):
        return False
    return all(c.number <= LEAD for c in done) and all(d.value[:7] <= min(given, default="9")[:7] for d in told)


def _is_notice(one: Candidate) -> bool:
    """A paper given, not a verb that may be mere wording ("denounced the pact") or a resignation from a cabinet."""
    told = (one.noun or one.frame == "notice") and one.date is not None and not one.rule.startswith("resign")
    return one.rule == "followup:notice" or (one.stage == "notified" and told and one.rule != "followup:note")


def _current(
    moves: list[Candidate], backs: list[Candidate], *, titled: bool
) -> tuple[list[Candidate], list[Candidate]]:
    """A lead that tells a new departure leaves an older coming and going to history (the guide's later episode)."""
    if not backs or (any(c.number <= 2 for c in backs) and not titled):
        return moves, backs
    places = {c.number for c in backs}
    lead = [c for c in moves if c.number <= (5 if titled else 2) and c.number not in places and c.stage in _STEPS]
    if not lead or any(c.stage == "reversed" and c.number <= min(x.number for x in lead) for c in moves):
        return moves, backs
    until = max((c.date.value for c in backs if c.date), default="")
    newer = [c for c in moves if c.number not in places and not (c.date and until and c.date.value <= until)]
    return newer or moves, []


def _of_this_episode(moves: list[Candidate], anchor: date | None) -> list[Candidate]:
    """A step told as news leaves one of years ago to history: "gave notice in 1993" behind "announced on Friday"."""
    if anchor is None:
        return moves
    news, old = str(anchor.year - 1), [c for c in moves if c.date and c.date.value[:4] < str(anchor.year - 1)]
    fresh = [
        c
        for c in moves
        if c.field == "text" and c.number <= 2 and c.stage in _STEPS and (c.date is None or c.date.value[:4] >= news)
    ]
    return [c for c in moves if c not in old] if fresh else moves


def _capped(moves: list[Candidate], anchor: date | None) -> list[Candidate]:
    """As in "Has left" while the effect lies ahead is no more than announced or notified (the guide's settled case)."""
    ahead = anchor is not None and any(
        c.effect and c.effect.rule != "term" and c.effect.value > anchor.isoformat()[: len(c.effect.value)]
        for c in moves
    )
    if not ahead and not _notified_only(moves, anchor):
        return moves
    return [replace(c, stage="announced") if c.stage == "effective" else c for c in moves]


def _returned(moves: list[Candidate], backs: list[Candidate]) -> Candidate | None:
    if not backs:
        return None
    last = backs[-1]
    if last.date is not None and any(
        c.date and c.date.value[:4] > last.date.value[:4] for c in moves if c.stage in _STEPS
    ):
        return None
    prior = [c for c in moves if c.stage in _STEPS or c.stage == "reversed"]
    if prior and last.stage in ("effective", "announced") and last.number >= 0:
        later = [c for c in moves if c.stage in ("announced", "notified") and c.number <= 2 and last.number > 4]
        if later:
            return None
        return replace(last, stage="reversed", form=prior[0].form)
    proving = any(c.rule.startswith(_PROVING) and c.trigger == last.trigger for c in backs)  # `last` may date it
    if proving and last.stage in ("effective", "announced"):
        return replace(last, stage="reversed")
    named = last.actor is not None and not last.actor.weak
    if last.frame == "stay" and last.stage == "considered" and not moves and named:
        return last  # "is weighing whether to stay"
    if last.frame == "stay" and (moves or last.stage == "announced") and last.stage in ("announced", "effective"):
        return replace(last, stage="denied") if not prior else None
    return None


def _as_told_in_headline(moves: list[Candidate]) -> Candidate | None:
    """As in "FCA walks away from merger": a headline's present, where leaving needs no notice, is a thing done."""
    best = moves[0]
    plain = all(c.field == "headline" and c.frame in ("leave", "end") and c.told == "present" for c in moves)
    if plain and best.kind in ("deal", "coalition", "contest") and best.stage == "announced":
        return replace(best, stage="effective")
    return None


def _near_in_years(one: Candidate, other: Candidate) -> bool:
    if one.date is None or other.date is None:
        return True
    return abs(int(one.date.value[:4]) - int(other.date.value[:4])) <= 1


def _furthest(moves: list[Candidate]) -> Candidate:
    """Reversed and denied override where they are the lead's word or the last word; else the highest rank."""
    overriding = [c for c in moves if c.stage in ("reversed", "denied")]
    ranked = [c for c in moves if c.stage not in ("reversed", "denied")]
    if overriding and (
        not ranked or overriding[0].number <= ranked[0].number + 1 or max(RANK[c.stage] for c in ranked) < 2
    ):
        said = overriding[0]
        undone = said.stage == "denied" and any(c.stage == "notified" and _near_in_years(c, said) for c in ranked)
        return replace(overriding[0], stage="reversed") if undone else overriding[0]
    if not ranked:
        return overriding[0]
    plain = _as_told_in_headline(ranked)
    if plain is not None:
        return plain
    full = [c for c in ranked if c.form != "suspension"] or ranked
    best = max(full, key=lambda c: (RANK[c.stage], -int(c.weak), -c.number))
    # Who takes back a signature never ratified, whatever plainer words the article has for it elsewhere.
    disowned = best.form == "withdrawal" and any(c.form == "unsigning" for c in ranked)
    denounced = best.form == "withdrawal" and any(c.form == "denunciation" and c.stage == "notified" for c in ranked)
    return replace(best, form="unsigning" if disowned else "denunciation" if denounced else best.form)
