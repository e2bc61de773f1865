"""A made-up story, and a page of a made-up paper around it, for golden cases."""

from __future__ import annotations

HEADLINE = "Ruritania quits the Danube pact"
PARAGRAPHS = (
    "Ruritania is leaving the Danube pact, its foreign minister told parliament in Strelsau on Tuesday, eleven years after it joined.",
    "The government will send its letter to the pact's office this week, he said, and the exit takes effect a year later.",
    "Neighbours were quick to regret the step. The pact's secretary said that the river did not stop at a border and that the door stayed open.",
    "Farmers along the upper river had asked for the exit since the dispute over water quotas began in the spring of last year.",
    "Opposition leaders called the move reckless and said that they would undo it after the election, which is due in the autumn.",
)


def paragraphs(*extra: tuple[int, str]) -> str:
    """The story's paragraphs as HTML, with pieces of markup put in after the paragraph of that number."""
    out = []
    for i, text in enumerate(PARAGRAPHS):
        out.append(f"<p>{text}</p>")
        out += [markup for after, markup in extra if after == i]
    return "\n".join(out)


def page(body: str = "", *, before: str = "", after: str = "", head: str = "") -> str:
    """A whole page: menu, headline, byline, the story, a rail and a footer."""
    return f"""<!doctype html><html lang="en"><head><title>{HEADLINE} | Strelsau Courier</title>
<meta property="og:title" content="{HEADLINE}"><meta property="og:site_name" content="Strelsau Courier">
<link rel="canonical" href="https://www.kolm.example/news/a">{head}</head><body>
<header><a href="/">Strelsau Courier</a></header>
<nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li><li><a href="/weather">Weather</a></li></ul></nav>
{before}<main><article class="story"><h1>{HEADLINE}</h1><p class="byline">By Rosa Vell</p>
<div class="story-body">{body or paragraphs()}</div></article>{after}</main>
<footer><p>© 2026 Courier Press. All rights reserved.</p></footer></body></html>"""
