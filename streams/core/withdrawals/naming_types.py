"""A sentence with its words and the mentions in it. A value, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field

from streams.core.withdrawals.names import Mention
from streams.core.withdrawals.text import Sentence, Token


@dataclass(slots=True)
class Read:
    """A sentence with its words and the mentions in it, by token: [first, last)."""

    sentence: Sentence
    tokens: list[Token]
    mentions: list[tuple[int, int, Mention]] = field(default_factory=list)
