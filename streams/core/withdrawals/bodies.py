"""Actors that are told by what they are: "Sweden's federation", "the archdiocese of Lyon", "banks including Citron".

It must not judge what they may leave.
"""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.grammar import child, children, list_around
from streams.core.withdrawals.names import COMPANY, DEMONYM, INSTITUTION, NAME, OBJECT, PARTY, PERSON, STATE, Mention
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.vocabulary import words

_BODIES = words(
    "federation association union church archdiocese diocese chamber league confederation chapter branch affiliate "
    "conference synod congregation broadcaster lodge section academy society"
)
_NAMED = (COMPANY, INSTITUTION, PARTY)
_OWN = ("poss", "amod", "compound", "nmod", "npadvmod")


def described_body(reading: Reading, parsed: Parsed, place: int) -> Actor | None:
    """The body that a class noun and a place tell, under the names that the words give it."""
    token = parsed.doc[place]
    if parsed.words[place].lower() in _VOTERS:
        return _voting(reading, parsed, token)
    if token.lemma_.lower() not in _BODIES or parsed.mentions[place] is not None:
        return None
    name = parsed.mentions[place + 1] if place + 1 < len(parsed.words) else None
    if name is not None and name.type in (*_NAMED, NAME):
        return Actor(entity_of(reading, name), name, place + 1)  # "Iceland's broadcaster RUV"
    behind = [child(p, "pobj") for p in children(token, "prep") if p.lower_ == "of"]
    where = next((c for c in [*token.lefts, *behind] if c is not None and _placed(parsed, c)), None)
    mention = parsed.mentions[where.i] if where is not None else None
    if where is None or mention is None or (where.i < place and where.dep_ not in _OWN):
        return None
    return _named_body(reading, parsed, token, where)


def described_bodies(reading: Reading, parsed: Parsed, place: int) -> list[Actor]:
    """As in "the Ostian and Norland rowing federations": one body a place."""
    token = parsed.doc[place]
    if token.lemma_.lower() not in _BODIES or token.tag_ != "NNS" or parsed.mentions[place] is not None:
        return []
    first = next((t for t in parsed.doc[token.left_edge.i : place] if _placed(parsed, t)), None)
    every = list_around(parsed, first.i) if first is not None else []
    found = [_named_body(reading, parsed, token, parsed.doc[i]) for i in every if _placed(parsed, parsed.doc[i])]
    return [a for a in found if a is not None] if len(every) > 1 else []


def _named_body(reading: Reading, parsed: Parsed, token: Any, where: Any) -> Actor | None:
    """The body of that place, which the words give its names; none where the article has a name for it."""
    place, mention = token.i, parsed.mentions[where.i]
    if mention is None:
        return None
    state = entity_of(reading, mention)
    home = state.name
    told = {n for n in (home, mention.text, *state.aliases) if len(n) > 2}
    if any(e.type in _NAMED and any(n in e.name for n in told) for e in reading.register.entities.values()):
        return None  # the article has a name for it: "USA Boxing … the American federation"
    told_by = [c for c in token.lefts if c.dep_ in ("compound", "amod", "nmod") and parsed.mentions[c.i] is None]
    one = token.lemma_.lower() if token.tag_ == "NNS" else parsed.words[place]
    noun = " ".join([*(parsed.words[c.i] for c in told_by), one])
    several = [f"{mention.text} {noun}"] if token.tag_ == "NNS" else []
    forms = several or [parsed.said(min(where.i, place), max(where.i, place)).replace(" 's", "'s").replace(" ’s", "’s")]
    forms += [f"{w} {noun}" for w in (mention.text, home)]
    forms += [f"{home}'s {noun}", f"{noun} of {home}", f"{home} {noun}", f"{mention.text} {parsed.words[place]}"]
    if where.i > place:
        forms.insert(0, f"{noun} of {home}")
    entity = reading.register.named(forms[0], NAME, token.lemma_.lower())
    for form in forms[1:]:
        reading.register.alias(entity, form)
    first, last = parsed.spans[min(where.i, place)][0], parsed.spans[max(where.i, place)][1]
    field = parsed.read.sentence.field
    named = Mention(first, last, field, reading.text_of((first, last), field), NAME, entity.key)
    entity.mentions.append(named)
    return Actor(entity, named, place)


_OFFICERS = words(
    "president chairman chairwoman chair head chief director leader secretary governor rector chancellor provost dean "
    "commissioner executive manager treasurer spokesman spokeswoman bishop archbishop"
)


def served_by(reading: Reading, parsed: Parsed, place: int) -> Actor | None:
    """As in "the president of Halden College, Jan Berg, said that it …": the body that an officer speaks for."""
    token = parsed.doc[place]
    if token.lower_ not in _OFFICERS:
        return None
    behind = [child(p, "pobj") for p in children(token, "prep") if p.lower_ in ("of", "at", "for")]
    for one in [child(token, "poss"), *behind]:
        mention = parsed.mentions[one.i] if one is not None else None
        if one is not None and mention is not None and mention.type in (*_NAMED, NAME):
            return Actor(entity_of(reading, mention), mention, one.i, weak=True)
    return None


_VOTERS = words("members delegates shareholders students staff parishioners owners voters residents players fellows")
_VOTING = words("vote ballot choose decide agree back approve elect opt resolve")


def _voting(reading: Reading, parsed: Parsed, token: Any) -> Actor | None:
    """As in "members of the Harbour Union voted to leave": their vote is the union's."""
    if token.head.lemma_.lower() not in _VOTING or child(token, "det") is not None:
        return None
    for preposition in children(token, "prep"):
        pobj = child(preposition, "pobj") if preposition.lower_ in ("of", "at", "in") else None
        mention = parsed.mentions[pobj.i] if pobj is not None else None
        if pobj is not None and mention is not None and mention.type in (*_NAMED, NAME):
            return Actor(entity_of(reading, mention), mention, pobj.i)
    return None


def _placed(parsed: Parsed, token: Any) -> bool:
    mention = parsed.mentions[token.i]
    return mention is not None and mention.type in (STATE, DEMONYM, NAME)


def included(reading: Reading, parsed: Parsed, places: list[int]) -> list[Actor]:
    """The names behind "including", "among them" or "such as", where the subject is a plural without a name."""
    if len(places) != 1 or parsed.doc[places[0]].tag_ not in ("NNS", "CD") or parsed.mentions[places[0]] is not None:
        return []
    lower = [w.lower() for w in parsed.words]
    for at in range(places[0] + 1, len(lower) - 1):
        if lower[at] in ("including", "notably") or lower[at - 1 : at + 1] in (["among", "them"], ["such", "as"]):
            first = next((i for i in range(at + 1, min(at + 4, len(lower))) if parsed.mentions[i] is not None), None)
            named = [
                (i, parsed.mentions[i]) for i in (list_around(parsed, first) if first is not None else []) if i > at
            ]
            return [
                Actor(entity_of(reading, m), m, i)
                for i, m in named
                if m is not None and m.type not in (DEMONYM, PERSON, OBJECT)
            ]
    return []
