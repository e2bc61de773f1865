"""Golden cases: other stories around and inside an article give it no text, and so no event."""

from __future__ import annotations

import pytest

from tests.core.cleaning.conftest import Clean
from tests.core.cleaning.story import PARAGRAPHS, page, paragraphs

BAIT = "Grenzmark pulls out of the northern customs union"

INSIDE = {
    "an also-read paragraph": f'<p><strong>Also read: <a href="/x">{BAIT}</a></strong></p>',
    "a read-more paragraph": f'<p>READ MORE: <a href="/x">{BAIT}</a></p>',
    "a linked headline in capitals": f'<p><a href="/x"><strong>{BAIT.upper()}</strong></a></p>',
    "a linked headline": f'<p><a href="/x">{BAIT}</a></p>',
    "an aside": f'<aside><h4>Related</h4><p><a href="/x">{BAIT}</a></p></aside>',
    "a related list": f'<div class="related"><h3>Related stories</h3><ul><li><a href="/x">{BAIT}</a></li><li><a href="/y">Second story of the day</a></li></ul></div>',
    "a list without a telling class": f'<div class="q7"><h3>More on this story</h3><ul><li><a href="/x">{BAIT}</a></li><li><a href="/y">What the pact is</a></li></ul></div>',
    "a trending box": f'<section class="trending-now"><h3>Trending</h3><ol><li><a href="/x">{BAIT}</a></li><li><a href="/y">Ten ways to cook trout</a></li></ol></section>',
    "a caption": f'<figure><img src="/i.jpg" alt=""><figcaption>{BAIT}: the minister at the border.</figcaption></figure>',
    "a picture's alternative text": f'<p><img src="/i.jpg" alt="{BAIT}"></p>',
    "a hidden element": f'<div style="display: none"><p>{BAIT}, officials said on Monday.</p></div>',
    "a script": f'<script>var t = "<p>{BAIT}, officials said on Monday.</p>";</script>',
    "a template": f"<template><p>{BAIT}, officials said on Monday.</p></template>",
    "a newsletter box": f'<div class="newsletter-signup"><h4>Daily headlines</h4><p>Sign up for our newsletter: {BAIT} and more in your inbox</p></div>',
}
AROUND = {
    "most popular": f'<div class="most-popular"><h3>Most popular</h3><ol><li><a href="/x">{BAIT}</a></li><li><a href="/y">Trout season opens</a></li><li><a href="/z">Bridge closed</a></li></ol></div>',
    "teasers with text": '<section class="more-news"><h2>More news</h2>'
    + "".join(
        f'<div class="teaser"><h3><a href="/{i}">{BAIT}</a></h3><p>{BAIT} after talks on tariffs ended in the night …</p></div>'
        for i in range(4)
    )
    + "</section>",
    "comments": '<div id="comments"><h3>3 comments</h3>'
    + "".join(
        f'<div class="comment"><b>reader{i}</b><p>{BAIT}, and good riddance. I have said for years that this union never did us any good.</p></div>'
        for i in range(3)
    )
    + "</div>",
    "a next-article link": f'<div class="next-article">Next: <a href="/x">{BAIT}</a></div>',
    "sponsored": f'<div class="sponsored"><h3>Sponsored stories</h3><ul><li><a href="/x">{BAIT}</a></li><li><a href="/y">One weird trick</a></li></ul></div>',
}


@pytest.mark.parametrize("name", INSIDE)
def test_other_stories_inside_the_body_give_no_text(clean: Clean, name: str) -> None:
    cleaned = clean(page(paragraphs((1, INSIDE[name]))))
    assert BAIT.lower() not in cleaned.text.lower()
    assert PARAGRAPHS[1] in cleaned.text
    assert PARAGRAPHS[2] in cleaned.text


@pytest.mark.parametrize("name", AROUND)
def test_other_stories_around_the_article_give_no_text(clean: Clean, name: str) -> None:
    cleaned = clean(page(after=AROUND[name]))
    assert BAIT.lower() not in cleaned.text.lower()
    assert all(p in cleaned.text for p in PARAGRAPHS)


@pytest.mark.parametrize(
    "line", [f"Also read: {BAIT}", f"READ MORE: {BAIT}", f"Related: {BAIT}", f"See also: {BAIT}", f"Watch: {BAIT}"]
)
def test_an_also_read_line_in_a_text_only_page_gives_no_text(clean: Clean, line: str) -> None:
    cleaned = clean("\n".join((*PARAGRAPHS[:2], line, *PARAGRAPHS[2:])), "text/plain")
    assert BAIT not in cleaned.text
    assert all(p in cleaned.text for p in PARAGRAPHS)


def test_headlines_under_a_heading_of_other_stories_give_no_text(clean: Clean) -> None:
    cleaned = clean(
        "\n".join(
            (
                *PARAGRAPHS,
                "More World News",
                BAIT,
                "Trout season opens with a fair in the old town",
                "Most Popular",
                BAIT,
            )
        ),
        "text/plain",
    )
    assert BAIT not in cleaned.text
    assert PARAGRAPHS[-1] in cleaned.text


def test_a_link_inside_a_sentence_stays(clean: Clean) -> None:
    sentence = 'The minister <a href="/letter">published the letter on Tuesday evening</a>, and its wording left little room for doubt among lawyers.'
    cleaned = clean(page(paragraphs((1, f"<p>{sentence}</p>"))))
    assert "The minister published the letter on Tuesday evening, and its wording" in cleaned.text
    assert ("/letter", "published the letter on Tuesday evening") in [(link.url, link.text) for link in cleaned.links]
