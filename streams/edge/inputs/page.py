"""One input as the readers give it, and what a reader says when it cannot."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path

from streams.core.errors import BadMessage
from streams.core.outcome import RejectReason
from streams.core.pages import MAX_BODY_BYTES
from streams.core.records import RawPage


class InputError(Exception):
    """A named input is missing or cannot be read; one line: file, record, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class InputPage:
    """A page with its place (`file` or `file#record`), or why that record is none.

    `source_id` is the id that the input gave it; `reason` is a RejectReason.
    """

    source: str
    page: RawPage | None
    source_id: str | None = None
    error: str | None = None
    reason: str | None = None


def refused(source: str, error: BadMessage, source_id: str | None = None) -> InputPage:
    return InputPage(source, None, source_id, error.detail, str(error.reason))


def unreadable(source: str, error: InputError) -> InputPage:
    """A file of many that cannot be read, or breaks off: the rest goes on."""
    return refused(source, BadMessage(RejectReason.MALFORMED, str(error)))


def read_bytes(path: Path) -> tuple[bytes, float]:
    """The file's bytes, unpacked where it ends in .gz, never more than a page may have and one; when it changed last.

    Raises:
        InputError: it cannot be read.
        BadMessage: `malformed`, a broken gzip file.
    """
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            return file.read(MAX_BODY_BYTES + 1), path.stat().st_mtime
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise BadMessage(RejectReason.MALFORMED, f"broken gzip: {error}") from None
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from None
