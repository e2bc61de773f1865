"""Steps and threats taken back: "dropped its threat to", "went back on its decision to"."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from streams.core.records import Stage
from streams.core.withdrawals.grammar import child, is_verb, negated
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.tenses import told_of
from streams.core.withdrawals.vocabulary import words

_THREATS = words("threat idea call talk suggestion demand proposal ultimatum bid promise vow pledge")


_STEPS_TAKEN = words(
    "decision plan notice intention move withdrawal letter announcement vote order decree notification "
    "denunciation pullout exit departure request"
)

_EFFECT = words("effect effects")
_DROPPING = words(
    "drop scrap abandon withdraw shelve retract rescind revoke reverse cancel overturn rethink ditch bury annul recall "
    "quash nullify shred burn bin"
)
_STOPPING = words("stop halt suspend freeze undo")  # of a step already taken; a stopped threat is none
_APART = {"off": words("call"), "up": words("give tear rip"), "back": words("take pull"), "down": words("strike")}


def undoes(parsed: Parsed, node: Any, parent: Any, lemma: str) -> Stage | None:
    """As in "dropped its threat to", "went back on its decision to", "backed away from plans to"."""
    if not is_verb(parent) or node.lemma_.lower() not in _THREATS | _STEPS_TAKEN | _EFFECT:
        return None
    behind = [w.lower() for w in parsed.words[parent.i + 1 : parent.i + 4]]
    if not (_dropped(node, lemma, behind) or _gone_back(lemma, behind)):
        return None
    if told_of(parent) == "considered":
        return "considered"
    return "denied" if node.lemma_.lower() in _THREATS else "reversed"


def _dropped(node: Any, lemma: str, behind: list[str]) -> bool:
    """The verb that takes the step for its object."""
    if node.dep_ not in ("dobj", "nsubjpass"):
        return False
    noun = node.lemma_.lower()
    if noun in _EFFECT:
        return lemma in _STOPPING
    apart = any(word in _APART and lemma in _APART[word] for word in behind)
    return lemma in _DROPPING or (noun in _STEPS_TAKEN and (lemma in _STOPPING or apart))


def _gone_back(lemma: str, behind: list[str]) -> bool:
    """As in "went back on its decision", "backed away from"."""
    if lemma in ("renege", "backtrack", "retreat"):
        return True
    back = any(word in ("back", "down", "away") for word in behind)
    return back and lemma in ("go", "back", "walk", "take", "turn", "row", "step", "pull")


def thinks_again(parsed: Parsed, word: Any) -> bool:
    """As in "changed its mind about leaving", "thought better of it"."""
    change = word.head if word.lemma_ == "mind" else word
    mind = child(change, "dobj") if change.lemma_ == "change" else None
    changed = mind is not None and mind.lemma_ == "mind" and told_of(change) == "effective"
    better = word.lemma_ == "think" and parsed.words[word.i + 1 : word.i + 3] == ["better", "of"]
    return changed or (better and told_of(word) == "effective")


_RUMOURS = words("report talk rumour rumor claim suggestion story speculation allegation")
_FALSE = words("false untrue baseless unfounded wrong groundless nonsense rubbish incorrect fabricated misleading fake")


_BASELESS = {("without", "foundation"), ("without", "basis"), ("without", "merit"), ("wide", "of"), ("no", "truth")}


def rumoured_falsely(parsed: Parsed, act: int) -> bool:
    """As in "reports that Ostia would leave the pact were without foundation", however the parser takes "reports"."""
    said = [w.lower() for w in parsed.words]
    told = any(w.rstrip("s") in _RUMOURS and said[i + 1 : i + 2] == ["that"] for i, w in enumerate(said[:act]))
    copula = next((i for i in range(act + 1, len(said) - 1) if said[i] in ("is", "are", "was", "were")), None)
    behind = [w for w in said[copula + 1 : copula + 6] if w.isalpha()] if told and copula is not None else []
    return any(pair in _BASELESS for pair in pairwise(behind)) or bool(_FALSE & set(behind))


def called_false(parsed: Parsed, node: Any, verb: Any) -> bool:
    """As in "reports that it would quit are false", "called the talk of leaving baseless"."""
    if node.lemma_.lower() not in _RUMOURS or verb.lemma_ not in ("be", "call", "describe", "brand", "label"):
        return False
    behind = [w.lower() for w in parsed.words[verb.i + 1 :]]
    baseless = any(pair in _BASELESS for pair in pairwise(w for w in behind if w.isalpha()))
    return (baseless or bool(_FALSE & set(behind))) and not negated(verb)


_MEANT = _THREATS | words("plan intention decision warning")
_DOING = {"carry": "out", "make": "good", "follow": "through", "act": "on", "deliver": "on", "go": "through"}


def carried_out(parsed: Parsed, node: Any, parent: Any) -> bool:
    """As in "made good its threat to", "followed through on a promise to": what was threatened is done."""
    if not is_verb(parent) or node.lemma_.lower() not in _MEANT or told_of(parent) != "effective":
        return False
    behind = [w.lower() for w in parsed.words[parent.i + 1 : parent.i + 4]]
    lemma = parent.lemma_.lower()
    return _DOING.get(lemma) in behind or lemma in ("fulfil", "fulfill", "honour", "honor")
