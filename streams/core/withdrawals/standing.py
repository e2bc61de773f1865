"""What the verb of leaving says of its own stage by tense, auxiliaries and negation. It must not look above itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from streams.core.records import Stage
from streams.core.withdrawals.ceasing import DENYING
from streams.core.withdrawals.data import Predicate
from streams.core.withdrawals.deeds import accompanies_a_deed, first_to, was_a_deed
from streams.core.withdrawals.grammar import auxiliaries, children, is_past, is_verb, negated
from streams.core.withdrawals.links import letting_verb
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.tenses import CONSIDERING, FUTURE, told_of
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

_SAME_PAST = words("quit cut split put shut bid set")


_HYPOTHETICAL = words("if unless should whether until were")


@dataclass(slots=True)
class Verdict:
    stage: Stage | None
    negations: int = 0
    hypothetical: bool = False
    by: str | None = None
    reason: str = ""
    refused: Stage | None = None
    settled: bool = False
    at_once: bool = False


def own_state(parsed: Parsed, token: Any, trigger: Trigger) -> Verdict:
    """The verdict before any word above is asked."""
    verb = token
    special = _of_frame(parsed, token, trigger)
    if special is not None:
        return special
    aux = auxiliaries(verb)
    state = Verdict(None)
    if trigger.predicate.frame == "return" and verb.dep_ == "pcomp" and verb.head.lower_ in ("after", "since"):
        return Verdict(None, reason="no_prior_step")
    if verb.tag_ == "VBG" and verb.dep_ == "pcomp" and verb.head.lower_ in ("after", "since", "following"):
        return Verdict("effective")
    if accompanies_a_deed(verb.head if verb.dep_ == "conj" and verb.tag_ == "VBG" else verb):
        return Verdict("effective")
    ranked = first_to(verb)
    if ranked:
        return Verdict(ranked)
    if trigger.predicate.frame in ("leave", "end", "suspend") and _no_longer(verb):
        return Verdict("reversed")
    if negated(verb) or _neither(verb):
        state.negations += 1
    _by_tense(parsed, verb, trigger, state)
    if verb.tag_ == "VB" and "to" in aux and verb.dep_ == "xcomp" and verb.head.lemma_ == "be":
        state.stage = "effective" if was_a_deed(verb.head) else "announced"
    if verb.dep_ == "conj" and state.stage is None and verb.tag_ in ("VB", "VBG", "VBN"):
        _inherit(verb, state)
    if any(c.lower_ in _HYPOTHETICAL for c in children(verb, "mark")):
        _conditional(verb, state)
    return state


def _neither(verb: Any) -> bool:
    """As in "neither Ostia nor Norland will leave", "neither country has left"."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    return subject is not None and "neither" in {subject.lower_, *(c.lower_ for c in subject.lefts)}


def _no_longer(verb: Any) -> bool:
    """As in "is no longer leaving": a step taken back."""
    return any(c.lower_ == "longer" and any(g.lower_ == "no" for g in c.lefts) for c in verb.children)


def _of_frame(parsed: Parsed, verb: Any, trigger: Trigger) -> Verdict | None:
    """Frames whose stage is not their verb's tense."""
    if parsed.words[0] in ("Were", "Should", "Had") and trigger.token > 1 and "?" not in parsed.words[-1]:
        return Verdict(None, reason="hypothetical")
    if trigger.predicate.frame == "expire":
        letting = letting_verb(parsed, verb)
        told = told_of(letting) if letting is not None else None
        plain = letting is not None and letting.lower_ == "let" and not auxiliaries(letting)
        if plain and parsed.read.sentence.field == "text":  # the parser cannot tell "let" from "let"
            told = "effective"
        return Verdict(
            told or ("effective" if is_past(verb) else "announced"),
            negations=int(letting is not None and negated(letting)),
        )
    if trigger.predicate.lemma == "be" and trigger.predicate.words == ("out",):
        aux = auxiliaries(verb)
        due = aux & (FUTURE | CONSIDERING) or ("to" in aux and "have" not in aux)
        return Verdict("announced" if due else "effective")
    if trigger.predicate.frame == "follow" and trigger.noun and verb.dep_ == "dobj" and is_verb(verb.head):
        denied = verb.head.lemma_.lower() in DENYING and trigger.predicate.lemma == "similar"
        return Verdict("denied" if denied else told_of(verb.head))
    worded = _of_word(verb, trigger.predicate)
    if worded is not None:
        return worded
    if trigger.predicate.frame == "doubt":
        return Verdict("considered", negations=int(negated(verb)))
    if trigger.predicate.frame == "notice":
        plain = _own_plain(parsed, verb)
        if plain.stage == "effective" or (plain.stage == "announced" and headlined(parsed, verb)):
            plain.stage = "notified"
        return plain
    if trigger.predicate.frame == "nonmember":
        return _own_ceased(verb)
    if trigger.noun or not is_verb(verb):
        if parsed.read.sentence.field == "headline" and not trigger.noun:
            return Verdict("announced")
        return Verdict(None)
    return None


def _of_word(verb: Any, predicate: Predicate) -> Verdict | None:
    """Verbs that tell a step, not the deed: troops "ordered home", a country "voted out of" the bloc."""
    if predicate.words == ("such",):
        return Verdict("announced", negations=1)
    if predicate.rule == "receive+notice:leave":
        return Verdict("notified")
    ordered = predicate.words == ("troops",) and predicate.lemma in ("order", "summon")
    return Verdict("announced") if (ordered or predicate.lemma == "vote") and told_of(verb) == "effective" else None


