"""A telling that is a notifying: to the body itself, to whoever keeps the treaty, in writing, by a clause invoked.

It must not set stages.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from streams.core.withdrawals.grammar import child, children, is_verb
from streams.core.withdrawals.names import INSTITUTION, OBJECT
from streams.core.withdrawals.papers import NOTES
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.vocabulary import words

SAYING = words("say tell announce declare write report warn argue claim insist add")


def formally(parsed: Parsed, parent: Any, lemma: str, group: str) -> tuple[str, str]:
    """As in "told the depositary", "wrote to the secretary-general", "gave notice": a saying that is a notifying."""
    if lemma in ("tell", "inform", "advise") and tells_formally(parsed, parent):
        return "notify", "notify"
    if lemma == "write" and any(c.lower_ in _FORMALLY_TOLD for c in parent.subtree if 0 < c.i - parent.i < 5):
        return lemma, "notify"
    if lemma in SAYING and _by_letter(parent):
        return "notify", "notify"
    held = child(parent, "dobj")
    if held is not None and held.lemma_.lower() in _CLAUSES and lemma in ("invoke", "trigger", "activate"):
        return "notify", "notify"
    if held is not None and held.lemma_.lower() in ("notice", "notification") and lemma in _GIVING and is_verb(parent):
        return "notice", "notify"
    return lemma, group


_GIVING = words("give serve hand send submit file lodge deliver deposit tender present transmit")


_FORMALLY_TOLD = words(
    "depositary secretary-general secretariat director-general partners members signatories parties neighbours "
    "neighbors allies counterparts"
)


def tells_formally(parsed: Parsed, parent: Any) -> bool:
    if any(c.lower_ in ("formally", "officially") for c in parent.children) or _in_writing(parsed, parent.i):
        return True
    told = child(parent, "nsubjpass", "dobj", "dative")
    if told is None:
        return False
    mention = parsed.mentions[told.i]
    if mention is not None:
        return mention.type in (OBJECT, INSTITUTION)
    return told.lower_ in _FORMALLY_TOLD


_PRIVATE = words(
    "staff employees workers members supporters reporters journalists shareholders investors customers clients readers "
    "fans editor parents residents subscribers followers newspaper party friends open"
)


def _by_letter(saying: Any) -> bool:
    """As in "said in a letter to the secretary-general that it would leave"; one to the staff or the press is none."""
    for preposition in (p for p in children(saying, "prep") if p.lower_ == "in"):
        paper = child(preposition, "pobj")
        if paper is not None and (paper.lemma_ == "letter" or (paper.lemma_ == "note" and _diplomatic(paper))):
            return not _PRIVATE & {w.lower_ for w in paper.subtree}
    return False


def _diplomatic(paper: Any) -> bool:
    said = {w.lower_ for w in paper.subtree}
    return bool(said & {"diplomatic", "verbale", "to"})


NOTICES = NOTES | words("resignation denunciation withdrawal")
_CLAUSES = words("clause article provision mechanism procedure")
_WRITTEN = words("writing letter email e-mail fax telegram cable note")


def _in_writing(parsed: Parsed, verb: int) -> bool:
    """As in "told the union by letter"."""
    behind = [w.lower() for w in parsed.words[verb + 1 : verb + 9]]
    return any(a in ("in", "by") and b in _WRITTEN for a, b in pairwise(behind))


def notifies(parsed: Parsed, parent: Any, lemma: str) -> bool:
    if lemma in ("notify", "notification", "notice", "instrument", "deposit", "lodge"):
        return True
    if lemma in ("letter", "note"):
        return parent.dep_ != "nsubj" or True
    around = " ".join(parsed.words).lower()
    return any(
        w in around
        for w in (
            "formal",
            "notice",
            "letter",
            "notes",
            "denunciation",
            "instrument",
            "secretary-general",
            "depositary",
            "document",
            "papers",
        )
    )
