"""How the thing left hangs on its verb: the place of the object behind particle and preposition.

It must not resolve it.
"""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.grammar import FINITE, child, children, is_verb, noun_head
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.vocabulary import words

SKIPPED = words(
    "the a an its their his her our both all this these those any from entirely immediately altogether formally "
    "officially permanently unilaterally"
)


_WHOLLY = {("in", "full"), ("in", "part"), ("for", "good"), ("at", "once"), ("in", "effect"), ("with", "immediate")}


def is_passive(token: Any) -> bool:
    return child(token, "auxpass", "nsubjpass") is not None


def literal(parsed: Parsed, at: int, word: str, reach: int = 9) -> int | None:
    for place in range(at + 1, min(at + reach, len(parsed.words))):
        lower = parsed.words[place].lower()
        if lower == word or (word == "notice" and lower == "notices"):
            return place
        if lower in (",", ";", ":", "that", ".") or parsed.doc[place].tag_ in FINITE:
            return None
    return None


def cause_between(parsed: Parsed, token: Any, end: int) -> int | None:
    """The noun between a causative verb and its preposition: "pulled [Norland] out of"."""
    own = child(token, "dobj")
    if own is not None and token.i < own.i < end:
        return int(own.i)
    for place in range(token.i + 1, min(end, len(parsed.words))):
        if parsed.mentions[place] is not None:
            return int(noun_head(parsed.doc, place).i) if place + 1 < end else place
        if parsed.words[place].lower() in ("itself", "themselves"):
            return place
    return None


def link_place(parsed: Parsed, token: Any, at: int, link: str) -> int | None:
    words, doc = parsed.words, parsed.doc
    if link == "after":
        return at + 1 if at + 1 < len(words) - 1 else None
    if link == "direct":
        return direct_object(parsed, token, at)
    if link == "subject":
        letting = letting_verb(parsed, token)
        if letting is not None:
            named = [p for p in range(letting.i + 1, min(letting.i + 3, token.i)) if parsed.mentions[p] is not None]
            return named[0] if named and token.dep_ == "dobj" else int(letting.i) + 1  # "lapse" taken for a noun
        subject = child(token, "nsubj", "nsubjpass", "dobj")
        if subject is None and token.dep_ in ("ccomp", "xcomp"):
            subject = child(token.head, "dobj")
        return int(subject.left_edge.i) if subject is not None else None
    if link == "bare":
        return None
    if (
        at != token.i
        and link in ("of", "on", "with", "in", "to")
        and not (at + 1 < len(words) and words[at + 1].lower() == link)
    ):
        return _late(parsed, token, at, link)
    for place in range(at + 1, min(at + 15, len(words) - 1)):
        lower = words[place].lower()
        if link == "out of":
            if lower == "out" and words[place + 1].lower() == "of":
                return place + 2
        elif lower == link and not (link == "in" and place > at + 3):
            if words[place + 1].lower() in ("if", "unless", "when", "once", "because", ",", "."):
                return _stranded(parsed, token, link)
            return place + 1 if words[place + 1].isalnum() or len(words[place + 1]) > 1 else None
        if (
            lower in (";", ":", "that", ".")
            or (doc[place].tag_ in FINITE and doc[place].i != token.i)
            or (lower == "," and link in ("in", "with", "on", "to", "of"))
        ):
            return None
    return _stranded(parsed, token, link)


def _late(parsed: Parsed, token: Any, at: int, link: str) -> int | None:
    """A time or adverb may stand before the preposition: "pull out next year of …"."""
    for place in range(at + 1, min(at + 5, len(parsed.words) - 1)):
        if parsed.words[place].lower() == link and parsed.doc[place].head.i in (token.i, at):
            return place + 1
    return _stranded(parsed, token, link)


def letting_verb(parsed: Parsed, token: Any) -> Any | None:
    """The "let" or "allow" before a word of expiry."""
    for place in range(token.i - 1, max(-1, token.i - 14), -1):
        if parsed.doc[place].lemma_.lower() in ("let", "allow", "permit", "leave") and is_verb(parsed.doc[place]):
            return parsed.doc[place]
    return None


