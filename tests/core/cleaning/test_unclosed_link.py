from __future__ import annotations

from tests.core.cleaning.conftest import Clean

STORY = "".join(
    f"<p>The council said on Monday that point {number} of its plan for the harbour would be put to the members, and "
    "that those who had asked for more time would be heard before the summer, whatever the ministry thought of it.</p>"
    for number in range(8)
)


def test_a_menu_link_that_is_never_closed_does_not_swallow_the_article(clean: Clean) -> None:
    menu = "<ul class=menu><li><a href=/news>News<li><a href=/sport>Sport</ul>"
    text = clean(f"<html><body>{menu}<div><h1>Council plans for the harbour</h1>{STORY}</div></body></html>").text
    assert "point 0" in text
    assert "point 7" in text


def test_teasers_that_are_wholly_linked_are_still_no_text(clean: Clean) -> None:
    teasers = "".join(
        f"<div><a href=/s/{n}><h3>Harbour story {n}</h3><p>What the members of the council said about point {n} of the "
        "plan for the harbour, and who was against it in the end</p></a></div>"
        for n in range(8)
    )
    text = clean(f"<html><body><article><h1>Council plans</h1>{STORY}</article><div>{teasers}</div></body></html>").text
    assert "point 7" in text
    assert "who was against it" not in text
