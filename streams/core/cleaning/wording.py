"""A block's words, read once: folded, and what they say it is. Everything later asks here and does not read again."""

from __future__ import annotations

from typing import NamedTuple

from streams.core.cleaning.cleaned import Label
from streams.core.cleaning.labels import LONGEST, LineLabels
from streams.core.cleaning.notices import Notices, folded

_READ = 1_600


class Said(NamedTuple):
    """`label` is what the wording alone says, or None; `notice` the kind where that label is "notice"."""

    folded: str
    label: Label | None
    notice: str | None


class Wording:
    """The lexicons of notices and of furniture lines behind one door."""

    def __init__(self, lines: LineLabels, notices: Notices) -> None:
        self._lines = lines
        self._notices = notices

    def read(self, text: str) -> Said:
        fold = folded(text[:_READ])
        if kind := self._notices.kind(fold):
            return Said(fold, "notice", kind)
        return Said(fold, self._lines.label(fold) if len(fold) <= LONGEST else None, None)
