"""Every bad page ends in `Cleaned` or a reason for rejection, whole enough to be sent, and bounded."""

from __future__ import annotations

import orjson
import pytest

from streams.core.cleaning import Cleaner
from streams.core.cleaning.dress import MOST_SIGNALS
from streams.core.errors import BadMessage
from streams.core.outcome import RejectReason
from streams.core.records import RawPage
from tests.core.cleaning.bad_pages import BAD_PAGES, BYTES, STORY
from tests.core.cleaning.conftest import Clean
from tests.core.cleaning.story import PARAGRAPHS

REASONS = {RejectReason.BINARY, RejectReason.TOO_LARGE, RejectReason.UNSUPPORTED_TYPE}


def test_there_are_at_least_sixty_kinds_of_bad_page() -> None:
    assert len(BAD_PAGES) >= 60


@pytest.mark.parametrize("content_type", ["text/html", "text/plain; charset=utf-7"])
@pytest.mark.parametrize("name", BAD_PAGES)
def test_a_bad_page_ends_in_an_outcome_that_can_be_sent(cleaner: Cleaner, name: str, content_type: str) -> None:
    page = RawPage("https://kolm.example/a", "2026-01-01T00:00:00Z", content_type, BAD_PAGES[name])
    try:
        cleaned = cleaner.clean(page, explain=True)
    except BadMessage as error:
        assert error.reason in REASONS
    else:
        orjson.dumps(cleaned)  # refuses lone surrogates
        assert "\0" not in cleaned.text + cleaned.headline
        assert len(cleaned.signals) <= MOST_SIGNALS
        assert all(len(s.value) <= 1_000 and len(s.context) <= 1_000 for s in cleaned.signals)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a PDF", "binary"), ("a PNG", "binary"), ("a JPEG", "binary"), ("a zip", "binary"), ("an MP4", "binary"),
        ("null bytes only", "binary"), ("broken gzip", "binary"), ("a zip bomb", "too_large"),
        ("a zip bomb in a zip", "too_large"), ("50 MB", "too_large"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_turned_away_with_its_reason(clean: Clean, name: str, reason: str) -> None:
    with pytest.raises(BadMessage) as caught:
        clean(BAD_PAGES[name])
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "name",
    ["gzip", "gzip twice", "zlib", "UTF-16 with a mark", "UTF-16 without a mark", "UTF-16 big-endian", "UTF-32",
     "declared UTF-16, sent as UTF-8", "an unknown charset", "a mark in the middle", "mixed encodings", "null bytes in text"],
)  # fmt: skip
def test_a_story_in_any_wrapping_is_read(clean: Clean, name: str) -> None:
    assert PARAGRAPHS[1] in clean(BYTES[name]).text


@pytest.mark.parametrize(
    "name",
    [
        "900 divs around the story",
        "an unclosed tag",
        "many comments",
        "two bodies",
        "10,000 metas",
        "a title of line feeds",
        "JSON-LD nested deeply",
    ],
)
def test_a_story_amid_bad_markup_is_read(clean: Clean, name: str) -> None:
    assert PARAGRAPHS[1] in clean(BAD_PAGES[name]).text


@pytest.mark.parametrize("name", ["30,000 attributes", "unclosed bold"])
def test_a_page_that_must_not_be_parsed_is_stripped_with_low_confidence(clean: Clean, name: str) -> None:
    cleaned = clean(BAD_PAGES[name])
    assert cleaned.source == "stripped"
    assert cleaned.confidence <= 0.3
    assert PARAGRAPHS[1] in cleaned.text


def test_a_declared_utf_7_is_not_decoded(clean: Clean) -> None:
    assert "alert" not in clean(BYTES["UTF-7"]).text.replace("+ADw-script+AD4-alert(1)", "")


@pytest.mark.parametrize("cut", range(0, len(STORY), 97))
def test_a_story_cut_anywhere_ends_in_an_outcome(clean: Clean, cut: int) -> None:
    clean(STORY[:cut])
