"""feed.toml beside pages: which files there are, in order, with the address, time and type of each."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import msgspec

from streams.core.errors import BadMessage
from streams.core.records import RawPage
from streams.edge.inputs.page import InputError, InputPage, read_bytes, refused, unreadable

FEED = "feed.toml"


class _Entry(msgspec.Struct, frozen=True):
    """One `[[page]]`; a message without an address is for the demo's own bad ones."""

    file: Annotated[str, msgspec.Meta(min_length=1)]
    url: str = ""
    fetched_at: str = ""
    content_type: str = ""
    status: int = 200


class _Feed(msgspec.Struct, frozen=True):
    page: list[_Entry]


def check_feed(feed: Path) -> None:
    """Raises InputError where the feed cannot be read."""
    _entries(feed)


def feed_pages(feed: Path, on_skipped: Callable[[Path], None]) -> Iterator[InputPage]:
    """The pages that the feed lists; `on_skipped` is told of entries without an address.

    Raises:
        InputError: the feed cannot be read, or names a file outside its folder.
    """
    for entry in _entries(feed):
        path = feed.parent / entry.file
        if entry.url:
            yield _page(path, entry)
        else:
            on_skipped(path)


def _entries(feed: Path) -> list[_Entry]:
    try:
        entries = msgspec.convert(tomllib.loads(feed.read_text("utf-8")), _Feed).page
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(f"cannot read the feed {feed}: {error}") from None
    for entry in entries:
        if Path(entry.file).is_absolute() or ".." in Path(entry.file).parts:
            raise InputError(f"{feed}: {entry.file} is outside the feed's folder")
    return entries


def _page(path: Path, entry: _Entry) -> InputPage:
    try:
        body, _ = read_bytes(path)
    except BadMessage as error:
        return refused(str(path), error)
    except InputError as error:
        return unreadable(str(path), error)
    return InputPage(str(path), RawPage(entry.url, entry.fetched_at, entry.content_type, body, entry.status))
