"""Bare page files: the address from the page itself, else one that names the file; the time from the file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from streams.core.errors import BadMessage
from streams.core.pages import check_url
from streams.core.records import RawPage
from streams.edge.inputs.page import InputError, InputPage, read_bytes, refused

HTML = {".html", ".htm", ".xhtml"}
TEXT = {".txt"}
#: Where a page says its own address, within its first 64 KiB.
_HEAD = 65_536
_ADDRESS = re.compile(
    rb"""<link\b[^>]{0,300}?\brel=["']?canonical["']?[^>]{0,300}?\bhref=["']([^"'>]{1,2048})["']"""
    rb"""|<meta\b[^>]{0,300}?\bproperty=["']og:url["'][^>]{0,300}?\bcontent=["']([^"'>]{1,2048})["']""",
    re.IGNORECASE,
)


def page_suffix(path: Path) -> str:
    """`.html` for `x.html` and `x.html.gz`."""
    return Path(path.stem).suffix.lower() if path.suffix == ".gz" else path.suffix.lower()


def is_page(path: Path) -> bool:
    return page_suffix(path) in HTML | TEXT


def file_page(path: Path) -> InputPage:
    """One file is one page; what is wrong with its inside is for the steps to say.

    Raises:
        InputError: it cannot be opened.
    """
    try:
        body = read_bytes(path)
    except BadMessage as error:
        return refused(str(path), error)
    kind = "text/plain" if page_suffix(path) in TEXT else "text/html"
    fetched = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
    return InputPage(str(path), RawPage(_address(path, body), fetched, kind, body))


def feed_pages(feed: Path) -> Iterator[InputPage]:
    """The pages that a feed.toml lists, with the address, time and type it gives them.

    Raises:
        InputError: the feed or a page of it cannot be read.
    """
    try:
        entries: list[dict[str, Any]] = tomllib.loads(feed.read_text("utf-8"))["page"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise InputError(f"cannot read the feed {feed}: {error!r}") from None
    for entry in entries:
        path = feed.parent / entry["file"]
        if "url" in entry:
            page = RawPage(
                entry["url"],
                entry["fetched_at"],
                entry.get("content_type", ""),
                read_bytes(path),
                entry.get("status", 200),
            )
            yield InputPage(str(path), page)


def _address(path: Path, body: bytes) -> str:
    """`.invalid` is reserved for names that must not exist (RFC 2606)."""
    match = _ADDRESS.search(body[:_HEAD])
    if match:
        said = (match.group(1) or match.group(2)).decode("utf-8", "replace").replace("&amp;", "&")
        try:
            check_url(said)
        except BadMessage:
            pass
        else:
            return said
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", path.name.removesuffix(".gz"))
    return f"https://file.invalid/{name}"
