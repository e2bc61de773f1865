"""Whether every record that one JSON Schema allows can be read by who knows only another. Pure; docs/decisions/contracts-for-consumers.md.

It judges the part of JSON Schema that our schemas use, and says so where it meets more, so that
nothing passes for not being understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]

#: Words that say nothing about which values are allowed.
SILENT = {"$schema", "$defs", "title", "description", "default", "examples", "contentEncoding"}
#: Limits from below and from above; the reader's must be the looser one.
LOWER, UPPER = ("minimum", "minItems", "minLength"), ("maximum", "maxItems", "maxLength")
JUDGED = {
    *SILENT,
    *LOWER,
    *UPPER,
    *("$ref", "type", "enum", "const", "anyOf", "properties", "required", "items", "prefixItems", "pattern", "format"),
}


@dataclass(frozen=True)
class Side:
    """A schema, or a part of it, with the whole that its references look into."""

    part: Schema
    whole: Schema

    def at(self, part: Schema) -> Side:
        return Side(part, self.whole)

    def resolved(self) -> Side:
        side = self
        while "$ref" in side.part:
            name = side.part["$ref"].removeprefix("#/$defs/")
            side = side.at(self.whole["$defs"][name])
        return side


def faults(reader: Schema, writer: Schema) -> list[str]:
    """What in `writer`'s records a reader of `reader` could not take; each with its path. Nothing: compatible.

    A writer writes the fields of its schema and no others; a reader ignores those it does not know.
    """
    return list(dict.fromkeys(_faults(Side(reader, reader), Side(writer, writer), "$", ())))


def removed(released: Schema, current: Schema) -> list[str]:
    """Fields that were there and are no more: a fault even where they were optional, since somebody reads them."""
    return sorted(set(_paths(Side(released, released), "$", ())) - set(_paths(Side(current, current), "$", ())))


def _paths(side: Side, path: str, seen: tuple[int, ...]) -> Iterator[str]:
    side = side.resolved()
    if id(side.part) in seen:
        return
    seen = (*seen, id(side.part))
    for name, part in side.part.get("properties", {}).items():
        yield f"{path}.{name}"
        yield from _paths(side.at(part), f"{path}.{name}", seen)
    inside = [*side.part.get("anyOf", []), side.part.get("items"), *side.part.get("prefixItems", [])]
    for part in inside:
        if isinstance(part, Mapping):
            yield from _paths(side.at(part), path, seen)


def _faults(reader: Side, writer: Side, path: str, seen: tuple[tuple[int, int], ...]) -> Iterator[str]:
    reader, writer = reader.resolved(), writer.resolved()
    mark = (id(reader.part), id(writer.part))
    if mark in seen:
        return  # a record inside itself, judged further up
    seen = (*seen, mark)
    unknown = sorted((set(reader.part) | set(writer.part)) - JUDGED)
    if unknown:
        yield f"{path}: cannot judge {', '.join(unknown)}"
        return
    if "properties" not in writer.part and "anyOf" in writer.part:  # each of the writer's kinds must find a reader
        for kind in writer.part["anyOf"]:
            yield from _faults(reader, writer.at(kind), path, seen)
        return
    if "properties" not in reader.part and "anyOf" in reader.part:
        tried = [list(_faults(reader.at(kind), writer, path, seen)) for kind in reader.part["anyOf"]]
        if all(tried):
            yield from min(tried, key=len)
        return
    yield from _values(reader.part, writer.part, path)
    yield from _fields(reader, writer, path, seen)
    yield from _items(reader, writer, path, seen)


def _values(reader: Schema, writer: Schema, path: str) -> Iterator[str]:
    ours, theirs = _kinds(reader), _kinds(writer)
    if ours is not None and (theirs is None or not all(_takes(ours, kind) for kind in theirs)):
        yield f"{path}: type {_said(theirs)} where {_said(ours)} is read"
    allowed, sent = _closed(reader), _closed(writer)
    if allowed is not None and (sent is None or not all(value in allowed for value in sent)):
        more = "any value" if sent is None else f"{[value for value in sent if value not in allowed]}"
        yield f"{path}: {more} outside the closed set {allowed}"
    for word in ("pattern", "format"):
        if word in reader and reader[word] != writer.get(word):
            yield f"{path}: {word} {writer.get(word)!r} where {reader[word]!r} is read"
    for words, looser in ((LOWER, lambda limit, least: least >= limit), (UPPER, lambda limit, most: most <= limit)):
        for word in words:
            if word in reader and not (word in writer and looser(reader[word], writer[word])):
                yield f"{path}: {word} {writer.get(word)} where {reader[word]} is read"


def _fields(reader: Side, writer: Side, path: str, seen: tuple[tuple[int, int], ...]) -> Iterator[str]:
    if "properties" not in reader.part:
        if "required" in reader.part and not set(reader.part["required"]) <= set(writer.part.get("required", ())):
            yield f"{path}: {sorted(reader.part['required'])} need not be there"
        return
    if "anyOf" in reader.part and reader.part["anyOf"] != writer.part.get("anyOf"):
        yield f"{path}: cannot judge anyOf beside properties that changed"
    ours, theirs = reader.part["properties"], writer.part.get("properties", {})
    for name, part in ours.items():
        if name in reader.part.get("required", ()) and name not in writer.part.get("required", ()):
            yield f"{path}.{name}: need not be there, and is read"
        if name in theirs:
            yield from _faults(reader.at(part), writer.at(theirs[name]), f"{path}.{name}", seen)


def _items(reader: Side, writer: Side, path: str, seen: tuple[tuple[int, int], ...]) -> Iterator[str]:
    ours, theirs = reader.part, writer.part
    first, sent = ours.get("prefixItems", []), theirs.get("prefixItems", [])
    if len(first) != len(sent):
        yield f"{path}: {len(sent)} places where {len(first)} are read"
        return
    for place, (a, b) in enumerate(zip(first, sent, strict=True)):
        yield from _faults(reader.at(a), writer.at(b), f"{path}[{place}]", seen)
    rest, more = ours.get("items", True), theirs.get("items", True)
    if isinstance(rest, Mapping) and isinstance(more, Mapping):
        yield from _faults(reader.at(rest), writer.at(more), f"{path}[]", seen)
    elif rest is not True and more is not False:
        yield f"{path}[]: any item where {rest} is read"


def _kinds(schema: Schema) -> set[str] | None:
    """The JSON types a schema names, or those of its closed set; None where it names none."""
    if "type" in schema:
        return {schema["type"]} if isinstance(schema["type"], str) else set(schema["type"])
    values = _closed(schema)
    return None if values is None else {_kind(value) for value in values}


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    by_type = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return by_type[type(value)]


def _takes(kinds: set[str], kind: str) -> bool:
    return kind in kinds or (kind == "integer" and "number" in kinds)


def _closed(schema: Schema) -> list[Any] | None:
    return [schema["const"]] if "const" in schema else schema.get("enum")


def _said(kinds: set[str] | None) -> str:
    return "any" if kinds is None else " or ".join(sorted(kinds))
