"""What metadata gets from a page: sources of the contract, in HTML and in text-only pages."""

from __future__ import annotations

import pytest

from streams.core.cleaning.signs import dateline
from streams.core.records import Signal
from tests.core.cleaning.conftest import Clean
from tests.core.cleaning.story import PARAGRAPHS, page, paragraphs

HEAD = """
<meta name="author" content="Rosa Vell"><meta property="article:published_time" content="2026-03-04T10:00:00+01:00">
<meta itemprop="datePublished" content="2026-03-04"><meta name="Keywords" content="Danube, pact"><meta name="viewport" content="width=1">
<link rel="amphtml" href="/amp"><link rel="stylesheet" href="/x.css">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","@id":"#a","headline":"H",
"datePublished":"2026-03-04","author":[{"@type":"Person","name":"Rosa Vell"},{"@type":"Person","name":"Bo Ek"}],
"publisher":{"@type":"Organization","name":"Strelsau Courier"},"articleSection":["World","Rivers"],"isAccessibleForFree":false,
"articleBody":"long"},{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"name":"World"}]}]}</script>"""


def _of(signals: tuple[Signal, ...], source: str) -> list[str]:
    return [s.value for s in signals if s.source == source]


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("html:lang", ["en"]),
        ("title", ["Ruritania quits the Danube pact | Strelsau Courier"]),
        ("meta:author", ["Rosa Vell"]),
        ("meta:article:published_time", ["2026-03-04T10:00:00+01:00"]),
        ("meta:itemprop:datepublished", ["2026-03-04"]),
        ("meta:keywords", ["Danube, pact"]),
        ("meta:viewport", []),
        ("link:amphtml", ["/amp"]),
        ("link:stylesheet", []),
        ("jsonld:NewsArticle.headline", ["H"]),
        ("jsonld:NewsArticle.author.name", ["Rosa Vell", "Bo Ek"]),
        ("jsonld:NewsArticle.publisher.name", ["Strelsau Courier"]),
        ("jsonld:NewsArticle.articleSection", ["World", "Rivers"]),
        ("jsonld:NewsArticle.isAccessibleForFree", ["false"]),
        ("jsonld:NewsArticle.articleBody", []),
        ("jsonld:BreadcrumbList.itemListElement.name", ["World"]),
        ("h1", ["Ruritania quits the Danube pact"]),
        ("byline", ["By Rosa Vell"]),
    ],
)
def test_a_page_gives_the_signals_of_the_contract(clean: Clean, source: str, values: list[str]) -> None:
    assert _of(clean(page(head=HEAD)).signals, source) == values


def test_a_time_element_comes_with_its_surroundings(clean: Clean) -> None:
    cleaned = clean(
        page(
            '<div class="published-at">Published <time datetime="2026-03-04T10:00">4 March</time></div>' + paragraphs()
        )
    )
    signal = next(s for s in cleaned.signals if s.source == "time")
    assert signal.value == "2026-03-04T10:00"
    assert all(word in signal.context for word in ("published-at", "Published", "4 March"))


@pytest.mark.parametrize("box", ["comments", "related-stories"])
def test_a_date_says_that_it_stands_in_a_box_of_other_peoples_words(clean: Clean, box: str) -> None:
    other = f'<div class="{box}"><p>Another voice</p><p><time datetime="2019-01-02">2 January</time> More words here.</p></div>'
    own = '<div class="meta"><time datetime="2026-03-04">4 March</time></div>'
    times = [s for s in clean(page(own + paragraphs(), after=other)).signals if s.source == "time"]
    assert [(s.value, " in:" in s.context) for s in times] == [("2026-03-04", False), ("2019-01-02", True)]


def test_breadcrumbs_are_read_from_navigation_too(clean: Clean) -> None:
    crumbs = '<nav aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ol></nav>'
    assert _of(clean(page(before=crumbs)).signals, "breadcrumb") == ["Home", "World"]


def test_a_footer_tells_whose_page_it_is(clean: Clean) -> None:
    assert any("Courier Press" in v for v in _of(clean(page()).signals, "credit"))


FOOT = '<footer class="site"><p>Newest: <time datetime="2020-05-06">6 May</time></p></footer>'
OWN = (
    '<footer><div class="entry-meta">Posted on <time datetime="2026-03-04">4 March</time>'
    ' <span class="byline">by <a rel="author" href="/v">Rosa Vell</a></span></div></footer>'
)


def test_an_articles_own_footer_dates_and_signs_it_and_the_pages_does_not(clean: Clean) -> None:
    html = f"<body><article><h1>Ruritania quits the Danube pact</h1>{paragraphs()}{OWN}</article>{FOOT}"
    signals = clean(html).signals
    assert _of(signals, "time") == ["2026-03-04"]
    assert "by Rosa Vell" in _of(signals, "byline")


TEXT_ONLY = "\n".join(
    ("Ruritania quits the Danube pact - Strelsau Courier", "Ruritania quits the Danube pact", "By Rosa Vell, Courier Staff",
     "Posted: 7:31 AM, Nov 16, 2016", "STRELSAU (AP) — " + PARAGRAPHS[0], *PARAGRAPHS[1:],
     "Copyright 2016 The Associated Press. All rights reserved.")
)  # fmt: skip


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("byline", "By Rosa Vell, Courier Staff"),
        ("posted", "Posted: 7:31 AM, Nov 16, 2016"),
        ("dateline", "STRELSAU (AP)"),
        ("credit", "Copyright 2016 The Associated Press. All rights reserved."),
    ],
)
def test_a_text_only_page_gives_byline_date_dateline_and_credit(clean: Clean, source: str, value: str) -> None:
    cleaned = clean(TEXT_ONLY, "text/plain")
    assert value in _of(cleaned.signals, source)
    assert cleaned.headline == "Ruritania quits the Danube pact"


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("MOSCOW (AP) — Russia said", "MOSCOW (AP)"),
        ("(CNN) -- Russia is", "(CNN)"),
        ("THE HAGUE, Netherlands (Reuters) - The court", "THE HAGUE, Netherlands (Reuters)"),
        ("STRELSAU — The minister", "STRELSAU"),
        ("Strelsau (dpa) - The minister", "Strelsau (dpa)"),
        ("The minister - a lawyer - said", ""),
        ("A well-known lawyer said", ""),
        ("Russia said on Wednesday that it would go", ""),
    ],
)
def test_a_dateline_is_told_from_a_sentence_with_a_dash(paragraph: str, expected: str) -> None:
    assert dateline(paragraph) == expected


def test_a_headline_in_other_stories_is_a_line_and_no_date(clean: Clean) -> None:
    rail = '<div class="more"><h3>More</h3><ul><li><a href=/x>A bridge closes for the summer months</a> <span>6:15 AM, Nov 16, 2016</span></li></ul></div>'
    assert not _of(clean(page(after=rail)).signals, "posted")


@pytest.mark.parametrize(
    ("said", "kept"),
    [("Posted Wednesday", True), ("Yesterday", True), ("What to read before the vote on Wednesday", False)],
)
def test_an_element_that_is_named_a_date_may_tell_it_without_a_digit(clean: Clean, said: str, kept: bool) -> None:
    cleaned = clean(page(f'<p class="post-date">{said}</p>' + paragraphs()))
    assert (said in _of(cleaned.signals, "posted")) is kept
