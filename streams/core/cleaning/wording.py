"""A block's words, read once: folded, and what they say it is. Everything later asks here and does not read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from streams.core.cleaning.cleaned import Label
from streams.core.cleaning.labels import LONGEST, LineLabels
from streams.core.cleaning.notices import Notices, folded
from streams.core.cleaning.scan import Words

_READ = 1_600
_NONE: AbstractSet[str] = frozenset()


class Said(NamedTuple):
    """`label` is what the wording alone says, or None; `notice` the kind where that label is "notice"."""

    folded: str
    label: Label | None
    notice: str | None


@dataclass(frozen=True, slots=True)
class Speaking:
    """What must stand in a line for its wording to say anything: for a reader that can tell sooner.

    `words` that open a notice (1), are a whole line (2), or begin one (4). Of `needs` one must stand in a line
    that only a pattern can tell, of `notice_needs` in a notice.
    """

    words: Mapping[str, int]
    needs: tuple[str, ...]
    notice_needs: tuple[str, ...]


class Wording:
    """The lexicons of notices and of furniture lines behind one door."""

    def __init__(self, lines: LineLabels, notices: Notices) -> None:
        self._lines = lines
        self._notices = notices
        self._needs = Words((*lines.needs.words, *notices.needs.words))
        self._longest = max(LONGEST, notices.longest)
        words: dict[str, int] = {}
        for bit, some in ((1, notices.opens), (2, lines.whole), (4, lines.starts)):
            words.update({word: words.get(word, 0) | bit for word in some})
        self.speaking = Speaking(words, tuple(lines.needs.words), tuple(notices.needs.words))

    def read(self, text: str) -> Said:
        fold = folded(text[:_READ])
        return self._said(fold, self._needs.among(fold))

    def read_all(self, texts: Sequence[str], quiet: bytes = b"") -> list[Said]:
        """What `read` says of each; one scan over all that are short enough spares most of them the closer look.

        Args:
            texts: the blocks.
            quiet: of each, whether somebody knows that its wording says nothing; empty where nobody does.
        """
        folds = [folded(text[:_READ]) for text in texts]
        quiet = quiet or bytes(len(folds))
        short = [fold if len(fold) <= self._longest and not q else "" for fold, q in zip(folds, quiet, strict=True)]
        found = self._needs.among_all(short)
        return [
            self._said(fold, found.get(i, _NONE)) if short[i] else Said(fold, None, None)
            for i, fold in enumerate(folds)
        ]

    def _said(self, fold: str, found: AbstractSet[str]) -> Said:
        if kind := self._notices.kind(fold, found):
            return Said(fold, "notice", kind)
        return Said(fold, self._lines.label(fold, found) if len(fold) <= LONGEST else None, None)
