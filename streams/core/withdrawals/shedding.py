"""Verbs whose object tells the leaving.

A membership shed or doubted, ties cut, support withdrawn, a signature taken back.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from streams.core.withdrawals.data import Predicate
from streams.core.withdrawals.grammar import child, is_verb, of_what
from streams.core.withdrawals.links import letting_verb
from streams.core.withdrawals.names import COMPANY, NAME, STATE
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.phrases import CALENDAR
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

_SHEDDING = words(
    "turn hand cede forfeit forgo forego shed wind vacate yield drop cancel quit sever dissolve discontinue "
    "withdraw revoke relinquish renounce abandon surrender end terminate give rescind lapse repeal "
    "resign ditch axe waive"
)


_DOUBTING = words(
    "review reconsider rethink question reassess reevaluate re-examine reexamine weigh evaluate reappraise revisit"
)


HELD = words("membership participation adherence affiliation involvement subscription")


_BOUND = words("obligation commitment undertaking seat place")


_RUNNING_OUT = words("expire lapse end cease")


_SIGNED = words("signature declaration ratification acceptance recognition candidacy candidature nomination accession")


_RETRACTING = words(
    "withdraw revoke rescind retract remove take drop cancel pull recall erase strike annul scrap abandon end "
    "renounce repeal"
)


RELATION = words(
    "cord tie link relation association relationship connection cooperation co-operation partnership affiliation "
    "contact bond collaboration dealing"
)


_BREAKING = words(
    "sever cut snap break end terminate dissolve suspend freeze discontinue cease halt stop rupture loosen"
)


_POWERS = words("jurisdiction competence powers authority court tribunal")


def shed_membership(parsed: Parsed, token: Any) -> Trigger | None:
    """Any verb of giving away, with membership as its object; any verb of doubt makes it considered."""
    lemma = token.lemma_.lower()
    if not is_verb(token):
        return None
    held = child(token, "dobj", "nsubjpass") or _running_out(parsed, token, lemma)
    if held is None and lemma == "be":
        held = child(token, "nsubj")
    if held is not None and held.lower_ in ("all", "much", "most", "years", "decades"):
        held = of_what(held)
    if held is None:
        return None
    noun = held.lemma_.lower()
    if noun == "support" and lemma in ("withdraw", "pull", "revoke", "end"):
        return _support(parsed, token, held)
    if noun in _SIGNED and lemma in _RETRACTING and _taken_back(parsed, token, held, lemma):
        return _retracted(parsed, token, held)
    if noun in ("notice", "notification", "letter") and lemma in _UNDOING and _own_paper(parsed, token, held, lemma):
        return Trigger(token.i, int(held.i), Predicate(lemma, "return", ("bare",), words=(noun,)), False, None, "bare")
    bidden = noun in ("bid", "candidacy", "candidature") and held.dep_ == "nsubjpass"
    if bidden and lemma in _RETRACTING and child(held, "poss") is not None:
        predicate = Predicate(lemma, "end", ("direct",), words=("bid",), weak=True)
        return Trigger(token.i, token.i, predicate, False, int(held.i), "held")
    if noun in ("bid", "offer", "tender") and lemma in ("withdraw", "pull", "retract"):
        predicate = Predicate(lemma, "end", ("direct",), words=("bid",), weak=True)
        return Trigger(token.i, token.i, predicate, False, int(held.left_edge.i), "direct")
    if noun in RELATION and lemma in _BREAKING:
        return _relation(parsed, token, held, lemma)
    if noun in _BOUND and lemma in _SHEDDING | _BREAKING:
        return _unbound(parsed, token, held)
    if noun in ("place", "seat", "role") and lemma in _DOUBTING and child(held, "poss") is not None:
        return Trigger(token.i, token.i, Predicate(lemma, "doubt", ("direct",)), False, int(held.left_edge.i), "direct")
    if lemma == "be" and noun in _FUTURE and _in_doubt(parsed, token):
        return Trigger(token.i, token.i, Predicate(lemma, "doubt", ("direct",)), False, int(held.left_edge.i), "held")
    if noun in HELD and lemma in _SHEDDING | _DOUBTING | _RUNNING_OUT | {"come", "run"}:
        return _shed(parsed, token, held)
    return None


_UNDOING = words(
    "cancel revoke rescind withdraw retract tear rip recall annul bin shred scrap take drop undo quash nullify burn"
)
_PARTICLE = {"take": ("back",), "tear": ("up",), "rip": ("up",)}


def _own_paper(parsed: Parsed, token: Any, held: Any, lemma: str) -> bool:
    """As in "tore up its notice", "took back the letter": the step of leaving undone, of what is said before."""
    whose = child(held, "poss", "det")
    around = {w.lower() for w in parsed.words[token.i : held.i + 9]}
    named = whose is not None and (whose.lower_ in ("the", "that", "its", "their", "his", "her"))
    return named and (lemma not in _PARTICLE or bool(around & set(_PARTICLE[lemma])))


def of_another(parsed: Parsed, trigger: Trigger) -> bool:
    """As in "suspended the participation of Ostia": a body shuts out a member, which has done nothing."""
    token = parsed.doc[trigger.token]
    held = child(token, "dobj", "nsubjpass")
    if trigger.noun or held is None or held.lemma_.lower() not in HELD or child(held, "poss") is not None:
        return False
    whose = of_what(held)
    if whose is None:
        return False
    mention = parsed.mentions[whose.i]
    named = mention is not None and mention.type in (STATE, COMPANY, NAME)
    return named or whose.lemma_.lower() in ("country", "nation", "state", "member", "government", "team")


_FUTURE = words("membership participation affiliation place")
_DOUBTS = (
    ("in", "doubt"),
    ("in", "question"),
    ("under", "review"),
    ("at", "stake"),
    ("in", "jeopardy"),
    ("at", "risk"),
)


def _in_doubt(parsed: Parsed, copula: Any) -> bool:
    """As in "its membership of the union is in doubt"."""
    behind = [w.lower() for w in parsed.words[copula.i + 1 : copula.i + 5]]
    return any(pair in _DOUBTS for pair in pairwise(behind))


def _running_out(parsed: Parsed, token: Any, lemma: str) -> Any | None:
    behind = [w.lower() for w in parsed.words[token.i + 1 : token.i + 4]]
    if lemma == "come" and behind in (["to", "an", "end"], ["to", "a", "close"]):
        return child(token, "nsubj")
    ran = lemma == "run" and behind[:1] == ["out"]
    if (
        (lemma not in _RUNNING_OUT and not ran)
        or child(token, "dobj") is not None
        or letting_verb(parsed, token) is not None
    ):
        return None
    return child(token, "nsubj")


def _taken_back(parsed: Parsed, token: Any, held: Any, lemma: str) -> bool:
    """What is taken back is one's own word; who no longer recognises a body leaves nothing, but a court's power."""
    behind = " ".join(parsed.words[held.i : held.i + 9]).lower()  # a name is one of the words
    if held.lemma_.lower() == "recognition" and not any(power in behind for power in _POWERS):
        return False
    return lemma != "take" or bool({"back", "off"} & {w.lower() for w in parsed.words[token.i : token.i + 6]})


def _retracted(parsed: Parsed, token: Any, held: Any) -> Trigger:
    """A signature or ratification taken back: its owner is who leaves, whoever signs the law."""
    noun = held.lemma_.lower()
    frame, form = ("unsign", "unsigning") if noun == "signature" else ("end", "withdrawal")
    predicate = Predicate(token.lemma_.lower(), frame, ("direct",), words=(noun,), form=form, weak=True)
    owner = child(held, "poss")
    named = int(owner.i) if owner is not None and parsed.mentions[owner.i] is not None else None
    return Trigger(token.i, token.i, predicate, False, int(held.left_edge.i), "direct", named)


def _unbound(parsed: Parsed, token: Any, held: Any) -> Trigger | None:
    """As in "suspend all its obligations under the treaty"."""
    form = "suspension" if token.lemma_.lower() in ("suspend", "freeze", "halt", "stop") else "withdrawal"
    predicate = Predicate(token.lemma_.lower(), "leave", ("under",), words=(held.lemma_.lower(),), form=form, weak=True)
    behind = range(held.i + 1, min(held.i + 9, len(parsed.words) - 1))
    under = next((i for i in behind if parsed.words[i].lower() == "under"), None)
    near = next((i for i in behind[:3] if parsed.words[i].lower() in ("to", "in", "towards", "on")), None)
    place = near if under is None else under
    timed = place is not None and (parsed.words[place + 1].isdigit() or parsed.words[place + 1] in CALENDAR)
    whose = child(held, "poss")
    owned = whose is not None and (held.lemma_ in ("seat", "place") or whose.lower_ in ("its", "their"))
    if (place is None or timed) and owned and predicate.lemma != "lose":
        return Trigger(token.i, held.i, predicate, False, None, "bare")  # "gave up its seat in 2012"
    return Trigger(token.i, held.i, predicate, False, place + 1, "under") if place is not None else None


def _shed(parsed: Parsed, token: Any, held: Any) -> Trigger | None:
    """As in "ended its membership", "reviews its participation", "its membership expired"."""
    lemma = token.lemma_.lower()
    owned = child(held, "poss", "prep") is not None or any(parsed.mentions[c.i] is not None for c in held.lefts)
    if not owned:
        return None
    if lemma in _RUNNING_OUT | {"come", "run"} and held.dep_ == "nsubj":
        predicate = Predicate(lemma, "leave", ("direct",), words=(held.lemma_.lower(),), form="non_renewal")
        return Trigger(token.i, token.i, predicate, False, int(held.left_edge.i), "held")
    predicate = Predicate(lemma, "doubt" if lemma in _DOUBTING else "end", ("direct",))
    return Trigger(token.i, token.i, predicate, False, int(held.left_edge.i), "direct")


def _relation(parsed: Parsed, token: Any, held: Any, lemma: str) -> Trigger | None:
    """As in "severed its association with": the partner is what is left."""
    for place in range(held.i + 1, min(held.i + 5, len(parsed.words) - 1)):
        if parsed.words[place].lower() in ("with", "to", "from"):
            form = "suspension" if lemma in ("suspend", "freeze", "halt") else "withdrawal"
            predicate = Predicate(lemma, "leave", ("with",), words=("ties",), form=form, weak=True)
            owner = child(held, "poss") if held.dep_ == "nsubjpass" else None  # "Ostia's ties with the body were cut"
            named = int(owner.i) if owner is not None and parsed.mentions[owner.i] is not None else None
            return Trigger(token.i, held.i, predicate, False, place + 1, "with", named)
    if lemma in ("snap", "sever", "cut", "break") and held.tag_ == "NNS" and child(held, "poss", "amod") is None:
        return Trigger(
            token.i, held.i, Predicate(lemma, "leave", ("bare",), words=("ties",), weak=True), False, None, "bare"
        )
    return None


def _support(parsed: Parsed, token: Any, held: Any) -> Trigger | None:
    """A party that withdraws its support leaves the coalition."""
    if child(held, "poss") is None and child(held, "prep") is None:
        return None
    predicate = Predicate(token.lemma_.lower(), "support", ("from", "bare"), words=("support",), weak=True)
    for place in range(held.i + 1, min(held.i + 4, len(parsed.words) - 1)):
        if parsed.words[place].lower() in ("from", "for", "of"):
            return Trigger(token.i, held.i, predicate, False, place + 1, "from")
    return Trigger(token.i, held.i, predicate, False, None, "bare")
