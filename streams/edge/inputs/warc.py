"""WARC files, also compressed, by fastwarc: every HTTP response of a page's type is one, its source `file#record`.

Pictures, styles and feeds, which a crawl has more of than of pages, are left out here: each would be a dead letter.

fastwarc's own decoding ends the file at the first broken body; ours (encoding.py) keeps going.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from streams.core.pages import MAX_BODY_BYTES, PAGE_TYPES, media_type
from streams.core.records import RawPage
from streams.edge.inputs.page import InputError, InputPage, unreadable

_WARC = re.compile(r"\.warc(\.gz|\.zst|\.lz4)?$", re.IGNORECASE)


def is_warc(path: Path) -> bool:
    return bool(_WARC.search(path.name))


def check_warc(path: Path) -> None:
    """Raises InputError unless the file begins with a WARC record."""
    try:
        first = next(_records(path), None)
    except OSError as error:
        raise InputError(f"{path}: no readable WARC: {error.strerror or error}") from None
    if first is None:
        raise InputError(f"{path}: no WARC record in it")


def warc_pages(path: Path, on_skipped: Callable[[Path], None] = lambda _: None) -> Iterator[InputPage]:
    """The pages of the file in order; where it breaks off, a last entry says so."""
    seen = 0
    try:
        for seen, record in enumerate(_records(path), 1):
            if record.headers.get("WARC-Type") != "response" or record.http_headers is None:
                continue
            if media_type(record.http_headers.get("Content-Type") or "") in PAGE_TYPES:
                yield _page(f"{path}#{seen}", record)
            else:
                on_skipped(path.with_name(f"{path.name}#{seen}"))
    except OSError as error:
        yield unreadable(str(path), InputError(f"it breaks off after record {seen}: {error.strerror or error}"))


def _records(path: Path) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415  only where a WARC is read

    with path.open("rb") as file:
        yield from ArchiveIterator(file, parse_http=True)


def _page(source: str, record: Any) -> InputPage:
    from streams.edge.inputs.encoding import decode_body  # noqa: PLC0415  brings fastwarc

    headers, moment = record.http_headers, record.record_date
    stored = record.reader.read(MAX_BODY_BYTES + 1)
    transfer, content = (headers.get(name) or "" for name in ("Transfer-Encoding", "Content-Encoding"))
    page = RawPage(
        url=record.headers.get("WARC-Target-URI") or "",
        fetched_at=moment.isoformat() if moment else "",
        content_type=headers.get("Content-Type") or "",
        body=decode_body(stored, transfer, content, MAX_BODY_BYTES + 1),
        http_status=headers.status_code or 200,
    )
    return InputPage(source, page)
