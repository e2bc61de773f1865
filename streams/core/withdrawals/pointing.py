"""What "the agreement" points at when no name was given: the words the article itself describes it by. Words only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.complements import has_complement
from streams.core.withdrawals.context import Context
from streams.core.withdrawals.grammar import child, children, noun_head
from streams.core.withdrawals.groups import TOLD
from streams.core.withdrawals.names import INSTITUTION, OBJECT, STATE, Mention
from streams.core.withdrawals.naming_types import Read
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.phrases import CALENDAR, FUNCTION
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.senses import joins_another
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.targets import described_target, entity_target, known_target
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

_FAMILY = (
    {
        "agreement",
        "deal",
        "pact",
        "accord",
        "treaty",
        "arrangement",
        "truce",
        "ceasefire",
        "cease-fire",
        "memorandum",
        "protocol",
        "convention",
        "lease",
        "contract",
    },
)
ELSEWHERE = -2  # the place of a thing that the sentence means though another names it
_OPENING = 4  # words before the noun that the sentence opens with
_TAIL = words("with between on for against to")


def described_before(reading: Reading, parsed: Parsed, start: int, memory: Sequence[Candidate]) -> list[Target]:
    """As in "the agreement" where none has a name: the one last left, or as the text describes it."""
    head = noun_head(parsed.doc, start)
    determiner = next((c for c in head.lefts if c.dep_ in ("det", "poss")), None)
    kind = reading.data.kinds.get(head.lower_)
    if determiner is None or determiner.lower_ not in ("the", "that", "this", "its", "their") or kind is None:
        return []
    for target in (c.target for c in reversed(memory) if c.target is not None and c.target.type == "described"):
        if target.head == head.lower_ or {target.kind, kind} <= {"treaty", "agreement"} or target.kind == kind:
            return [replace(target, token=-1, weak=True)]
    return described_elsewhere(reading, parsed, int(head.i), kind)


def told_of(parsed: Parsed, trigger: Trigger, kinds: Mapping[str, str]) -> int | None:
    """As in "The treaty with Ostia was the first: Norland refused to prolong it": where the thing's phrase begins."""
    subject = next(
        (t for t in parsed.doc[: trigger.token] if t.dep_ in ("nsubj", "nsubjpass") and t.i <= _OPENING), None
    )
    if subject is None or parsed.mentions[subject.i] is not None or not has_complement(subject):
        return None
    return int(subject.left_edge.i) if kinds.get(subject.lower_) in ("treaty", "agreement") else None


def described_elsewhere(reading: Reading, parsed: Parsed, head: int, kind: str) -> list[Target]:
    """The fullest description that another sentence gives a thing of the same noun (or of its family)."""
    noun = parsed.words[head].lower()
    nouns = next((family for family in _FAMILY if noun in family), {noun})
    best: list[tuple[int, tuple[str, ...], Read, int]] = []
    for one in reading.reads:
        for place, token in enumerate(one.tokens):
            if token.text.lower() in nouns and one is not parsed.read:
                names = _names(reading, one, place)
                if names:
                    best.append((len(names[0]) + 40 * (token.text.lower() == noun), names, one, place))
    best = [b for b in best if b[2].sentence.field == "text"] or best  # a headline's grammar is none
    if not best:
        return []
    every = tuple(dict.fromkeys(name for _, names, _, _ in sorted(best, key=lambda b: -b[0]) for name in names))[:40]
    span = parsed.span(head, head)
    return [described_target(reading, parsed, head, every, key=noun, kind=kind, word=noun, span=span, weak=True)]


