"""One message of `pages-raw` -> `RawPage`. It must not look into the page itself: that is cleaning's."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from streams.core import codec
from streams.core.errors import BadMessage
from streams.core.outcome import Message, RejectReason
from streams.core.records import RawPage

#: A page of more bytes is turned away unread; of 972 real pages the largest had 3.1 MB.
MAX_BODY_BYTES = 5 << 20
#: What the crawler may have stored and we can read. A missing type is taken for HTML.
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", ""})
MAX_URL = 2_048


@dataclass(frozen=True, slots=True)
class _JsonPage:
    url: str
    fetched_at: str
    status: int = 200
    headers: dict[str, Any] | None = None
    body: str | None = None
    body_base64: str | None = None


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """An article that somebody else has cut out of its page already; `published` is ISO 8601."""

    id: str
    url: str
    title: str
    text: str
    published: str | None = None


def raw_page(message: Message) -> RawPage:
    """Read a page in either accepted form (docs/reference/topics.md).

    Raises:
        BadMessage: empty_body, too_large, missing_header, bad_header, malformed, unsupported_type.
    """
    if not message.value:
        raise BadMessage(RejectReason.EMPTY_BODY, "the message has no body")
    page = _from_json(message.value) if _is_json(message) else _from_headers(message)
    if not page.body:
        raise BadMessage(RejectReason.EMPTY_BODY, "the page has no body")
    if len(page.body) > MAX_BODY_BYTES:
        raise BadMessage(RejectReason.TOO_LARGE, f"{len(page.body)} bytes, the limit is {MAX_BODY_BYTES}")
    _check(page)
    return page


def media_type(content_type: str) -> str:
    """`Text/HTML; charset=x` -> `text/html`."""
    return content_type.split(";", 1)[0].strip().lower()


def json_message(page: RawPage) -> bytes:
    """The JSON form of a page, for feeds that cannot set headers."""
    return codec.encode(
        {
            "url": page.url,
            "fetched_at": page.fetched_at,
            "status": page.http_status,
            "headers": {"content-type": page.content_type},
            "body_base64": base64.b64encode(page.body).decode("ascii"),
        }
    )


def page_headers(page: RawPage) -> tuple[tuple[str, bytes], ...]:
    """The headers that go with a page whose body is the message's value."""
    return (
        ("url", page.url.encode()),
        ("fetched-at", page.fetched_at.encode()),
        ("content-type", page.content_type.encode()),
        ("http-status", str(page.http_status).encode()),
    )


def _is_json(message: Message) -> bool:
    declared = message.header("content-type")
    if declared is None and message.header("url") is None:
        return bool(message.value) and message.value.lstrip()[:1] == b"{"  # type: ignore[union-attr]
    return media_type(declared or "") == "application/json"


def _from_headers(message: Message) -> RawPage:
    return RawPage(
        url=_required(message, "url"),
        fetched_at=_required(message, "fetched-at"),
        content_type=message.header("content-type") or "",
        body=message.value or b"",
        http_status=_status(message.header("http-status")),
    )


def _required(message: Message, name: str) -> str:
    value = message.header(name)
    if not value:
        raise BadMessage(RejectReason.MISSING_HEADER, f"the header {name} is missing")
    return value


def _status(value: str | None) -> int:
    if not value:
        return 200
    if not (value.isascii() and value.isdigit() and len(value) == 3):
        raise BadMessage(RejectReason.BAD_HEADER, f"http-status is no status: {value[:20]!r}")
    return int(value)


def _from_json(value: bytes) -> RawPage:
    return page_from_json(codec.loads(value))


def page_from_json(data: Any) -> RawPage:
    """Read the JSON form from a decoded object; other fields are ignored.

    Raises:
        BadMessage: malformed or empty_body.
    """
    page = codec.convert(data, _JsonPage)
    headers = {str(k).lower(): v for k, v in (page.headers or {}).items()}
    return RawPage(
        url=page.url,
        fetched_at=page.fetched_at,
        content_type=_first(headers.get("content-type")),
        body=_body(page),
        http_status=page.status,
    )


def _first(value: Any) -> str:
    """Crawlers write a header as a string or, where it may be repeated, as a list of strings."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""


def _body(page: _JsonPage) -> bytes:
    if page.body_base64 is not None:
        try:
            return base64.b64decode(page.body_base64, validate=True)
        except (binascii.Error, ValueError) as error:
            raise BadMessage(RejectReason.MALFORMED, f"body_base64: {error}") from None
    if page.body is None:
        raise BadMessage(RejectReason.MALFORMED, "neither body nor body_base64")
    return page.body.encode("utf-8", "replace")


def _check(page: RawPage) -> None:
    check_url(page.url)
    check_time(page.fetched_at)
    if media_type(page.content_type) not in PAGE_TYPES:
        raise BadMessage(RejectReason.UNSUPPORTED_TYPE, f"content-type {page.content_type[:80]!r} is no page")


def check_url(url: str) -> None:
    """Raises BadMessage `bad_header` unless it is an http(s) address with a host, of bounded length."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise BadMessage(RejectReason.BAD_HEADER, f"url: {error}") from None
    if len(url) > MAX_URL or parts.scheme not in {"http", "https"} or not host:
        raise BadMessage(RejectReason.BAD_HEADER, f"url is no http address: {url[:80]!r}")


def check_time(value: str) -> datetime:
    """Raises BadMessage `bad_header` unless it is RFC 3339 with an offset."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or len(value) > 40:
        raise BadMessage(RejectReason.BAD_HEADER, f"fetched-at is no RFC 3339 time: {value[:40]!r}")
    return moment