def headlined(parsed: Parsed, verb: Any) -> bool:
    """A finite present in a headline: "hands in notice", "FCA walks away"."""
    before = parsed.words[verb.i - 1].lower() if verb.i else ""
    plain = verb.tag_ in ("VBZ", "VBP", "VB", "NNS", "NN", "NNP", "NNPS") and before not in (
        "to",
        "will",
        "may",
        "would",
    )
    return parsed.read.sentence.field == "headline" and plain and not auxiliaries(verb)


def _by_tense(parsed: Parsed, verb: Any, trigger: Trigger, state: Verdict) -> None:
    """Stage by auxiliaries and tense."""
    aux = auxiliaries(verb)
    if aux & CONSIDERING:
        state.stage = "considered"
        if verb.dep_ != "conj" and "have" in aux and aux & {"should", "could", "might"}:
            state.reason = "counterfactual"
    elif aux & FUTURE:
        state.stage = "considered" if _on_condition(verb) else "announced"
    elif (
        (aux & {"has", "have", "had", "'ve", "’ve", "having", "'s", "’s"} and verb.tag_ in ("VBN", "VBD"))
        or (
            verb.lower_ in _SAME_PAST
            and not aux
            and verb.tag_ in ("VB", "VBP", "VBD", "VBN")
            and parsed.read.sentence.field == "text"
        )
        or aux & {"did"}
        or is_past(verb)
        or (verb.tag_ == "VBN" and aux & {"was", "were"} and "being" not in aux)
        or (verb.tag_ == "VBN" and verb.dep_ == "acl")
        or (verb.tag_ == "VBN" and verb.i and verb.doc[verb.i - 1].lower_ in ("has", "have", "had"))
    ):
        state.stage = "effective"
    elif (
        trigger.predicate.frame == "stay"
        and (verb.tag_ in ("VBZ", "VBP") or is_past(verb))
        and parsed.read.sentence.field == "text"
    ):
        state.reason = "no_prior_step"
    elif (
        verb.tag_ in ("VBZ", "VBP")
        or (
            verb.tag_ == "VBG"
            and aux & {"is", "are", "was", "were", "be", "'s", "’s", "been", "'re", "’re", "am", "'m"}
        )
        or "being" in aux
        or (verb.tag_ == "VB" and "to" in aux and (aux & {"is", "are", "was", "were"}))
        or (parsed.read.sentence.field == "headline" and "to" in aux and verb.dep_ in ("ROOT", "relcl", "acl", "xcomp"))
    ):
        state.stage = "announced"


def _on_condition(verb: Any) -> bool:
    """As in "would leave if they won", "will leave unless …": a threat or a pledge, no decision."""
    if negated(verb):
        return False
    node = verb
    for _ in range(3):
        for clause in children(node, "advcl"):
            marks = {c.lower_ for c in children(clause, "mark")}
            if marks & {"if", "unless"} and not any(c.lower_ == "even" for c in clause.children):
                return True
        if node.dep_ not in ("ccomp", "conj") or node.head.i == node.i:
            return False
        node = node.head
    return False


_INSTEAD = words("thus so therefore instead hence")


def _inherit(verb: Any, state: Verdict) -> None:
    """A second verb shares the auxiliaries of the first."""
    aux = auxiliaries(verb.head)
    if aux & CONSIDERING:
        state.stage = "considered"
    elif aux & FUTURE:
        state.stage = "announced"
    elif aux & {"has", "have", "had"}:
        state.stage = "effective"
    apart = any(c.lower_ in _INSTEAD for c in verb.children) or any(c.lower_ == "but" for c in verb.head.children)
    if negated(verb.head) and not apart:  # "did not sign and thus leave"
        state.negations += 1


def _own_plain(parsed: Parsed, token: Any) -> Verdict:
    return own_state(parsed, token, Trigger(token.i, token.i, Predicate("", "leave", ()), False, None, "bare"))


def _own_ceased(token: Any) -> Verdict:
    """The copula or "cease" above the member noun gives the time."""
    verb = token
    while verb.head.i != verb.i and not (
        is_verb(verb) and (auxiliaries(verb) or verb.tag_ in ("VBD", "VBZ", "VBP", "VBN"))
    ):
        verb = verb.head
    if "to" in auxiliaries(verb) and verb.head.lemma_.lower() in ("cease", "stop"):
        verb = verb.head
    aux = auxiliaries(verb)
    state = Verdict("effective")
    if aux & FUTURE or "to" in aux:
        state.stage = "announced"
    elif aux & CONSIDERING:
        state.stage = "considered"
    elif verb.tag_ in ("VBG", "VB"):
        state.stage = None if verb.tag_ == "VB" else "announced"
    if any(c.lower_ in _HYPOTHETICAL for c in children(verb, "mark")):
        state.hypothetical = True
    return state


def _conditional(verb: Any, state: Verdict) -> None:
    marks = {c.lower_ for c in children(verb, "mark")}
    if "whether" in marks or verb.dep_ == "ccomp":
        state.stage = "considered"
        return
    if "until" in marks and verb.tag_ == "VBD":
        return  # "was a member until it left"
    if verb.dep_ == "advcl" and marks & {"if", "unless", "should", "until"}:
        state.reason = "hypothetical"
