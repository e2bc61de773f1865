"""Writes what can be derived: JSON Schemas with examples, and the reference pages. `check` says what is stale.

python -m streams.reference write | check
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import orjson

from streams.catalogue import config_folder
from streams.catalogue.folder import CatalogueError
from streams.core import codec
from streams.core.outcome import Emit, Message
from streams.core.pages import json_message
from streams.core.records import Article, RawPage, RejectedCandidate, Withdrawal
from streams.core.steps import ARTICLES_ENRICHED, WITHDRAWALS
from streams.dashboards import overview
from streams.manual import PAGES, settings_file
from streams.pipeline import build_steps
from streams.scanner import CHAIN, page_message

DRAFT = "https://json-schema.org/draft/2020-12/schema"
DEMO_PAGE = (
    "station-russia-icc.html",
    "https://www.kwvt7.example/news/world/russia-quits-international-criminal-court",
)
#: What each stage must have filled, beyond what every article has.
DESCRIBED = ("language", "page_kind", "authors", "sources")
RAW_PAGE = {
    "$schema": DRAFT,
    "title": "raw-page",
    "description": "The JSON form of a page. The preferred form is the body as value, with headers (topics.md).",
    "type": "object",
    "required": ["url", "fetched_at"],
    "anyOf": [{"required": ["body"]}, {"required": ["body_base64"]}],
    "properties": {
        "id": {"description": "the feed's own id, kept by scan as source_id"},
        "url": {"type": "string", "pattern": "^https?://", "maxLength": 2048},
        "fetched_at": {"type": "string", "format": "date-time"},
        "status": {"type": "integer", "minimum": 100, "maximum": 999},
        "headers": {"type": "object"},
        "body": {"type": "string"},
        "body_base64": {"type": "string", "contentEncoding": "base64"},
    },
}


def schemas() -> dict[str, dict[str, Any]]:
    """One schema a name; they allow unknown fields, so that records may grow."""
    made = {
        "article-clean": _schema("article-clean", Article, ("signals",), ("events",)),
        "article-described": _schema("article-described", Article, DESCRIBED, ("signals", "events")),
        "article-enriched": _schema("article-enriched", Article, (*DESCRIBED, "events"), ("signals",)),
        "withdrawal": _schema("withdrawal", Withdrawal, ("article",)),
        "withdrawal-rejected": _schema("withdrawal-rejected", RejectedCandidate, ()),
    }
    return {"raw-page": RAW_PAGE, **made}


def examples(folder: Path) -> dict[str, bytes]:
    """Real output of the pipeline for the demo's first page, one a schema."""
    body = (folder / "demo" / "pages" / DEMO_PAGE[0]).read_bytes()
    page = RawPage(DEMO_PAGE[1], "2016-12-08T09:12:44Z", "text/html; charset=utf-8", body)
    short = RawPage(
        page.url, page.fetched_at, page.content_type, b"<html><title>Russia quits</title>\xe2\x80\xa6</html>"
    )
    steps, message, found = build_steps(folder, CHAIN), page_message(page), {"raw-page": json_message(short)}
    for agent, name in zip(CHAIN, ("article-clean", "article-described", "article-enriched"), strict=True):
        outcome = steps[agent](message)
        if not isinstance(outcome, Emit):
            raise CatalogueError(f"{agent} makes no article of the demo's page {DEMO_PAGE[0]}: {outcome.reason}")
        outputs = outcome.outputs
        found[name] = outputs[0].value
        message = Message(outputs[0].topic, outputs[0].key, outputs[0].value, outputs[0].headers)
    for output in outputs:
        if output.topic != ARTICLES_ENRICHED:
            name = "withdrawal" if output.topic == WITHDRAWALS else "withdrawal-rejected"
            found.setdefault(name, output.value)
    return {name: _pretty(value) for name, value in found.items()}


def files(folder: Path, docs: Path) -> Iterator[tuple[Path, bytes]]:
    """Every derived file with what it should hold; what needs the pipeline comes last."""
    for name, page in PAGES.items():
        yield docs / f"{name}.md", page(folder).encode()
    yield folder / "settings.toml", settings_file().encode()
    yield folder / "grafana" / "dashboards" / "overview.json", _dump(overview())
    for name, schema in schemas().items():
        yield folder / "schemas" / f"{name}.schema.json", _dump(schema)
    for name, value in examples(folder).items():
        yield folder / "schemas" / f"{name}.example.json", value


def main(arguments: list[str]) -> int:
    """`write` or `check`; 1 where something is stale, 2 where it is called otherwise."""
    if arguments not in (["write"], ["check"]):
        print("usage: python -m streams.reference write|check", file=sys.stderr)  # noqa: T201
        return 2
    folder, stale = config_folder(), 0
    for path, wanted in files(folder, folder.parent / "docs" / "reference"):
        if path.is_file() and path.read_bytes() == wanted:
            continue
        if arguments == ["write"]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted)
        else:
            print(f"stale: {path.relative_to(folder.parent)}; run `make docs`", file=sys.stderr)  # noqa: T201
            stale = 1
    return stale


def _schema(title: str, record: type, required: tuple[str, ...], empty: tuple[str, ...] = ()) -> dict[str, Any]:
    """The record's own schema; `required` fields are filled at that stage, `empty` ones are null or absent."""
    (reference,), components = msgspec.json.schema_components([record], ref_template="#/$defs/{name}")
    name = reference["$ref"].rsplit("/", 1)[1]
    whole = dict(components.pop(name))
    whole["required"] = sorted({*whole.get("required", ()), *required})
    for field in required:
        whole["properties"][field] = _not_null(whole["properties"][field])
    for field in empty:
        whole["properties"][field] = {"type": "null"}
    return {"$schema": DRAFT, **whole, "title": title, "$defs": components}


def _not_null(schema: dict[str, Any]) -> dict[str, Any]:
    kinds = [kind for kind in schema.get("anyOf", []) if kind != {"type": "null"}]
    return {**kinds[0]} if len(kinds) == 1 else {**schema, "anyOf": kinds} if kinds else schema


def _dump(data: Any) -> bytes:
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _pretty(value: bytes) -> bytes:
    return _dump(codec.loads(value))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
