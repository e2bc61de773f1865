"""Draws an article's events and refusals: the sentence with trigger, actor and object, and what was made of it.

Text for a terminal, HTML for a browser; every string from the article is escaped. It must not judge anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from streams.core.records import Article, RejectedCandidate, Span, Withdrawal

_MARKS = {"trigger": ("«", "»"), "actor": ("[", "]"), "object": ("{", "}")}


def draw_text(article: Article, rejected: Iterable[RejectedCandidate] = ()) -> str:
    """One block an event: «trigger», [actor], {object}, then the verdict; then the refusals with their reasons."""
    blocks = [_event_text(event) for event in article.events or ()]
    refusals = [
        f"  - {r.reason}: «{r.trigger}» by {r.rule} ({r.actor or '?'} / {r.object or '?'}) in {r.sentence!r}"
        for r in rejected
    ]
    if refusals:
        blocks.append("turned down\n" + "\n".join(refusals))
    return "\n\n".join(blocks) or "no event, nothing turned down"


def draw_html(article: Article, rejected: Iterable[RejectedCandidate] = ()) -> str:
    """A page fragment with the marked sentences; safe to put into any HTML body."""
    parts = ["<section class='withdrawals'>"]
    parts += [_event_html(event) for event in article.events or ()]
    refusals = "".join(f"<li><b>{escape(r.reason)}</b> {escape(r.rule)}: {escape(r.sentence)}</li>" for r in rejected)
    if refusals:
        parts.append(f"<h4>Turned down</h4><ul>{refusals}</ul>")
    parts.append("</section>")
    return "".join(parts)


def _event_text(event: Withdrawal) -> str:
    marked = _mark(event, dict(_MARKS.items()))
    return "\n".join(
        [f"{event.actor.name} -> {event.object.name}", f"  {marked}", *(f"  {line}" for line in _verdict(event))]
    )


def _event_html(event: Withdrawal) -> str:
    marks = {role: (f"\0<mark class='{role}' title='{role}'>\0", "\0</mark>\0") for role in _MARKS}
    pieces = _mark(event, marks).split("\0")  # text, tag, text, tag …: an article's own "<mark" is text
    sentence = "".join(piece if number % 2 else escape(piece) for number, piece in enumerate(pieces))
    verdict = "".join(f"<li>{escape(line)}</li>" for line in _verdict(event))
    title = f"{escape(event.actor.name)} → {escape(event.object.name)}"
    return f"<article><h4>{title}</h4><p>{sentence}</p><ul>{verdict}</ul></article>"


def _verdict(event: Withdrawal) -> list[str]:
    role = "main" if event.main else "background"
    lines = [
        f"{event.kind}, {event.stage}, {event.form}, {role}, confidence {event.confidence:.2f}",
        f"rule {event.evidence.rule}",
    ]
    if event.claim.by or event.claim.quoted:
        lines.append(f"said by {event.claim.by or 'the article'}{', in quotation marks' if event.claim.quoted else ''}")
    for name, dated in (("date", event.date), ("effective", event.effective)):
        if dated is not None:
            lines.append(f"{name} {dated.value} ({dated.precision}) from {dated.text!r} by {dated.rule}")
    return lines


def _mark(event: Withdrawal, marks: dict[str, tuple[str, str]]) -> str:
    """The evidence sentence with each span inside it marked; spans that overlap an earlier one are left plain."""
    start, end = event.evidence.span
    spans: list[tuple[Span, str]] = [(event.evidence.trigger_span, "trigger")]
    for role, party in (("actor", event.actor), ("object", event.object)):
        if party.field == event.evidence.field and start <= party.span[0] and party.span[1] <= end:
            spans.append((party.span, role))
    drawn, at = [], start
    for (first, last), role in sorted(spans):
        if first < at:
            continue
        drawn += [
            event.evidence.sentence[at - start : first - start],
            marks[role][0],
            event.evidence.sentence[first - start : last - start],
            marks[role][1],
        ]
        at = last
    return "".join([*drawn, event.evidence.sentence[at - start :]])
