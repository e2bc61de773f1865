"""What the describe step rests on: kinds that go no further, a record that tells of its making, data that fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from streams.catalogue.folder import CatalogueError, config_folder
from streams.catalogue.metadata import load_metadata
from streams.core.metadata.account import account
from streams.core.metadata.describer import Describer
from streams.core.metadata.page_kind import NOT_DETECTED
from streams.core.records import Notice
from tests.core.metadata.articles import article

STATION = [
    ("html:lang", "en-US", ""),
    ("title", "Russia quits International Criminal Court - KWVT-TV Ridgeway, WA", ""),
    ("meta:og:site_name", "KWVT 7 News", ""),
    ("h1", "Russia quits International Criminal Court", "story__headline"),
    ("byline", "By CNN", "story__byline"),
    ("posted", "Posted: 7:31 AM, Nov 16, 2016", "story__timestamp"),
    ("posted", "Updated: 8:02 AM, Nov 16, 2016", "story__updated"),
    ("dateline", "(CNN)", ""),
    ("credit", "The-CNN-Wire™ & © 2016 Cable News Network, Inc. All rights reserved.", "tail"),
]
NOTICES = (
    Notice("outdated_browser", "You are using an outdated browser."),
    Notice("archived_article", "This is an archived article."),
)


def test_the_typical_page_is_described_whole(describer: Describer) -> None:
    text = "(CNN) — Russia said on Wednesday that it would leave the International Criminal Court in The Hague."
    record = describer.describe(
        article(
            STATION,
            url="https://www.kwvt7.example/news/russia",
            text=text,
            fetched_at="2016-12-08T09:12:44Z",
            notices=NOTICES,
        )
    )
    assert record.headline == "Russia quits International Criminal Court"
    assert record.agency is not None
    assert record.agency.value == "CNN"
    assert record.publisher is not None
    assert record.publisher.value == "KWVT 7 News"
    assert record.date_published is not None
    assert record.date_published.value == "2016-11-16T07:31"
    assert record.notices == NOTICES
    assert record.page_kind == "article"
    assert record.language == "en"


def test_an_archive_notice_is_a_notice_and_the_page_an_article(describer: Describer) -> None:
    assert describer.describe(article(STATION, notices=NOTICES)).page_kind == "article"


def test_pages_without_an_article_do_not_go_on() -> None:
    assert frozenset({"list", "gallery", "video", "error", "wall"}) == NOT_DETECTED


def test_every_field_with_a_value_tells_its_source(describer: Describer) -> None:
    record = describer.describe(
        article([*STATION, ("meta:keywords", "Russia", ""), ("breadcrumb", "World", "")], url="https://kwvt7.us/a")
    )
    told = {field for field, _, _ in record.sources}
    for field in (
        "headline",
        "language",
        "page_kind",
        "authors",
        "agency",
        "publisher",
        "country",
        "date_published",
        "date_modified",
        "section",
        "keywords",
    ):
        assert getattr(record, field), field
        assert field in told, field
    assert all(0.0 <= confidence <= 1.0 for _, _, confidence in record.sources)


def test_the_account_shows_winners_and_losers(describer: Describer) -> None:
    signals = [*STATION, ("meta:article:published_time", "2016-11-14T00:00:00Z", ""), ("meta:author", "Bo Ek", "")]
    rows = {row.field: row for row in account(describer.describe(article(signals)))}
    assert rows["agency"].value == "CNN"
    assert rows["date_published"].rivals
    assert "Bo Ek" in {rival.value for rival in rows["authors"].rivals} | {rows["authors"].value}
    assert rows["section"].value == ""


def test_an_article_without_signals_is_described_from_its_text(describer: Describer) -> None:
    record = describer.describe(article(headline="Russia quits the court", text="PARIS (AFP) — France regrets it."))
    assert record.headline == "Russia quits the court"
    assert record.agency is not None
    assert record.agency.value == "AFP"
    assert record.no_date_reason == "no date on the page"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("gazetteers/agencies.toml", 'id = "ap"', 'idd = "ap"', "agency 1"),
        ("gazetteers/publishers.toml", "[tld]", "[tlds]", "no table [tld]"),
        ("lexicons/metadata/labels.toml", "published = [", "publishd = [", "published"),
        ("lexicons/metadata/calendar.toml", "[en]", "[en", "calendar.toml"),
        ("lexicons/metadata/calendar.toml", "weekdays = [[", "weekday = [[", "12 months and 7 weekdays"),
        ("lexicons/metadata/pages.toml", "[[phrase]]", "[[phrases]]", "no [[phrase]]"),
    ],
)
def test_a_broken_file_is_named_with_the_place(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    folder = tmp_path / "config"
    shutil.copytree(config_folder(), folder, ignore=shutil.ignore_patterns("demo", "kafka", "model*"))
    path = folder / file
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(CatalogueError) as raised:
        load_metadata(folder)
    assert told in str(raised.value)
    assert Path(file).name in str(raised.value)
