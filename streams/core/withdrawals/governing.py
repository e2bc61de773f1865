"""What each word above the act makes of its stage: decided, denied, threatened, undone.

Words come from governors.toml.
"""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.data import WithdrawalsData
from streams.core.withdrawals.grammar import child, children, is_verb, negated
from streams.core.withdrawals.notifying import NOTICES, SAYING, formally, notifies, tells_formally
from streams.core.withdrawals.papers import DRAFTS, PAPERS, paper_stage
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.standing import Verdict
from streams.core.withdrawals.tenses import CONSIDERING, told_of
from streams.core.withdrawals.undoing import called_false, carried_out, thinks_again, undoes
from streams.core.withdrawals.vocabulary import words


def apply_governor(parsed: Parsed, node: Any, parent: Any, state: Verdict, data: WithdrawalsData) -> None:
    """Change the verdict by one word above the act."""
    lemma = parent.lemma_.lower()
    group = data.governors.get(lemma) or data.governors.get(parent.lower_) or ""
    if lemma in SAYING and is_verb(parent):
        subject = child(parent, "nsubj")
        if subject is not None and state.by is None:
            state.by = parsed.said(subject.left_edge.i, subject.right_edge.i)[:120]
    _negate(node, parent, state, lemma)
    if _decided_against(node, lemma):
        state.negations += 1
        state.stage = "announced"
        return
    if state.settled and not is_verb(parent):
        return
    if lemma in DRAFTS and not is_verb(parent) and node.dep_ in ("relcl", "acl", "xcomp", "advcl", "ccomp"):
        fate = paper_stage(parent)
        state.stage = fate if state.stage != "considered" or fate == "denied" else "considered"
        state.settled = True
        return
    if lemma in ("if", "unless") or (
        any(c.lower_ in ("if", "unless") for c in children(parent, "mark"))
        and is_verb(parent)
        and parent.dep_ == "advcl"
    ):
        state.hypothetical = True
    if carried_out(parsed, node, parent):
        state.stage = told_of(parent)
        state.settled = True
        return
    if lemma == "vote" and node.dep_ in ("pobj", "pcomp") and node.head.lower_ in ("on", "about", "over"):
        state.stage = "considered"
        return
    undone = undoes(parsed, node, parent, lemma)
    if undone:
        state.stage = undone
        return
    if _settles(parsed, node, parent, state, lemma, group) or _turns(parsed, node, parent, state, data):
        return
    _advances(parsed, node, parent, state, lemma, group)


_WEIGHING = words("study review report inquiry examination debate discussion consultation assessment")


def _settles(  # noqa: PLR0917 - the word, what stands under it, and what it is
    parsed: Parsed, node: Any, parent: Any, state: Verdict, lemma: str, group: str
) -> bool:
    """Denied, completed, or decided after all: nothing more to ask of this word."""
    if (_ruled_out(parent, lemma) or lemma == "exclude") and negated(parent):
        state.negations -= 1  # "does not rule out leaving" leaves it open
        state.stage = "considered"
        return True
    if lemma in ("refuse", "decline") and (_ruled_out(node, node.lemma_.lower()) or node.lemma_.lower() == "exclude"):
        state.negations -= 1
        state.stage = "considered"
        return True
    if called_false(parsed, node, parent):
        state.negations += 1
        state.stage = "announced"
        return True
    if lemma == "stop" and "short" in parsed.words[parent.i + 1 : parent.i + 3]:
        state.reason = "negated"
        return True
    if group == "deny" or lemma in ("refuse", "decline", "fail") or _ruled_out(parent, lemma):
        state.negations += 1
        if lemma in ("refuse", "decline", "fail"):
            state.refused = told_of(parent)
        state.stage = state.stage if state.stage and state.stage != "effective" else "announced"
        return True
    if group == "complete":
        state.stage = (
            "effective" if told_of(parent) == "effective" or not is_verb(parent) else told_of(parent) or state.stage
        )
        return True
    if (
        state.stage == "considered"
        and lemma in ("decide", "vote", "agree", "resolve", "order", "decision")
        and node.lemma_.lower() not in _WEIGHING
        and not state.hypothetical
        and told_of(parent) == "effective"
    ):
        state.stage = "announced"
        return True
    return state.stage == "considered" and group != "reverse"


