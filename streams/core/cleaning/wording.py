"""A block's words, read once: folded, and what they say it is. Everything later asks here and does not read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from streams.core.cleaning.cleaned import Label
from streams.core.cleaning.labels import LONGEST, LineLabels
from streams.core.cleaning.notices import Notices, folded, opening_of
from streams.core.cleaning.scan import Words
from streams.core.cleaning.signs import CREDIT_NEEDS

_READ = 1_600


class Said(NamedTuple):
    """`label` is what the wording alone says, or None; `notice` the kind where that label is "notice"."""

    folded: str
    label: Label | None
    notice: str | None


#: Bits of `Speaking`: those of patterns of lines, and then of rules of notices, come after these.
WHOLE, CREDITS, STARTS, _OTHERS = 1, 2, 4, 3
_MOST_BITS = 63
#: Of a block whose words say nothing, which are not told.
SILENT = Said("", None, None)


class Speaking(NamedTuple):
    """What must stand in a line for its wording to say anything, as bits: for a reader that can tell sooner.

    `words` are a whole line (WHOLE), or open a notice of some rules (a bit each). Of `needs` one must stand in a line
    that only a pattern can tell (a bit each), in one that says whose copy it is (CREDITS), at the start of one
    (STARTS), or in a notice of some rules.
    """

    words: Mapping[str, int]
    needs: Mapping[str, int]
    longest_notice: int
    of_lines: int


def speaking_of(lines: LineLabels, notices: Notices) -> Speaking:
    """What the lexicons ask for.

    Raises:
        ValueError: more patterns and rules than there are bits.
    """
    patterns, rules = len(lines.holds), len(notices.rules)
    if _OTHERS + patterns + rules > _MOST_BITS:
        raise ValueError(f"{patterns} patterns of lines and {rules} of notices: more than {_MOST_BITS - _OTHERS}")
    words: Counter[str] = Counter()
    needs: Counter[str] = Counter()
    first = _OTHERS + patterns
    for bit, to, some in (
        (WHOLE, words, lines.whole), (CREDITS, needs, CREDIT_NEEDS), (STARTS, needs, lines.starts),
        *((1 << i, needs, some) for i, (some, _, _) in enumerate(lines.holds, _OTHERS)),
        *((1 << i, words, rule.opens) for i, rule in enumerate(notices.rules, first)),
        *((1 << i, needs, rule.needs) for i, rule in enumerate(notices.rules, first)),
    ):  # fmt: skip
        for word in some:
            to[word] |= bit
    return Speaking(words, needs, notices.longest, (1 << first) - (1 << _OTHERS))


def as_read(text: str) -> str:
    """A block's beginning, folded: no wording needs more of it."""
    return folded(text[:_READ])


class Wording:
    """The lexicons of notices and of furniture lines behind one door."""

    def __init__(self, lines: LineLabels, notices: Notices) -> None:
        self._lines = lines
        self._notices = notices
        self._first_rule = _OTHERS + len(lines.holds)
        self._longest = max(LONGEST, notices.longest)
        self.speaking = speaking_of(lines, notices)
        self._needs = Words(need for need, bits in self.speaking.needs.items() if bits >> _OTHERS)

    def read(self, text: str) -> Said:
        return self.read_all([as_read(text)])[0]

    def read_all(self, folds: Sequence[str], found: Sequence[int] | None = None) -> list[Said]:
        """What `read` says of each, folded, and the bits of what stands in each, where somebody has looked."""
        return [self._said(fold, bits) for fold, bits in zip(folds, found or self._found(folds), strict=True)]

    def _found(self, folds: Sequence[str]) -> list[int]:
        """One scan over all that are short enough spares most the closer look."""
        speaking = self.speaking
        words = self._needs.among_all([fold if len(fold) <= self._longest else "" for fold in folds])
        out = [0] * len(folds)
        for i, some in words.items():
            opening = speaking.words.get(opening_of(folds[i]), 0)
            for word in some:
                out[i] |= speaking.needs[word] & (opening | speaking.of_lines)
        return out

    def _said(self, fold: str, found: int) -> Said:
        rules = found >> self._first_rule
        if rules and (kind := self._notices.kind_by(fold, rules)):
            return Said(fold, "notice", kind)
        holds = found >> _OTHERS
        return Said(fold, self._lines.label(fold, holds) if len(fold) <= LONGEST else None, None)
