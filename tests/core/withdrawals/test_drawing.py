from dataclasses import replace

from streams.core.withdrawals.drawing import draw_html, draw_text

TEXT = "Kenya withdrew from the Coral <b>Fisheries</b> Commission on Friday. Kenya quit the Coral Fisheries Commission."


def test_the_drawing_marks_trigger_actor_and_object(detector, article):
    one = article("Kenya withdrew from the Coral Fisheries Commission on Friday.")
    found = detector.detect(one)
    drawn = draw_text(replace(one, events=found.events), found.rejected)
    assert "[Kenya] «withdrew» from the {Coral Fisheries Commission}" in drawn


def test_html_from_the_article_is_escaped(detector, article):
    one = article(TEXT)
    found = detector.detect(one)
    assert found.events
    drawn = draw_html(replace(one, events=found.events), found.rejected)
    assert "<b>Fisheries" not in drawn
    assert "<mark class='trigger'" in drawn


def test_an_article_without_events_says_so(article):
    assert draw_text(article("Rain fell.")) == "no event, nothing turned down"


def test_an_articles_own_mark_tag_beside_a_span_is_text(detector, article):
    text = "Norway<mark onmouseover=alert(1)> said on Tuesday that it would withdraw from the International Criminal Court."
    one = article(text)
    found = detector.detect(one)
    drawn = draw_html(replace(one, events=found.events), found.rejected)
    assert found.events
    assert "<mark onmouseover" not in drawn
