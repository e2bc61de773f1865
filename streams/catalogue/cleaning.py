"""config/cleaning and config/lexicons/notices -> CleaningData. Each wording is proved by its own sentences at load."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec

from streams.catalogue.compiled import compiled_pass
from streams.catalogue.folder import CatalogueError, read_json, read_toml
from streams.core.cleaning.data import CleaningData, LineWords, NoticeRule
from streams.core.cleaning.hints import GROUPS, HintWords
from streams.core.cleaning.model import Model, ModelError, model_from
from streams.core.cleaning.model import untrained as no_model
from streams.core.cleaning.notices import Notices, folded
from streams.core.identity import digest

#: Repetition without an upper bound: the wordings run over hostile text.
_UNBOUNDED = re.compile(r"(?<!\\)[*+]|\{\d*,\}")
LINE_LABELS = (
    "share",
    "related",
    "navigation",
    "weather",
    "closings",
    "legal",
    "comments",
    "promo",
    "advertisement",
    "tags",
    "caption",
    "byline",
    "date",
)


class _Notice(msgspec.Struct, forbid_unknown_fields=True):
    opens: list[str]
    needs: list[str]
    patterns: list[str]
    must_match: list[str]
    must_not_match: list[str]
    longest: int = 600


class _Hint(msgspec.Struct, forbid_unknown_fields=True):
    words: list[str] = []
    starts: list[str] = []
    negative: bool = False


class _Hold(msgspec.Struct, forbid_unknown_fields=True):
    needs: list[str]
    pattern: str


class _Lines(msgspec.Struct, forbid_unknown_fields=True):
    whole: list[str]
    starts: list[str]
    holds: list[_Hold]


def load_cleaning(folder: Path, *, untrained: bool = False) -> CleaningData:
    """Read and prove everything, the compiled pass too; with `untrained`, for training alone, no weights are asked for.

    Raises:
        CatalogueError: with the file and the entry that is wrong.
    """
    notices = load_notices(folder / "lexicons" / "notices")
    model = no_model() if untrained else load_model(folder / "cleaning" / "model.json")
    hints, lines = _hints(folder / "cleaning" / "hints.toml"), _lines(folder / "cleaning" / "lines.toml")
    version = digest(repr(hints), repr(lines), *(repr((r.kind, r.pattern.pattern)) for r in notices))[:8]
    library, told = compiled_pass(hints)
    return CleaningData(f"{model.version}+{version}", hints, notices, lines, model, library, told)


def load_notices(folder: Path) -> tuple[NoticeRule, ...]:
    """Every kind of notice, in the order of the files' names, each proved by its sentences."""
    read = [(path, _convert(path, read_toml(path), _Notice)) for path in sorted(folder.glob("*.toml"))]
    if not read:
        raise CatalogueError(f"no notices in {folder}")
    rules = tuple(_rule(path, entry) for path, entry in read)
    for (path, entry), rule in zip(read, rules, strict=True):
        _prove(path, entry, Notices([rule]))
    return rules


def _rule(path: Path, entry: _Notice) -> NoticeRule:
    return NoticeRule(
        path.stem,
        tuple(entry.opens),
        tuple(entry.needs),
        _compiled(path, "|".join(f"(?:{p})" for p in entry.patterns)),
        entry.longest,
    )


def _prove(path: Path, entry: _Notice, notices: Notices) -> None:
    for sentence in entry.must_match:
        if notices.kind(folded(sentence)) is None:
            raise CatalogueError(f"{path}: no pattern matches {sentence!r}, which must match")
    for sentence in entry.must_not_match:
        if notices.kind(folded(sentence)) is not None:
            raise CatalogueError(f"{path}: a pattern matches {sentence!r}, which must not match")


def _compiled(path: Path, pattern: str) -> re.Pattern[str]:
    if _UNBOUNDED.search(pattern):
        raise CatalogueError(f"{path}: unbounded repetition in {pattern[:80]!r}; write {{0,n}}")
    try:
        return re.compile(pattern)
    except re.error as error:
        raise CatalogueError(f"{path}: {pattern[:80]!r}: {error}") from None


def _hints(path: Path) -> HintWords:
    groups = {name: _convert(path, entry, _Hint) for name, entry in read_toml(path).items()}
    if tuple(sorted(groups)) != tuple(sorted(GROUPS)):
        raise CatalogueError(
            f"{path}: groups {sorted(set(groups) ^ set(GROUPS))} are not those of core/cleaning/hints.py"
        )
    words: dict[str, int] = {}
    starts: dict[str, int] = {}
    negative = 0
    for i, name in enumerate(GROUPS):
        entry = groups[name]
        negative |= (1 << i) if entry.negative else 0
        for table, entries in ((words, entry.words), (starts, entry.starts)):
            for word in entries:
                table[word] = table.get(word, 0) | 1 << i
    return HintWords(words, starts, negative)


def _lines(path: Path) -> LineWords:
    groups = {name: _convert(path, entry, _Lines) for name, entry in read_toml(path).items()}
    if unknown := sorted(set(groups) - set(LINE_LABELS)):
        raise CatalogueError(f"{path}: {unknown[0]!r} is no label of a line")
    whole = {line: name for name, entry in groups.items() for line in entry.whole}
    starts = {line: name for name, entry in groups.items() for line in entry.starts}
    holds = tuple(
        (tuple(hold.needs), _compiled(path, hold.pattern), name)
        for name, entry in groups.items()
        for hold in entry.holds
    )
    return LineWords(whole, starts, holds)


def load_model(path: Path) -> Model:
    """The block classifier's weights, which tools/train_cleaner.py writes.

    Raises:
        CatalogueError: missing or malformed.
    """
    try:
        return model_from(read_json(path))
    except ModelError as error:
        raise CatalogueError(f"{path}: {error}") from None


def _convert(path: Path, entry: Any, kind: type[Any]) -> Any:
    try:
        return msgspec.convert(entry, kind)
    except msgspec.ValidationError as error:
        raise CatalogueError(f"{path}: {error}") from None
