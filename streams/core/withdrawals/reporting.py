"""Merged candidates as records. Every span it writes slices to the text it quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from streams.core.identity import event_id
from streams.core.records import Article, EventDate, Evidence, Party, RejectedCandidate, Withdrawal
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.context import Context
from streams.core.withdrawals.dates import lead_day
from streams.core.withdrawals.reading import Reading
from streams.core.withdrawals.xref import xref


def report_events(
    article: Article,
    reading: Reading,
    context: Context,
    groups: Sequence[tuple[list[Candidate], float]],
    anchor: date | None,
) -> list[Withdrawal]:
    """One record a group with its confidence, in reading order of their evidence."""
    leading = {g[0].actor.entity.key for g, _ in groups if g[0].actor and _main(g, context)}
    found = [_event(article, reading, context, group, anchor, sure, leading) for group, sure in groups]
    return sorted(found, key=lambda e: (e.evidence.field != "headline", e.evidence.span, e.event_id))


def _event(  # noqa: PLR0917 - one fact each, all needed
    article: Article,
    reading: Reading,
    context: Context,
    group: list[Candidate],
    anchor: date | None,
    sure: float,
    leading: set[str],
) -> Withdrawal:
    head = group[0]
    if head.actor is None or head.target is None or head.kind is None:
        raise ValueError("a merged candidate lacks actor, object or kind")
    actor, target = head.actor, head.target
    main = _main(group, context)
    news = main or (actor.entity.key in leading and _of_today(head, reading))
    when = head.date or (_lead_date(reading, anchor) if news else None)
    effect = head.effect or (when if head.stage == "effective" else None)
    text = reading.fields[head.field]
    names = tuple(
        dict.fromkeys(n for n in (*(n for c in group if c.target for n in c.target.names), *_more_names(head, context)))
    )[:80]
    party = Party(
        actor.entity.name,
        _state_id(actor.entity.id, actor.entity.type),
        actor.entity.type,
        actor.mention.text,
        actor.mention.span,
        actor.mention.field,
        actor.entity.names(),
    )
    thing = Party(
        target.name,
        target.id if target.entity is not None and target.entity.key.startswith("o:") else None,
        target.kind or target.type,
        target.text,
        target.span,
        target.field,
        names,
    )
    evidence = Evidence(
        text[head.sentence[0] : head.sentence[1]],
        head.sentence,
        head.field,
        text[head.trigger[0] : head.trigger[1]],
        head.trigger,
        head.rule,
    )
    return Withdrawal(
        event_id(article.id, actor.entity.name, target.name),
        article.id,
        party,
        thing,
        head.kind,
        head.stage,
        head.form,  # type: ignore[arg-type]
        main,
        _factuality(head),
        head.claim,
        when,
        effect,
        evidence,
        sure,
        xref(actor.entity, head.kind, head.stage, head.form),
    )


_EARLIER = re.compile(r"\b(?:earlier|already|has|have|had|previously|repeated|reiterated|once|then|at the time)\b")


def _of_today(head: Candidate, reading: Reading) -> bool:
    """A further word of the day by who leads the article: "might also leave", "would stay in the other pact"."""
    told = reading.text_of((head.sentence[0], head.trigger[0]), head.field)
    return head.stage in ("considered", "denied", "announced") and not _EARLIER.search(told)


def _state_id(code: str | None, kind: str) -> str | None:
    return code if kind == "state" else None


def _factuality(head: Candidate) -> str:
    return {"considered": "possible", "denied": "denied", "reversed": "undone"}.get(head.stage, "asserted")


def _more_names(head: Candidate, context: Context) -> list[str]:
    """The plain names of a coalition or a market, which the article takes for granted."""
    state = context.main_state
    if head.kind == "coalition":
        names = ["coalition", "government", "ruling coalition", "governing coalition", "coalition government"]
        return names + (
            [
                f"{state.name} coalition",
                f"{state.name}'s coalition",
                f"{state.name}'s ruling coalition",
                f"{state.name}'s government",
                *(f"{d} {n}" for d in context.demonyms(state) for n in ("coalition", "government", "ruling coalition")),
            ]
            if state
            else []
        )
    if (
        head.kind == "market"
        and head.target is not None
        and head.target.type == "state"
        and head.target.entity is not None
    ):
        return [f"{d} market" for d in context.demonyms(head.target.entity)] + [f"{head.target.name} market"]
    if head.kind == "market" and head.target is not None:
        states = {p.entity.key: p.entity for p in context.placed if p.entity.type == "state"}.values()
        told = [s for s in states if any(d in head.target.name.split() for d in context.demonyms(s))]
        return [name for s in told for name in (s.name, f"{s.name} market")]
    if head.kind in ("contest", "deployment", "talks") and head.target is not None and head.target.entity is None:
        same = {p.entity.key: p.entity for p in context.placed if p.entity.kind == head.kind}
        if len(same) == 1:
            return list(next(iter(same.values())).names())
    if head.kind == "deal" and head.target is not None and head.actor is not None:
        return _partner(head, context)
    return []


def _partner(head: Candidate, context: Context) -> list[str]:
    """The other named side of a deal that the sentence calls only "its contract".

    The lead's other company or person.
    """
    others = [
        p.entity
        for p in context.placed
        if p.order[0] <= 3
        and p.entity.type in ("company", "name", "person", "institution")
        and head.actor
        and p.entity.key != head.actor.entity.key
    ]
    return list(others[0].names()[:4]) if others and head.target and head.target.type == "described" else []


def _main(group: list[Candidate], context: Context) -> bool:
    head = group[0]
    beside = head.rule.startswith(("after:", "lost:", "with:"))  # told only for comparison
    if any(c.field == "headline" or (c.number <= 2 and not beside) for c in group):
        return True
    titled = {p.entity.key for p in context.placed if p.order[0] == 0}
    return (
        head.actor is not None
        and head.target is not None
        and head.actor.entity.key in titled
        and head.target.key in titled
    )


def _lead_date(reading: Reading, anchor: date | None) -> EventDate | None:
    """A main event without a date of its own takes the lead's weekday, else the day of publication."""
    if anchor is None:
        return None
    moment = lead_day(reading, anchor)
    if moment is not None:
        return EventDate(moment.value, moment.precision, moment.text, anchor.isoformat(), "lead:" + moment.rule)
    return EventDate(anchor.isoformat(), "day", "", anchor.isoformat(), "published")


def report_rejected(article: Article, reading: Reading, refused: Sequence[Candidate]) -> list[RejectedCandidate]:
    """The candidates turned down, with the reason."""
    return [
        RejectedCandidate(
            article.id,
            c.reason,
            reading.text_of(c.sentence, c.field),
            c.sentence,
            c.field,
            reading.text_of(c.trigger, c.field),
            c.rule,
            c.actor.entity.name if c.actor else None,
            c.target.name if c.target else None,
        )
        for c in refused
    ]
