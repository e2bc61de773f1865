from __future__ import annotations

import pytest

from streams.core.cleaning.plaintext import read_lines
from tests.core.cleaning.conftest import Clean
from tests.core.cleaning.story import HEADLINE, PARAGRAPHS

FURNITURE = {
    "navigation": ["Home", "Local News", "Sports", "Sign In"],
    "weather": ["37° Strelsau", "Wind Advisory issued November 16 at 3:12AM until 4:00PM"],
    "closings": ["14 closings & delays", "Valley School Dist.: 2 hours late"],
    "share": ["Share on Facebook", "Print this article"],
    "related": ["Related", "More World News", "Grenzmark pulls out of the customs union"],
    "legal": ["Privacy Policy", "Terms of Use"],
    "comments": ["Leave a comment", "12 comments"],
    "caption": ["Photo by Bo Ek / Getty Images"],
    "promo": ["Sign up for our newsletter", "Get the day's top stories in your inbox"],
    "byline": ["By Rosa Vell"],
    "date": ["Updated: 8:02 AM, Nov 16, 2016"],
    "tags": ["Tags: pact, river"],
    "advertisement": ["Advertisement"],
}


def test_each_line_of_a_stripped_page_has_its_label(clean: Clean) -> None:
    before = [
        line
        for label in ("navigation", "weather", "closings", "share", "byline", "date", "caption")
        for line in FURNITURE[label]
    ]
    after = [
        line
        for label in ("tags", "related", "comments", "promo", "legal", "advertisement")
        for line in FURNITURE[label]
    ]
    lines = [f"{HEADLINE} - Strelsau Courier", *before[:8], HEADLINE, *before[8:], *PARAGRAPHS, *after]
    blocks = {b.text: b.label for b in clean("\n".join(lines), "text/plain", explain=True).blocks}
    assert blocks[HEADLINE] == "headline"
    assert all(blocks[p] == "text" for p in PARAGRAPHS)
    for label, wanted in FURNITURE.items():
        assert [blocks[line] for line in wanted] == [label] * len(wanted)


def test_hard_wrapped_paragraphs_are_joined() -> None:
    wrapped = "\n\n".join(p[:60] + "\n" + p[60:120] + "\n" + p[120:] for p in PARAGRAPHS)
    assert [line.replace(" ", "") for line in read_lines(wrapped)[0]] == [p.replace(" ", "") for p in PARAGRAPHS]


def test_a_short_question_between_paragraphs_stays(clean: Clean) -> None:
    cleaned = clean("\n".join((*PARAGRAPHS[:2], "What happens now?", *PARAGRAPHS[2:])), "text/plain")
    assert cleaned.text == "\n\n".join((*PARAGRAPHS[:2], "What happens now?", *PARAGRAPHS[2:]))


def test_comments_after_the_article_end_it(clean: Clean) -> None:
    comment = "Good riddance, I say: this pact never did us any good, and it cost every one of us a fortune."
    cleaned = clean(
        "\n".join((*PARAGRAPHS, "3 comments", comment, comment + " Really.", comment + " Twice.")), "text/plain"
    )
    assert "riddance" not in cleaned.text
    assert PARAGRAPHS[-1] in cleaned.text


def test_html_sent_as_plain_text_is_still_parsed(clean: Clean) -> None:
    body = (
        "<!doctype html><html><body><nav><a href=/>Home</a></nav>"
        + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
        + "</body></html>"
    )
    assert clean(body, "text/plain").text == "\n\n".join(PARAGRAPHS)


def test_a_text_that_speaks_of_tags_is_not_parsed(clean: Clean) -> None:
    text = "\n".join(
        ("The tag <p> opens a paragraph, the manual says, and many a page forgets to close it again.", *PARAGRAPHS)
    )
    assert "<p> opens" in clean(text, "text/plain").text


@pytest.mark.parametrize(
    "between", [("By Rosa Vell | Kolm Wire", "Published: Feb. 2, 2019 at 11:08 AM"), ("Print",), ()]
)
def test_a_headline_that_stands_once_is_the_line_above_the_text(clean: Clean, between: tuple[str, ...]) -> None:
    menu = ("Strelsau Courier", "Home", "Local News", "Log in | Subscribe")
    cleaned = clean("\n".join((*menu, HEADLINE, *between, *PARAGRAPHS)), "text/plain")
    assert cleaned.headline == HEADLINE
    assert cleaned.text == "\n\n".join(PARAGRAPHS)
