"""WARC files, also .gz, by fastwarc: every HTTP response is a page, its source `file#record`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from streams.core.pages import MAX_BODY_BYTES
from streams.core.records import RawPage
from streams.edge.inputs.page import InputError, InputPage

_WARC = re.compile(r"\.warc(\.gz|\.zst|\.lz4)?$", re.IGNORECASE)


def is_warc(path: Path) -> bool:
    return bool(_WARC.search(path.name))


def warc_pages(path: Path) -> Iterator[InputPage]:
    """The responses of the file, in order.

    Raises:
        InputError: it cannot be opened, or holds no WARC record at all.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415  only where a WARC is read

    seen = 0
    try:
        with path.open("rb") as file:
            for seen, record in enumerate(ArchiveIterator(file, parse_http=True), 1):
                if record.record_type == WarcRecordType.response and record.http_headers is not None:
                    yield _page(f"{path}#{seen}", record)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from None
    except Exception as error:  # noqa: BLE001  fastwarc raises what its stream meets
        raise InputError(f"{path}: broken after record {seen}: {error}") from None
    if not seen:
        raise InputError(f"{path}: no WARC record in it")


def _page(source: str, record: Any) -> InputPage:
    headers = record.http_headers
    encoding = (headers.get("Content-Encoding") or "").lower()
    body = record.reader.read(MAX_BODY_BYTES + 1)
    moment = record.record_date
    page = RawPage(
        url=record.headers.get("WARC-Target-URI") or "",
        fetched_at=moment.isoformat() if moment else "",
        content_type=headers.get("Content-Type") or "",
        body=body,
        http_status=headers.status_code or 200,
    )
    return InputPage(source, page, error=f"content-encoding {encoding}" if encoding and not body else None)
