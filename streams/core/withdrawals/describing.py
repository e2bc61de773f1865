"""The normal forms of a thing that has no name of its own: "fisheries agreement with Ostia".

Words only, no judgement.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from streams.core.withdrawals.grammar import child, children
from streams.core.withdrawals.names import DEMONYM, STATE, Mention
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.vocabulary import words

_DROPPED = words(
    "own remaining decades-old long-standing longstanding controversial historic landmark new old latest ongoing"
)


def described_names(parsed: Parsed, head: Any, reading: Reading) -> tuple[str, ...]:
    """The forms, the fullest first."""
    words = parsed.words
    lefts = [c for c in head.lefts if c.dep_ not in ("det", "predet", "punct", "cc", "poss", "case")]
    before = [w for c in lefts for w in words[c.left_edge.i : c.right_edge.i + 1]]
    compound = [words[c.i] for c in lefts if c.dep_ in ("compound", "nmod") or parsed.mentions[c.i] is not None]
    noun = words[head.i]
    tails = _tails(parsed, head)
    found: list[str] = []
    for tail in tails:
        found += [
            _join(before, noun, tail),
            _join(_kept(before), noun, tail),
            _join(compound, noun, tail),
            _join([], noun, tail),
        ]
    found += [_join(before, noun, ""), _join(_kept(before), noun, ""), _join(compound, noun, "")]
    found += [_join(before[i:], noun, "") for i in range(1, len(before))]
    found += _purpose(parsed, head, noun, before)
    for name in _partners(parsed, head, reading):
        found += [
            _join([name, *compound], noun, ""),
            _join([name], noun, ""),
            _join(compound, noun, f"with {name}"),
            f"{noun} with {name}",
        ]
    found += _possessed(parsed, head, noun, before)
    if reading.data.kinds.get(head.lower_) in ("talks", "coalition", "contest", "deal", "deployment"):
        found += [noun, *_other_parties(parsed, head)]
    if head.lower_ in ("coalition", "government", "cabinet"):
        found += ["coalition", "government", "ruling coalition", "governing coalition", "coalition government"]
    found += [f.replace(noun, _singular(noun), 1) for f in list(found) if head.tag_ == "NNS" and noun in f]
    return tuple(dict.fromkeys(f for f in found if f))[:60]


_RACE = re.compile(
    r"\b((?:[\w'’-]+ ){0,3})(race|contest|election|nomination|primary|ballot)\b"
    r"(?: ((?:for|to lead|to succeed|to head|to become|to replace) (?:the )?[\w'’ -]{3,50}))?"
)
_RACE_READ = 1500  # code points: the beginning of an article tells what the race is for


def races_told(text: str) -> list[str]:
    """The race that the article's beginning speaks of, under the names that its words give."""
    found = []
    for before, noun, behind in (m.groups() for m in _RACE.finditer(text, 0, _RACE_READ)):
        kept = [
            w for w in before.split() if w.lower() not in ("the", "a", "of", "in", "its", "this", "that", "to", "from")
        ]
        found += [" ".join([*kept[i:], noun]) for i in range(max(0, len(kept) - 2), len(kept) + 1)]
        if behind:
            shorter = behind.split(" after ")[0].split(" on ")[0].strip()
            found += [f"{noun} {shorter}", f"{' '.join([*kept[-1:], noun])} {shorter}"]
    return list(dict.fromkeys(found))[:12]


_BUYING = words("buy acquire merge purchase take sell sponsor build supply invest combine host develop fund")


def buying(head: Any) -> Any | None:
    """The infinitive of a deal: "agreement to buy Ostia Dairy"."""
    return next(
        (c for c in children(head, "acl", "relcl", "xcomp") if c.lemma_.lower() in _BUYING and c.i > head.i), None
    )


def _purpose(parsed: Parsed, head: Any, noun: str, before: list[str]) -> list[str]:
    verb = buying(head)
    thing = (
        (
            child(verb, "dobj")
            or next((child(p, "pobj") for p in children(verb, "prep") if child(p, "pobj") is not None), None)
        )
        if verb is not None
        else None
    )
    if verb is None or thing is None:
        return []
    apposed = child(thing, "appos")
    named = apposed if apposed is not None and parsed.mentions[apposed.i] is not None else thing
    name = parsed.words[named.i]
    forms = [
        name,
        f"bid for {name}",
        f"{name} bid",
        f"{name} deal",
        f"takeover of {name}",
        f"{name} takeover",
        f"offer for {name}",
        f"acquisition of {name}",
        f"merger with {name}",
    ]
    return [f"{noun} to {verb.lower_} {name}", _join(before, noun, f"to {verb.lower_} {name}"), *forms]


