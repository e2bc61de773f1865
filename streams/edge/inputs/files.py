"""Bare page files: the address from the page itself, else one that names the file; the time from the file."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from streams.core.errors import BadMessage
from streams.core.pages import check_url
from streams.core.records import RawPage
from streams.edge.inputs.page import InputError, InputPage, read_bytes, refused, unreadable

HTML = {".html", ".htm", ".xhtml"}
TEXT = {".txt"}
#: Where a page says its own address, within its first 64 KiB.
_HEAD = 65_536
_TAG = re.compile(rb"<(?:link|meta)\b([^<>]{1,4096})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\b(rel|href|property|content)\s{0,8}=\s{0,8}("[^"]{0,2048}"|'[^']{0,2048}'|[^\s"'>]{1,2048})""", re.IGNORECASE
)


def page_suffix(path: Path) -> str:
    """`.html` for `x.html` and `x.html.gz`."""
    return Path(path.stem).suffix.lower() if path.suffix.lower() == ".gz" else path.suffix.lower()


def is_page(path: Path) -> bool:
    return page_suffix(path) in HTML | TEXT


def file_page(path: Path, name: str) -> InputPage:
    """One file is one page; what is wrong with its inside is for the steps to say.

    Args:
        path: the file.
        name: what tells it from the others of the run, for a page that says no address of its own.
    """
    try:
        body, changed = read_bytes(path)
    except BadMessage as error:
        return refused(str(path), error)
    except InputError as error:
        return unreadable(str(path), error)
    moment = datetime.fromtimestamp(changed, UTC).isoformat(timespec="seconds")
    kind = "text/plain" if page_suffix(path) in TEXT else "text/html"
    address = (said_address(body) if kind == "text/html" else None) or invented_address(name)
    return InputPage(str(path), RawPage(address, moment, kind, body))


def said_address(body: bytes) -> str | None:
    """The page's rel=canonical, else its og:url, where that is an http address."""
    canonical = shared = None
    for tag in _TAG.finditer(body[:_HEAD]):
        pairs = _ATTRIBUTE.findall(tag.group(1).decode("utf-8", "replace"))
        told = {name.lower(): html.unescape(value.strip("\"'")).strip() for name, value in pairs}
        if told.get("rel", "").lower() == "canonical":
            canonical = canonical or told.get("href")
        elif told.get("property", "").lower() == "og:url":
            shared = shared or told.get("content")
    return next((url for url in (canonical, shared) if url and _is_address(url)), None)


def invented_address(name: str) -> str:
    """`.invalid` is reserved for names that must not exist (RFC 2606)."""
    return f"https://file.invalid/{quote(name.removesuffix('.gz'))}"


def _is_address(url: str) -> bool:
    try:
        check_url(url)
    except BadMessage:
        return False
    return True
