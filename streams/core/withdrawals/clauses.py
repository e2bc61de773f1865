"""In which clause of a sentence a time stands: that of the act, that of a word above it, or another's."""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.calendar import Moment
from streams.core.withdrawals.climbing import governor_of
from streams.core.withdrawals.grammar import auxiliaries, child, children, is_verb
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.vocabulary import words

OWN, ABOVE, BESIDE, FOREIGN = 0, 1, 2, 3
REPORTING = words("say tell announce declare confirm report state add write reveal disclose acknowledge note")
_SUBORDINATE = frozenset({"relcl", "acl", "advcl", "ccomp"})
_RELATIVE = words("which who whose whom where")


def clause_of(parsed: Parsed, trigger: int, moment: Moment) -> tuple[int, Any | None]:
    """Where the time stands, and the verb it hangs on.

    OWN: the act's clause. ABOVE: a word that governs or reports the act. BESIDE: unclear. FOREIGN: another clause.
    """
    place = next((i for i, span in enumerate(parsed.spans) if span[0] <= moment.start < span[1]), None)
    if place is None:
        return BESIDE, None
    node = parsed.doc[place]
    while not (is_verb(node) or node.i == trigger) and node.head.i != node.i:
        node = node.head
    if node.i == trigger:
        return OWN, node
    if node.i in governors(parsed.doc[trigger]):
        return (FOREIGN if _spliced(node, trigger) else ABOVE), node
    if node.lemma_.lower() in REPORTING and node.dep_ not in ("relcl", "acl") and place >= node.i - 3:
        return ABOVE, node
    if _another_tense(parsed.doc[trigger], node, place):
        return FOREIGN, node
    when = any(w.lower() == "when" for w in parsed.words[place : place + 4]) and place < trigger
    if not when and (_inside_another(parsed, node, trigger, place) or _outside_relative(parsed, node, trigger, place)):
        return FOREIGN, node
    return BESIDE, node


def _spliced(verb: Any, trigger: int) -> bool:
    """As in "Iran left in 1979, Nigeria followed in 1983": the parser hangs the first clause on the second."""
    subject = child(verb, "nsubj", "nsubjpass")
    told = verb.lemma_.lower() in REPORTING
    return not told and is_verb(verb) and subject is not None and trigger < subject.i < verb.i


def governors(node: Any) -> list[int]:
    """The words above the act that say what becomes of it."""
    found: list[int] = []
    for _ in range(9):
        parent = governor_of(node)
        if parent is None:
            break
        found.append(parent.i)
        node = parent
    return found


def _inside_another(parsed: Parsed, verb: Any, trigger: int, place: int) -> bool:
    """Behind the verb of a subordinate clause that does not hold the act: "the pact that it signed last year"."""
    node = verb
    for _ in range(12):
        first, last = node.left_edge.i, node.right_edge.i
        if first <= trigger <= last or node.head.i == node.i:
            return False
        if node.dep_ == "advcl" and any(c.lower_ in ("after", "before") for c in children(node, "mark")):
            return False
        if node.dep_ in _SUBORDINATE:
            start = max(place - 2, 0)
            apart = "," in parsed.words[start:place] and verb.i < start
            return not apart and (verb.i < place or (node.dep_ == "relcl" and first < place))
        node = node.head
    return False


def _another_tense(act: Any, verb: Any, place: int) -> bool:
    """As in "have suspended the talks and will not go to Tokyo in June": the second verb has a time of its own."""
    joined = verb.dep_ == "conj" and act.i < verb.i < place and verb.head.i == act.i
    later = bool(auxiliaries(verb) & _AHEAD) and not auxiliaries(act) & _AHEAD
    return bool(joined and is_verb(act) and later)


_AHEAD = words("will would may might could shall")
_BESIDES = words("while whereas although though")


def _outside_relative(parsed: Parsed, verb: Any, trigger: int, place: int) -> bool:
    """As in "returned on Sunday from Tehran, where the government has said …": the act is told in passing."""
    node = parsed.doc[trigger]
    for _ in range(12):
        if node.i in (verb.i, node.head.i):
            return False
        if node.dep_ == "conj" and is_verb(node) and node.head.i == verb.i:
            return _own_subject(node) and _own_subject(verb) and verb.left_edge.i + 3 < place < node.left_edge.i
        beside = node.dep_ == "advcl" and any(c.lower_ in _BESIDES for c in children(node, "mark"))
        if beside and _own_subject(node):
            return bool(node.head.i == verb.i and place < node.left_edge.i)
        if node.dep_ == "relcl" and any(c.lower_ in _RELATIVE for c in node.subtree if c.i < node.i):
            inside = node.left_edge.i <= place <= node.right_edge.i
            return not inside and abs(node.head.i - place) > 3
        node = node.head
    return False


def _own_subject(verb: Any) -> bool:
    return child(verb, "nsubj", "nsubjpass") is not None
