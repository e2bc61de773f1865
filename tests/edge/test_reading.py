from __future__ import annotations

import pytest

from streams.edge.reading import Stored, parse_origin


def test_an_origin_reads_back_as_it_was_told() -> None:
    assert parse_origin(Stored("a.b-c", 3, 17, 0, None, None, ()).origin) == ("a.b-c", 3, 17)


@pytest.mark.parametrize("told", ["", "a", "a:1", "a:1:", ":1:2", "a:-1:2", "a:1:2:3", "a:x:2"])
def test_anything_else_is_refused_with_the_form(told: str) -> None:
    with pytest.raises(ValueError, match="topic:partition:offset"):
        parse_origin(told)


def test_the_last_header_of_a_name_counts() -> None:
    message = Stored("t", 0, 0, 0, None, None, (("n", b"1"), ("n", b"\xff2")))
    assert message.header("n") == "\ufffd2"
    assert message.header("m") == ""
