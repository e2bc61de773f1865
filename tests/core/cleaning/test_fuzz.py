"""A few hundred hostile pages in every run; `make fuzz` goes on for ten minutes."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.core.cleaning import Cleaner
from streams.core.cleaning.notices import folded
from streams.core.cleaning.signs import dateline, is_credit
from streams.core.errors import BadMessage
from streams.core.records import RawPage
from tests.fuzz.__main__ import hostile_fault

MARKUP = st.lists(
    st.sampled_from(["<div>", "<p>", "</p>", "<b>", "</div>", "<li>", "<table><tr><td>", "<a href=x>", "</a>", "<br>", "<h1>", "<time>",
                     "<figcaption>", "<!--", "-->", "&amp;", "&#0;", '<p class="comment">', "Related", "By Ann Lee", "A sentence of the story, and long enough to be one.", " "]),
    max_size=80,
).map("".join)  # fmt: skip


@pytest.mark.parametrize("seed", range(250))
def test_a_mutated_page_ends_in_an_outcome(cleaner: Cleaner, seed: int) -> None:
    assert hostile_fault(cleaner, seed) is None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(MARKUP, st.text(max_size=400), st.text("<>/=\"'& abp!-[]{}", max_size=400)),
    st.sampled_from(["text/html", "text/plain"]),
)
def test_any_text_ends_in_an_outcome_that_can_be_sent(cleaner: Cleaner, text: str, kind: str) -> None:
    body = text.encode("utf-8", "surrogatepass")
    try:
        cleaned = cleaner.clean(RawPage("https://a.example/", "2026-01-01T00:00:00Z", kind, body), explain=True)
    except BadMessage:
        return
    orjson.dumps(cleaned)
    assert "\n\n".join(b.text for b in cleaned.blocks if b.kept) == cleaned.text or cleaned.text == ""


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=600))
def test_any_bytes_end_in_an_outcome(cleaner: Cleaner, body: bytes) -> None:
    try:
        orjson.dumps(cleaner.clean(RawPage("https://a.example/", "2026-01-01T00:00:00Z", "", body)))
    except BadMessage as error:
        assert error.reason in ("binary", "too_large")


@given(st.text(max_size=200))
def test_line_readers_accept_any_line(line: str) -> None:
    assert isinstance(folded(line), str)
    assert isinstance(dateline(line), str)
    assert isinstance(is_credit(line), bool)
