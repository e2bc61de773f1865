"""How rows reach a person or a machine: a table at a terminal, JSON lines with --json. Data to stdout."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click


def table(head: Sequence[str], rows: Iterable[Sequence[Any]], *, as_json: bool, empty: str = "nothing") -> None:
    """Print rows; `empty` is said on stderr where there are none."""
    from rich.console import Console
    from rich.table import Table

    body = list(rows)
    if as_json:
        for row in body:
            json_line(dict(zip(head, row, strict=True)))
        return
    if not body:
        note(empty)
        return
    drawn = Table(*head, box=None, pad_edge=False, header_style="bold")
    for row in body:
        drawn.add_row(*(_cell(value) for value in row))
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 200
    Console(width=width, soft_wrap=False).print(drawn)


def json_line(record: Any) -> None:
    """One JSON object on a line of stdout."""
    import orjson

    sys.stdout.buffer.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
    sys.stdout.buffer.flush()


def note(text: str) -> None:
    """A word to the person, on stderr."""
    click.echo(text, err=True)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path to write to; the file gets its own name once all went well, else nothing is left."""
    partial = path.with_name(path.name + ".partial")
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _cell(value: Any) -> str:
    from rich.markup import escape

    return escape("" if value is None else f"{value:,}" if isinstance(value, int) else str(value))
