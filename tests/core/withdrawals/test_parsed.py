from __future__ import annotations

from types import SimpleNamespace

from streams.core.withdrawals.parsed import Parsed


def test_what_is_quoted_stands_as_in_the_text() -> None:
    text = "South Africa, Gambia and Burundi's"
    words = ["South Africa", ",", "Gambia", "and", "Burundi", "'s"]
    spans, at = [], 0
    for word in words:
        at = text.index(word, at)
        spans.append((at, at + len(word)))
    parsed = Parsed(SimpleNamespace(), None, spans, [None] * 6, words)
    assert parsed.said(0, 5) == text
    assert parsed.said(2, 4) == "Gambia and Burundi"
