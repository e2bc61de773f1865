"""JSON lines: raw pages, or extracted articles. A broken line is reported with its number, and the rest goes on."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from streams.core import codec
from streams.core.errors import BadMessage
from streams.core.outcome import RejectReason
from streams.core.pages import MAX_BODY_BYTES, ExtractedArticle, page_from_json
from streams.edge.inputs.page import InputError, InputPage, refused

SUFFIXES = {".jsonl", ".ndjson", ".json"}
#: A page as base64 and its other fields.
MAX_LINE = 2 * MAX_BODY_BYTES


def line_pages(path: Path) -> Iterator[InputPage]:
    """A raw page a line: `{"id"?, "url", "fetched_at", "status", "headers", "body" | "body_base64"}`.

    Raises:
        InputError: the file cannot be read.
    """
    for source, line in read_lines(path):
        source_id = None
        try:
            data = _object(line)
            source_id = None if data.get("id") is None else str(data["id"])
            yield InputPage(source, page_from_json(data), source_id)
        except BadMessage as error:
            yield refused(source, error, source_id)


def looks_like_pages(path: Path) -> bool:
    """Whether the first line is a raw page; a folder may hold other JSON lines beside pages."""
    try:
        _, line = next(read_lines(path))
        data = _object(line)
    except (StopIteration, BadMessage, InputError):
        return False
    return "url" in data and ("body" in data or "body_base64" in data)


def line_articles(path: Path) -> Iterator[tuple[str, ExtractedArticle]]:
    """An extracted article a line: `{"id", "url", "published"?, "title", "text"}`.

    Raises:
        InputError: the file, the line, and the field that is wrong.
    """
    for source, line in read_lines(path):
        try:
            yield source, codec.convert(_object(line), ExtractedArticle)
        except BadMessage as error:
            raise InputError(f"{source}: {error.detail}; a line needs id, url, title and text") from None


def read_lines(path: Path) -> Iterator[tuple[str, bytes]]:
    """Lines that are not blank, each with `file#number`. Raises InputError."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            number = 0
            while line := file.readline(MAX_LINE + 1):
                number += 1
                if line.strip():
                    yield f"{path}#{number}", line
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from None


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise BadMessage(RejectReason.TOO_LARGE, f"a line of more than {MAX_LINE} bytes")
    data = codec.loads(line)
    if not isinstance(data, dict):
        raise BadMessage(RejectReason.MALFORMED, "the line is no JSON object")
    return data
