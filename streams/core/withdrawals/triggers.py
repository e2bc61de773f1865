"""Where a sentence speaks of leaving: each trigger with its predicate and the place of its object.

It must not resolve who or what: `objects.py` and `subjects.py` do.
"""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.ceasing import disowned, member_until, no_longer_one, similar_move, staying_out
from streams.core.withdrawals.data import Predicate, WithdrawalsData
from streams.core.withdrawals.doubting import doubted, ended_at_wish, no_such_plans
from streams.core.withdrawals.exchanging import exchanged, followed_out, lost, notice_from, shrunk_body
from streams.core.withdrawals.following import follows_one
from streams.core.withdrawals.grammar import FINITE, child, children, is_verb
from streams.core.withdrawals.keeping import kept
from streams.core.withdrawals.links import cause_between, is_passive, letting_verb, link_place, literal
from streams.core.withdrawals.markets import market_left
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.phrases import CALENDAR
from streams.core.withdrawals.rejoining import rejoined, returning
from streams.core.withdrawals.senses import TROOPS, left_in_a_state, moves_off, troops_home, troops_trigger
from streams.core.withdrawals.shedding import shed_membership
from streams.core.withdrawals.switching import switched
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words


def find(parsed: Parsed, data: WithdrawalsData) -> list[Trigger]:
    """All triggers of a sentence, at most one a token."""
    found: dict[int, Trigger] = {}
    by_lemma: dict[str, list[Predicate]] = {}
    for predicate in data.predicates:
        for lemma in (predicate.lemma, *("n:" + n for n in predicate.nouns)):
            by_lemma.setdefault(lemma, []).append(predicate)
    for token in parsed.doc:
        if parsed.mentions[token.i] is not None:
            continue
        trigger = _at(parsed, token, data, by_lemma)
        if trigger:
            found[token.i] = trigger
    return list(found.values())


#: Ways of telling it that no list of verbs can hold; the first that fits is taken.
_FRAMES = (
    market_left,
    kept,
    rejoined,
    exchanged,
    followed_out,
    follows_one,
    switched,
    shed_membership,
    no_longer_one,
    staying_out,
    disowned,
    similar_move,
    troops_home,
    returning,
    lost,
    notice_from,
    doubted,
    no_such_plans,
    member_until,
    ended_at_wish,
)


def _at(parsed: Parsed, token: Any, data: WithdrawalsData, by_lemma: dict[str, list[Predicate]]) -> Trigger | None:
    ceased = next((found for frame in _FRAMES if (found := frame(parsed, token)) is not None), None)
    if ceased:
        return ceased
    for form in data.forms.get(token.lower_, ()):
        if form.startswith("n:"):
            if token.pos_ in ("NOUN", "PROPN") and not _verb_in_headline(parsed, token):
                return _noun(parsed, token, by_lemma[form][0])
            continue
        if not (
            is_verb(token)
            or token.dep_ == "ROOT"
            or (form in ("lapse", "expire", "run") and letting_verb(parsed, token) is not None)
            or _verb_in_headline(parsed, token)
            or _after_to(parsed, token)
        ):
            continue
        for predicate in sorted(by_lemma.get(form, ()), key=lambda p: -len(p.words)):
            trigger = _verb(parsed, token, predicate)
            if trigger:
                return trigger
    return None


def _after_to(parsed: Parsed, token: Any) -> bool:
    """A base form after "to" or a modal is a verb, whatever the tagger says."""
    return (
        token.i > 0
        and token.tag_ in ("NN", "VB", "JJ")
        and parsed.words[token.i - 1].lower() in ("to", "will", "would", "may", "might", "could", "should")
        and parsed.mentions[token.i] is None
        and (
            parsed.words[token.i - 1].lower() != "to"
            or token.dep_ in ("xcomp", "ROOT", "acl", "relcl", "advcl", "conj", "ccomp")
        )
    )