def _names(reading: Reading, one: Read, place: int) -> tuple[str, ...]:
    """As in "1989 accord", "accord with the University of Ostia" and the like; empty where nothing tells it apart."""
    words = [t.text for t in one.tokens]
    start = place
    while start and place - start < 4 and _modifies(words[start - 1]):
        start -= 1
    before, noun = words[start:place], words[place]
    partner = _partner(one, place)
    tails = []
    if partner is not None:
        names = [partner.text, *([entity_of(reading, partner).name] if partner.type == STATE else [])]
        tails = [f"{words[place + 1]} {name}" for name in names]
    if not before and not tails:
        return ()
    forms = [" ".join([*before[i:], noun]) for i in range(len(before) + 1)]
    full = [f"{form} {tail}" for tail in tails for form in forms]
    return tuple(dict.fromkeys([*full, *[f for f in forms if f != noun]]))


def _modifies(word: str) -> bool:
    lower = word.lower()
    return (
        word[0].isalnum()
        and lower not in FUNCTION
        and not lower.endswith(("ed", "ing", "s'"))
        and lower not in ("said", "says", "new", "old")
    )


def _partner(one: Read, place: int) -> Mention | None:
    if place + 1 >= len(one.tokens) or one.tokens[place + 1].text not in _TAIL:
        return None
    return next((mention for first, _, mention in one.mentions if place + 2 <= first <= place + 3), None)


def out_of_the_door(parsed: Parsed, start: int) -> bool:
    """As in "was first out of the door", "headed for the exit": of what, the article has said before."""
    return noun_head(parsed.doc, start).lower_ in ("door", "exit", "exits")


def on_the_same_day(parsed: Parsed, trigger: Trigger) -> bool:
    """As in "pulled out on the same day": a date where a thing could stand."""
    behind = "" if trigger.start is None else parsed.words[min(trigger.start + 1, len(parsed.words) - 1)].lower()
    return trigger.link == "on" and behind in ("same", "date", "day")


def notice_of_else(parsed: Parsed, trigger: Trigger, triggers: Sequence[Trigger]) -> bool:
    """As in "notice of its withdrawal", which speaks for itself, or "notice that it wants to amend it"."""
    later = [t for t in triggers if t.token > trigger.token]
    told = "that" in (w.lower() for w in parsed.words[trigger.last + 1 : trigger.last + 5])
    return any(t.noun for t in later) or (told and not later)


_TELLING = words("tell inform notify advise warn")


def told_bodies(reading: Reading, parsed: Parsed, trigger: Trigger) -> list[Target]:
    """As in "told the council in a letter that it would leave": the bodies that are told are what is left."""
    node = parsed.doc[trigger.token]
    for _ in range(3):
        node = node.head
        if node.lemma_.lower() in _TELLING:
            break
    told = child(node, "dobj", "dative") if node.lemma_.lower() in _TELLING and node.i < trigger.token else None
    told = told or _written_to(parsed.doc[trigger.token])
    places = [told.i, *(c.i for c in told.conjuncts if told.i < c.i < trigger.token)] if told is not None else []
    if told is not None and parsed.mentions[told.i] is None:  # "told the Tuna Panel's council"
        places += [c.i for c in told.lefts if told.lower_ in reading.data.kinds]
    named = [(p, parsed.mentions[p]) for p in places]
    return [
        entity_target(reading, parsed, p, entity_of(reading, m))
        for p, m in named
        if m is not None and entity_of(reading, m).type in (OBJECT, INSTITUTION) and m.text not in TOLD
    ]


def _written_to(act: Any) -> Any | None:
    """As in "has written to the council to say that it is leaving"."""
    node = act
    for _ in range(4):
        node = node.head
        if node.lemma_.lower() == "write":
            to = next((p for p in children(node, "prep", "dative") if p.lower_ == "to" and p.i < act.i), None)
            return child(to, "pobj") if to is not None else None
    return None


_HOLDING = (
    "United Nations",
    "Council of Europe",
    "Organization of American States",
    "Food and Agriculture Organization",
)


_PAPERS = (":notice", "+notice:return")  # "withdrew its notice to the council"


