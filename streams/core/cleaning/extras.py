"""What the article has beside its text: standfirst and data tables. It must not change what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from streams.core.cleaning.judged import Row
from streams.core.cleaning.notices import folded
from streams.core.cleaning.tree import BIT, Walked

Table = tuple[tuple[str, ...], ...]

_STANDFIRST = 30, 500
_MOST_TABLES, _MOST_ROWS, _MOST_CELLS, _LONGEST_CELL = 10, 200, 30, 300
#: Two rows of two.
_FEWEST_CELLS = 4
#: Cells of a layout table hold paragraphs, those of a data table words and numbers.
_LONGEST_AVERAGE = 100


def standfirst(rows: Sequence[Row], bits: Sequence[int], description: str) -> str | None:
    """The summary that stands above the text and is not part of it, or None.

    Args:
        rows: all rows in page order.
        bits: hint bits of every block, inherited ones included.
        description: the folded meta description.
    """
    low, high = _STANDFIRST
    for row in rows:
        if row.kept:
            return None
        if not low <= len(row.text) <= high or row.number >= len(bits) or row.said is None or row.said.label:
            continue
        named = bits[row.number] & BIT["standfirst"]
        told = len(description) > low and folded(row.text)[:80] == description[:80]
        if named or told:
            row.label = "standfirst"
            return row.text
    return None


def data_tables(page: Walked, number: Mapping[str, int]) -> tuple[Table, ...]:
    """Tables of at least two rows and two columns of short cells, as rows of cell texts."""
    table, cells = number["table"], (number["td"], number["th"])
    out: list[Table] = []
    if not page.table_count:
        return ()
    starts = [i for i, tag in enumerate(page.tag) if tag == table]
    for start in starts[: 4 * _MOST_TABLES]:
        if len(out) < _MOST_TABLES and (found := _rows(page, start, number["tr"], cells)):
            out.append(found)
    return tuple(out)


def _rows(page: Walked, start: int, tr: int, cells: tuple[int, int]) -> Table:
    """One table's rows, or nothing where it is a layout table or holds another table."""
    end, tag = page.end[start], page.tag
    inside = tag[start + 1 : end + 1]
    if tag[start] in inside or inside.count(tr) < 2 or sum(map(inside.count, cells)) < _FEWEST_CELLS:
        return ()
    texts: dict[int, list[str]] = {}
    for where, text in zip(page.where, page.texts, strict=True):
        if start <= where <= end and (cell := _above(page, where, start, cells)):
            texts.setdefault(cell, []).append(text)
    rows: dict[int, list[str]] = {}
    for cell in range(start, end + 1):
        if tag[cell] in cells and (row := _above(page, cell, start, (tr,))):
            rows.setdefault(row, []).append(" ".join(texts.get(cell, ()))[:_LONGEST_CELL])
    found = tuple(tuple(row[:_MOST_CELLS]) for row in list(rows.values())[:_MOST_ROWS])
    full = [cell for row in found for cell in row if cell]
    wide = sum(len(row) > 1 for row in found)
    return found if wide > 1 and full and sum(map(len, full)) <= _LONGEST_AVERAGE * len(full) else ()


def _above(page: Walked, at: int, top: int, tags: tuple[int, ...]) -> int:
    """The nearest element of these tags at or above `at` and below `top`, or 0."""
    while at > top:
        if page.tag[at] in tags:
            return at
        at = page.parent[at]
    return 0
