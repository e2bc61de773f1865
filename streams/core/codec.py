"""Records on the wire: JSON by orjson, checked against the dataclass by msgspec on the way in."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
import orjson

from streams.core.errors import BadMessage
from streams.core.outcome import RejectReason

R = TypeVar("R")


def encode(record: Any) -> bytes:
    """A record as UTF-8 JSON, in the order of its fields. The record must hold no lone surrogates."""
    return orjson.dumps(record)


def decode(value: bytes | None, record: type[R]) -> R:
    """Read one record.

    Raises:
        BadMessage: `malformed`, with the path of the wrong field.
    """
    return convert(loads(value), record)


def loads(value: bytes | None) -> Any:
    """Read JSON of bounded depth (orjson itself stops at 1,024 levels).

    Raises:
        BadMessage: `malformed`.
    """
    try:
        return orjson.loads(value or b"")
    except orjson.JSONDecodeError as error:
        raise BadMessage(RejectReason.MALFORMED, f"not JSON: {error}") from None


def convert(data: Any, record: type[R]) -> R:
    """Turn decoded JSON into a record; unknown fields are ignored, so that records may grow.

    Raises:
        BadMessage: `malformed`, with the path of the wrong field.
    """
    try:
        return msgspec.convert(data, record)
    except (msgspec.ValidationError, RecursionError) as error:
        raise BadMessage(RejectReason.MALFORMED, f"not a {record.__name__}: {error}") from None
