"""Judged rows -> the record: text, notices, captions, standfirst, the account of what was removed, line signals.

It must not overturn the classifier but where a row is, by its own words, a notice, a byline or other furniture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from streams.core.cleaning.cleaned import Block
from streams.core.cleaning.judged import Row
from streams.core.cleaning.notices import folded
from streams.core.cleaning.signs import dateline, is_credit
from streams.core.cleaning.wording import Wording
from streams.core.records import Notice, Removed, Signal

MOST_SIGNALS = 400
#: Of those above the text the last are kept: a long menu stands there, and the byline below it.
_MOST_LINES, _MOST_ABOVE = 100, 40
_LONGEST_LINE = 160
_LONGEST_CREDIT = 240
_SILENT = frozenset({"navigation", "share", "hidden", "unread"})
_MOST_CAPTIONS = 40
_NAMED_LINES: dict[str, str] = {"byline": "byline", "date": "posted"}
#: A copyright line further below the article than this is the site's own.
_NEAR = 3
#: Furniture that may hold a notice, and is not read otherwise.
_READ_ANYWAY = frozenset({"hidden", "dialog"})
#: A wording overrules the classifier below this.
_SURE = 0.8
#: A table's cells are read as rows, not as lines.
_CELLS = frozenset({"td", "th"})
#: Kept paragraphs of these labels are furniture by their own words, whatever stands around them.
FIRM = frozenset({"share", "related", "advertisement", "promo", "comments"})


@dataclass(frozen=True, slots=True)
class Dressed:
    text: str
    notices: tuple[Notice, ...]
    removed: tuple[Removed, ...]
    captions: tuple[str, ...]
    blocks: tuple[Block, ...]


def label_rows(rows: Sequence[Row], headline: str, wording: Wording) -> None:
    """Take notices and worded furniture out of what is kept, and name what is removed."""
    title = folded(headline)
    for row in rows:
        said = row.said
        if said is None:
            if not row.kept and row.tag not in _READ_ANYWAY:
                continue
            said = row.said = wording.read(row.text)
        if title and said.folded == title:
            _remove(row, "headline", "the page's headline")
        elif said.notice:
            _remove(row, "notice", "its wording")
        elif said.label and row.kept and row.tag not in _CELLS and (said.label in FIRM or row.keep < _SURE):
            _remove(row, said.label, "its wording")


def _remove(row: Row, label: str, why: str) -> None:
    row.kept = False
    row.label = label  # type: ignore[assignment]  # labels come from closed sets
    row.why = why


def dress(rows: Sequence[Row], *, explain: bool) -> Dressed:
    """The record's parts. A row's label is "text" where it is kept."""
    kept = [i for i, row in enumerate(rows) if row.kept]
    first, last = (kept[0], kept[-1]) if kept else (len(rows), len(rows))
    return Dressed(
        text="\n\n".join([rows[i].text for i in kept]),
        notices=tuple(_notices(rows, first, last)),
        removed=tuple(Removed(label, n) for label, n in sorted(Counter([r.label for r in rows if not r.kept]).items())),
        captions=tuple(dict.fromkeys([r.text for r in rows if r.label == "caption"]))[:_MOST_CAPTIONS],
        blocks=tuple(_block(row) for row in rows) if explain else (),
    )


def _block(row: Row) -> Block:
    return Block(row.text, "text" if row.kept else row.label, row.kept, round(max(row.keep, 1 - row.keep), 3), row.why)


def _notices(rows: Sequence[Row], first: int, last: int) -> Iterable[Notice]:
    seen = set()
    for i, row in [(i, row) for i, row in enumerate(rows) if row.label == "notice"]:
        if row.said:
            kind = row.said.notice
            if kind and (kind, row.text) not in seen and (kind != "wire_service" or first <= i <= last + _NEAR):
                seen.add((kind, row.text))
                yield Notice(kind, row.text, "before" if i < first else "after" if i > last else "inside")


def line_signals(rows: Sequence[Row], crediting: bytes = b"") -> list[tuple[int, Signal]]:
    """Signals of visible lines, each with its row's number: byline, posted, credit, dateline, line.

    Args:
        rows: all rows in page order.
        crediting: by number, 1 where a row may say whose copy it is; empty, or too short, where nobody knows.
    """
    known = len(crediting)
    kept = [i for i, row in enumerate(rows) if row.kept]
    first, last = (kept[0], kept[-1]) if kept else (len(rows), len(rows))
    found: list[tuple[int, Signal]] = []
    if kept and (opening := dateline(rows[first].text)):
        found.append((rows[first].number, Signal("dateline", opening)))
    closing = kept[-2:]
    above = 0
    for i, row in enumerate(rows):
        label = row.label
        if (i not in closing) if row.kept else label in _SILENT:
            continue
        may_credit = row.number >= known or crediting[row.number]
        if source := _source(row, near=i <= last + _NEAR, may_credit=bool(may_credit)):
            place = "head" if i < first else "tail" if i > last else "inside"
            above += source == "line" and place == "head"
            found.append((row.number, Signal(source, row.text[:1_000], f"{place} {label}")))
    return _fewer_lines(found, above - _MOST_ABOVE) if len(found) > _MOST_ABOVE else found


def _fewer_lines(found: list[tuple[int, Signal]], drop: int) -> list[tuple[int, Signal]]:
    """The same without the first lines, as many as are to drop, and without those past the most."""
    lines, out = 0, []
    for number, signal in found:
        if signal.source == "line":
            lines += 1
            if lines <= drop or lines > max(0, drop) + _MOST_LINES:
                continue
        out.append((number, signal))
    return out


def _source(row: Row, *, near: bool, may_credit: bool) -> str | None:
    """Which signal a removed row, or one of the last two kept, is; None for none."""
    label, size = row.label, len(row.text)
    if may_credit and size <= _LONGEST_CREDIT and (near or label in ("legal", "notice")) and is_credit(row.text):
        return "credit"
    if row.kept:
        return None
    if near and label in _NAMED_LINES:
        return _NAMED_LINES[label]
    return "line" if size <= _LONGEST_LINE else None


def in_order(head: list[Signal], body: list[tuple[int, Signal]]) -> tuple[Signal, ...]:
    """Head first, then the body in document order, each signal once."""
    ordered = [s for _, s in sorted(body, key=itemgetter(0))]
    seen: set[tuple[str, str]] = set()
    out = []
    for s in (*head, *ordered):
        key = (s.source, s.value)
        if s.source == "time" or key not in seen:
            seen.add(key)
            out.append(s)
    return tuple(out[:MOST_SIGNALS])