def _verb_in_headline(parsed: Parsed, token: Any) -> bool:
    return (
        parsed.read.sentence.field == "headline"
        and token.i > 0
        and token.lower_.endswith("s")
        and parsed.mentions[token.i - 1] is not None
    )


def _verb(parsed: Parsed, token: Any, predicate: Predicate) -> Trigger | None:
    at = token.i
    for word in predicate.words:
        place = literal(
            parsed,
            token.i,
            word,
            15
            if word in ("hold", "ice", "end", "abeyance", "window", "overboard")
            else 3
            if word in ("out", "in", "off", "back", "away") and not predicate.cause
            else 9,
        )
        if place is None:
            return None
        at = place
    if _other_sense(parsed, token, predicate, at):
        return None
    moved = child(token, "nsubjpass")
    withdrawn = predicate.lemma in ("withdraw", "pull") and moved is not None and moved.lower_ in TROOPS
    if predicate.frame == "troops" or withdrawn:
        return troops_trigger(parsed, token, predicate)
    if predicate.lemma == "leave" and left_in_a_state(parsed, token):
        return None
    if predicate.lemma == "denounce" and any(c.lower_ == "as" for c in children(token, "prep")):
        return None  # "denounced it as surrender"
    cause = cause_between(parsed, token, at) if predicate.cause else None
    for link in predicate.links:
        start = link_place(parsed, token, at, link)
        if start is not None:
            if cause is None and predicate.cause:
                cause = cause_between(parsed, token, start)
            if predicate.need_cause and cause is None and not is_passive(token):
                return None
            return Trigger(token.i, at, predicate, False, start, link, cause)
    shut_off = predicate.frame == "suspend" and is_passive(token) and parsed.words[at + 1 : at + 2] == ["out"]
    behind = predicate.rule == "follow:follow" and token.tag_ in ("VBG", "NN")
    if shut_off or behind or moves_off(parsed, token, at):
        return None
    if predicate.lemma in ("go", "get") and not predicate.words[1:] and not _stands_alone(parsed, token, at):
        return None
    if predicate.need_cause and (cause is None or parsed.words[at + 1 : at + 2] == ["of"]):
        return None
    taken_back = predicate.rule == "withdraw:leave" and is_passive(token)  # "orders were withdrawn"
    if (
        not taken_back
        and "bare" in predicate.links
        and all(c.i <= at for c in children(token, "dobj", "attr", "acomp"))
    ):
        return Trigger(token.i, at, predicate, False, None, "bare", cause)
    return None


_RETREATING = words("withdraw retreat pull")
_THITHER = words("to toward towards into behind onto across")


_GONE = ("leave", "quit", "exit", "withdraw", "abandon")


def _other_sense(parsed: Parsed, token: Any, predicate: Predicate, at: int) -> bool:
    """Words that look like the predicate's and are not: "is long out", "nothing to do with", "part of"."""
    if predicate.lemma == "take" and token.tag_ == "VBG" and token.dep_ == "advcl" and token.head.lemma_ in _GONE:
        return True  # "has left the congress, taking its members out of the federation": told already
    if predicate.frame == "stay" and token.dep_ == "amod":
        return True  # "its remaining members"
    if (
        predicate.lemma == "be"
        and predicate.words[0] != "way"
        and any(parsed.doc[i].pos_ not in ("ADV", "PART") for i in range(token.i + 1, at))
    ):
        return True
    if predicate.lemma in _RETREATING and any(c.i == at + 1 and c.lower_ in _THITHER for c in children(token, "prep")):
        return True  # "withdrew to a nearby square"
    if predicate.lemma == "be" and parsed.words[at + 1 : at + 4] == ["of", "the", "question"]:
        return True
    if predicate.words == ("nothing", "do") and not {"more", "further"} & {
        w.lower() for w in parsed.words[token.i : at]
    }:
        return True
    if predicate.frame == "stay" and parsed.words[at + 1 : at + 2] in (["away"], ["out"], ["outside"]):
        return True
    if predicate.need_possessive and parsed.words[at - 1].lower() not in ("its", "their", "his", "her", "our", "my"):
        return True
    if predicate.words == ("outside",) and predicate.lemma == "stand" and token.tag_ != "VB":
        return True  # "stands outside the union": where it has always been
    if predicate.words == ("enough",) and token.head.lemma_.lower() not in ("tell", "inform", "notify"):
        return True  # a mood, but where the other side is told
    return bool(predicate.lemma == "part" and not (is_verb(token) or _after_to(parsed, token)))


