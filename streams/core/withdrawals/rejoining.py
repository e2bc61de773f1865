"""Coming back that proves an earlier leaving by its own words: "resumed its seat in", "joined again", "welcomed back".

It must not look at other sentences.
"""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.data import Predicate
from streams.core.withdrawals.grammar import child, children, is_verb, negated
from streams.core.withdrawals.names import INSTITUTION, OBJECT, STATE
from streams.core.withdrawals.parsed import Parsed, body_at
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

_RESUMING = words("resume regain reclaim recover restore reinstate reactivate")
_HELD = words("membership seat place participation signature")
_JOINING = words("join enter accede sign subscribe become take sit participate belong")
_MEMBER = words("member party signatory participant")
_WELCOMING = words("welcome take admit accept let bring invite receive")
_ABSENT = words("absence outside away")
_LINKS = words("of in on to into at within inside")


def rejoined(parsed: Parsed, token: Any) -> Trigger | None:
    """The trigger of a return; its rule begins with "rejoin", which needs no leaving told before."""
    lemma = token.lemma_.lower()
    if not is_verb(token) or negated(token):
        return None
    if lemma in _WELCOMING and (back := _word(parsed, token, "back", 6)) is not None:
        return _taken_back(parsed, token, back)
    held = child(token, "dobj", "nsubjpass")
    if lemma in _RESUMING and held is not None and held.lemma_.lower() in _HELD:
        return _of_body(parsed, token, held.i, "membership")
    if lemma in _JOINING and _again(parsed, token):
        return _joined_again(parsed, token, held)
    if lemma in ("return", "go", "come", "be") and (lemma == "return" or _word(parsed, token, "back", 4) is not None):
        around = {w.lower() for w in parsed.words[token.i : token.i + 14]}
        proved = lemma == "be" or _ABSENT & around or parsed.words[token.i + 2 : token.i + 3] in (["into"], ["inside"])
        return _of_body(parsed, token, _word(parsed, token, "back", 4) or token.i, "back") if proved else None
    return None


def _word(parsed: Parsed, token: Any, word: str, reach: int) -> int | None:
    behind = range(token.i + 1, min(token.i + reach, len(parsed.words)))
    return next((i for i in behind if parsed.words[i].lower() == word), None)


def _again(parsed: Parsed, verb: Any) -> bool:
    """An "again", "anew" or "once more" of the verb's own clause."""
    for c in verb.children:
        if c.dep_ == "advmod" and (c.lower_ in ("again", "anew") or (c.lower_ == "more" and "once" in parsed.words)):
            return True
    held = child(verb, "dobj", "attr")
    return held is not None and any(c.lower_ == "again" for c in held.subtree if c.i - held.i < 9)


def _joined_again(parsed: Parsed, token: Any, held: Any | None) -> Trigger | None:
    lemma = token.lemma_.lower()
    attribute = child(token, "attr") if lemma == "become" else held
    if lemma == "become" and (attribute is None or attribute.lower_ not in _MEMBER):
        return None
    if lemma == "take" and (held is None or held.lower_ not in (*_HELD, "part", "seats")):
        return None
    if lemma in ("join", "enter", "sign") and held is not None and body_at(parsed, held.i):
        return _trigger(token, int(held.i), "again")
    found = _of_body(parsed, token, token.i if attribute is None else attribute.i, "again")
    bare = found is None and attribute is None and lemma in ("join", "sign", "enter")
    again = Predicate(lemma, "return", ("bare",), words=("again",), weak=True)
    return Trigger(token.i, token.i, again, False, None, "bare") if bare else found


def _taken_back(parsed: Parsed, token: Any, back: int) -> Trigger | None:
    """As in "the council welcomed Ostia back", "Ostia was taken back into the council"."""
    member = child(token, "nsubjpass") or child(token, "dobj")
    mention = parsed.mentions[member.i] if member is not None else None
    if member is None or mention is None or mention.type in (OBJECT, INSTITUTION):
        return None
    body = child(token, "nsubj")
    if body is not None and body_at(parsed, body.i) and child(token, "nsubjpass") is None:
        predicate = Predicate("rejoin", "return", ("with",), words=("back",), weak=True)
        return Trigger(token.i, back, predicate, False, int(body.i), "with", int(member.i))
    found = _of_body(parsed, token, back, "back")
    if found is None or mention.type != STATE:
        return None
    return Trigger(token.i, back, found.predicate, False, found.start, "to", int(member.i))


def _of_body(parsed: Parsed, token: Any, at: int, word: str) -> Trigger | None:
    """The body named behind the next preposition, within a few words."""
    for place in range(at + 1, min(at + 5, len(parsed.words) - 1)):
        if parsed.words[place].lower() in _LINKS:
            start = place + (2 if parsed.words[place + 1].lower() == "the" else 1)
            if start < len(parsed.words) and body_at(parsed, start):
                return _trigger(token, start, word)
    return None


def _trigger(token: Any, start: int, word: str) -> Trigger:
    predicate = Predicate("rejoin", "return", ("to",), words=(word,), weak=True)
    return Trigger(token.i, token.i, predicate, False, start, "to")


def returning(parsed: Parsed, token: Any) -> Trigger | None:
    """As in "Ostia's return to the council": a noun with its owner and its body."""
    owner = child(token, "poss")
    if token.lower_ != "return" or token.pos_ != "NOUN" or owner is None or parsed.mentions[owner.i] is None:
        return None
    to = next((p for p in children(token, "prep") if p.lower_ == "to"), None)
    body = child(to, "pobj") if to is not None else None
    if body is None or not body_at(parsed, body.i) or parsed.mentions[owner.i].type != STATE:
        return None
    predicate = Predicate("rejoin", "return", ("to",), words=("return",), weak=True)
    return Trigger(token.i, token.i, predicate, True, int(body.i), "to", int(owner.i))
