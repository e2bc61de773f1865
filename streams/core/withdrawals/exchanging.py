"""Leaving told as a move from one body to another, or as a member that a body loses. It must not judge the actors."""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.data import Predicate
from streams.core.withdrawals.grammar import child, children, is_verb, negated, of_what
from streams.core.withdrawals.names import NAME, STATE
from streams.core.withdrawals.parsed import Parsed, body_at
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

_MOVING = words("move switch transfer shift go cross migrate jump change convert relocate hop defect decamp bolt")
_SWAPPING = words("swap exchange trade change switch drop ditch")
_HELD = words("membership place seat participation")


def exchanged(parsed: Parsed, token: Any) -> Trigger | None:
    """As in "moved from the Tin Council to the Grain League", "swapped the one for the other"."""
    lemma = token.lemma_.lower()
    if not is_verb(token) or lemma not in _MOVING | _SWAPPING:
        return None
    left = _behind(parsed, token, ("from",)) if lemma in _MOVING else None
    if left is not None:
        joined = _behind(parsed, token, ("to", "into"))
        moved = joined is not None and joined > left and body_at(parsed, joined, NAME) and body_at(parsed, left)
        return _trigger(token, left, "from") if moved else None
    held = child(token, "dobj") if lemma in _SWAPPING else None
    hung = [p for node in (token, held) if node is not None for p in children(node, "prep")]
    other = next((p for p in hung if p.lower_ == "for"), None)
    if held is None or other is None or not any(body_at(parsed, t.i) for t in other.subtree):
        return None
    if body_at(parsed, held.i) or held.lower_ in _HELD:
        return _trigger(token, int(held.left_edge.i), "direct")
    return None


def _trigger(token: Any, start: int, link: str) -> Trigger:
    predicate = Predicate(token.lemma_.lower(), "leave", (link,), words=("another",), weak=True)
    return Trigger(token.i, token.i, predicate, False, start, link)


def _behind(parsed: Parsed, token: Any, links: tuple[str, ...]) -> int | None:
    """The place of the noun behind one of these prepositions, in the words after the verb."""
    for place in range(token.i + 1, min(token.i + 12, len(parsed.words) - 2)):
        if parsed.words[place].lower() in links:
            return place + (2 if parsed.words[place + 1].lower() in ("the", "its", "a") else 1)
        if parsed.words[place] in (",", ";", ".", ":"):
            return None
    return None


def lost(parsed: Parsed, token: Any) -> Trigger | None:
    """As in "the Tin Council may lose Ostia", "will have to do without Ostia": the member is who leaves."""
    lemma, body = token.lemma_.lower(), child(token, "nsubj")
    if not is_verb(token) or negated(token):
        return None
    if body is None and token.dep_ == "xcomp":
        body = child(token.head, "nsubj")
    if body is None or not body_at(parsed, body.i):
        return None
    member = child(token, "dobj") if lemma in ("lose", "shed") else None
    if lemma in ("do", "manage", "cope"):
        without = next((p for p in children(token, "prep") if p.lower_ == "without"), None)
        member = child(without, "pobj") if without is not None else None
    if lemma == "face" and (noun := child(token, "dobj")) is not None and noun.lower_ in ("loss", "departure", "exit"):
        member = of_what(noun)
    named = _member(parsed, member)
    if named is None:
        return None
    predicate = Predicate(lemma, "leave", ("with",), words=("member",), weak=True)
    return Trigger(token.i, token.i, predicate, False, int(body.i), "with", named)


def _member(parsed: Parsed, noun: Any | None) -> int | None:
    """The state that is lost: named itself, or beside "its third member"."""
    if noun is not None and parsed.mentions[noun.i] is None and noun.lower_ in ("member", "partner", "founder"):
        noun = child(noun, "appos")
    mention = parsed.mentions[noun.i] if noun is not None else None
    return int(noun.i) if noun is not None and mention is not None and mention.type == STATE else None


def notice_from(parsed: Parsed, token: Any) -> Trigger | None:
    """As in "the Tin Council has received notice from Ostia"."""
    paper, body = child(token, "dobj"), child(token, "nsubj")
    if token.lemma_.lower() not in ("receive", "get", "have") or not is_verb(token) or negated(token):
        return None
    if paper is None or paper.lower_ not in ("notice", "notification", "denunciation") or body is None:
        return None
    sender = next((p for p in (*children(paper, "prep"), *children(token, "prep")) if p.lower_ == "from"), None)
    member = _member(parsed, child(sender, "pobj")) if sender is not None else None
    said = [w.lower() for w in parsed.words[paper.i + 1 :]]
    if member is None or not body_at(parsed, body.i) or {"of", "that", "to"} & set(said):
        return None
    predicate = Predicate("receive", "leave", ("with",), words=("notice",), weak=True)
    return Trigger(token.i, token.i, predicate, False, int(body.i), "with", member)


def followed_out(parsed: Parsed, token: Any) -> Trigger | None:
    """As in "could follow Ostia out of the Tin Council"."""
    first = child(token, "dobj")
    if token.lemma_.lower() != "follow" or first is None or parsed.mentions[first.i] is None:
        return None
    after = [w.lower() for w in parsed.words[first.i + 1 : first.i + 3]]
    if after != ["out", "of"] or first.i + 3 >= len(parsed.words):
        return None
    predicate = Predicate("follow", "leave", ("of",), words=("out",), weak=True)
    return Trigger(token.i, token.i, predicate, False, int(first.i) + 3, "of")


_SHRINKING = words("leave reduce rob cost deprive shrink weaken cut bring take cripple")


def shrunk_body(parsed: Parsed, noun: Any) -> int | None:
    """As in "the departure of Ostia leaves the Tin Council with six members": the body that the verb has for object."""
    member = _member(parsed, of_what(noun))
    verb = noun.head
    if member is None or noun.dep_ != "nsubj" or verb.lemma_.lower() not in _SHRINKING:
        return None
    body = next((c for c in children(verb, "dobj", "dative") if body_at(parsed, c.i)), None)
    return int(body.i) if body is not None else None
