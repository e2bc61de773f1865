"""The reference page is what the rules say."""

from __future__ import annotations

from dataclasses import fields as fields_of

from streams.core.metadata.reference import fields, page
from streams.core.records import Article
from tests.core.metadata.write_reference import PATH


def test_the_reference_is_current() -> None:
    assert PATH.read_text("utf-8") == page(), "run python -m tests.core.metadata.write_reference"


def test_every_field_of_the_reference_is_one_of_the_record() -> None:
    assert {f.name for f in fields()} <= {f.name for f in fields_of(Article)}


def test_sources_stand_in_order_of_trust() -> None:
    for field in fields():
        trusts = [trust for _, trust in field.sources if trust is not None]
        assert trusts == sorted(trusts, reverse=True), field.name
