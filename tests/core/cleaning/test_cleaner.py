"""The whole of cleaning on the mission's typical page, and the parts of the record."""

from __future__ import annotations

import pytest

from streams.catalogue import config_folder
from streams.core.cleaning.cleaned import LABELS
from streams.core.cleaning.cleaner import STRIPPED_CONFIDENCE
from tests.core.cleaning.conftest import Clean
from tests.core.cleaning.story import HEADLINE, PARAGRAPHS, page, paragraphs

STATION = config_folder() / "demo" / "pages"


@pytest.mark.parametrize(
    ("name", "kind"), [("station-russia-icc.html", "text/html"), ("station-russia-icc.txt", "text/plain")]
)
def test_the_station_page_gives_its_story_and_both_notices_in_html_and_stripped(
    clean: Clean, name: str, kind: str
) -> None:
    cleaned = clean((STATION / name).read_bytes(), kind)
    assert cleaned.headline == "Russia quits International Criminal Court"
    assert cleaned.text.startswith("(CNN) -- Russia is walking away")
    assert cleaned.text.endswith("gets its letter.")
    assert {"archived_article", "outdated_browser"} <= {n.kind for n in cleaned.notices}
    for furniture in (
        "outdated",
        "archived",
        "Wind Advisory",
        "hours late",
        "Posted:",
        "Moldova",
        "Kenya",
        "Copyright",
        "©",
        "Ridgeway",
    ):
        assert furniture not in cleaned.text
    assert any(s.source == "posted" and "7:31 AM, Nov 16, 2016" in s.value for s in cleaned.signals)
    assert any(s.source == "byline" and "By CNN" in s.value for s in cleaned.signals)
    assert any(s.source == "dateline" and s.value == "(CNN)" for s in cleaned.signals)
    assert any(s.source == "credit" and "Cable News Network" in s.value for s in cleaned.signals)


def test_the_text_is_paragraphs_joined_by_a_blank_line(clean: Clean) -> None:
    assert clean(page()).text == "\n\n".join(PARAGRAPHS)


def test_removed_labels_come_from_the_closed_set(clean: Clean) -> None:
    cleaned = clean((STATION / "station-russia-icc.html").read_bytes())
    assert {r.label for r in cleaned.removed} <= set(LABELS)
    assert {"navigation", "related", "weather", "closings", "notice", "share", "caption", "headline"} <= {
        r.label for r in cleaned.removed
    }


def test_blocks_are_told_only_when_asked_for(clean: Clean) -> None:
    assert clean(page()).blocks == ()
    blocks = clean(page(), explain=True).blocks
    assert [b.text for b in blocks if b.kept] == list(PARAGRAPHS)
    assert all(0.5 <= b.confidence <= 1 and b.why for b in blocks)


def test_a_page_without_an_article_gives_no_text(clean: Clean) -> None:
    assert clean("<html><body><nav><a href=/>Home</a></nav><p>Not found</p></body></html>").text == ""
    assert clean("", "text/plain").text == ""


def test_captions_are_kept_beside_the_text(clean: Clean) -> None:
    figure = "<figure><img src=i.jpg><figcaption>The pact's office on the river.</figcaption></figure>"
    cleaned = clean(page(paragraphs((0, figure))))
    assert cleaned.captions == ("The pact's office on the river.",)
    assert "office on the river" not in cleaned.text


def test_a_standfirst_outside_the_text_is_kept_beside_it(clean: Clean) -> None:
    lead = "Eleven years after joining, the kingdom walks away from the river it shares."
    cleaned = clean(page(before=f'<div class="standfirst"><p>{lead}</p></div>'))
    assert cleaned.standfirst == lead or lead in cleaned.text


def test_a_data_table_is_kept_as_rows(clean: Clean) -> None:
    table = "<table><tr><th>Country</th><th>Joined</th></tr><tr><td>Ruritania</td><td>2015</td></tr><tr><td>Grenzmark</td><td>2011</td></tr></table>"
    cleaned = clean(page(paragraphs((2, table))))
    assert cleaned.tables == ((("Country", "Joined"), ("Ruritania", "2015"), ("Grenzmark", "2011")),)


def test_a_layout_table_is_no_data_table(clean: Clean) -> None:
    layout = "<table><tr><td>" + paragraphs() + "</td><td>" + "<p>" + PARAGRAPHS[0] * 3 + "</p></td></tr></table>"
    assert clean(f"<html><body><h1>{HEADLINE}</h1>{layout}</body></html>").tables == ()


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://www.kolm.example/news/a?utm_source=x", "https://www.kolm.example/news/a"),
        ("/news/b#top", "https://www.kolm.example/news/b"),
        ("https://elsewhere.example/news/a", "https://www.kolm.example/news/a"),
        ("https://www.kolm.example/", "https://www.kolm.example/news/a"),
        ("javascript:alert(1)", "https://www.kolm.example/news/a"),
        ("http://[", "https://www.kolm.example/news/a"),
    ],
)
def test_only_a_sane_canonical_address_of_the_same_site_is_believed(clean: Clean, href: str, expected: str) -> None:
    cleaned = clean(f'<html><head><link rel="canonical" href="{href}"></head><body>{paragraphs()}</body></html>')
    assert cleaned.canonical_url == expected


def test_cleaning_the_same_page_twice_gives_the_same_record(clean: Clean) -> None:
    assert clean(page(), explain=True) == clean(page(), explain=True)


def test_two_line_breaks_are_a_new_paragraph_and_one_is_a_line_break(clean: Clean) -> None:
    body = "<div>" + "<br><br>".join(PARAGRAPHS) + "<br>Signed,<br>the clerk of the house, in the old hall.</div>"
    text = clean(page(body)).text
    assert PARAGRAPHS[0] + "\n\n" + PARAGRAPHS[1] in text


def test_words_across_inline_tags_are_not_torn(clean: Clean) -> None:
    body = paragraphs(
        (
            0,
            "<p>The <b>Danu</b>be <i>pact</i>, <a href=/x>signed</a> in Strelsau, binds eleven states that share the river's water and its fish.</p>",
        )
    )
    assert "The Danube pact, signed in Strelsau, binds" in clean(page(body)).text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (page(paragraphs(), after="<p>Another short block.</p>" * 12_000), "text/html"),
        ("\n".join((*PARAGRAPHS, *("Another short line" for _ in range(12_000)))), "text/plain"),
        ("<b>" * 1_000 + page() + "<p>x</p>" * 60_000, "text/html"),
    ],
    ids=["blocks", "lines", "markup that must not be parsed"],
)
def test_a_page_longer_than_what_is_read_says_so_and_is_trusted_little(clean: Clean, body: str, kind: str) -> None:
    cleaned = clean(body, kind)
    assert PARAGRAPHS[1] in cleaned.text
    assert [r.count for r in cleaned.removed if r.label == "unread"] == [1]
    assert cleaned.confidence <= STRIPPED_CONFIDENCE


def test_a_page_read_whole_has_nothing_unread(clean: Clean) -> None:
    assert "unread" not in {r.label for r in clean(page()).removed}
