"""A short line -> what kind of furniture it is, by its wording alone. It must not look at markup or neighbours."""

from __future__ import annotations

import re

from streams.core.cleaning.cleaned import Label
from streams.core.cleaning.data import LineWords
from streams.core.cleaning.scan import scan_for

LONGEST = 160
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,? )?"
_CLOCK = r"\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?"
_PURE_DATE = re.compile(
    rf"{_DAY}(?:(?:{_CLOCK},? )?(?:[a-z]{{2,4}},? )?{_DAY}(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}))"  # noqa: E501  one pattern
    rf"[^a-z]{{0,4}}(?:at |- |\| )?(?:{_CLOCK})?[^|]{{0,24}}$|{_CLOCK} ?[a-z]{{0,4}}$|\d{{1,2}} (?:minutes?|hours?|days?|weeks?|months?|years?) ago$"  # noqa: E501  one pattern
)
_DATED = re.compile(rf"(?:posted|published|updated|{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}) ?:?,? ?.{{0,20}}\d{{4}}")
_DIGIT = re.compile(r"\d")
_TERMINAL = (".", "!", "?", '"', "'", ")", ":", ";", ",")


class LineLabels:
    """Answers from the lexicon of config/cleaning/lines.toml."""

    def __init__(self, lines: LineWords) -> None:
        self._whole = lines.whole
        self._holds = lines.holds
        self._needs = scan_for(need for needs, _, _ in lines.holds for need in needs)
        self._starts: dict[str, list[tuple[str, str]]] = {}
        for start, label in lines.starts.items():
            self._starts.setdefault(start.split()[0].rstrip(":"), []).append((start, label))

    def label(self, line: str) -> Label | None:
        """The label of a folded line (notices.py), or None where its wording says nothing."""
        if len(line) > LONGEST or not line:
            return None
        found = self._whole.get(line.rstrip(" :›»>→"))
        if found is None:
            found = self._by_start(line) or self._by_pattern(line)
        return found  # type: ignore[return-value]  # the catalogue admits labels only

    def _by_start(self, line: str) -> str | None:
        for start, label in self._starts.get(line.split(None, 1)[0].rstrip(":"), ()):
            if line.startswith(start) and _fits(line, label):
                return label
        return None

    def _by_pattern(self, line: str) -> str | None:
        if _DIGIT.search(line[:40]) and len(line) <= 90 and _PURE_DATE.match(line):
            return "date"
        if not self._needs.find_matches_as_indexes(line):
            return None
        for needs, pattern, label in self._holds:
            for need in needs:
                if need in line and pattern.search(line):
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
