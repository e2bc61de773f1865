"""Builds the steps from the files of config/: the same for agents, child processes, `scan` and `explain`.

It must not know Kafka or Faust.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from streams import __version__
from streams.catalogue.cleaning import load_cleaning
from streams.catalogue.metadata import load_metadata
from streams.catalogue.pairs import load_pairs
from streams.catalogue.withdrawals import load_parser, load_withdrawals
from streams.core.cleaning.cleaned import Cleaned
from streams.core.cleaning.cleaner import Cleaner
from streams.core.metadata.describer import Describer
from streams.core.metadata.page_kind import NOT_DETECTED
from streams.core.outcome import Message, Outcome
from streams.core.records import Article, RawPage, RejectedCandidate, Versions, Withdrawal
from streams.core.steps import Step, clean_step, describe_step, detect_step, new_article
from streams.core.withdrawals.detector import Detector

Steps = Mapping[str, Callable[[Message], Outcome]]
Detected = tuple[tuple[Withdrawal, ...], tuple[RejectedCandidate, ...]]


@dataclass(frozen=True, slots=True)
class Cleaning:
    """A page -> the first part of its article."""

    cleaner: Cleaner
    versions: Versions

    def __call__(self, page: RawPage) -> Article | None:
        return article_of(page, self.cleaner.clean(page), self.versions)


@dataclass(frozen=True, slots=True)
class Detecting:
    """An article -> its events, and what was turned down."""

    detector: Detector
    rules: str

    def __call__(self, article: Article) -> Detected:
        found = self.detector.detect(article)
        return found.events, found.rejected


def article_of(page: RawPage, cleaned: Cleaned, versions: Versions) -> Article | None:
    """What the cleaner found, as a record; None where the page holds no text."""
    if not cleaned.text:
        return None
    return replace(
        new_article(page, cleaned.canonical_url, cleaned.text, versions),
        headline=cleaned.headline,
        notices=cleaned.notices,
        removed=cleaned.removed,
        clean_confidence=round(cleaned.confidence, 4),
        captions=cleaned.captions,
        standfirst=cleaned.standfirst,
        tables=cleaned.tables,
        links=cleaned.links,
        signals=cleaned.signals,
    )


def build_cleaning(folder: Path) -> Cleaning:
    """Raises CatalogueError where a file of config/ is wrong."""
    data = load_cleaning(folder)
    return Cleaning(Cleaner(data), Versions(__version__, model=data.version))


def build_describer(folder: Path) -> Describer:
    """Raises CatalogueError where a file of config/ is wrong."""
    return Describer(load_metadata(folder))


def build_detecting(folder: Path) -> Detecting:
    """Raises CatalogueError where a file of config/ is wrong or the parser is missing."""
    data = load_withdrawals(folder)
    return Detecting(Detector(data, load_parser(), load_pairs(folder)), data.version)


def build_steps(folder: Path, names: tuple[str, ...]) -> Steps:
    """The steps of those agents, each message in, one outcome out."""
    makers: dict[str, Callable[[], Step]] = {
        "clean": lambda: clean_step(build_cleaning(folder)),
        "describe": lambda: describe_step(build_describer(folder).describe, NOT_DETECTED),
        "detect": lambda: _detect_step(build_detecting(folder)),
    }
    return {name: makers[name]() for name in names}


def _detect_step(detecting: Detecting) -> Step:
    return detect_step(detecting, detecting.rules)


def steps_builder(folder: Path, names: tuple[str, ...]) -> Callable[[], Steps]:
    """A picklable recipe, for a child process to follow."""
    return partial(build_steps, folder, names)
