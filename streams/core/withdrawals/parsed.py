"""A sentence's grammar, with every name as one stand-in token that the parser knows. It must not judge events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from streams.core.withdrawals.names import COMPANY, DEMONYM, INSTITUTION, NAME, OBJECT, PARTY, PERSON, STATE, Mention
from streams.core.withdrawals.naming_types import Read

Parse = Callable[[Sequence[Sequence[str]]], list[Any]]
_STAND_IN = {STATE: "France", PERSON: "Smith", COMPANY: "Microsoft", NAME: "Microsoft", PARTY: "Labour"}


@dataclass(slots=True)
class Parsed:
    """A spaCy Doc (`doc[i]`) with the span and the mention of each token."""

    read: Read
    doc: Any
    spans: list[tuple[int, int]]
    mentions: list[Mention | None]
    words: list[str]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The span of tokens first..last, both included."""
        return (self.spans[first][0], self.spans[last][1])

    def said(self, first: int, last: int) -> str:
        """Tokens first..last as they stand in the text, a blank where it has one."""
        gaps = ("" if i == first or self.spans[i - 1][1] == self.spans[i][0] else " " for i in range(first, last + 1))
        return "".join(gap + self.words[i] for gap, i in zip(gaps, range(first, last + 1), strict=True))


def body_at(parsed: Parsed, place: int, *more: str) -> bool:
    """Whether a body or treaty is named at a token, or a name of one of `more` types; never past the end."""
    mention = parsed.mentions[place] if place < len(parsed.words) else None
    return mention is not None and mention.type in (OBJECT, INSTITUTION, *more)


def stand_in(mention: Mention, word: str) -> str:
    """A word of the same grammar as the name. Lower-case names keep their last word."""
    if mention.type == DEMONYM:
        plural = word.endswith("s") and not word.endswith(("ss", "is")) and len(word) > 4
        return "Germans" if plural else "French"
    if mention.type in _STAND_IN:
        return _STAND_IN[mention.type]
    last = mention.text.split()[-1]
    return last if last.islower() else "NATO"


def parse_all(reads: Sequence[Read], parse: Parse) -> list[Parsed]:
    """Parse several sentences in one batch."""
    frames = [_frame(read) for read in reads]
    docs = parse([words for words, _, _, _ in frames]) if frames else []
    return [
        Parsed(read, doc, spans, mentions, plain)
        for read, doc, (_, spans, mentions, plain) in zip(reads, docs, frames, strict=True)
    ]


def _frame(read: Read) -> tuple[list[str], list[tuple[int, int]], list[Mention | None], list[str]]:
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    mentions: list[Mention | None] = []
    plain: list[str] = []
    at, following = 0, {first: (last, mention) for first, last, mention in read.mentions}
    while at < len(read.tokens):
        token = read.tokens[at]
        if at in following:
            last, mention = following[at]
            words.append(stand_in(mention, mention.text))
            spans.append((token.start, read.tokens[last - 1].end))
            mentions.append(mention)
            plain.append(mention.text)
            at = last
            continue
        words.append(_known(token.text))
        spans.append((token.start, token.end))
        mentions.append(None)
        plain.append(token.text)
        at += 1
    if read.sentence.field == "headline" and words and words[-1] not in ".?!":
        words, spans, mentions, plain = (
            [*words, "."],
            [*spans, (spans[-1][1], spans[-1][1])],
            [*mentions, None],
            [*plain, ""],
        )
    return words, spans, mentions, plain


def _known(word: str) -> str:
    return {
        "bn": "billion",
        "mn": "million",
        "’s": "'s",
        "n’t": "n't",
        "’": "'",
        "“": '"',
        "”": '"',
        "’ll": "'ll",
        "’re": "'re",
        "’ve": "'ve",
    }.get(word, word)
