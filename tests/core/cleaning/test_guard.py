from __future__ import annotations

import pytest

from streams.core.cleaning import guard
from streams.core.cleaning.guard import MAX_DEPTH, MAX_FORMATTING
from tests.core.cleaning.bad_pages import BAD_PAGES, STORY


def refusal(html: bytes) -> str | None:
    return guard.refusal(html, guard)


@pytest.mark.parametrize(
    "name",
    ["500 KB of div", "unclosed bold", "bold in paragraphs, never closed", "font in paragraphs, never closed", "anchors in anchors",
     "30,000 attributes", "attributes with angle brackets in their names", "attributes with tags in their values",
     "attributes split by slashes", "tags within tags", "100,000 tags", "nested tables", "nested svg"],
)  # fmt: skip
def test_what_keeps_a_parser_busy_is_refused(name: str) -> None:
    assert refusal(BAD_PAGES[name])


def test_ordinary_pages_are_parsed() -> None:
    assert refusal(STORY) is None
    assert refusal(b"<p>one<p>two<br><img>" * 1_500) is None


@pytest.mark.parametrize(("tag", "limit"), [(b"<div>", MAX_DEPTH), (b"<b>", MAX_FORMATTING)])
def test_the_limit_itself_is_still_parsed(tag: bytes, limit: int) -> None:
    assert refusal(tag * limit) is None
    assert refusal(tag * (limit + 1))


def test_many_elements_that_are_closed_are_no_depth() -> None:
    assert refusal(b"<div><b>x</b></div>" * 5_000) is None
