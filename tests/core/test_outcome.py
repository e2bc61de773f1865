"""Messages and reasons."""

from __future__ import annotations

import dataclasses
import re

import pytest

from streams.core.outcome import Drop, DropReason, Message, Reject, RejectReason


def test_the_last_header_of_a_name_counts() -> None:
    message = Message("t", None, b"", (("url", b"old"), ("url", b"new"), ("other", b"x")))
    assert message.header("url") == "new"
    assert message.header("URL") is None


def test_a_header_that_is_no_utf8_is_still_text() -> None:
    assert Message("t", None, b"", (("url", b"\xff"),)).header("url") == "\ufffd"


def test_reasons_are_fit_for_labels_and_no_word_means_two_outcomes() -> None:
    words = [*map(str, DropReason), *map(str, RejectReason)]
    assert len(words) == len(set(words))
    assert all(re.fullmatch(r"[a-z][a-z_]{2,30}", word) for word in words)


@pytest.mark.parametrize("value", [Message("t", None, None), Drop(DropReason.NO_TEXT), Reject(RejectReason.BINARY, "")])
def test_nothing_that_travels_can_be_changed(value: object) -> None:
    name = dataclasses.fields(value)[0].name  # type: ignore[arg-type]
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, name, "x")
