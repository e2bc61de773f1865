"""Withdrawal events as an Atom or RSS file, the newest first. The same events give the same bytes.

Pages are hostile: text is text, never markup; a link is one only where it is an http address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from heapq import nlargest
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

from streams.core.errors import BadMessage
from streams.core.pages import check_time, check_url
from streams.edge.outputs.rows import record_of
from streams.edge.reading import Stored

ATOM = "http://www.w3.org/2005/Atom"
#: Characters that XML 1.0 has no way to write.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One event for a reader's eyes."""

    event_id: str
    title: str
    summary: str
    moment: datetime
    url: str | None
    publisher: str | None
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events stand in the feed. `background` are those an article tells beside its subject."""

    limit: int = 100
    background: bool = False
    confidence: float = 0.0


def newest(messages: Iterable[Stored], wanted: Wanted) -> list[Entry]:
    """The newest entries, one an event; what is no event is passed over. Holds twice `wanted.limit` at most."""
    found: dict[str, Entry] = {}
    for message in messages:
        key = (message.key or b"").decode("utf-8", "replace")
        found.pop(key, None)  # a second pass replaces the first, a tombstone takes it away
        entry = entry_of(message, wanted)
        if entry is not None:
            found[key] = entry
        if len(found) > 2 * wanted.limit:
            found = {one.event_id: one for one in _newest(found, wanted.limit)}
    return _newest(found, wanted.limit)


def _newest(found: dict[str, Entry], limit: int) -> list[Entry]:
    return nlargest(limit, found.values(), key=lambda entry: (entry.moment, entry.event_id))


def entry_of(message: Stored, wanted: Wanted) -> Entry | None:
    """The message as an entry, where it is an event that is wanted."""
    event = record_of(message)
    if event is None:
        return None
    try:
        if event["confidence"] < wanted.confidence or not (event["main"] or wanted.background):
            return None
        return _entry(event, _moment(message))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None  # another program's record


def _entry(event: dict[str, Any], moment: datetime) -> Entry:
    article = event.get("article") or {}
    form = event["form"].replace("_", "-")
    return Entry(
        event_id=UUID(event["event_id"]).hex,
        title=f"{event['actor']['name']} → {event['object']['name']}: {form}, {event['stage']}",
        summary=event["evidence"]["sentence"],
        moment=moment,
        url=_address(article.get("url")),
        publisher=article.get("publisher") or article.get("agency"),
        terms=(event["kind"], event["form"], event["stage"]),
    )


def _moment(message: Stored) -> datetime:
    try:
        return check_time(message.header("ce_time")).astimezone(UTC)
    except (BadMessage, OverflowError):
        return datetime.fromtimestamp(message.timestamp / 1000, UTC)


def _address(url: Any) -> str | None:
    try:
        check_url(url)
    except (BadMessage, TypeError, AttributeError):
        return None
    return str(url)


def atom(entries: list[Entry], title: str, link: str | None) -> bytes:
    """An Atom feed (RFC 4287)."""
    feed = ET.Element("feed", xmlns=ATOM)
    _text(feed, "title", title)
    _text(feed, "id", link or "urn:withdrawal-streams:withdrawals")
    _text(feed, "updated", _updated(entries).isoformat())
    _text(feed, "generator", "withdrawal-streams")
    if link:
        ET.SubElement(feed, "link", rel="self", href=_clean(link))
    for entry in entries:
        item = ET.SubElement(feed, "entry")
        _text(item, "title", entry.title)
        _text(item, "id", f"urn:uuid:{UUID(entry.event_id)}")
        _text(item, "updated", entry.moment.isoformat())
        _text(ET.SubElement(item, "author"), "name", entry.publisher or "unknown")
        if entry.url:
            ET.SubElement(item, "link", href=_clean(entry.url))
        for term in entry.terms:
            ET.SubElement(item, "category", term=_clean(term))
        _text(item, "summary", entry.summary)
    return _written(feed)


def rss(entries: list[Entry], title: str, link: str | None) -> bytes:
    """An RSS 2.0 feed."""
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _text(channel, "title", title)
    _text(channel, "link", link or "urn:withdrawal-streams:withdrawals")
    _text(channel, "description", "Withdrawal events, each with the sentence that proves it.")
    _text(channel, "lastBuildDate", format_datetime(_updated(entries)))
    for entry in entries:
        item = ET.SubElement(channel, "item")
        _text(item, "title", entry.title)
        ET.SubElement(item, "guid", isPermaLink="false").text = f"urn:uuid:{UUID(entry.event_id)}"
        _text(item, "pubDate", format_datetime(entry.moment))
        if entry.url:
            _text(item, "link", entry.url)
        for term in entry.terms:
            _text(item, "category", term)
        _text(item, "description", entry.summary)
    return _written(root)


def _updated(entries: list[Entry]) -> datetime:
    return entries[0].moment if entries else datetime.fromtimestamp(0, UTC)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _written(root: ET.Element) -> bytes:
    ET.indent(root)
    whole: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return whole + b"\n"
