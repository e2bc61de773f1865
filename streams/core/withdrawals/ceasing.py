"""No longer being a member, no longer taking part, a signature disowned, a similar move."""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.data import Predicate
from streams.core.withdrawals.grammar import auxiliaries, is_verb, negated
from streams.core.withdrawals.links import direct_object
from streams.core.withdrawals.names import INSTITUTION, OBJECT
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.phrases import CALENDAR
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

MEMBERS = words(
    "member members party parties signatory part participant partner participants affiliate shareholder state-party "
    "membership contributor candidate contender runner"
)


KEEPING = {
    "belong": ("to",),
    "participate": ("in",),
    "abide": ("by",),
    "comply": ("with",),
    "adhere": ("to",),
    "cooperate": ("with",),
    "co-operate": ("with",),
    "observe": ("direct",),
    "honor": ("direct",),
    "honour": ("direct",),
    "recognize": ("direct",),
    "recognise": ("direct",),
    "bind": ("by",),
    "bound": ("by",),
    "apply": ("direct",),
    "attend": ("direct",),
    "contribute": ("to",),
    "respect": ("direct",),
    "implement": ("direct",),
    "carry": ("direct",),
    "sit": ("on", "in"),
    "accept": ("direct",),
    "fund": ("direct",),
    "compete": ("in",),
    "take": ("in",),
    "play": ("in",),
    "send": ("to",),
    "support": ("direct",),
    "operate": ("in",),
    "use": ("direct",),
}


#: Words that make the verb one of keeping: "take part", "carry out".
_FIXED = {"take": "part", "carry": "out"}


_TO_COME = words("will would 'll ’ll wo may might")


_SUSPENDING = words(
    "participate cooperate co-operate observe honor honour apply attend respect implement fund comply abide adhere"
)


def no_longer_one(parsed: Parsed, token: Any) -> Trigger | None:
    """No longer being a member, no longer taking part, and the like."""
    lemma = token.lemma_.lower()
    word = token.lower_
    links = ("of", "to", "in", "with", "for", "direct") if word in MEMBERS else KEEPING.get(lemma) or KEEPING.get(word)
    if not links or _FIXED.get(lemma, "") not in ["", *parsed.words[token.i + 1 : token.i + 2]]:
        return None
    if not _no_longer(parsed, token) or any(c.tag_ == "JJS" for c in token.lefts):
        return None
    at = token.i + (1 if lemma in _FIXED else 0)
    form = "suspension" if lemma in _SUSPENDING else "withdrawal"
    predicate = Predicate("cease" if word in MEMBERS else lemma, "nonmember", links, form=form, weak=True)
    if word in ("candidate", "contender"):
        return Trigger(token.i, at, predicate, False, token.i, "direct", ceased=True)
    for link in links:
        start = direct_object(parsed, token, at) if link == "direct" and word not in MEMBERS else None
        if link == "direct" and word in MEMBERS and token.i and parsed.mentions[token.i - 1] is not None:
            start = token.i - 1
        if link != "direct" and at + 2 < len(parsed.words):
            place = next(
                (p for p in range(at + 1, min(at + 4, len(parsed.words) - 1)) if parsed.words[p].lower() == link), None
            )
            start = place + 1 if place is not None else None
        if start is not None:
            if (link == "in" and parsed.words[start].isdigit()) or parsed.words[start] in CALENDAR:
                start = None
            return Trigger(token.i, at, predicate, False, start, link if start is not None else "bare", ceased=True)
    if word in ("member", "members", "party", "parties", "signatory"):
        return Trigger(token.i, at, predicate, False, None, "bare", ceased=True)
    return None


_ELECTED = ("Security Council", "Human Rights Council", "Executive Board", "Governing Council")


def member_until(parsed: Parsed, token: Any) -> Trigger | None:
    """As in "Ostia, a member of the Tin Council until 2012": not of a council whose seats are for a term."""
    words = parsed.words
    link = token.i + 1
    if token.lower_ not in ("member", "party", "signatory") or words[link : link + 1] not in (["of"], ["to"]):
        return None
    place = link + (2 if words[link + 1 : link + 2] == ["the"] else 1)
    body = parsed.mentions[place] if place + 2 < len(words) else None
    if body is None or body.type not in (OBJECT, INSTITUTION) or body.text.endswith(_ELECTED):
        return None
    verb = token.head
    ends = words[place + 1] == "until" and words[place + 2].isdigit() and len(words[place + 2]) == 4
    if not ends or (verb.lemma_ == "be" and (verb.tag_ != "VBD" or auxiliaries(verb))):
        return None
    predicate = Predicate("cease", "nonmember", ("of",), words=("until",), weak=True)
    return Trigger(token.i, token.i, predicate, False, place, "of")


