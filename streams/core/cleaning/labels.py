"""A short line -> what kind of furniture it is, by its wording alone. It must not look at markup or neighbours."""

from __future__ import annotations

import re

from streams.core.cleaning.cleaned import Label
from streams.core.cleaning.data import LineWords

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
        self.holds = lines.holds
        self._starts: dict[str, list[tuple[str, str]]] = {}
        for start, label in lines.starts.items():
            self._starts.setdefault(start.split()[0].rstrip(":"), []).append((start, label))
        self.starts = tuple(lines.starts)

    def label(self, line: str, holds: int) -> Label | None:
        """The label of a folded line (notices.py), or None where its wording says nothing.

        `holds` has a bit for each pattern of which a need stands in it; bits past the last are not asked.
        """
        if len(line) > LONGEST or not line:
            return None
        label = self.whole.get(line.rstrip(" :›»>→"))
        if label is None:
            starts = self._starts.get(line.split(None, 1)[0].rstrip(":"))
            label = _by_start(line, starts) if starts else None
        if not label and len(line) <= _LONGEST_DATE and _DIGIT.search(line, 0, 40) and _PURE_DATE.match(line):
            label = "date"
        if not label and holds:
            label = next((label for i, (_, pattern, label) in enumerate(self.holds)
                          if holds >> i & 1 and pattern.search(line)), None)  # fmt: skip
        return label or None  # type: ignore[return-value]  # the catalogue admits labels only


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
