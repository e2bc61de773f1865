"""The lexicon's wordings for kinds of pages, turned round so that one look-up a part of a heading is enough.

It must not weigh them against other evidence; `page_kind.py` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from streams.core.metadata.data import PagePhrase
from streams.core.records import PageKind

_PARTS = re.compile(r" ?[|–—:-] ")
_DATELINE = 160  # characters of a text where a dateline stands
_LONGEST = 300  # characters of a heading read


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words by where they must stand.

    `whole` parts of a heading, its `opening` with a colon, what it `begins` with, anywhere `inside` a short text, or
    among the `first` words of any.
    """

    whole: dict[str, PageKind]
    opening: dict[str, PageKind]
    begins: tuple[tuple[str, PageKind], ...]
    inside: tuple[tuple[str, PageKind], ...]
    first: tuple[tuple[str, PageKind], ...]

    def of_heading(self, text: str) -> PageKind | None:
        """The kind of which a part of the heading is the whole wording, or that its beginning tells."""
        folded = text[:_LONGEST].casefold()
        for part in _PARTS.split(folded):
            if kind := self.whole.get(part.strip()):
                return kind
        head, colon, _ = folded.partition(":")
        found = self.opening.get(head.rstrip() + colon)
        return found or next((kind for words, kind in self.begins if folded.startswith(words)), None)

    def of_text(self, text: str) -> PageKind | None:
        """The kind whose wording stands anywhere in a short text."""
        folded = text.casefold()
        return next((kind for words, kind in self.inside if words in folded), None)

    def of_opening(self, text: str) -> PageKind | None:
        """The kind whose wording stands where a dateline does."""
        folded = text[:_DATELINE].casefold()
        return next((kind for words, kind in self.first if words in folded), None)


def index(phrases: tuple[PagePhrase, ...]) -> Phrases:
    """Built once a describer."""
    headings = [p for p in phrases if p.place == "heading"]
    return Phrases(
        whole={p.words: p.kind for p in headings if not p.words.endswith(":")},
        opening={p.words: p.kind for p in headings if p.words.endswith(":")},
        begins=tuple((p.words, p.kind) for p in phrases if p.place == "beginning"),
        inside=tuple((p.words, p.kind) for p in phrases if p.place == "text"),
        first=tuple((p.words, p.kind) for p in phrases if p.place == "dateline"),
    )
