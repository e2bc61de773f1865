"""A message as one JSON-able row: the record, and where it stands. Nothing of it is lost."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from streams.core.codec import loads
from streams.core.errors import BadMessage
from streams.core.outcome import Message
from streams.core.pages import json_message, raw_page
from streams.edge.reading import Stored


def located(message: Stored) -> dict[str, Any]:
    """The record with its place; of a value that is no JSON object its text, or its bytes as base64."""
    record = record_of(message)
    return {**(undecoded(message) if record is None else record), **place(message)}


def page_row(message: Stored) -> dict[str, Any]:
    """A page in its JSON form, as `streams load` reads it, with its place; what is no page as `located`."""
    try:
        page = raw_page(Message(message.topic, message.key, message.value, message.headers))
    except BadMessage:
        return located(message)
    return {**loads(json_message(page)), **place(message)}


def record_of(message: Stored) -> dict[str, Any] | None:
    """The value where it is a JSON object."""
    try:
        record = loads(message.value)
    except BadMessage:
        return None
    return record if isinstance(record, dict) else None


def place(message: Stored) -> dict[str, Any]:
    """Topic, partition, offset, key and time (ms since the epoch), each with an underscore before it."""
    key = message.key.decode("utf-8", "replace") if message.key is not None else None
    return {
        "_topic": message.topic,
        "_partition": message.partition,
        "_offset": message.offset,
        "_key": key,
        "_timestamp": message.timestamp,
    }


def undecoded(message: Stored) -> dict[str, Any]:
    """Value and headers as they came."""
    headers = {name: None if text is None else text.decode("utf-8", "replace") for name, text in message.headers}
    body = message.value
    if body is None:
        return {"_value": None, "_headers": headers}
    try:
        return {"_value": body.decode("utf-8"), "_headers": headers}
    except UnicodeDecodeError:
        return {"_value_base64": b64encode(body).decode(), "_headers": headers}
