"""JSON lines, or one JSON document: raw pages, or extracted articles, ours or in a known shape (shapes.py).

A broken line is reported with its number, and the rest goes on.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from streams.core import codec
from streams.core.errors import BadMessage
from streams.core.outcome import RejectReason
from streams.core.pages import MAX_BODY_BYTES, ExtractedArticle, page_from_json
from streams.edge.inputs import shapes
from streams.edge.inputs.page import InputError, InputPage, refused, unreadable

SUFFIXES = {".jsonl", ".ndjson", ".json"}
#: A page as base64 and its other fields.
MAX_LINE = 2 * MAX_BODY_BYTES
#: Bytes without a newline after which a file counts as no JSON lines: a gzip bomb has gigabytes of them.
MAX_RUN = 64 * MAX_LINE
#: A JSON document is read whole, so that it must be small.
MAX_DOCUMENT = 8 * MAX_LINE
#: Lines looked at to see what a file holds.
LOOKED_AT = 20


def line_pages(path: Path) -> Iterator[InputPage]:
    """A raw page a line: `{"id"?, "url", "fetched_at", "status", "headers", "body" | "body_base64"}`, or a crawler's.

    Where the file breaks off, a last entry says so.
    """
    try:
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
        for source, line in _records(path):
            yield _line_page(source, line, changed)
    except InputError as error:
        yield unreadable(str(path), error)


def _line_page(source: str, line: bytes, changed: str) -> InputPage:
    source_id = None
    try:
        data = shapes.as_page(_object(line), changed)
        source_id = None if data.get("id") is None else str(data["id"])
        return InputPage(source, page_from_json(data), source_id)
    except BadMessage as error:
        return refused(source, error, source_id)


def holds_pages(path: Path) -> bool:
    """Whether a raw page is among the first lines; a folder may hold other JSON lines beside pages."""
    try:
        return any(_looks_like_page(line) for _, line in islice(_records(path), LOOKED_AT))
    except InputError:
        return False


def check_lines(path: Path) -> None:
    """Raises InputError where a file has lines and none of the first is a raw page."""
    seen = 0
    for _, line in islice(_records(path), LOOKED_AT):
        if _looks_like_page(line):
            return
        seen += 1
    if seen:
        raise InputError(
            f"{path}: no raw page in its first {seen} lines; a line is one JSON object with url, fetched_at"
            " and body or body_base64, or Zyte API's or Scrapy Cluster's (extracted articles: streams scan"
            " --format articles)"
        )


def _looks_like_page(line: bytes) -> bool:
    try:
        return shapes.is_page(_object(line))
    except BadMessage:
        return False


def line_articles(path: Path, on_refused: Callable[[InputPage], None] | None) -> Iterator[tuple[str, ExtractedArticle]]:
    """An extracted article a line: `{"id", "url", "published"?, "title", "text"}`, or an extractor's.

    Raises:
        InputError: the file, the line, and the field that is wrong, where nobody is told of refused lines.
    """
    for source, line in _records(path):
        try:
            yield source, codec.convert(shapes.as_article(_object(line)), ExtractedArticle)
        except BadMessage as error:
            if on_refused is None:
                raise InputError(f"{source}: {error.detail}; a line needs id, url, title and text") from None
            on_refused(refused(source, error))


def _records(path: Path) -> Iterator[tuple[str, bytes]]:
    """Lines, or the parts of one JSON document, which a .json file may hold over many lines. Raises InputError."""
    if path.name.lower().endswith((".json", ".json.gz")) and _is_document(path):
        yield from _document(path)
    else:
        yield from read_lines(path)


def _is_document(path: Path) -> bool:
    """Whether it is a list, or an object over many lines: none of the first is one by itself."""
    lines = (line.strip() for _, line in islice(read_lines(path), LOOKED_AT))
    first = next(lines, b"")
    return first[:1] == b"[" or (first[:1] == b"{" and not any(map(_is_object, (first, *lines))))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(codec.loads(line), dict)
    except BadMessage:
        return False


def _document(path: Path) -> Iterator[tuple[str, bytes]]:
    """An object, or a list of them, each as a line of its own."""
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            whole = file.read(MAX_DOCUMENT + 1)
        if len(whole) > MAX_DOCUMENT:
            raise InputError(f"{path}: a JSON document of more than {MAX_DOCUMENT} bytes; make lines: jq -c '.[]'")
        data = codec.loads(whole)
    except BadMessage as error:
        raise InputError(f"cannot read {path}: {error.detail}") from None
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from None
    for number, part in enumerate(data if isinstance(data, list) else [data], 1):
        yield f"{path}#{number}", codec.encode(part)


def read_lines(path: Path) -> Iterator[tuple[str, bytes]]:
    """Lines that are not blank, each with `file#number`; of one that is too long, its beginning.

    Raises:
        InputError: the file cannot be opened, or breaks off.
    """
    number = 0
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            while line := file.readline(MAX_LINE + 1):
                number += 1
                _skip_rest(path, number, line, file)
                if line.strip():
                    yield f"{path}#{number}", line
    except (OSError, EOFError, zlib.error) as error:
        where = f" after line {number}" if number else ""
        raise InputError(f"cannot read {path}{where}: {getattr(error, 'strerror', None) or error}") from None


def _skip_rest(path: Path, number: int, line: bytes, file: IO[bytes] | gzip.GzipFile) -> None:
    size = len(line)
    while size > MAX_LINE and not line.endswith(b"\n"):
        line = file.readline(MAX_LINE + 1)
        size += len(line)
        if size > MAX_RUN:
            raise InputError(f"{path}#{number}: more than {MAX_RUN} bytes without a newline are no JSON lines")
        if not line:
            return


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise BadMessage(RejectReason.TOO_LARGE, f"a line of more than {MAX_LINE} bytes")
    data = codec.loads(line)
    if not isinstance(data, dict):
        raise BadMessage(RejectReason.MALFORMED, "the line is no JSON object")
    return data
