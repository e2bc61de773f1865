"""How far along an act is: the verb's own form, then each word above it. It must not look at other sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from streams.core.withdrawals.data import Predicate, WithdrawalsData
from streams.core.withdrawals.grammar import auxiliaries, child, children, is_past, is_verb, negated
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.triggers import Trigger, letting_verb
from streams.core.withdrawals.vocabulary import words

RANK = {"considered": 1, "announced": 2, "notified": 3, "effective": 4, "reversed": 5, "denied": 5}
_CONSIDERING = words("may might could should can must ought")
_FUTURE = words("will would shall 'll ’ll wo 'd")
_SAME_PAST = words("quit cut split put shut bid set")
_HYPOTHETICAL = words("if unless should whether until were")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The stage, or None with the reason why the words state no act; `by` is who says so."""

    stage: str | None
    reason: str = ""
    governors: tuple[str, ...] = ()
    by: str | None = None
    hypothetical: bool = False
    certain: bool = True


@dataclass(slots=True)
class _State:
    stage: str | None
    negations: int = 0
    hypothetical: bool = False
    by: str | None = None
    reason: str = ""
    refused: str | None = None


def judge(parsed: Parsed, trigger: Trigger, data: WithdrawalsData) -> Judgement:
    """The stage of one trigger in its sentence."""
    token = parsed.doc[trigger.token]
    state = _own(parsed, token, trigger)
    seen: list[str] = []
    node = token
    effective = _takes_effect(token) if trigger.noun else None
    if effective:
        return Judgement(effective, "", ())
    for _ in range(9):
        parent = _governor(parsed, node)
        if parent is None:
            break
        seen.append(parent.lemma_.lower())
        _apply(parsed, node, parent, state, data)
        node = parent
    if state.stage is None and not state.reason:
        state.stage = "announced" if trigger.noun is False else None
        if trigger.noun:
            state.stage = "announced"
    return _final(state, trigger, seen, parsed)


def _at_once(parsed: Parsed) -> bool:
    said = " ".join(parsed.words).lower()
    return "with immediate effect" in said or "effective immediately" in said or "with effect from today" in said


def _takes_effect(token: Any) -> str | None:
    """ "whose withdrawal took effect in May", "the withdrawal became final"."""
    verb = token.head
    if token.dep_ not in ("nsubj", "nsubjpass") or verb.lemma_.lower() not in ("take", "become", "come", "enter", "be"):
        return None
    if not any(
        c.lower_ in ("effect", "effective", "force", "final", "complete", "official")
        for c in verb.subtree
        if 0 < c.i - verb.i < 5
    ):
        return None
    told = _told(verb)
    return "effective" if told == "effective" else "announced"


def _final(state: _State, trigger: Trigger, seen: list[str], parsed: Parsed) -> Judgement:
    stage, frame = state.stage, trigger.predicate.frame
    negative = state.negations % 2 == 1
    if state.reason:
        return Judgement(None, state.reason, tuple(seen))
    if frame == "refuse":
        if not negative:
            return Judgement(None, "renewed", tuple(seen))
        negative, stage = False, state.refused or stage
    if state.hypothetical:
        return Judgement(None, "hypothetical", tuple(seen))
    if stage in ("announced", "notified") and not negative and _at_once(parsed):
        stage = "effective"
    if negative:
        if stage == "effective":
            return Judgement(None, "negated", tuple(seen))
        if frame == "return":
            return Judgement(None, "negated", tuple(seen))
        stage = "denied" if frame not in ("stay", "unsign") else "announced"
        if frame == "unsign" and any(g in ("tell", "notify", "inform") for g in seen):
            stage = "notified"
    return Judgement(stage, "", tuple(seen), state.by, state.hypothetical)