_PRICES = words("poll polls polling fee fees bill tax taxes charge charges cost costs penalty visa")


def _noun(parsed: Parsed, token: Any, predicate: Predicate) -> Trigger | None:
    words = parsed.words
    paper = token.i + 1 if token.dep_ == "compound" and token.head.i == token.i + 1 else 0
    if (
        paper
        and words[paper].lower() in ("letter", "notice", "note")
        and words[paper + 1 : paper + 2] in (["for"], ["of"])
    ):
        return Trigger(token.i, token.i, predicate, True, paper + 2, "of")  # "the termination letter for the accord"
    if words[token.i + 1 : token.i + 2] and words[token.i + 1].lower() in _PRICES:
        return None  # "its exit fee", "an exit poll"
    for place in range(token.i + 1, min(token.i + 12, len(words) - 1)):
        lower = words[place].lower()
        if lower == "from":
            return Trigger(token.i, token.i, predicate, True, place + 1, "from")
        listing = lower in (",", "and") and parsed.mentions[place - 1] is not None
        if listing and any(parsed.mentions[p] is not None for p in range(place + 1, min(place + 4, len(words)))):
            continue
        if lower in (",", ";", "that", ".", "and", "after", "as") or parsed.doc[place].tag_ in FINITE:
            break
    shrunk = shrunk_body(parsed, token) if predicate.frame == "leave" else None
    if shrunk is not None:
        return Trigger(token.i, token.i, predicate, True, shrunk, "with")
    following = words[token.i + 1].lower() if token.i + 1 < len(words) else ""
    if (
        following in ("of", "in", "with", "on")
        and token.i + 2 < len(words)
        and words[token.i + 2].lower() not in ("force", "effect", "place")
        and not (predicate.frame == "leave" and predicate.lemma not in ("abandon", "boycott"))
    ) and (following == "of" or predicate.frame in ("end", "suspend")):
        return Trigger(token.i, token.i, predicate, True, token.i + 2, following)
    return Trigger(token.i, token.i, predicate, True, None, "bare") if predicate.frame == "leave" else None


def _dated(parsed: Parsed, place: int) -> bool:
    word = parsed.words[place] if place < len(parsed.words) else ""
    return word in CALENDAR or word.isdigit()


def _stands_alone(parsed: Parsed, token: Any, at: int) -> bool:
    """As in "would go", "would be going too", "getting out": nothing behind but time or an adverb."""
    if token.head.lemma_.lower() == "let" or parsed.doc[min(at + 2, len(parsed.words) - 1)].tag_ == "VBG":
        return False
    following = parsed.words[at + 1].lower() if at + 1 < len(parsed.words) else "."
    if following == "on" and not (
        parsed.words[at + 2][:1].isupper() or parsed.words[at + 2] in ("the", "its", "their")
    ):
        return False  # "the games would go on with three teams"
    if following in ("on", "in") and at + 2 < len(parsed.words) and parsed.doc[at + 2].tag_ in ("VBG", "DT"):
        return False
    if following == "on" and at == token.i and not _dated(parsed, at + 2):
        return False  # "would go on", "will go on with three teams"
    return (
        following
        in (
            ".",
            ",",
            "too",
            "before",
            "as",
            "in",
            "last",
            "later",
            "earlier",
            "was",
            "on",
            "at",
            "this",
            "next",
            "altogether",
            "together",
            "by",
            *(("first",) if token.tag_ == "VBN" else ()),
            ";",
            '"',
            "”",
        )
        and token.tag_ != "VBZ"
    )
