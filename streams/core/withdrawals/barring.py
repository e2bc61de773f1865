"""Acts that are nobody's leaving: a member is shut out by others, an opponent is accused. It must not judge stage."""

from __future__ import annotations

from streams.core.records import Span, TextField
from streams.core.withdrawals.grammar import auxiliaries, child, children
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading
from streams.core.withdrawals.shedding import of_another
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

_ALLOWED = words("can could cannot ca may")
_FORMAL = words("give serve notify send write sign vote announce withdraw refuse let tell inform leave quit hand use")


def shut_out(parsed: Parsed, trigger: Trigger) -> bool:
    """As in "suspended the participation of Ostia", "Ostia can take no part in the meetings": others' doing."""
    if trigger.predicate.words == ("no", "part"):
        return bool(auxiliaries(parsed.doc[trigger.token]) & _ALLOWED)
    return of_another(parsed, trigger)


def accused(parsed: Parsed, trigger: Trigger) -> bool:
    """As in "he has put an end to the accord by shelling us": what another is said to have broken, not left."""
    if trigger.noun or trigger.predicate.frame != "end":
        return False
    means = [child(p, "pcomp") for p in children(parsed.doc[trigger.token], "prep") if p.lower_ == "by"]
    return any(m is not None and m.tag_ == "VBG" and m.lemma_.lower() not in _FORMAL for m in means)


def in_quotes(reading: Reading, at: Span, field: TextField) -> bool:
    """Whether a place stands within somebody's words."""
    before = reading.fields[field][max(0, at[0] - 1500) : at[0]].rsplit("\n", 1)[-1]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
