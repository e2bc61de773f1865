"""Rules over all records: frozen, flat, and with a docstring that says what they are."""

from __future__ import annotations

import dataclasses
from typing import get_type_hints

import msgspec
import pytest

from streams.core import records
from streams.core.records import Article, Versions

RECORDS = [value for value in vars(records).values() if dataclasses.is_dataclass(value)]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_a_record_is_frozen_slotted_and_says_what_it_is(record: type) -> None:
    assert record.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert hasattr(record, "__slots__")
    assert not (record.__doc__ or "").startswith(f"{record.__name__}("), "dataclass made this docstring up"


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_no_field_can_be_changed_through(record: type) -> None:
    for name, hint in get_type_hints(record).items():
        assert not any(word in str(hint) for word in ("list[", "dict[", "set[")), f"{record.__name__}.{name}"


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_a_record_has_a_json_form(record: type) -> None:
    assert msgspec.json.schema(record)["$defs"][record.__name__]["properties"]


def test_what_later_stages_fill_is_empty_after_cleaning() -> None:
    given = {field.name: "" for field in dataclasses.fields(Article) if field.default is dataclasses.MISSING}
    article = Article(**{**given, "notices": (), "removed": (), "clean_confidence": 1.0, "versions": Versions("0")})
    assert article.events is None
    assert not any([article.authors, article.language, article.page_kind, article.date_published, article.sources])
