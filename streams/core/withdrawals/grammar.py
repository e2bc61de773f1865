"""Small questions to the dependency tree that all rules share. It must not know the lexicon."""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.phrases import CALENDAR
from streams.core.withdrawals.vocabulary import words

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
OBJECT_CONTROL = words(
    "order urge tell ask force instruct require persuade press call compel allow direct lead want advise beg pressure "
    "encourage convince oblige enable authorize authorise prompt invite push cause mandate let see"
)


def children(token: Any, *deps: str) -> list[Any]:
    """The children with one of these relations, in order."""
    return [c for c in token.children if c.dep_ in deps]


def child(token: Any, *deps: str) -> Any | None:
    """The first such child."""
    return next((c for c in token.children if c.dep_ in deps), None)


def noun_head(doc: Any, at: int) -> Any:
    """The head of the noun phrase that begins at token `at`."""
    token = doc[at]
    while token.head.i != token.i and token.head.left_edge.i >= at and token.head.pos_ in NOMINAL:
        if token.dep_ in ("nsubj", "nsubjpass"):
            break
        token = token.head
    return token


def is_past(token: Any) -> bool:
    """A finite past, or a participle that stands for one (unknown words are often mistagged)."""
    if token.tag_ == "VBD":
        return True
    return (
        token.tag_ == "VBN"
        and not children(token, "aux", "auxpass")
        and token.dep_ in ("ROOT", "conj", "relcl", "ccomp")
    )


def is_verb(token: Any) -> bool:
    """Whether the tagger takes it for a verb."""
    return token.pos_ in ("VERB", "AUX")


def of_what(noun: Any) -> Any | None:
    """What stands behind the noun's own "of"."""
    behind = (child(p, "pobj") for p in children(noun, "prep") if p.lower_ == "of")
    return next((one for one in behind if one is not None), None)


def negated(token: Any) -> bool:
    """A "not", "never" or "no longer" of its own."""
    if children(token, "neg"):
        return True
    return any(
        c.lower_ in ("never", "neither", "nor", "hardly")
        for c in token.children
        if c.dep_ in ("advmod", "cc", "preconj")
    )


def auxiliaries(token: Any) -> set[str]:
    """The lower-case auxiliaries of a verb."""
    return {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}


_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LISTING = words(", and the or both as well & then later")


def list_around(parsed: Parsed, at: int) -> list[int]:
    """Tokens of the flat list "A, B and C" of names that holds token `at`."""
    found = [at]
    for step in (1, -1):
        place = at
        while True:
            nxt = place + step
            gap = 0
            while (
                0 <= nxt < len(parsed.words)
                and (parsed.words[nxt] in _LISTING or parsed.words[nxt].endswith("-based"))
                and gap < 5
            ):
                nxt += step
                gap += 1
            if not gap or not 0 <= nxt < len(parsed.words) or parsed.mentions[nxt] is None:
                break
            between = parsed.words[min(place, nxt) + 1 : max(place, nxt)]
            if not set(between) & {",", "and", "or", "&"}:
                break
            found.append(nxt)
            place = nxt
    inside = set(parsed.words[min(found) : max(found) + 1])
    return sorted(found) if inside & {"and", "or", "&"} else [at]


def beside_others(parsed: Parsed, places: list[int]) -> list[int]:
    """As in "Two others, Ostia and Norland, dropped out": the names between the commas."""
    beside = [child(parsed.doc[p], "appos") for p in places if parsed.doc[p].lower_ == "others"]
    return [p for a in beside if a is not None and parsed.mentions[a.i] is not None for p in list_around(parsed, a.i)]


_RANKS = frozenset({"only", "first", "second", "third", "last", "latest", "other", "next"})


def named_after_copula(parsed: Parsed, subject: Any, pivot: int) -> Any:
    """As in "the only other country to have left is Ostia", "the last to go was Norland": the name after the copula."""
    ranks = {subject.lower_, *(c.lower_ for c in subject.lefts)} & _RANKS
    if not ranks or parsed.mentions[subject.i] is not None or subject.i > pivot:
        return subject
    for place in range(pivot + 1, len(parsed.words) - 1):
        if parsed.words[place].lower() in ("is", "was", "are", "were"):
            named = next((p for p in range(place + 1, place + 3) if p < len(parsed.words) and parsed.mentions[p]), None)
            return parsed.doc[named] if named is not None else subject
    return subject


