"""Word lists written as running text. Nothing but that."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The blank-separated words of a text."""
    return frozenset(text.split())
