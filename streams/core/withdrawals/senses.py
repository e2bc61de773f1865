"""Troops brought home, and the senses of "leave" that are no leaving."""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.data import Predicate
from streams.core.withdrawals.grammar import child, children
from streams.core.withdrawals.names import INSTITUTION, NAME, OBJECT
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

TROOPS = words(
    "troops forces soldiers peacekeepers contingent contingents marines servicemen battalion battalions units unit "
    "policemen troopers blue helmets engineers personnel men trainers advisers brigade company observers medics "
    "police"
)


#: What a state, company or sponsor takes out of something as its own.
OWN_MEN = words(
    "troops forces soldiers peacekeepers contingent army members meps frigate frigates warship warships ship ships "
    "jets aircraft planes helicopters tanks fleet squadron funding sponsorship money backing funds"
)


_MOVING = words("call bring fly ship order send get take summon move have want")


def troops_trigger(parsed: Parsed, token: Any, predicate: Predicate) -> Trigger | None:
    """As in "recalled its battalion", "its men were being brought home".

    The place or mission comes behind, or from the context.
    """
    what = child(token, "dobj", "nsubjpass")
    if what is None or not _troops_moved(parsed, token, what, predicate.lemma):
        return None
    if (
        what.lower_ in ("company", "unit", "men", "units", "police", "engineers")
        and child(what, "poss", "amod", "compound", "nummod") is None
        and child(what, "prep") is None
    ):
        return None
    leave = Predicate(predicate.lemma, "leave", ("from",), words=("troops",))
    inside = next(
        (
            child(p, "pobj")
            for p in children(what, "prep")
            if p.lower_ in ("in", "on", "from") and child(p, "pobj") is not None
        ),
        None,
    )
    if (
        inside is not None
        and parsed.mentions[inside.i] is not None
        and not any(parsed.words[i].lower() == "from" for i in range(token.i, min(token.i + 6, len(parsed.words))))
    ):
        return Trigger(token.i, token.i, leave, False, int(inside.i), "from", int(what.i))
    for place in range(token.i + 1, min(token.i + 16, len(parsed.words) - 1)):
        lower = parsed.words[place].lower()
        if place > what.i - 1 and (lower == "from" or (lower == "of" and parsed.words[place - 1].lower() == "out")):
            return Trigger(token.i, token.i, leave, False, place + 1, "from", int(what.i))
    return Trigger(token.i, token.i, leave, False, None, "bare", int(what.i))


def _troops_moved(parsed: Parsed, token: Any, what: Any, lemma: str) -> bool:
    """Whether troops, or a "them" that stands for troops, are moved: by "take" or "bring" only where it says home."""
    told = what.lower_ == "them" and bool(TROOPS & {w.lower() for w in parsed.words[: token.i]})
    behind = {w.lower() for w in parsed.words[token.i : token.i + 9]}
    return (what.lower_ in TROOPS or told) and (lemma not in _MOVING or bool(behind & {"home", "back", "out"}))


def troops_home(parsed: Parsed, token: Any) -> Trigger | None:
    """As in "its men went home in February", "the last soldiers flew home"."""
    who = child(token, "nsubj")
    if token.lemma_.lower() not in _GOING or who is None or who.lower_ not in TROOPS:
        return None
    home = next((i for i in range(token.i + 1, min(token.i + 4, len(parsed.words))) if parsed.words[i] == "home"), None)
    if home is None:
        return None
    leave = Predicate(token.lemma_.lower(), "leave", ("from",), words=("troops",))
    for place in range(home + 1, min(home + 4, len(parsed.words) - 1)):
        if parsed.words[place].lower() == "from":
            return Trigger(token.i, home, leave, False, place + 1, "from", int(who.i))
    return Trigger(token.i, home, leave, False, None, "bare", int(who.i))


_GOING = words("go come return fly head sail")


_WAYS = words("to toward towards into across behind past along through inside under over up down")


def moves_off(parsed: Parsed, token: Any, at: int) -> bool:
    """As in "withdrew to a nearby roundabout", "pulled back toward the border": from where they stood, no body left."""
    if token.lemma_.lower() not in ("withdraw", "retreat", "pull") or at + 2 >= len(parsed.words):
        return False
    way = at + 1 if parsed.doc[at + 1].pos_ != "ADV" else at + 2
    return parsed.words[way].lower() in _WAYS and parsed.doc[way].dep_ == "prep"


def sets_out(token: Any) -> bool:
    """As in "troops prepared to leave Darwin for the territory": a way there, not a way out."""
    return token.lemma_.lower() == "leave" and any(p.lower_ == "for" for p in children(token, "prep"))


def joins_another(parsed: Parsed, preposition: Any) -> bool:
    """As in "left for the Northern League": who leaves for another body leaves its own."""
    body = child(preposition, "pobj")
    mention = parsed.mentions[body.i] if body is not None else None
    titled = body is not None and child(body, "det") is not None  # "for the Big Ten", not "for Chicago"
    return mention is not None and (mention.type in (OBJECT, INSTITUTION) or (mention.type == NAME and titled))


_PAPER_NOUNS = words("convention treaty protocol agreement pact accord covenant")


def _tells_of_a_paper(parsed: Parsed, verb: Any, part: Any) -> bool:
    """As in "leaving the Ottawa Convention banning mines": what the paper does, not what its leaving does."""
    thing = child(verb, "dobj")
    if thing is None or not _PAPER_NOUNS & set(parsed.words[thing.i].lower().split()):
        return False
    return bool(part.tag_ == "VBG" and part.i == thing.i + 1 and child(part, "dobj") is not None)


#: Left for the day, not for good.
_ROOMS = words("meeting session room building hall premises headquarters venue stage podium")


def left_in_a_state(parsed: Parsed, token: Any) -> bool:
    """As in "leaving the UN scrambling", "left open whether", "leaves it with no choice": another sense of leave."""
    thing = child(token, "dobj")
    if thing is not None and thing.lower_ in _ROOMS:
        return True
    for part in token.rights:
        if part.lower_ == "early" and token.doc[min(part.i + 1, len(token.doc) - 1)].lower_ in ("to", "for", "because"):
            return True
        if _tells_of_a_paper(parsed, token, part):
            continue
        if part.dep_ in ("ccomp", "xcomp", "oprd", "acomp") and part.tag_ in ("VBG", "JJ", "VBN", "VBD", "RB", "NN"):
            return True
        if part.dep_ == "prt" or (
            part.dep_ == "advmod" and part.lower_ in ("behind", "open", "alone", "aside", "over")
        ):
            return True
        thing = child(token, "dobj") if part.lower_ in ("with", "to") and part.dep_ in ("prep", "dative") else None
        if thing is not None and part.i == thing.right_edge.i + 1:
            return not any(word.lower_ in ("effect", "notice") for word in part.subtree)  # "with immediate effect"
        near = part.i == token.i + 1
        if near and part.dep_ == "prep" and part.lower_ in ("for", "to", "behind") and child(token, "dobj") is None:
            return not (part.lower_ == "for" and joins_another(parsed, part))
    return False
