"""Each wording of the lexicon matches what it must and nothing else, and leaves the text in HTML and in plain text."""

from __future__ import annotations

import tomllib

import pytest

from streams.catalogue import CatalogueError, config_folder
from streams.catalogue.cleaning import load_notices
from streams.core.cleaning.notices import Notices, folded
from tests.core.cleaning.conftest import Clean
from tests.core.cleaning.story import PARAGRAPHS, page, paragraphs

FOLDER = config_folder() / "lexicons" / "notices"
FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
MUST = [(kind, s) for kind, file in FILES.items() for s in file["must_match"]]
MUST_NOT = [(kind, s) for kind, file in FILES.items() for s in file["must_not_match"]]
NAMED_BY_THE_ISSUE = {
    "archived_article", "outdated_browser", "paywall", "cookie_wall", "correction", "update", "live_blog",
    "sponsored_content", "machine_translation", "embargo", "wire_service",
}  # fmt: skip


@pytest.fixture(scope="module")
def notices() -> Notices:
    return Notices(load_notices(FOLDER))


def test_the_lexicon_has_every_kind_that_was_asked_for() -> None:
    assert set(FILES) >= NAMED_BY_THE_ISSUE
    assert all(len(f["must_match"]) >= 3 and len(f["must_not_match"]) >= 2 for f in FILES.values())


@pytest.mark.parametrize(("kind", "sentence"), MUST)
def test_a_wording_is_recognised_as_its_own_kind_with_all_rules_at_work(
    notices: Notices, kind: str, sentence: str
) -> None:
    assert notices.kind(folded(sentence)) == kind


@pytest.mark.parametrize(("kind", "sentence"), MUST_NOT)
def test_a_sentence_of_an_article_is_no_notice_of_any_kind(notices: Notices, kind: str, sentence: str) -> None:
    assert notices.kind(folded(sentence)) is None, kind


@pytest.mark.parametrize(("kind", "sentence"), MUST)
def test_a_notice_in_html_leaves_the_text_and_is_kept(clean: Clean, kind: str, sentence: str) -> None:
    cleaned = clean(page(paragraphs((len(PARAGRAPHS) - 1, f"<p>{sentence}</p>"))))
    assert sentence not in cleaned.text
    assert kind in {n.kind for n in cleaned.notices}
    assert all(p in cleaned.text for p in PARAGRAPHS)


@pytest.mark.parametrize(("kind", "sentence"), MUST)
def test_a_notice_in_plain_text_leaves_the_text_and_is_kept(clean: Clean, kind: str, sentence: str) -> None:
    cleaned = clean("\n".join((*PARAGRAPHS, sentence)), "text/plain")
    assert sentence not in cleaned.text
    assert kind in {n.kind for n in cleaned.notices}


def test_a_notice_says_where_it_stood(clean: Clean) -> None:
    old, fixed = (
        "This article is more than 5 years old.",
        "Correction: An earlier version of this article gave the wrong year.",
    )
    cleaned = clean(page(f"<p>{old}</p>" + paragraphs((len(PARAGRAPHS) - 1, f"<p>{fixed}</p>"))))
    assert {(n.kind, n.place) for n in cleaned.notices} >= {("archived_article", "before"), ("correction", "after")}


def test_a_wording_that_misses_its_own_sentence_stops_the_program_and_names_the_file(tmp_path) -> None:
    (tmp_path / "x.toml").write_text('opens=["a"]\nneeds=["a"]\npatterns=["b"]\nmust_match=["a"]\nmust_not_match=[]\n')
    with pytest.raises(CatalogueError, match=r"x\.toml.*must match"):
        load_notices(tmp_path)


def test_a_wording_with_unbounded_repetition_is_refused(tmp_path) -> None:
    (tmp_path / "x.toml").write_text(
        'opens=["a"]\nneeds=["a"]\npatterns=["a.*"]\nmust_match=["a"]\nmust_not_match=[]\n'
    )
    with pytest.raises(CatalogueError, match="unbounded"):
        load_notices(tmp_path)
