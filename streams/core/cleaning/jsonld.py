"""JSON-LD -> flat signals: the scalar fields of each thing described, named `jsonld:<Type>.<path>`.

It must not interpret them. Nesting, breadth and size are bounded: the data is the page's, and hostile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

from streams.core.records import Signal

LONGEST_SCRIPT = 300_000
MOST_THINGS = 40
MOST_FIELDS = 160
_DEEPEST = 4
_LONGEST = 1_000
#: Bodies and lists that say nothing of the page's origin.
_SKIPPED = frozenset({
    "articleBody", "text", "description", "comment", "comments", "review", "reviews", "recipeInstructions",
    "recipeIngredient", "hasPart", "potentialAction", "image", "thumbnailUrl", "contentUrl", "embedUrl", "logo",
    "sameAs", "mentions", "about", "associatedMedia", "offers", "address", "contactPoint", "liveBlogUpdate",
    "speakable", "transcript", "video", "@context", "interactionStatistic", "aggregateRating", "geo",
})  # fmt: skip
#: Nested things worth a path of their own; below others only the name is read.
_CONTROL = re.compile(r"[\x00-\x1f]")
_TRAILING_COMMA = re.compile(r",(\s{0,40}[}\]])")


def signals(data: Any) -> Iterator[Signal]:
    """All signals of one script's data."""
    left = MOST_FIELDS
    for thing in _things(data):
        kind = _kind(thing)
        if not kind:
            continue
        found: list[tuple[str, str]] = []
        _read_fields(thing, "", _DEEPEST, found, left)
        left -= len(found)
        said = thing.get("@id")
        context = said[:_LONGEST] if isinstance(said, str) else ""
        for path, value in found:
            yield Signal(f"jsonld:{kind}.{path}", value, context)


def read(script: str) -> Any:
    """The script's data; None where it is not JSON even after the usual repairs."""
    script = script.strip()[:LONGEST_SCRIPT]
    if script.startswith(("<!--", "//", "/*", "<![CDATA[")):
        script = script[script.find("{") :] if "{" in script else ""
        script = script[: script.rfind("}") + 1]
    try:
        return orjson.loads(script)
    except orjson.JSONDecodeError:
        repaired = _TRAILING_COMMA.sub(r"\1", _CONTROL.sub(" ", script)).rstrip(" ;")
    try:
        return orjson.loads(repaired)
    except orjson.JSONDecodeError:
        return None


def _things(data: Any) -> Iterator[dict[str, Any]]:
    """The top-level things: of a list, of @graph, and the main entity of a page."""
    queue, seen = [data], 0
    while queue and seen < MOST_THINGS:
        item = queue.pop(0)
        seen += 1
        if isinstance(item, list):
            queue.extend(item[:MOST_THINGS])
        elif isinstance(item, dict):
            if isinstance(item.get("@graph"), list):
                queue.extend(item["@graph"][:MOST_THINGS])
            if isinstance(item.get("mainEntity"), dict):
                queue.append(item["mainEntity"])
            yield item


def _kind(thing: dict[str, Any]) -> str:
    kind = thing.get("@type")
    if isinstance(kind, list):
        kind = next((k for k in kind if isinstance(k, str)), "")
    return kind.rpartition("/")[2][:60] if isinstance(kind, str) else ""


def _read_fields(thing: dict[str, Any], above: str, depth: int, found: list[tuple[str, str]], most: int) -> None:
    for key, value in list(thing.items())[:80]:
        if len(found) >= most:
            return
        if key not in _SKIPPED and key and len(key) <= 60:
            _read_value(value, above + key, depth, found, most)


def _read_value(value: Any, path: str, depth: int, found: list[tuple[str, str]], most: int) -> None:
    if isinstance(value, dict):
        if depth > 0:
            _read_fields(value, path + ".", depth - 1, found, most)
    elif isinstance(value, list):
        for item in value[:16] if depth > 0 else ():
            _read_value(item, path, depth - 1, found, most)
    elif value is not None and len(found) < most and (text := _scalar(value)):
        found.append((path, text))


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and len(value) < _LONGEST and value.isalnum():
        return value
    return " ".join(str(value)[: 2 * _LONGEST].split())[:_LONGEST]