def _own(parsed: Parsed, token: Any, trigger: Trigger) -> _State:
    verb = token
    if parsed.words[0] in ("Were", "Should", "Had") and trigger.token > 1 and "?" not in parsed.words[-1]:
        return _State(None, reason="hypothetical")
    if trigger.predicate.frame == "expire":
        letting = letting_verb(parsed, token)
        told = _told(letting) if letting is not None else None
        return _State(
            told or ("effective" if is_past(verb) else "announced"),
            negations=int(letting is not None and negated(letting)),
        )
    if trigger.predicate.lemma == "be" and trigger.predicate.words == ("out",):
        return _State("effective" if not auxiliaries(verb) & (_FUTURE | _CONSIDERING) else "announced")
    if trigger.predicate.frame == "doubt":
        return _State("considered", negations=int(negated(verb)))
    if trigger.predicate.frame == "notice":
        told = _own_plain(parsed, token)
        if told.stage == "effective":
            told.stage = "notified"
        return told
    if trigger.predicate.frame == "nonmember":
        return _own_ceased(parsed, token)
    if trigger.noun or not is_verb(token):
        if parsed.read.sentence.field == "headline" and not trigger.noun:
            return _State("announced")
        return _State(None)
    aux = auxiliaries(verb)
    state = _State(None)
    if trigger.predicate.frame == "return" and verb.dep_ == "pcomp" and verb.head.lower_ in ("after", "since"):
        return _State(None, reason="no_prior_step")
    ranked = _first_to(verb)
    if ranked:
        return _State(ranked)
    if negated(verb):
        state.negations += 1
    if aux & _CONSIDERING:
        state.stage = "considered"
        if verb.dep_ != "conj" and "have" in aux and aux & {"should", "could", "might"}:
            state.reason = "counterfactual"
    elif aux & _FUTURE:
        state.stage = "considered" if _on_condition(verb, aux) else "announced"
    elif aux & {"has", "have", "had", "'ve", "’ve", "having", "'s", "’s"} and verb.tag_ in ("VBN", "VBD"):
        state.stage = "effective"
    elif (
        verb.lower_ in _SAME_PAST
        and not aux
        and verb.tag_ in ("VB", "VBP", "VBD", "VBN")
        and parsed.read.sentence.field == "text"
    ):
        state.stage = "effective"
    elif aux & {"did"}:
        state.stage = "effective"
    elif is_past(verb):
        state.stage = "effective"
    elif verb.tag_ in ("VBN",) and aux & {"was", "were"}:
        state.stage = "effective"
    elif verb.tag_ == "VBN" and verb.dep_ == "acl":
        state.stage = "effective"
    elif (
        trigger.predicate.frame == "stay"
        and (verb.tag_ in ("VBZ", "VBP") or is_past(verb))
        and parsed.read.sentence.field == "text"
    ):
        state.reason = "no_prior_step"
    elif verb.tag_ in ("VBZ", "VBP"):
        state.stage = "announced"
    elif verb.tag_ == "VBG" and aux & {"is", "are", "was", "were", "be", "'s", "’s", "been", "'re", "’re", "am", "'m"}:
        state.stage = "announced"
    elif verb.tag_ == "VB" and "to" in aux and (aux & {"is", "are", "was", "were"}):
        state.stage = "announced"
    elif parsed.read.sentence.field == "headline" and "to" in aux and verb.dep_ in ("ROOT", "relcl", "acl", "xcomp"):
        state.stage = "announced"
    if verb.tag_ == "VB" and "to" in aux and verb.dep_ in ("xcomp",) and verb.head.lemma_ == "be":
        state.stage = "announced"
    if verb.dep_ == "conj" and state.stage is None and verb.tag_ in ("VB", "VBG", "VBN"):
        _inherit(verb, state)
    if any(c.lower_ in _HYPOTHETICAL for c in children(verb, "mark")):
        _conditional(verb, state)
    return state


def _on_condition(verb: Any, aux: set[str]) -> bool:
    """ "would leave if they won", "will leave unless …": a threat or a pledge, no decision."""
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


_RANKED = words("first second third fourth fifth sixth only last latest next")