def noticed_body(reading: Reading, parsed: Parsed, trigger: Trigger) -> list[Target]:
    """As in "gave formal notice to the Andean Community": the body noticed is left, where it keeps no treaties."""
    if not trigger.predicate.rule.endswith(_PAPERS):
        return []
    for place in range(trigger.last + 1, min(trigger.last + 4, len(parsed.words))):
        mention = parsed.mentions[place]
        if mention is not None:
            told = entity_of(reading, mention)
            linked = {w.lower() for w in parsed.words[trigger.last + 1 : place]} & {"to", "on"}
            body = told.type in (OBJECT, INSTITUTION) and told.kind == "organization" and told.name not in _HOLDING
            return [entity_target(reading, parsed, place, told)] if linked and body else []
    return []


def market_before(reading: Reading, parsed: Parsed, trigger: Trigger, memory: list[Candidate]) -> list[Target]:
    """As in "has left the market", "quit the country": where companies of this article leave."""
    assert trigger.start is not None  # noqa: S101 - the caller has looked
    said = [w.lower() for w in parsed.words[trigger.start : trigger.start + 3]]
    if said[:1] not in (["the"], ["that"]) or not set(said) & {"market", "country"}:
        return []
    here = [p for p in range(trigger.token) if (m := parsed.mentions[p]) is not None and m.type == STATE]
    sold_in = next((p for p in reversed(here) if parsed.words[p - 1].lower() == "in"), None)
    mention = parsed.mentions[sold_in] if sold_in is not None else None
    if sold_in is not None and mention is not None:  # "sold its shops in Norland and left that market"
        return [entity_target(reading, parsed, sold_in, entity_of(reading, mention), weak=True)]
    last = next((c.target for c in reversed(memory) if c.kind == "market" and c.target is not None), None)
    return [replace(last, token=-1, weak=True)] if last is not None and last.type == STATE else []


def timed(parsed: Parsed, preposition: Any) -> bool:
    """As in "gave up its seat in 2019", "on Friday"."""
    behind = parsed.words[min(preposition.i + 1, len(parsed.words) - 1)]
    return behind.isdigit() or behind in CALENDAR


def stray(parsed: Parsed, trigger: Trigger) -> bool:
    """As in "withdrew under pressure from delegates": a preposition that is not the verb's own."""
    if not trigger.noun and trigger.start is not None and "bare" in trigger.predicate.links:
        word = parsed.words[trigger.start]
        if trigger.link in ("in", "on", "at", "to") and (word in CALENDAR or word.isdigit()):
            return True
    if trigger.noun or trigger.link != "from" or "bare" not in trigger.predicate.links or trigger.start is None:
        return False
    preposition = parsed.doc[trigger.start - 1]
    return preposition.lower_ == "from" and preposition.head.i not in range(trigger.token, trigger.last + 1)


def told_or_joined(reading: Reading, parsed: Parsed, trigger: Trigger, context: Context) -> list[Target]:
    """The body that is told of the leaving, else the one left for another."""
    return told_bodies(reading, parsed, trigger) or _left_for_another(reading, parsed, trigger, context)


def _left_for_another(reading: Reading, parsed: Parsed, trigger: Trigger, context: Context) -> list[Target]:
    """As in "leaving for the Northern League": the body named last before it, which is not the one joined."""
    behind = next((p for p in children(parsed.doc[trigger.token], "prep") if p.lower_ == "for"), None)
    if behind is None or not joins_another(parsed, behind):
        return []
    joined = parsed.mentions[next(c.i for c in behind.children if c.dep_ == "pobj")]
    for placed in context.before(parsed.read, parsed.spans[trigger.token][0]):
        body = placed.entity.type in (OBJECT, INSTITUTION) and placed.entity.kind in ("organization", "contest")
        if body and joined is not None and placed.entity.key != entity_of(reading, joined).key:
            named = placed.mention
            return [
                known_target(
                    placed.entity, text=named.text, span=named.span, field=named.field, token=ELSEWHERE, weak=True
                )
            ]
    return []
