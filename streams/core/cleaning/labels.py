"""A short line -> what kind of furniture it is, by its wording alone. It must not look at markup or neighbours."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from streams.core.cleaning.cleaned import Label
from streams.core.cleaning.data import LineWords
from streams.core.cleaning.scan import Words

LONGEST = 160
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,? )?"
_CLOCK = r"\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?"
_PURE_DATE = re.compile(
    rf"{_DAY}(?:(?:{_CLOCK},? )?(?:[a-z]{{2,4}},? )?{_DAY}(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}))"  # noqa: E501  one pattern
    rf"[^a-z]{{0,4}}(?:at |- |\| )?(?:{_CLOCK})?[^|]{{0,24}}$|{_CLOCK} ?[a-z]{{0,4}}$|\d{{1,2}} (?:minutes?|hours?|days?|weeks?|months?|years?) ago$"  # noqa: E501  one pattern
)
_DATED = re.compile(rf"(?:posted|published|updated|{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}) ?:?,? ?.{{0,20}}\d{{4}}")
_LONGEST_DATE = 90
_DIGIT = re.compile(r"\d")
_TERMINAL = (".", "!", "?", '"', "'", ")", ":", ";", ",")


class LineLabels:
    """Answers from the lexicon of config/cleaning/lines.toml."""

    def __init__(self, lines: LineWords) -> None:
        self.whole = lines.whole
        self._holds = lines.holds
        self.needs = Words(need for needs, _, _ in lines.holds for need in needs)
        self._needing = {
            word: [i for i, (needs, _, _) in enumerate(lines.holds) if word in needs] for word in self.needs.words
        }
        self._starts: dict[str, list[tuple[str, str]]] = {}
        for start, label in lines.starts.items():
            self._starts.setdefault(start.split()[0].rstrip(":"), []).append((start, label))
        self.starts = frozenset(self._starts)

    def label(self, line: str, found: AbstractSet[str] | None = None) -> Label | None:
        """The label of a folded line (notices.py), or None where its wording says nothing.

        `found` are the needs that stand in it, where somebody has looked.
        """
        if len(line) > LONGEST or not line:
            return None
        label = self.whole.get(line.rstrip(" :›»>→"))
        if label is None:
            starts = self._starts.get(line.split(None, 1)[0].rstrip(":"))
            label = _by_start(line, starts) if starts else None
        if not label and len(line) <= _LONGEST_DATE and _DIGIT.search(line, 0, 40) and _PURE_DATE.match(line):
            label = "date"
        if not label and (found is None or found):
            label = self._by_pattern(line, self.needs.among(line) if found is None else found)
        return label or None  # type: ignore[return-value]  # the catalogue admits labels only

    def _by_pattern(self, line: str, found: AbstractSet[str]) -> str | None:
        for i in sorted({i for word in found for i in self._needing.get(word, ())}):
            _, pattern, label = self._holds[i]
            if pattern.search(line):
                return label
        return None


def _by_start(line: str, starts: list[tuple[str, str]]) -> str | None:
    for start, label in starts:
        if line.startswith(start) and _fits(line, label):
            return label
    return None


def _fits(line: str, label: str) -> bool:
    """A sentence may begin as a furniture line does: `By leaving the union, …`, `Published in 1948, …`."""
    if label == "byline" and _DATED.search(line):
        return len(line) <= 140
    if label in ("byline", "navigation"):
        return len(line) <= 90 and not line.endswith(_TERMINAL[:3]) and ", " not in line[60:]
    if label == "date":
        return len(line) <= 120 and bool(_DIGIT.search(line))
    if label in ("weather", "closings", "tags"):
        return len(line) <= 150
    return len(line) <= 80 or not line.endswith(".") or label in ("legal", "caption")