def _first_to(verb: Any) -> str | None:
    """ "was the first country to quit": as real as the copula's tense."""
    if (
        verb.tag_ != "VB"
        or "to" not in auxiliaries(verb)
        or verb.dep_ not in ("acl", "relcl", "xcomp", "advcl", "ccomp")
    ):
        return None
    head = verb.head
    ranked = (
        head.lower_ in _RANKED
        or any(c.lower_ in _RANKED for c in head.lefts)
        or (head.lemma_ == "be" and any(c.lower_ in _RANKED for c in head.children))
    )
    if not ranked:
        return None
    copula = head if head.lemma_ in ("be", "become") else head.head
    if copula.lemma_ not in ("be", "become") or auxiliaries(copula) & (_FUTURE | _CONSIDERING):
        return None
    return "effective" if is_past(copula) or auxiliaries(copula) & {"has", "have", "had"} else None


def _inherit(verb: Any, state: _State) -> None:
    """A second verb shares the auxiliaries of the first."""
    aux = auxiliaries(verb.head)
    if aux & _CONSIDERING:
        state.stage = "considered"
    elif aux & _FUTURE:
        state.stage = "announced"
    elif aux & {"has", "have", "had"}:
        state.stage = "effective"
    if negated(verb.head) and not any(c.lower_ == "but" for c in verb.head.children):
        state.negations += 1


def _own_plain(parsed: Parsed, token: Any) -> _State:
    return _own(parsed, token, Trigger(token.i, token.i, Predicate("", "leave", ()), False, None, "bare"))


def _own_ceased(parsed: Parsed, token: Any) -> _State:
    """The copula or "cease" above the member noun gives the time."""
    verb = token
    while verb.head.i != verb.i and not (
        is_verb(verb) and (auxiliaries(verb) or verb.tag_ in ("VBD", "VBZ", "VBP", "VBN"))
    ):
        verb = verb.head
    if verb.lemma_ == "be" and "to" in auxiliaries(verb) and verb.head.lemma_.lower() in ("cease", "stop"):
        verb = verb.head
    aux = auxiliaries(verb)
    state = _State("effective")
    if aux & _FUTURE or "to" in aux:
        state.stage = "announced"
    elif aux & _CONSIDERING:
        state.stage = "considered"
    elif verb.tag_ in ("VBG", "VB"):
        state.stage = None if verb.tag_ == "VB" else "announced"
    if any(c.lower_ in _HYPOTHETICAL for c in children(verb, "mark")):
        state.hypothetical = True
    return state


def _conditional(verb: Any, state: _State) -> None:
    marks = {c.lower_ for c in children(verb, "mark")}
    if "whether" in marks or verb.dep_ == "ccomp":
        state.stage = "considered"
        return
    if verb.dep_ == "advcl" and marks & {"if", "unless", "should", "until"}:
        state.reason = "hypothetical"


def _governor(parsed: Parsed, node: Any) -> Any | None:
    """The word above that says what becomes of the act; None at the top or where the link says nothing."""
    if node.head.i == node.i:
        return None
    dep = node.dep_
    if dep in ("relcl", "appos", "nsubj", "parataxis") and is_verb(node):
        return None
    if dep == "advcl":
        return node.head if _purpose(node) else None
    if dep == "conj":
        return _shared(node)
    if dep in ("pobj", "pcomp"):
        head = node.head
        if head.dep_ in ("prep", "agent", "dative") and head.head.i != head.i:
            if (
                head.lower_
                in (
                    "after",
                    "before",
                    "since",
                    "following",
                    "during",
                    "despite",
                    "because",
                    "with",
                    "without",
                    "by",
                    "in",
                    "at",
                    "under",
                )
                and is_verb(head.head)
                and head.lower_ not in ("with",)
            ):
                if head.lower_ == "before":
                    return None
                return None
            return head.head
        return head.head if head.head.i != head.i else None
    return node.head


def _purpose(node: Any) -> bool:
    return (
        node.tag_ == "VB"
        and "to" in auxiliaries(node)
        and node.head.lemma_.lower()
        in (
            "vote",
            "move",
            "decide",
            "agree",
            "act",
            "prepare",
            "sign",
            "order",
            "plan",
            "threaten",
            "poise",
            "set",
            "use",
            "pass",
            "adopt",
            "act",
            "gear",
            "work",
            "begin",
            "seek",
        )
    )


