"""The way up from the act: which word above says what becomes of it. It must not say what that word makes of it."""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.grammar import auxiliaries, child, is_verb
from streams.core.withdrawals.papers import PAPERS
from streams.core.withdrawals.vocabulary import words

_CIRCUMSTANCE = words("after before since following during despite because without by in at under")


def governor_of(node: Any) -> Any | None:
    """The word above that says what becomes of the act; None at the top or where the link says nothing."""
    if node.head.i == node.i:
        return None
    dep = node.dep_
    stepped = _step_before(node)
    if stepped is not None:
        return stepped
    timed = node.head.lemma_.lower() in _TIME_WORDS and node.head.i < node.i and is_verb(node)
    if dep in ("relcl", "acl", "ccomp") and timed and any(c.lower_ == "that" for c in node.lefts):
        return _verb_above(node.head)  # "told it on the same day that it was leaving"
    if dep == "relcl" and is_verb(node) and node.head.lemma_.lower() in PAPERS:
        return node.head
    if dep in ("relcl", "appos", "nsubj", "parataxis") and is_verb(node):
        return None
    if dep == "advcl":
        if node.head.pos_ == "NOUN" and node.head.lemma_ in STEPS | _CALLS:
            return node.head  # "a proposal for Norland to leave"
        return node.head if _purpose(node) or _gerund_object(node) else None
    if dep == "conj":
        return _shared(node)
    if dep in ("pobj", "pcomp"):
        head = node.head
        if head.dep_ in ("prep", "agent", "dative") and head.head.i != head.i:
            if head.lower_ in _CIRCUMSTANCE and is_verb(head.head):
                return None
            asked = _asked_about(head)
            if asked is not None:
                return asked
            if head.head.dep_ == "pobj" and head.head.lemma_.lower() in _TIME_WORDS:
                return head.head.head.head  # "gave notice in February of withdrawal"
            apart = head.head.pos_ in ("ADV", "ADP", "PART") and is_verb(head.head.head)  # "backed away from"
            return head.head.head if apart else head.head
        return head.head if head.head.i != head.i else None
    return node.head


_ASKING = words(
    "referendum vote debate decision talk discussion bill motion consultation plebiscite ballot poll study "
    "review inquiry"
)


def _asked_about(preposition: Any) -> Any | None:
    """As in "will hold a referendum on leaving": what is held, where the parser hangs the matter on the verb."""
    held = child(preposition.head, "dobj") if is_verb(preposition.head) else None
    near = held is not None and held.lemma_.lower() in _ASKING and held.i < preposition.i
    return held if near and preposition.lower_ in ("on", "about", "over") else None


def _step_before(node: Any) -> Any | None:
    return _paper_before(node) or _step_with_infinitive(node)


def _paper_before(node: Any) -> Any | None:
    """As in "handed the envoy a note announcing its withdrawal"."""
    before = node.doc[node.i - 1] if node.i else None
    if before is None or node.tag_ != "VBG" or node.dep_ not in ("advcl", "acl", "xcomp"):
        return None
    return before if before.pos_ == "NOUN" and before.lemma_ in PAPERS and before.i != node.head.i else None


def _step_with_infinitive(node: Any) -> Any | None:
    """As in "dropped its threat to stay away", "the notice it gave to end the accord": the parser hangs it higher."""
    to = next((c for c in node.lefts if c.dep_ == "aux" and c.lower_ == "to"), None)
    if to is not None and node.dep_ == "relcl" and node.head.lemma_.lower() in STEPS | _CALLS:
        return node.head  # "calls to leave it", "no plans for it to quit"
    if to is None or node.dep_ not in ("advcl", "xcomp", "ccomp"):
        return None
    before = node.doc[to.i - 1] if to.i else None
    if (
        before is not None
        and before.pos_ == "NOUN"
        and before.head.i == node.head.i
        and before.lemma_ in STEPS | _CALLS
    ):
        return before
    giving = node.head
    if giving.dep_ == "relcl" and giving.lemma_ in _GIVING and giving.head.lemma_.lower() in PAPERS:
        return giving.head
    return None


_GIVING = words("give serve hand send submit file lodge deliver make take issue")
_CALLS = words(
    "call demand appeal pressure push bid proposal motion bill idea request option move attempt hurry rush mood haste"
)
STEPS = words(
    "reason need cause desire wish appetite threat decision plan intention vow pledge promise warning ultimatum"
)
_TIME_WORDS = words(
    "day week month year morning evening night afternoon monday tuesday wednesday thursday friday saturday sunday "
    "january february march april may june july august september october november december"
)


def _verb_above(node: Any) -> Any | None:
    while not is_verb(node) and node.head.i != node.i:
        node = node.head
    return node if is_verb(node) else None


def _gerund_object(node: Any) -> bool:
    """As in "has ruled out leaving": right behind its verb and the particle, which the parser may take for a clause."""
    verb = node.head
    return node.tag_ == "VBG" and 0 < node.i - verb.i <= 2 and all(c.dep_ == "prt" for c in verb.rights if c.i < node.i)


_DOING = words(
    "vote move decide agree act prepare sign order plan threaten poise set use pass adopt gear work begin seek write "
    "send notify deposit lodge file"
)


def _purpose(node: Any) -> bool:
    called = any(c.dep_ == "mark" and c.lower_ == "for" for c in node.lefts)  # "called for the country to quit"
    return node.tag_ == "VB" and "to" in auxiliaries(node) and (called or node.head.lemma_.lower() in _DOING)


def _shared(node: Any) -> Any | None:
    """The governor that a coordinated word shares with the first."""
    first = node.head
    while first.dep_ == "conj":
        first = first.head
    finite = auxiliaries(node) or node.tag_ in ("VBD", "VBZ", "VBP") or child(node, "nsubj", "nsubjpass") is not None
    if is_verb(node) and is_verb(first) and finite:
        return first.head if first.dep_ == "ccomp" and first.head.i != first.i else None
    return first.head if first.head.i != first.i else None
