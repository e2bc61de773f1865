"""HTTP's transfer and content encodings of a stored response, undone within bounds.

Archives hold bodies whose header no longer says the truth (already decoded), and cut ones. As browsers
do, what can be decoded is kept, and a header that fits nothing is ignored. It must not raise for a body.
"""

from __future__ import annotations

import io
import zlib
from typing import Any

from fastwarc.stream_io import BrotliReader, ChunkedReader

#: Bytes decoded at once, so that a broken stream keeps what came before its fault.
_STEP = 4_096


def decode_body(body: bytes, transfer: str, content: str, limit: int) -> bytes:
    """The body as the page's author wrote it, never more than `limit` bytes.

    Args:
        body: as stored.
        transfer: the header Transfer-Encoding, or nothing.
        content: the header Content-Encoding, or nothing; several stand in the order they were applied in.
        limit: bytes.
    """
    if "chunked" in transfer.lower():
        body = _drain(ChunkedReader(io.BytesIO(body)), limit) or body
    for name in reversed([part.strip().lower() for part in content.split(",")][:4]):
        if name in {"gzip", "x-gzip", "deflate"}:
            body = _inflate(body, limit) or body
        elif name == "br":
            body = _drain(BrotliReader(io.BytesIO(body)), limit) or body
    return body[:limit]


def _drain(reader: Any, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        while size < limit and (part := reader.read(_STEP)):
            parts.append(part)
            size += len(part)
    except (OSError, ValueError, EOFError):
        pass  # cut or broken: the part before it stays
    return b"".join(parts)


def _inflate(body: bytes, limit: int) -> bytes:
    """Gzip, zlib, or the bare deflate that some servers send for `deflate`; nothing where it is none."""
    for window in (47, -15):  # zlib.MAX_WBITS + 32 finds out which of the first two
        inflater = zlib.decompressobj(window)
        parts: list[bytes] = []
        size, rest = 0, body
        try:
            while size < limit and rest and not inflater.eof:
                parts.append(inflater.decompress(rest, min(limit - size, 1 << 16)))
                size += len(parts[-1])
                rest = inflater.unconsumed_tail
        except zlib.error:
            pass
        if parts and size:
            return b"".join(parts)
    return b""