def _singular(noun: str) -> str:
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def _join(before: list[str], noun: str, tail: str) -> str:
    return (
        " ".join([*before, noun, *([tail] if tail else [])])
        .replace(" 's", "'s")
        .replace(" ’s", "’s")
        .replace(" - ", "-")
        .strip()
    )


_AMOUNT = re.compile(r"[$€£¥]?\d[\d,.]*(?:bn|m|tn)?$|(?:bn|mn|tn|million|billion|trillion|crore|lakh)$|[$€£¥]\S+$")
_YEAR = re.compile(r"(?:19|20)\d\d$")


def _kept(before: list[str]) -> list[str]:
    """Without age, worth and mere opinion: "deal", not "controversial $12 billion deal"."""
    told = [w for w in before if w.lower() not in _DROPPED and not w.lower().endswith(("-year-old", "-old"))]
    return [w for w in told if _YEAR.match(w) or not _AMOUNT.match(w)]


def _tails(parsed: Parsed, head: Any) -> list[str]:
    tails = []
    signed = [
        p
        for c in head.rights
        if c.dep_ in ("relcl", "acl")
        for p in c.children
        if p.dep_ == "prep" and p.lower_ == "with"
    ]
    for preposition in [*children(head, "prep"), *signed]:
        pobj = child(preposition, "pobj")
        if pobj is None or preposition.lower_ not in ("with", "on", "for", "between", "of", "against", "to", "in"):
            continue
        clause = child(pobj, "relcl")
        end = min(clause.left_edge.i - 1 if clause is not None else pobj.right_edge.i, preposition.i + 14)
        end -= parsed.words[end] == ","
        full = parsed.said(preposition.i, end)
        short = " ".join(
            [
                parsed.words[preposition.i],
                *(parsed.words[c.i] for c in pobj.lefts if c.dep_ in ("compound", "amod", "nmod")),
                parsed.words[pobj.i],
            ]
        )
        bare = f"{parsed.words[preposition.i]} {parsed.words[pobj.i]}"
        tails += [
            full.replace(" ,", ",").replace(" 's", "'s"),
            short,
            bare,
            full.replace(f"{preposition.lower_} the ", f"{preposition.lower_} ", 1),
        ]
    return list(dict.fromkeys(tails))


def _partners(parsed: Parsed, head: Any, reading: Reading) -> list[str]:
    """Other named parties within the phrase: "with Ostia", "Ostian"."""
    found = []
    for part in head.subtree:
        mention = parsed.mentions[part.i]
        if mention is not None and part.i != head.i:
            entity = entity_of(reading, mention)
            found += [entity.name, mention.text] if mention.type == STATE else [mention.text, *entity.names()[:3]]
            if mention.type == DEMONYM:
                found.append(entity.name)
    return list(dict.fromkeys(found))[:5]


def _possessed(parsed: Parsed, head: Any, noun: str, before: list[str]) -> list[str]:
    possessor = child(head, "poss")
    if possessor is None:
        return []
    mark = "'s"
    name = parsed.said(possessor.left_edge.i, possessor.i)
    if possessor.lower_ in ("its", "their", "his", "her", "our"):
        return []
    return [
        f"{name}{mark} {' '.join([*before, noun])}",
        f"{name}{mark} {noun}",
        f"{name} {noun}",
        f"{parsed.words[possessor.i]}{mark} {noun}",
    ]


def _other_parties(parsed: Parsed, head: Any) -> list[str]:
    found = []
    for part in head.subtree:
        mention = parsed.mentions[part.i]
        if mention is not None and part.i != head.i and mention.type != DEMONYM:
            found.append(mention.text)
    return found[:4]


_GOVERNING = words("ruling governing government opposition coalition cross-party")


def kind_of(head: Any, lower: str, kinds: Mapping[str, str]) -> str:
    """By the noun; an alliance that governs is a coalition."""
    if lower == "conference":
        return "talks"  # one that is only described is a meeting
    around = {c.lower_ for c in head.lefts}
    governs = around & _GOVERNING or any(w.endswith("-party") for w in around)
    return "coalition" if lower in ("alliance", "bloc", "front", "pact") and governs else kinds[lower]


def told_state(parsed: Parsed, head: Any) -> Mention | None:
    """As in "the accord that limits the Iranian programme": the one state in what is said of the thing."""
    said = child(head, "relcl")
    own = child(said, "nsubj", "nsubjpass") if said is not None else None
    if said is None or own is None or own.lower_ not in ("that", "which"):
        return None
    named = [m for t in said.subtree if (m := parsed.mentions[t.i]) is not None and m.type in (STATE, DEMONYM)]
    return named[0] if len(named) == 1 else None
