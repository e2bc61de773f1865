"""What cleaning knows from config/, read by `streams.catalogue.cleaning`. Values only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from streams.core.cleaning.hints import HintWords
from streams.core.cleaning.model import Model
from streams.core.cleaning.native.library import Library


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """One kind of notice: a block that begins with a word of `opens`, holds one of `needs`, and matches `pattern`.

    `pattern` works on the block folded by `notices.folded`; it has no unbounded repetition.
    """

    kind: str
    opens: tuple[str, ...]
    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    longest: int = 600


@dataclass(frozen=True, slots=True)
class LineWords:
    """Wordings of furniture lines, by label: whole lines, beginnings of lines, and patterns with what they need."""

    whole: Mapping[str, str]
    starts: Mapping[str, str]
    holds: tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...]


@dataclass(frozen=True, slots=True)
class CleaningData:
    """`version` names the weights and lexicons together, for the record's `versions.model`.

    `library` is the compiled pass, or None where Python does it alone, with the same result; `library_told` says why.
    """

    version: str
    hints: HintWords
    notices: tuple[NoticeRule, ...]
    lines: LineWords
    model: Model
    library: Library | None = None
    library_told: str = ""
