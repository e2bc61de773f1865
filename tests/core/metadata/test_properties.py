"""What must hold for any page, however hostile: never an error, the same twice, never a date after the fetch."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.core import codec
from streams.core.metadata.account import account
from streams.core.metadata.addresses import normalise_url
from streams.core.metadata.describer import Describer
from streams.core.metadata.moments import parse_instant, parse_machine
from streams.core.metadata.spoken_dates import LONGEST, Setting, read
from streams.core.metadata.syndication import BINS, keys_of
from streams.core.records import Article, Notice
from tests.core.metadata.articles import article

SOURCES = [
    "meta:article:published_time",
    "meta:article:modified_time",
    "meta:author",
    "meta:og:title",
    "meta:og:site_name",
    "meta:keywords",
    "jsonld:NewsArticle.datePublished",
    "jsonld:NewsArticle.author.name",
    "jsonld:WebPage.datePublished",
    "jsonld:Article.@type",
    "jsonld:Article.datePublished",
    "jsonld:Article.dateModified",
    "meta:itemprop:datepublished",
    "meta:article:section",
    "meta:og:type",
    "time",
    "link:canonical",
    "title",
    "h1",
    "byline",
    "posted",
    "dateline",
    "credit",
    "html:lang",
    "breadcrumb",
    "line",
]
PIECES = st.sampled_from(
    [
        "Posted",
        "Updated",
        "By",
        "Nov 16, 2016",
        "16.11.2016",
        "7:31 AM",
        "PST",
        "2016-11-16T07:31:00Z",
        "3 hours ago",
        "today",
        "Wednesday",
        "Ann Lee",
        "(AP)",
        "—",
        "|",
        "©",
        "Reuters",
        "2099-01-01",
        "99/99/9999",
        "http://",
        "(",
        ")",
        "\u202e",
        "İ",
        "ß",
        "１６",
        "٣",
        "\x00",
        "Live:",
        "404",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=12).map(" ".join))
SIGNALS = st.lists(st.tuples(st.sampled_from(SOURCES), TEXTS, TEXTS), max_size=30)
FETCHED = st.datetimes().map(lambda t: t.isoformat() + "Z")
QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def latest_start(value: str) -> object:
    moment = parse_machine(value)
    assert moment is not None, value
    return moment.earliest()


@QUIET
@given(signals=SIGNALS, text=TEXTS, url=TEXTS, fetched=st.one_of(FETCHED, TEXTS))
def test_describing_never_raises_is_the_same_twice_and_fits_the_wire(
    describer: Describer, signals: list[tuple[str, str, str]], text: str, url: str, fetched: str
) -> None:
    page = article(signals, text=text, url=url, fetched_at=fetched)
    first = describer.describe(page)
    assert first == describer.describe(page)
    assert first.signals is None
    account(first)
    if all(c.isprintable() or c.isspace() for c in text + url + fetched):
        assert codec.decode(codec.encode(first), Article) == first


@QUIET
@given(signals=SIGNALS, notice=TEXTS, fetched=FETCHED)
def test_no_date_is_ever_after_the_fetch(
    describer: Describer, signals: list[tuple[str, str, str]], notice: str, fetched: str
) -> None:
    notices = (Notice("archived_article", notice),)
    record = describer.describe(article(signals, notices=notices, fetched_at=fetched))
    now = parse_instant(fetched)
    for dated in (record.date_published, record.date_modified):
        if dated and now:
            moment = parse_machine(dated.value if len(dated.value) > 4 else dated.value + "-01")
            assert moment is not None
            assert moment.earliest() <= now + timedelta(0)


@QUIET
@given(signals=SIGNALS)
def test_a_date_or_a_reason_but_never_both(describer: Describer, signals: list[tuple[str, str, str]]) -> None:
    record = describer.describe(article(signals))
    assert (record.date_published is None) == (record.no_date_reason is not None)


@QUIET
@given(text=TEXTS)
def test_a_value_is_never_more_precise_than_it_says(describer: Describer, text: str) -> None:
    record = describer.describe(article([("h1", "Russia quits the court", ""), ("posted", text, "")]))
    lengths = {"year": 4, "month": 7, "day": 10, "minute": 16, "second": 19}
    if record.date_published:
        value = record.date_published.value.partition("+")[0].rstrip("Z")
        value = value[:10] + value[10:].partition("-")[0]
        assert len(value) == lengths[record.date_published.precision]


@settings(max_examples=300, deadline=None)
@given(url=st.one_of(TEXTS, TEXTS.map(lambda t: "https://Kolm.Example:443/a?" + t)))
def test_normalising_an_address_twice_changes_nothing_more(url: str) -> None:
    once = normalise_url(url)
    assert normalise_url(once) == once


@settings(max_examples=300, deadline=None)
@given(path=st.text(st.sampled_from("ab /%20ü"), max_size=12))
def test_two_pages_whose_addresses_differ_by_a_blank_stay_two(path: str) -> None:
    spaced, joined = (normalise_url(f"https://kolm.example/x{p}y") for p in (path, path.replace(" ", "")))
    assert (spaced == joined) == (" " not in path)


@settings(max_examples=200, deadline=None)
@given(text=st.text(min_size=0, max_size=2000))
def test_any_text_has_few_keys_the_same_twice_whatever_its_case(text: str) -> None:
    keys = keys_of(text)
    assert keys == keys_of(text)
    assert len(set(keys)) == len(keys) <= BINS
    assert all(len(key) == 8 for key in keys)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 5000,
        "1/" * 3000,
        "a" * 5000,
        "(" * 5000,
        "By " * 2000,
        "12:" * 2000,
        "- " * 3000,
        "©" * 3000,
        "Nov " * 2000,
    ],
    ids=lambda t: t[:3],
)
def test_hostile_text_is_read_in_bounded_pieces(describer: Describer, text: str) -> None:
    signals = [(s, text[:1000], text[:1000]) for s in SOURCES] * 4
    record = describer.describe(article(signals, text=text))
    assert len(record.headline) <= 300


def test_only_the_beginning_of_a_text_is_read_for_dates(describer: Describer, data: object) -> None:
    setting = Setting("en", month_first="/-.", now=None)
    calendar = data.calendar  # type: ignore[attr-defined]
    assert list(read(" " * LONGEST + "Nov 16, 2016", calendar, setting)) == []
