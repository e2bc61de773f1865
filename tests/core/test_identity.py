"""The same input gives the same id for ever; different input gives a different one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streams.core import identity


def test_ids_are_the_ones_that_stand_on_topics_already() -> None:
    # Worked out once by hashlib alone: an id that changes with a release makes every redelivery a duplicate.
    assert identity.article_id("https://a.example/x", "Text.") == "020f4aea938691f32203e4fc5106a61d"
    assert identity.event_id("0" * 32, "Russia", "ICC") == "4fa72da75a9ee25fb34f8281c6f4916a"
    assert identity.text_sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.lists(st.text(max_size=9), min_size=1), st.lists(st.text(max_size=9), min_size=1))
def test_parts_never_run_together(left: list[str], right: list[str]) -> None:
    clean = [[part.replace("\x1f", "") for part in parts] for parts in (left, right)]
    encoded = [[part.encode("utf-8", "replace") for part in parts] for parts in clean]
    assert (identity.digest(*clean[0]) == identity.digest(*clean[1])) == (encoded[0] == encoded[1])


def test_a_page_crawled_twice_unchanged_is_one_article_and_changed_is_another() -> None:
    assert identity.article_id("https://a.example/x", "One.") == identity.article_id("https://a.example/x", "One.")
    assert identity.article_id("https://a.example/x", "One.") != identity.article_id("https://a.example/x", "Two.")
    assert identity.article_id("https://a.example/x", "One.") != identity.article_id("https://a.example/y", "One.")


def test_an_events_id_does_not_hang_on_capitals() -> None:
    assert identity.event_id("a", "RUSSIA", "Icc") == identity.event_id("a", "Russia", "ICC")


def test_a_lone_surrogate_has_an_id_too() -> None:
    assert len(identity.digest("\ud800")) == 32
    assert len(identity.text_sha256("\ud800")) == 64
