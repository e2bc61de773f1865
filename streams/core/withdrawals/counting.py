"""Actors counted before they are named: "Three brokers will leave … A, B and C said". It must not read verbs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.grammar import child, children, of_what
from streams.core.withdrawals.names import COMPANY, DEMONYM, INSTITUTION, NAME, OBJECT, PARTY, PERSON, STATE, Mention
from streams.core.withdrawals.naming_types import Read
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.vocabulary import words

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SETS = {"pair": 2, "duo": 2, "trio": 3, "quartet": 4}
_STATES = words("country nation state government neighbour neighbor republic kingdom ally")
_BESIDE = words(", and the & both 's ’s - – —")
_PLACED = words("of in from")
_OPENING = 4  # words of a sentence before its list of names begins
_ASIDE = words("to with on at for by against over into than about like")  # who is met, told or visited
_AHEAD = 3  # sentences in which the names of those just counted come
_BACK = 4  # sentences over which "they" are those who left together
_THEY = ("they", "their", "both")
_TITLE = 2  # words such as "film director" between two names of a list


def counted(reading: Reading, parsed: Parsed, places: list[int]) -> list[Actor]:
    """The names of "three brokers", "four of the banks", "two others", where the next sentences list just so many."""
    beside = [c.i for p in places for c in parsed.doc[p].conjuncts if c.pos_ == "NUM" and c.i > p]
    for place in [*places, *beside]:
        number = _number(parsed, place)
        if not number or parsed.mentions[place] is not None:
            continue
        noun = _noun(parsed, place)
        at, field = parsed.read.sentence.number, parsed.read.sentence.field
        for one in reading.reads:
            gone = one.sentence.number - at
            if one.sentence.field != "text" or not (0 < gone <= _AHEAD or (gone == 0 and field == "text")):
                continue
            start = parsed.spans[place][1] if gone == 0 else one.sentence.start
            listed = _listed(one, start, strict=gone == 0)
            named = [m for m in listed if _sort(entity_of(reading, m).type, noun)]
            homes = [m for m in listed if m.type == STATE and m not in named]
            if len(named) == number == len(listed) - len(homes):
                return [Actor(entity_of(reading, m), m, place, weak=True) for m in named]
    return []


def pointed_back(reading: Reading, parsed: Parsed, places: list[int], memory: Sequence[Candidate]) -> list[Actor]:
    """As in "the three", "all four", "both countries", "they": those who left together, else the last such list."""
    if len(places) != 1 or parsed.mentions[places[0]] is not None:
        return []
    place, at = places[0], parsed.read.sentence.number
    token = parsed.doc[place]
    number = 0 if token.lower_ in _THEY else _definite(parsed, place)
    if not number and token.lower_ not in _THEY:
        return []
    if any(m is not None and m.type not in (OBJECT, DEMONYM, PERSON) for m in parsed.mentions[:place]):
        return []
    noun = _noun(parsed, place)
    together = _together(memory, at, number)
    if together:
        return [replace(a, token=place, weak=True) for a in together]
    for one in reversed(reading.reads):
        if number and one.sentence.field == "text" and 0 < at - one.sentence.number <= _AHEAD:
            listed = _listed(one, one.sentence.start, strict=False)
            if len(listed) == number and all(_sort(entity_of(reading, m).type, noun) for m in listed):
                return [Actor(entity_of(reading, m), m, place, weak=True) for m in listed]
    return []


def _together(memory: Sequence[Candidate], at: int, number: int) -> list[Actor]:
    """Those who left by the last act told, where they were several; just so many who left that thing, if counted."""
    last = next((c for c in reversed(memory) if c.actor and 0 < at - c.number <= (at if number else _BACK)), None)
    key = last.target.key if last is not None and last.target is not None else ""
    same = [c for c in memory if c.target is not None and c.target.key == key and 0 <= c.number < at]
    near = [c for c in same if last is not None and (number or c.number == last.number)]
    found = {c.actor.entity.key: c.actor for c in near if c.actor is not None}
    return list(found.values()) if len(found) > 1 and number in (0, len(found)) else []


def _definite(parsed: Parsed, place: int) -> int:
    """How many "the three", "all three", "both countries", "the two companies" are."""
    token = parsed.doc[place]
    before = {c.lower_ for c in token.lefts} | ({parsed.doc[place - 1].lower_} if place else set())
    if "other" in before or not before & {"the", "these", "those", "all", "both"}:
        return 0
    return _told_number(token) or (2 if "both" in before else 0)


def is_counted(parsed: Parsed, place: int) -> bool:
    """Whether a token stands for so many, as in "four of the banks"."""
    return bool(_number(parsed, place)) and parsed.mentions[place] is None


def _number(parsed: Parsed, place: int) -> int:
    token = parsed.doc[place]
    definite = child(token, "det")
    if definite is not None and definite.lower_ in ("the", "these", "those"):
        return 0
    return _told_number(token)


def _told_number(token: Any) -> int:
    said = [token.lower_, *(c.lower_ for c in children(token, "nummod"))]
    return _SETS.get(token.lower_, 0) or next((_NUMBERS.index(w) + 2 for w in said if w in _NUMBERS), 0)


def _noun(parsed: Parsed, place: int) -> str:
    """The counted noun: of "four of Canada's biggest lenders", "lender"."""
    token: Any = parsed.doc[place]
    inner = of_what(token) if token.lower_ in _NUMBERS else None
    if token.lower_ in _SETS:
        return _NUMBERS[_SETS[token.lower_] - 2]
    return str((inner if inner is not None else token).lemma_.lower())


def _sort(kind: str, noun: str) -> bool:
    if noun in _STATES:
        return kind == STATE
    return kind in (COMPANY, PARTY, INSTITUTION, NAME, PERSON) or (
        kind == STATE and noun in (*_NUMBERS, "member", "signatory")
    )


def _listed(one: Read, start: int, *, strict: bool) -> list[Mention]:
    """The names of the first flat list of a sentence, where it opens it (or stands right behind the counted noun)."""
    found: list[Mention] = []
    gap: list[str] = []
    joined, last = False, 0
    for first, end, mention in one.mentions:
        if mention.start >= start:
            gap += [t.text.lower() for t in one.tokens[last:first] if t.start >= start]
            if not (_goes_on(gap) if found else len(gap) <= (1 if strict else _OPENING) and not _ASIDE & set(gap)):
                break
            if not _owns(one, end) and (gap[-1:] not in (["of"], ["in"], ["from"]) or _led(gap, found)):
                joined = joined or bool(found and {"and", "&"} & set(gap))
                found.append(mention)
                gap = []
        last = end
    return found if joined else []


def _led(gap: list[str], found: list[Mention]) -> bool:
    """As in "The leaders of Ostia, Norland and …": those who lead the first of a list speak for it."""
    return not found and gap[-1] == "of" and gap[-2:-1] != [] and gap[-2].endswith("s")


def _goes_on(between: list[str]) -> bool:
    rest = [w for w in between if w not in _BESIDE and w not in _PLACED]
    return len(rest) <= _TITLE and bool(set(between) & {",", "and", "&", *_PLACED})


def _owns(one: Read, end: int) -> bool:
    """As in "Britain's Halbrook": the name before the apostrophe is no member of the list."""
    return end < len(one.tokens) and one.tokens[end].text in ("'s", "’s", "'", "’")
