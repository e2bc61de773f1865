"""Our own golden cases: signals in, the record's fields out. The cases are data: cases/*.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from streams.core.metadata.account import RIVAL
from streams.core.metadata.describer import Describer
from streams.core.records import Article, Dated, Notice
from tests.core.metadata.articles import TEXT, article

CASES = [
    (path.stem, case)
    for path in sorted(Path(__file__).with_name("cases").glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]


def dated(value: Dated | None) -> list[str]:
    return [value.value, value.precision, value.timezone or ""] if value else ["", "", ""]


def described(case: dict[str, Any], describer: Describer) -> Article:
    given = {k: case[k] for k in ("url", "fetched_at", "headline_given") if k in case}
    text = case.get("text", TEXT) * case.get("text_times", 1)
    notices = tuple(Notice(kind, words) for kind, words in case.get("notices", ()))
    return describer.describe(article(case["signals"], text=text, notices=notices, **given))


def said(record: Article, case: dict[str, Any]) -> dict[str, Any]:
    """What the record says of the fields that the case judges."""
    published, agency = record.date_published, record.agency
    told = {
        "date": dated(published),
        "modified": dated(record.date_modified),
        "reason": record.no_date_reason,
        "source": published.source if published else "",
        "rivals": [s.value for s in published.rivals] if published else [],
        "refused": [source for field, source, _ in record.sources if field == RIVAL + "date_published"],
        "authors": [a.name if a.kind == "person" else f"{a.name} ({a.kind})" for a in record.authors],
        "agency": agency.value if agency else "",
        "agency_rivals": [s.value for s in agency.rivals] if agency else [],
        "publisher": record.publisher.value if record.publisher else "",
        "country": record.country or "",
        "headline": record.headline,
        "alternative": list(record.alternative_headlines),
        "kind": record.page_kind,
        "language": record.language,
        "keywords": list(record.keywords),
        "section": record.section or "",
    }
    return {field: told[field] for field in told if field in case}


@pytest.mark.parametrize("case", [c for _, c in CASES], ids=[f"{stem}: {c['name']}" for stem, c in CASES])
def test_a_golden_case_is_described_as_a_careful_reader_would(case: dict[str, Any], describer: Describer) -> None:
    record = described(case, describer)
    assert said(record, case) == {field: case[field] for field in said(record, case)}
    if "confidence_below" in case:
        assert record.agency is not None
        assert record.agency.confidence < case["confidence_below"]


def test_there_are_at_least_sixty_golden_cases() -> None:
    assert len(CASES) >= 60
    assert len({c["name"] for _, c in CASES}) == len(CASES)
