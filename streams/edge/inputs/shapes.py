"""JSON of other crawlers and extractors in the shape of ours: Zyte API, Scrapy Cluster, news-please.

Whether what they hold is good is for the readers to say; what they do not hold is left out.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

_BASE64 = re.compile(r"[A-Za-z0-9+/\s]+={0,2}\s*")


def is_page(data: Mapping[str, Any]) -> bool:
    """Whether it looks like a page, ours or a known crawler's."""
    return "url" in data and any(name in data for name in ("body", "body_base64", "httpResponseBody", "browserHtml"))


def as_page(data: dict[str, Any], changed: str) -> dict[str, Any]:
    """A crawler's object as our JSON form of a page; ours as it is.

    Args:
        data: the object.
        changed: when its file changed last, for a page that says no time of its own.
    """
    if "httpResponseBody" in data or "browserHtml" in data:
        return _zyte(data, changed)
    if "response_url" in data and "status_code" in data:
        return _scrapy_cluster(data, changed)
    return data


def as_article(data: dict[str, Any]) -> dict[str, Any]:
    """An extractor's object as our extracted article; ours as it is."""
    if "maintext" in data:
        return _news_please(data)
    if isinstance(data.get("article"), dict) and "articleBody" in data["article"]:
        return _zyte_article(data["article"], data.get("url"))
    return data


def _zyte(data: dict[str, Any], changed: str) -> dict[str, Any]:
    """docs.zyte.com, Zyte API reference: the headers are a list of name and value; a rendered page is text."""
    given = data.get("httpResponseHeaders")
    pairs = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    headers = {str(one.get("name", "")).lower(): one.get("value") for one in pairs}
    page = {"url": data["url"], "status": data.get("statusCode", 200), "fetched_at": _date(headers) or changed}
    if "httpResponseBody" in data:
        return {**page, "headers": headers, "body_base64": data["httpResponseBody"]}
    return {**page, "headers": {"content-type": "text/html; charset=utf-8"}, "body": data["browserHtml"]}


def _scrapy_cluster(data: dict[str, Any], changed: str) -> dict[str, Any]:
    """scrapy-cluster.readthedocs.io, Kafka topics: `timestamp` is UTC without an offset."""
    page = {
        "id": data.get("crawlid"),
        "url": data["response_url"],
        "status": data["status_code"],
        "headers": data.get("response_headers") or {},
        "fetched_at": _utc(data.get("timestamp")) or changed,
    }
    packed = _unpacked(data.get("body"))  # KAFKA_BASE_64_ENCODE
    return {**page, "body": data.get("body")} if packed is None else {**page, "body_base64": packed}


def _news_please(data: dict[str, Any]) -> dict[str, Any]:
    """github.com/fhamborg/news-please, NewsArticle: dates have a space; what is missing is null or "None"."""
    title = next((data[name] for name in ("title", "title_page", "title_rss") if data.get(name)), "")
    published = data.get("date_publish")
    return {
        "id": data.get("url"),
        "url": data.get("url"),
        "title": title,
        "text": data["maintext"],
        "published": published.replace(" ", "T", 1) if isinstance(published, str) and published != "None" else None,
    }


def _zyte_article(article: dict[str, Any], asked: Any) -> dict[str, Any]:
    """docs.zyte.com, Zyte API reference, article."""
    address = article.get("url") or asked
    return {
        "id": address,
        "url": address,
        "title": article.get("headline") or "",
        "text": article["articleBody"],
        "published": article.get("datePublished"),
    }


def _date(headers: Mapping[str, Any]) -> str | None:
    """The server's clock when it answered."""
    try:
        return parsedate_to_datetime(str(headers["date"])).astimezone(UTC).isoformat()
    except (KeyError, ValueError, TypeError, OverflowError):
        return None


def _utc(timestamp: Any) -> str | None:
    try:
        moment = datetime.fromisoformat(timestamp)
    except (TypeError, ValueError):
        return None
    return moment.isoformat() if moment.tzinfo else moment.replace(tzinfo=UTC).isoformat()


def _unpacked(body: Any) -> str | None:
    """The body where it is base64 of something; a page has characters that base64 has not."""
    if not isinstance(body, str) or not body or not _BASE64.fullmatch(body[:4_096]):
        return None
    joined = "".join(body.split())
    try:
        base64.b64decode(joined, validate=True)
    except (binascii.Error, ValueError):
        return None
    return joined
