"""Proves an enriched article's events from its own text. It must not trust what the record says of itself."""

from __future__ import annotations

from streams.core.identity import event_id
from streams.core.records import Article, Party, Span, Withdrawal
from streams.core.withdrawals.vocabulary import words

_KINDS = words("treaty organization agreement talks coalition deployment market deal contest")
_STAGES = words("considered announced notified effective reversed denied")


def verify(article: Article) -> list[str]:
    """All faults of the article's events, one line each; empty where every span slices to the text it quotes."""
    faults: list[str] = []
    seen: set[str] = set()
    for event in article.events or ():
        name = f"{event.actor.name} / {event.object.name}"
        faults += [f"{name}: {fault}" for fault in _faults(article, event)]
        if event.event_id in seen:
            faults.append(f"{name}: a second event of the same pair")
        seen.add(event.event_id)
    return faults


def _faults(article: Article, event: Withdrawal) -> list[str]:
    found = [
        *_party("actor", article, event.actor),
        *_party("object", article, event.object),
        *_evidence(article, event),
    ]
    if event.article_id != article.id:
        found.append(f"article_id {event.article_id} is not the article's {article.id}")
    if event.event_id != event_id(article.id, event.actor.name, event.object.name):
        found.append("event_id does not follow from article, actor and object")
    if event.kind not in _KINDS or event.stage not in _STAGES:
        found.append(f"kind {event.kind!r} or stage {event.stage!r} is unknown")
    if not 0 <= event.confidence <= 1:
        found.append(f"confidence {event.confidence} is outside 0..1")
    return found


def _evidence(article: Article, event: Withdrawal) -> list[str]:
    proof = event.evidence
    text = _field(article, proof.field)
    found = []
    if _slice(text, proof.span) != proof.sentence:
        found.append(f"evidence {proof.span} is not the sentence quoted")
    if _slice(text, proof.trigger_span) != proof.trigger:
        found.append(f"trigger {proof.trigger_span} is not {proof.trigger!r}")
    if not (proof.span[0] <= proof.trigger_span[0] and proof.trigger_span[1] <= proof.span[1]):
        found.append("the trigger stands outside its sentence")
    return found


def _party(role: str, article: Article, party: Party) -> list[str]:
    if _slice(_field(article, party.field), party.span) != party.text:
        return [f"{role} {party.span} is not {party.text!r}"]
    return []


def _field(article: Article, field: str) -> str:
    return article.headline if field == "headline" else article.text


def _slice(text: str, span: Span) -> str | None:
    return text[span[0] : span[1]] if 0 <= span[0] <= span[1] <= len(text) else None
