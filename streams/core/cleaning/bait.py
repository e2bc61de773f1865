"""Other stories inside the article's body: "also read" paragraphs, linked headlines, lists under such a heading.

They name other events, so each must go even where it stands among kept paragraphs. It must not touch
sentences: a row that ends as a sentence and is not wholly a link stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.core.cleaning.judged import Row

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]»]{0,3}$")
_PARAGRAPHS = frozenset({"p", "div", "h2", "h3", "h4", "h5", "h6", "blockquote", "center", "section", "aside"})
_CAPTIONS = frozenset({"figcaption", "caption"})
_ANNOUNCING = frozenset({"related", "promo", "advertisement"})
_LONGEST_TEASER, _SHORTEST_TEASER, _MOST_TEASERS = 200, 25, 12
_LONGEST_HEADING = 60


def drop_bait(rows: Sequence[Row]) -> None:
    """Remove what tells of other stories, and captions, from what is kept."""
    announced = 0
    for row in rows:
        label = row.said.label if row.said else row.label
        if row.tag in _CAPTIONS:
            _drop(row, "caption", "its tag")
        elif label in _ANNOUNCING and _is_heading(row):
            announced = _MOST_TEASERS
        elif announced and _is_teaser(row):
            announced -= 1
            _drop(row, "related", "below a heading of other stories")
        else:
            announced = 0
            if row.kept and row.linked >= _SHORTEST_TEASER and row.tag in _PARAGRAPHS and _is_one_link(row):
                _drop(row, "related", "a paragraph that is a link")


def _is_heading(row: Row) -> bool:
    return len(row.text) <= _LONGEST_HEADING and not _SENTENCE_END.search(row.text)


def _is_teaser(row: Row) -> bool:
    """A headline rather than a sentence: short, and either linked or without a sentence's end."""
    if len(row.text) > _LONGEST_TEASER:
        return False
    return 2 * row.linked > len(row.text) or (row.tag == "li" and not _SENTENCE_END.search(row.text))


def _is_one_link(row: Row) -> bool:
    size = len(row.text)
    return (
        _SHORTEST_TEASER <= size <= _LONGEST_TEASER and row.linked >= 0.95 * size and not _SENTENCE_END.search(row.text)
    )


def _drop(row: Row, label: str, why: str) -> None:
    if row.kept:
        row.kept = False
        row.label = label  # type: ignore[assignment]  # one of the closed set
        row.why = why
