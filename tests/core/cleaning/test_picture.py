from __future__ import annotations

from streams.core.cleaning.picture import side_by_side
from streams.core.records import RawPage
from tests.core.cleaning.conftest import Clean
from tests.core.cleaning.story import PARAGRAPHS, page, paragraphs

PAGE = RawPage("https://kolm.example/a?<x>", "2026-01-01T00:00:00Z", "text/html", b"")


def test_kept_removed_and_notices_have_their_colours(clean: Clean) -> None:
    picture = side_by_side(
        clean(page("<p>This article is more than 5 years old.</p>" + paragraphs()), explain=True), PAGE
    )
    assert f'<p class="kept">{PARAGRAPHS[0]}' in picture
    assert '<p class="notice">This article is more than 5 years old.' in picture
    assert '<p class="removed">' in picture


def test_nothing_of_the_page_becomes_markup(clean: Clean) -> None:
    evil = "&lt;script&gt;alert(1)&lt;/script&gt; said the minister, and nobody in the hall knew what he meant by it."
    picture = side_by_side(clean(page(paragraphs((0, f"<p>{evil}</p>"))), explain=True), PAGE)
    assert "<script" not in picture
    assert "&lt;script&gt;alert(1)" in picture
    assert "<x>" not in picture


def test_a_page_without_an_article_has_a_picture_too(clean: Clean) -> None:
    assert "no article" in side_by_side(clean("<p>x</p>", explain=True), PAGE)
