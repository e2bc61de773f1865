"""Records come back from the wire as they went, and what is none is told with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.core import codec
from streams.core.errors import BadMessage
from streams.core.records import Dated, Named, Signal

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
SIGNALS = st.builds(Signal, source=TEXT, value=TEXT, context=TEXT)


@given(st.builds(Named, value=TEXT, source=TEXT, confidence=st.floats(0, 1), rivals=st.lists(SIGNALS).map(tuple)))
def test_a_record_comes_back_as_it_went(record: Named) -> None:
    assert codec.decode(codec.encode(record), Named) == record


def test_fields_keep_the_order_of_their_class() -> None:
    wire = codec.encode(Dated("2016-11-16", "day", None, "time"))
    assert list(codec.loads(wire)) == ["value", "precision", "timezone", "source", "confidence", "rivals"]


def test_unknown_fields_are_ignored_so_that_records_may_grow() -> None:
    assert codec.decode(b'{"source": "h1", "value": "x", "later": 1}', Signal) == Signal("h1", "x")


@pytest.mark.parametrize("value", [None, b"", b"{", b"\xff", b"[1] 2", b"NaN", b"[" * 5_000 + b"]" * 5_000])
def test_what_is_no_json_is_malformed(value: bytes | None) -> None:
    with pytest.raises(BadMessage) as told:
        codec.loads(value)
    assert told.value.reason == "malformed"


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (b"[]", "object"),
        (b'{"source": "h1"}', "`value`"),
        (b'{"source": "h1", "value": 7}', "$.value"),
        (b'{"source": "h1", "value": null}', "$.value"),
    ],
)
def test_a_wrong_field_is_named(value: bytes, place: str) -> None:
    with pytest.raises(BadMessage, match="not a Signal") as told:
        codec.decode(value, Signal)
    assert place in told.value.detail
    assert told.value.reason == "malformed"


def test_a_value_outside_a_closed_set_is_malformed() -> None:
    with pytest.raises(BadMessage, match="precision"):
        codec.decode(b'{"value": "2016", "precision": "decade", "timezone": null, "source": "url"}', Dated)


def test_lone_surrogates_cannot_reach_the_wire() -> None:
    with pytest.raises(TypeError):
        codec.encode(Signal("h1", "\ud800"))


def test_an_error_never_carries_more_than_its_bound() -> None:
    assert len(BadMessage("malformed", "x" * 5_000).detail) == 512
