"""Writes what can be derived: JSON Schemas with examples, and the reference pages. `check` says what is stale.

python -m streams.reference write | check
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec
import orjson

from streams.catalogue import config_folder
from streams.catalogue.topics import load_topics
from streams.cli import COMMANDS
from streams.core import codec
from streams.core.outcome import DropReason, Message, RejectReason
from streams.core.pages import json_message
from streams.core.records import Article, RawPage, RejectedCandidate, Withdrawal
from streams.core.steps import ARTICLES_ENRICHED, WITHDRAWALS
from streams.dashboards import overview
from streams.edge.lag import LAG_METRICS
from streams.edge.metrics import PREFIX, TABLE
from streams.pipeline import build_steps
from streams.scanner import CHAIN, page_message
from streams.settings import Settings

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
        "article-clean": _schema("article-clean", Article, ("signals",)),
        "article-described": _schema("article-described", Article, DESCRIBED),
        "article-enriched": _schema("article-enriched", Article, (*DESCRIBED, "events")),
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
        outputs = steps[agent](message).outputs  # type: ignore[union-attr]  the demo's page is an article
        found[name] = outputs[0].value
        message = Message(outputs[0].topic, outputs[0].key, outputs[0].value, outputs[0].headers)
    for output in outputs:
        if output.topic not in {ARTICLES_ENRICHED}:
            name = "withdrawal" if output.topic == WITHDRAWALS else "withdrawal-rejected"
            found.setdefault(name, output.value)
    return {name: _pretty(value) for name, value in found.items()}


def files(folder: Path, docs: Path) -> dict[Path, bytes]:
    """Every derived file with what it should hold."""
    made = {folder / "schemas" / f"{name}.schema.json": _dump(schema) for name, schema in schemas().items()}
    made |= {folder / "schemas" / f"{name}.example.json": value for name, value in examples(folder).items()}
    made[folder / "grafana" / "dashboards" / "overview.json"] = _dump(overview())
    pages: dict[str, Callable[[Path], str]] = {
        "settings": settings_page,
        "metrics": metrics_page,
        "topics": topics_page,
        "reasons": reasons_page,
        "commands": commands_page,
    }
    return made | {docs / f"{name}.md": page(folder).encode() for name, page in pages.items()}


def settings_page(_: Path) -> str:
    rows = [
        (f"`{f.name}`", f"`{f.default!r}`", f"`STREAMS_{f.name.upper()}`", f.metadata["help"]) for f in fields(Settings)
    ]
    head = "Flags win over the environment, that over `settings.toml` (`--settings` or `STREAMS_SETTINGS`)."
    return _page("Settings", head, ("setting", "default", "environment", "what it does"), rows)


def metrics_page(_: Path) -> str:
    rows = [
        (
            f"`{PREFIX}{s.name}{'_total' if s.kind.__name__ == 'Counter' else ''}`",
            s.kind.__name__.lower(),
            ", ".join(s.labels),
            s.help,
        )
        for s in TABLE
    ]
    lag = [
        (f"`{name}`", "gauge", "topic" + (", partition" if "lag" in name else ""), text)
        for name, text in LAG_METRICS.items()
    ]
    return _page("Metrics", "All that `/metrics` shows.", ("metric", "type", "labels", "what it counts"), rows + lag)


def topics_page(folder: Path) -> str:
    rows = [
        (f"`{t.name}`", t.key, t.schema, t.written_by or "the feed", t.read_by or "", str(t.partitions), t.description)
        for t in load_topics(folder).values()
    ]
    head = (
        "A page on `pages-raw` is its bytes with the headers `url`, `fetched-at` (RFC 3339), `content-type` and"
        " `http-status`, or one JSON object (schema raw-page). Outputs carry CloudEvents 1.0 headers (`ce_id`,"
        " `ce_source`, `ce_type`, `ce_time`, `ce_specversion`); `traceparent` passes through."
    )
    return _page(
        "Topics", head, ("topic", "key", "schema", "written by", "read by", "partitions", "what it carries"), rows
    )


def reasons_page(_: Path) -> str:
    rows = [("dropped", f"`{r}`") for r in DropReason] + [("rejected", f"`{r}`") for r in RejectReason]
    return _page(
        "Reasons", "The closed set; the words stand in `streams/core/outcome.py`.", ("outcome", "reason"), rows
    )


def commands_page(_: Path) -> str:
    rows = [(f"`streams {name}`", text) for name, (_, text) in COMMANDS.items()]
    return _page("Commands", "Each has `--help` with examples.", ("command", "what it does"), rows)


def main(arguments: list[str]) -> int:
    """`write` or `check`; 1 where something is stale."""
    folder = config_folder()
    made = files(folder, folder.parent / "docs" / "reference")
    stale = [path for path, wanted in made.items() if not path.is_file() or path.read_bytes() != wanted]
    if arguments == ["write"]:
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made[path])
        return 0
    for path in stale:
        print(f"stale: {path.relative_to(folder.parent)}; run `make docs`", file=sys.stderr)  # noqa: T201
    return 1 if stale else 0


def _schema(title: str, record: type, required: tuple[str, ...]) -> dict[str, Any]:
    (reference,), components = msgspec.json.schema_components([record], ref_template="#/$defs/{name}")
    name = reference["$ref"].rsplit("/", 1)[1]
    whole = dict(components.pop(name))
    whole["required"] = sorted({*whole.get("required", ()), *required})
    for field in required:
        whole["properties"][field] = _not_null(whole["properties"][field])
    return {"$schema": DRAFT, **whole, "title": title, "$defs": components}


def _not_null(schema: dict[str, Any]) -> dict[str, Any]:
    kinds = [kind for kind in schema.get("anyOf", []) if kind != {"type": "null"}]
    return {**kinds[0]} if len(kinds) == 1 else {**schema, "anyOf": kinds} if kinds else schema


def _page(title: str, head: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [f"# {title}", "", f"{head} Generated by `make docs`.", "", f"| {' | '.join(columns)} |"]
    lines += ["| " + " | ".join("---" for _ in columns) + " |"]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _dump(data: Any) -> bytes:
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _pretty(value: bytes) -> bytes:
    return _dump(codec.loads(value))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