def _turns(parsed: Parsed, node: Any, parent: Any, state: Verdict, data: WithdrawalsData) -> bool:
    """Undone, reversed, or told formally."""
    lemma = parent.lemma_.lower()
    group = data.governors.get(lemma) or data.governors.get(parent.lower_) or ""
    if (
        lemma in ("end", "lift", "drop", "abandon", "break")
        and is_verb(parent)
        and node.lemma_.lower() in ("boycott", "suspension", "freeze", "walkout", "moratorium")
        and node.dep_ == "dobj"
    ):
        state.stage = "reversed"
        return True
    if group == "reverse" and _reverses(node, lemma):
        told = told_of(parent)
        state.stage = "reversed" if told == "effective" else "considered" if told == "considered" else "reversed"
        return True
    if state.stage == "reversed" and group not in ("deny", "consider"):
        return True  # "a letter withdrawing its notice was sent": what is sent takes back
    if thinks_again(parsed, parent):
        state.stage = "reversed"
        return True
    if (
        lemma == "tell"
        and state.stage == "effective"
        and node.lemma_ != "leave"
        and tells_formally(parsed, parent)
        and node.tag_ in ("VBZ", "VBP", "NN")
    ):
        state.stage = "notified"
        return True
    return state.stage == "effective" and group in ("announce", "notify", "ignore", "")


def _advances(  # noqa: PLR0917 - the word, what stands under it, and what it is
    parsed: Parsed, node: Any, parent: Any, state: Verdict, lemma: str, group: str
) -> None:
    """Considered, notified or announced by the word above."""
    if lemma == "advise" and state.stage is None and _counselled(parsed, node, parent):
        state.stage = "considered"  # "a panel advised the country to leave"
        return
    if group == "consider" and node.lemma_.lower() not in ("bind", "bound"):  # "no longer considers itself bound"
        if (is_verb(parent) or parent.pos_ in ("NOUN", "ADJ", "AUX") or parent.lower_ in CONSIDERING) and not (
            lemma in ("call", "want", "seek", "look", "move", "press", "argue", "think")
            and state.stage in ("announced", "notified", "effective")
        ):
            state.stage = "considered"
        return
    lemma, group = formally(parsed, parent, lemma, group)
    if lemma == "have" and "until" in parsed.words[parent.i : parent.i + 4]:  # "has until June to leave"
        state.stage = "considered"
        return
    if lemma == "instrument" and parent.dep_ in ("nsubjpass", "dobj", "nsubj"):
        state.stage = "notified"
        return
    if group == "notify" and (node.lemma_.lower() in NOTICES or notifies(parsed, parent, lemma)):
        told = told_of(parent) if is_verb(parent) else "effective"
        if told == "effective":
            state.stage = "notified"
        elif told in ("announced", "considered") and (state.stage is None or node.lemma_.lower() in PAPERS):
            state.stage = told
        return
    if (
        lemma in ("force", "oblige", "compel", "cause", "prompt", "drive", "lead")
        and is_verb(parent)
        and state.stage is None
        and told_of(parent) == "effective"
    ):
        state.stage = "effective"
        return
    if group in {"announce", "notify"}:
        told = told_of(parent) if is_verb(parent) else None
        if told == "considered":
            state.stage = "considered"
        elif state.stage is None:
            state.stage = "announced"


def _counselled(parsed: Parsed, node: Any, parent: Any) -> bool:
    told = child(parent, "dobj", "nsubjpass")
    return told is not None and node.dep_ in ("xcomp", "ccomp") and not tells_formally(parsed, parent)


def _negate(node: Any, parent: Any, state: Verdict, lemma: str) -> None:
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


def _decided_against(node: Any, lemma: str) -> bool:
    """As in "decided against leaving"."""
    against = node.dep_ in ("pobj", "pcomp") and node.head.lower_ == "against"
    return against and lemma in ("decide", "vote", "opt", "choose", "come", "decision", "vote", "rule")


_ASIDE = {
    "rule": "out",
    "brush": "aside off",
    "shrug": "off",
    "wave": "aside away",
    "turn": "back down",
    "laugh": "off",
}


def _ruled_out(parent: Any, lemma: str) -> bool:
    """As in "ruled out", "brushed aside talk of", "turned back a demand for"."""
    apart = _ASIDE.get(lemma, "").split()
    return is_verb(parent) and any(c.lower_ in apart for c in parent.children if c.dep_ in ("prt", "advmod", "prep"))


def _reverses(node: Any, lemma: str) -> bool:
    return node.dep_ in ("dobj", "nsubjpass", "pobj") or (node.dep_ in ("acl", "xcomp") and lemma == "reverse")