_TIMES = words("day week month year hour today yesterday tomorrow season summer winter spring autumn fall")


def possessor_of(parsed: Parsed, noun: Any) -> Any | None:
    """Who has the noun; "six months' notice" and "Friday's withdrawal" are nobody's."""
    found = child(noun, "poss")
    timed = found is not None and (found.lemma_.lower() in _TIMES or parsed.words[found.i] in CALENDAR)
    return None if timed else found


def among(parsed: Parsed, head: Any) -> list[Any]:
    """As in "Ostia was among the countries that left", "is one of three that left": who is counted so."""
    node = head.head
    if parsed.mentions[head.i] is not None or head.dep_ != "pobj" or node.lower_ not in ("among", "of"):
        return []
    verb = node.head if node.lower_ == "among" else node.head.head
    if node.lower_ == "of" and node.head.lower_ not in ("one", "two", "three", "some", "first", "last"):
        return []
    named = child(verb, "nsubj") if verb.lemma_ == "be" else None
    return [named] if named is not None else []


_JOINING = {("along", "with"): 2, ("together", "with"): 2, ("alongside",): 1}


def companions(parsed: Parsed, subject: int, verb: int) -> list[int]:
    """Names joined to a subject by "along with", "together with", "alongside": behind it, or in the verb's clause."""
    found: list[int] = []
    lower = [word.lower() for word in parsed.words]
    for said, length in _JOINING.items():
        for place in (i for i in range(len(lower)) if tuple(lower[i : i + length]) == said):
            name = _name_after(parsed, place + length)
            between = parsed.doc[verb + 1 : place]
            joined = lower[subject + 1 : place] in ([], [","]) and place > subject
            same_clause = place > verb and not any(t.tag_ in _FINITE or t.text == ";" for t in between)
            if name is not None and (joined or same_clause) and _fellow(parsed, name, subject):
                found += list_around(parsed, name)
    return found


def _fellow(parsed: Parsed, name: int, subject: int) -> bool:
    """Whether the name may go along with the subject; beside an "it", any but a body."""
    if parsed.mentions[subject] is not None:
        return alike(parsed, name, subject)
    return getattr(parsed.mentions[name], "type", "object") not in ("object", "institution", "person")


def _name_after(parsed: Parsed, place: int) -> int | None:
    """The name there, over an article."""
    if place < len(parsed.words) and parsed.words[place].lower() == "the":
        place += 1
    return place if place < len(parsed.words) and parsed.mentions[place] is not None else None


def alike(parsed: Parsed, left: int, right: int) -> bool:
    """Whether two names of a list are of one sort."""
    a, b = parsed.mentions[left], parsed.mentions[right]
    return (
        a is not None
        and b is not None
        and (a.type == "state") == (b.type == "state")
        and "object" not in (a.type, b.type)
    )


def named_inside(parsed: Parsed, token: Any) -> Any:
    """As in "the parliaments of Finland and Poland": the names carry the list."""
    if parsed.mentions[token.i] is None and token.tag_ == "NNS":
        for preposition in children(token, "prep"):
            pobj = child(preposition, "pobj")
            if (
                preposition.lower_ in ("of", "in")
                and pobj is not None
                and parsed.mentions[pobj.i] is not None
                and pobj.conjuncts
            ):
                return pobj
    return token


def around_a_saying(parsed: Parsed, verb: Any) -> Any | None:
    """As in "Ostia, its president said on Monday, will not leave": the name that opens the sentence it breaks."""
    edge = next((c for c in verb.lefts if c.dep_ in ("aux", "auxpass", "neg")), verb).i
    first = 1 if parsed.mentions[0] is None else 0
    if edge < first + 4 or parsed.words[edge - 1] != "," or parsed.words[first + 1] != ",":
        return None
    finite = parsed.doc[edge].tag_ in ("MD", "VBZ", "VBD", "VBP")
    return parsed.doc[first] if finite and parsed.mentions[first] is not None else None
