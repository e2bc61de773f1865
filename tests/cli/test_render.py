"""What a person sees of an event, and what a hostile page cannot put there."""

from __future__ import annotations

from typing import Any

import pytest
from click import unstyle

from streams.cli.render import event_block, safe


def record(sentence: str, trigger: str, **changes: Any) -> dict[str, Any]:
    start = 500 + sentence.index(trigger)
    evidence = {
        "sentence": sentence,
        "span": [500, 500 + len(sentence)],
        "trigger": trigger,
        "trigger_span": [start, start + len(trigger)],
        "rule": "leave.verb",
    }
    return {
        "actor": {"name": "Norway"},
        "object": {"name": "the Pact"},
        "stage": "announced",
        "form": "full_exit",
        "main": True,
        "date": {"value": "2020-01-02", "text": "on Thursday"},
        "effective": None,
        "confidence": 0.875,
        "evidence": evidence,
        "article": {"publisher": "The Paper", "agency": None, "url": "https://a.example/x"},
        **changes,
    }


def test_the_trigger_stands_in_guillemets_off_a_terminal() -> None:
    assert event_block(record("Norway will leave the Pact.", "leave"), color=False).splitlines() == [
        "Norway → the Pact  ANNOUNCED · full-exit · 2020-01-02 (“on Thursday”) · main · sure 0.88",
        "    Norway will «leave» the Pact.",
        "    The Paper, https://a.example/x  rule leave.verb",
    ]


def test_the_trigger_is_bold_at_a_terminal_and_the_words_are_the_same() -> None:
    drawn = event_block(record("Norway will leave the Pact.", "leave"), color=True)
    assert "\x1b[1mleave\x1b[22m" in drawn
    assert "Norway will leave the Pact." in unstyle(drawn)


def test_a_trigger_that_is_wrapped_keeps_both_marks() -> None:
    sentence = "Norway " + "long " * 17 + "will pull out of the Pact."
    drawn = event_block(record(sentence, "pull out"), color=False)
    assert drawn.count("«") == drawn.count("»") == 1
    assert len(drawn.splitlines()) == 4


def test_spans_that_do_not_fit_leave_the_sentence_unmarked() -> None:
    broken = record("Norway will leave.", "leave")
    broken["evidence"]["trigger_span"] = [0, 3]
    assert "    Norway will leave." in event_block(broken, color=False).splitlines()


def test_no_control_character_of_a_page_reaches_the_terminal() -> None:
    hostile = "\x1b]0;owned\x07 \x01leave\x02 \u202e\x9b31m"
    drawn = event_block(
        record(hostile, "leave", actor={"name": hostile}, date={"value": "x", "text": hostile}), color=False
    )
    assert not [c for c in drawn if not c.isprintable() and c != "\n"]
    assert drawn.count("«") == 1


def test_odd_spaces_are_spaces_and_a_break_in_a_sentence_breaks_no_line() -> None:
    assert safe("a\u00a0b\u2009c\nd\te") == "a b c d e"


@pytest.mark.parametrize("broken", [{}, {"actor": None}, {"actor": {"name": "x"}, "object": []}])
def test_what_is_no_event_raises_what_its_caller_expects(broken: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError)):
        event_block(broken, color=False)