def _stranded(parsed: Parsed, token: Any, link: str) -> int | None:
    """As in "the treaty that it withdrew from": the noun before the relative clause."""
    above = token
    while above.dep_ == "xcomp" and is_verb(above.head):
        above = above.head  # "the treaty that it has promised to withdraw from"
    pending = next((c for c in above.children if c.lower_ in ("which", "that") and c.dep_ == "dobj"), None)
    if above is not token and above.dep_ == "relcl" and (pending is not None or child(above, "dobj") is None):
        for place in range(token.i + 1, min(token.i + 4, len(parsed.words))):
            if parsed.words[place].lower() == link.rsplit(maxsplit=1)[-1] and not _followed(parsed, place):
                return int(above.head.left_edge.i)
    for place in range(token.i + 1, min(token.i + 5, len(parsed.words))):
        if (
            parsed.words[place].lower() == link.rsplit(maxsplit=1)[-1]
            and child(parsed.doc[place], "pobj") is None
            and token.dep_ == "relcl"
        ):
            return int(token.head.left_edge.i)
    for relative in children(token, "prep"):
        pobj = child(relative, "pobj")
        if relative.lower_ == link and pobj is not None and pobj.lower_ in ("which", "whom") and token.dep_ == "relcl":
            return int(token.head.left_edge.i)
    return None


def _followed(parsed: Parsed, place: int) -> bool:
    """Whether a preposition has its noun behind it."""
    return parsed.doc[min(place + 1, len(parsed.words) - 1)].pos_ in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM")


_LABELS = words(
    "group company firm party club union team brand maker chain charity federation association co-operative"
)


def _labelled(verb: Any, subject: Any) -> bool:
    """A noun right before the subject that says what it is, which the parser takes for the thing left."""
    above = verb.head
    beside = verb.dep_ == "relcl" and subject.left_edge.i == above.i + 1
    return bool(beside and above.lower_ in _LABELS and above.dep_ == "ROOT")


def direct_object(parsed: Parsed, token: Any, at: int) -> int | None:
    every = children(token, "dobj")
    if at > token.i and [c.i for c in every] in ([], [at]):
        between = [place for place in range(token.i + 1, at) if parsed.mentions[place] is not None]
        if between:
            return between[0]  # "showed the council the door": the fixed word is what the parser takes for the object
    own = every[1] if len(every) > 1 and every[1].left_edge.i <= every[0].i + 1 else (every[0] if every else None)
    if own is not None and own.lower_ in ("which", "that", "whom") and token.dep_ == "relcl":
        return int(token.head.left_edge.i) if token.head.i < token.i else None
    if own is not None and own.i > token.i:
        return int(min(own.left_edge.i, every[0].left_edge.i)) if own is every[0] else int(own.i)
    subject = child(token, "nsubj")
    passive = child(token, "nsubjpass")
    if passive is not None:
        if passive.lower_ in ("which", "that") and token.dep_ == "relcl":
            return int(token.head.left_edge.i)
        return int(passive.left_edge.i)
    if any(c.lower_ == "for" for c in children(token, "mark")):
        return None  # "a bill for Ostia to leave"
    if subject is not None and _labelled(token, subject):
        return None  # "the dairy group Moor Producers left in May": the noun before is what it is
    if token.dep_ == "relcl" and own is None and subject is not None and subject.lower_ not in ("which", "that", "who"):
        return int(token.head.left_edge.i)
    if token.dep_ == "acl" and token.tag_ == "VBN" and parsed.words[token.i - 1] != ",":
        return int(token.head.left_edge.i)
    wholly = tuple(w.lower() for w in parsed.words[at + 1 : at + 3]) in _WHOLLY
    at += 2 if wholly else 0
    for place in range(at + 1, min(at + 6, len(parsed.words))):
        if parsed.mentions[place] is not None:
            return place
        if parsed.words[place].lower() not in SKIPPED and parsed.doc[place].pos_ not in ("ADJ", "ADV", "DET", "NOUN"):
            return None
        if parsed.doc[place].pos_ == "NOUN" and parsed.doc[place].dep_ in ("dobj", "pobj", "ccomp", "conj", "attr"):
            return place
    return None