_TAKING_PART = {
    "compete": ("in", "at"),
    "participate": ("in",),
    "take": ("in",),
    "attend": ("direct",),
    "enter": ("direct",),
    "contest": ("direct",),
    "play": ("in", "at"),
    "race": ("in", "at"),
    "run": ("in",),
    "send": ("to",),
    "travel": ("to",),
    "return": ("to",),
}


def staying_out(parsed: Parsed, token: Any) -> Trigger | None:
    """As in "will not take part in the Games", "would not send a team to": a contest or talks not entered."""
    lemma = token.lemma_.lower()
    links = _TAKING_PART.get(lemma)
    if not links or not is_verb(token) or not negated(token) or not auxiliaries(token) & _TO_COME:
        return None
    if lemma == "take" and "part" not in parsed.words[token.i + 1 : token.i + 2]:
        return None
    predicate = Predicate(lemma, "nonmember", links, weak=True, contests=True)
    for link in links:
        start = direct_object(parsed, token, token.i) if link == "direct" else None
        for place in range(token.i + 1, min(token.i + 6, len(parsed.words) - 1)) if link != "direct" else ():
            if parsed.words[place].lower() == link:
                start = place + 1
                break
        if start is not None:
            return Trigger(token.i, token.i, predicate, False, start, link)
    if lemma in ("compete", "participate", "take"):
        return Trigger(token.i, token.i, predicate, False, None, "bare")
    return None


def disowned(parsed: Parsed, token: Any) -> Trigger | None:
    """As in "would not become a party to", "no intention of ratifying": a signature disowned."""
    words = parsed.words
    joining = token.head.lemma_ == "become" or (token.head.lemma_ == "be" and token.head.tag_ == "VB")
    if token.lower_ == "party" and joining:
        start = next(
            (p + 1 for p in range(token.i + 1, min(token.i + 3, len(words) - 1)) if words[p].lower() == "to"), None
        )
        verb = token.head
    elif token.lemma_.lower() == "ratify" and is_verb(token):
        start, verb = direct_object(parsed, token, token.i), token
    else:
        return None
    if verb.tag_ in ("VBD", "VBN"):  # "never ratified it" tells a state, not an act
        return None
    around = " ".join(w.lower() for w in words[max(0, verb.i - 8) : verb.i])
    if (
        (start is None and token.lower_ != "party")
        or not any(n in around.split() for n in ("not", "no", "n't", "never", "n’t"))
        or "yet" in around
    ):
        return None
    predicate = Predicate(
        "become" if token.lower_ == "party" else "ratify", "unsign", ("direct",), form="unsigning", instruments=True
    )
    return Trigger(verb.i, verb.i, predicate, False, start, "bare" if start is None else "direct")


_ADOPTING = words(
    "approve back endorse adopt propose recommend consider weigh mull copy repeat mirror echo contemplate"
)


#: Verbs by which a step of another's is turned down: "ruled out such a move".
DENYING = words("rule exclude reject dismiss oppose shun spurn")
_PAPERS = ("note", "notice", "letter", "notification", "denunciation")


def similar_move(_parsed: Parsed, token: Any) -> Trigger | None:
    """As in "is considering a similar move": the act last spoken of, by another."""
    if token.lower_ not in (
        "move",
        "moves",
        "step",
        "steps",
        "course",
        "road",
        "path",
        "route",
        "action",
        "decision",
        "exit",
        "withdrawal",
        "departure",
        *_PAPERS,
    ):
        return None
    said = {c.lower_ for c in token.lefts}
    if not said & {"similar", "same", "comparable"} and not (
        said & {"the", "that", "this", "such"}
        and token.lower_ in ("move", "step", "decision", "course")
        and token.dep_ == "dobj"
        and token.head.lemma_.lower() in _ADOPTING | DENYING
    ):
        return None
    written = ("note",) if token.lower_ in _PAPERS else ()
    return Trigger(token.i, token.i, Predicate("similar", "follow", ("bare",), words=written), True, None, "bare")


def _no_longer(parsed: Parsed, token: Any) -> bool:
    """Whether "no longer", "not … any longer", "cease to" or "stop …ing" stands over the token."""
    left = max(0, token.i - 8)
    words = [w.lower() for w in parsed.words[left : token.i + 1]]
    text = " ".join(words)
    if "no longer" in text or "not any longer" in text or "no more a" in text or "never again" in text:
        return True
    after = " ".join(w.lower() for w in parsed.words[token.i : token.i + 12])
    if "any longer" in after or "any more" in after:
        return any(w in ("not", "n't", "n’t") for w in words)
    head = token
    for _ in range(3):
        head = head.head
        if head.lemma_.lower() in ("cease", "stop", "quit") and head.i < token.i and not negated(head):
            return bool(token.i - head.i < 7)
    return False