def _shared(node: Any) -> Any | None:
    """The governor that a coordinated word shares with the first."""
    first = node.head
    while first.dep_ == "conj":
        first = first.head
    if is_verb(node) and is_verb(first):
        if auxiliaries(node) or node.tag_ in ("VBD", "VBZ", "VBP") or child(node, "nsubj", "nsubjpass") is not None:
            if first.dep_ in ("ccomp",) and first.head.i != first.i:
                return first.head
            return None
    return first.head if first.head.i != first.i else None


def _apply(parsed: Parsed, node: Any, parent: Any, state: _State, data: WithdrawalsData) -> None:
    lemma = parent.lemma_.lower()
    group = data.governors.get(lemma) or data.governors.get(parent.lower_) or ""
    if lemma in (
        "say",
        "tell",
        "announce",
        "declare",
        "write",
        "report",
        "warn",
        "argue",
        "claim",
        "insist",
        "add",
    ) and is_verb(parent):
        subject = child(parent, "nsubj")
        if subject is not None and state.by is None:
            state.by = " ".join(parsed.words[subject.left_edge.i : subject.right_edge.i + 1])[:120]
    _negate(parsed, node, parent, state, lemma)
    if (
        lemma in ("if", "unless")
        or any(c.lower_ in ("if", "unless") for c in children(parent, "mark"))
        and is_verb(parent)
        and parent.dep_ == "advcl"
    ):
        state.hypothetical = True
    if group == "deny" or lemma in ("refuse", "decline", "fail") or _ruled_out(parent, lemma):
        state.negations += 1
        if lemma in ("refuse", "decline", "fail"):
            state.refused = _told(parent)
        state.stage = state.stage if state.stage and state.stage != "effective" else "announced"
        return
    if group == "complete":
        state.stage = (
            "effective" if _told(parent) == "effective" or not is_verb(parent) else _told(parent) or state.stage
        )
        return
    if (
        state.stage == "considered"
        and lemma in ("decide", "vote", "agree", "resolve", "order", "decision")
        and not state.hypothetical
        and _told(parent) == "effective"
    ):
        state.stage = "announced"
        return
    if state.stage in ("considered",) and group != "reverse":
        return
    if (
        lemma in ("end", "lift", "drop", "abandon", "break")
        and is_verb(parent)
        and node.lemma_.lower() in ("boycott", "suspension", "freeze", "walkout", "moratorium")
        and node.dep_ == "dobj"
    ):
        state.stage = "reversed"
        return
    undone = _undoes(parsed, node, parent, lemma)
    if undone:
        state.stage = undone
        return
    if group == "reverse" and _reverses(node, parent, lemma):
        told = _told(parent)
        state.stage = "reversed" if told == "effective" else "considered" if told == "considered" else "reversed"
        return
    if (
        lemma == "tell"
        and state.stage == "effective"
        and node.lemma_ != "leave"
        and _tells_formally(parsed, parent)
        and node.tag_ in ("VBZ", "VBP", "NN")
    ):
        state.stage = "notified"
        return
    if state.stage == "effective" and group in ("announce", "notify", "ignore", ""):
        return
    if group == "consider":
        if is_verb(parent) or parent.pos_ in ("NOUN", "ADJ", "AUX") or parent.lower_ in _CONSIDERING:
            if not (
                lemma in ("call", "want", "seek", "look", "move", "press", "argue", "think")
                and state.stage in ("announced", "notified", "effective")
            ):
                state.stage = "considered"
        return
    if lemma == "tell" and _tells_formally(parsed, parent):
        group = "notify"
    if lemma == "instrument" and parent.dep_ in ("nsubjpass", "dobj", "nsubj"):
        state.stage = "notified"
        return
    if group == "notify" and _notifies(parsed, parent, lemma):
        told = _told(parent) if is_verb(parent) else "effective"
        if told == "effective":
            state.stage = "notified"
        elif told in ("announced", "considered") and state.stage is None:
            state.stage = told
        return
    if (
        lemma in ("force", "oblige", "compel", "cause", "prompt", "drive", "lead")
        and is_verb(parent)
        and state.stage is None
        and _told(parent) == "effective"
    ):
        state.stage = "effective"
        return
    if group == "announce" or group == "notify":
        told = _told(parent) if is_verb(parent) else None
        if told == "considered":
            state.stage = "considered"
        elif state.stage is None:
            state.stage = "announced"


_THREATS = words("threat idea call talk suggestion demand proposal ultimatum bid")
_STEPS_TAKEN = words("decision plan notice intention move vow promise withdrawal letter announcement vote")


def _undoes(parsed: Parsed, node: Any, parent: Any, lemma: str) -> str | None:
    """ "dropped its threat to", "went back on its decision to", "backed away from plans to"."""
    if not is_verb(parent) or node.lemma_.lower() not in _THREATS | _STEPS_TAKEN:
        return None
    behind = [w.lower() for w in parsed.words[parent.i + 1 : parent.i + 4]]
    dropped = lemma in (
        "drop",
        "scrap",
        "abandon",
        "withdraw",
        "shelve",
        "retract",
        "rescind",
        "revoke",
        "reverse",
        "cancel",
        "overturn",
        "rethink",
        "ditch",
        "bury",
        "annul",
    ) and node.dep_ in ("dobj", "nsubjpass")
    back = (
        lemma in ("go", "back", "walk", "take", "turn", "row", "step", "pull")
        and any(w in ("back", "down", "away") for w in behind)
    ) or lemma in ("renege", "backtrack", "retreat")
    if not (dropped or back):
        return None
    if _told(parent) == "considered":
        return "considered"
    return "denied" if node.lemma_.lower() in _THREATS else "reversed"


def _told(verb: Any) -> str | None:
    """The time of a governing verb."""
    if not is_verb(verb):
        return None
    aux = auxiliaries(verb)
    if aux & _CONSIDERING:
        return "considered"
    if aux & _FUTURE or ("to" in aux and verb.tag_ == "VB"):
        return "announced"
    if is_past(verb) or verb.tag_ == "VBN":
        return "effective"
    return "announced"


def _negate(parsed: Parsed, node: Any, parent: Any, state: _State, lemma: str) -> None:
    if negated(parent) and is_verb(parent):
        if lemma in ("say", "tell", "know", "announce", "make") and node.dep_ == "ccomp":
            state.reason = state.reason or "unstated"
            return
        state.negations += 1
        if state.stage is None:
            state.stage = "announced"
        return
    determiner = child(parent, "det")
    if determiner is not None and determiner.lower_ in ("no", "neither"):
        state.negations += 1
        if state.stage is None:
            state.stage = "announced"


def _ruled_out(parent: Any, lemma: str) -> bool:
    return lemma == "rule" and any(c.lower_ == "out" for c in parent.children)


def _reverses(node: Any, parent: Any, lemma: str) -> bool:
    return node.dep_ in ("dobj", "nsubjpass", "pobj") or (node.dep_ in ("acl", "xcomp") and lemma in ("reverse",))


def _tells_formally(parsed: Parsed, parent: Any) -> bool:
    if any(c.lower_ in ("formally", "officially") for c in parent.children):
        return True
    told = child(parent, "dobj", "dative")
    return told is not None and parsed.words[told.i].lower() in (
        "united nations",
        "u.n.",
        "un",
        "depositary",
        "secretary-general",
        "secretariat",
    )


def _notifies(parsed: Parsed, parent: Any, lemma: str) -> bool:
    if lemma in ("notify", "notification", "notice", "instrument", "deposit", "lodge"):
        return True
    if lemma in ("letter", "note"):
        return parent.dep_ != "nsubj" or True
    around = " ".join(parsed.words).lower()
    return any(
        w in around
        for w in ("formal", "notice", "letter", "instrument", "secretary-general", "depositary", "document", "papers")
    )
