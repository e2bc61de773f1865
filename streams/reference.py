"""Writes what can be derived: JSON Schemas with examples, and the reference pages. `check` says what is stale.

python -m streams.reference write | check | release

`release` keeps today's schemas as those of this version; docs/decisions/contracts-for-consumers.md says what for.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import orjson

from streams import __version__, asyncapi, manifests
from streams.catalogue import config_folder
from streams.catalogue.folder import CatalogueError
from streams.catalogue.topics import load_topics
from streams.core import codec
from streams.core.outcome import Emit, Message, Output
from streams.core.pages import json_message
from streams.core.records import Article, RawPage, RejectedCandidate, Withdrawal
from streams.dashboards import BOARDS, grafana
from streams.manual import PAGES, settings_file
from streams.pipeline import Steps, build_steps
from streams.scanner import CHAIN, page_message

DRAFT = "https://json-schema.org/draft/2020-12/schema"
DEMO_PAGE = (
    "station-russia-icc.html",
    "https://www.kwvt7.example/news/world/russia-quits-international-criminal-court",
)
#: Where a candidate is turned down.
REFUSED_PAGE = (
    "agency-us-unesco.html",
    "https://www.meridianwire.example/unesco-united-states-exit-paris-9b2e11",
)
README_WIDTH = 120
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
    """Real output of the pipeline for two of the demo's pages, one a schema."""
    page, other = (_demo_page(folder, *named) for named in (DEMO_PAGE, REFUSED_PAGE))
    short = RawPage(
        page.url, page.fetched_at, page.content_type, b"<html><title>Russia quits</title>\xe2\x80\xa6</html>"
    )
    steps, found = build_steps(folder, CHAIN), {"raw-page": json_message(short)}
    topics = load_topics(folder)
    for output in (*_through(steps, page), *_through(steps, other)):
        found.setdefault(topics[output.topic].schema, output.value)
    return {name: _pretty(value) for name, value in found.items()}


def _demo_page(folder: Path, name: str, url: str) -> RawPage:
    body = (folder / "demo" / "pages" / name).read_bytes()
    return RawPage(url, "2016-12-08T09:12:44Z", "text/html; charset=utf-8", body)


def _through(steps: Steps, page: RawPage) -> Iterator[Output]:
    """All that the steps write for a page."""
    message = page_message(page)
    for agent in CHAIN:
        outcome = steps[agent](message)
        if not isinstance(outcome, Emit):
            raise CatalogueError(f"{agent} makes no article of the demo's page {page.url}: {outcome.reason}")
        yield from outcome.outputs
        first = outcome.outputs[0]
        message = Message(first.topic, first.key, first.value, first.headers)


def files(folder: Path, docs: Path) -> Iterator[tuple[Path, bytes]]:
    """Every derived file with what it should hold; what needs the pipeline comes last."""
    for name, page in PAGES.items():
        yield docs / f"{name}.md", page(folder).encode()
    yield folder / "settings.toml", settings_file().encode()
    for name, board in BOARDS.items():
        yield folder / "grafana" / "dashboards" / f"{name}.json", _dump(grafana(board))
    yield from _manifests(folder)
    for name, schema in schemas().items():
        yield folder / "schemas" / f"{name}.schema.json", _dump(schema)
    made = examples(folder)
    for name, value in made.items():
        yield folder / "schemas" / f"{name}.example.json", value
    records = {name: orjson.loads(value) for name, value in made.items()}
    readme = (folder.parent / "README.md").read_text("utf-8")
    yield folder.parent / "README.md", with_event(readme, records["withdrawal"]).encode()
    yield folder / "asyncapi.yaml", _yaml(asyncapi.document(load_topics(folder), records))


def with_event(readme: str, event: dict[str, Any]) -> str:
    """The README with the fields that its example of an event shows as they are in the real one."""
    before, shown, after = re.split(
        r"(?<=^```json\n)(.*?)(?=^```$)", readme, maxsplit=1, flags=re.MULTILINE | re.DOTALL
    )
    return f"{before}{_shown(_chosen(orjson.loads(shown), event))}\n{after}"


def _chosen(shown: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    return {k: _chosen(v, whole[k]) if isinstance(v, dict) and whole[k] else whole[k] for k, v in shown.items()}


def _shown(value: Any, indent: int = 0) -> str:
    """Short things on one line."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict) or indent + len(flat) <= README_WIDTH:
        return flat
    lines = [f'{" " * (indent + 1)}"{name}": {_shown(inner, indent + 1)}' for name, inner in value.items()]
    return "{\n" + ",\n".join(lines) + "\n" + " " * indent + "}"


def release(folder: Path, changelog: str) -> str | None:
    """Keep today's schemas and examples as this version's; why not, where it is out already."""
    kept = folder / "schemas" / "released" / __version__
    if kept.is_dir() and f"## {__version__} (unreleased)" not in changelog:
        return f"{__version__} is out, and its readers hold on to it: raise the version in streams/__init__.py first"
    kept.mkdir(parents=True, exist_ok=True)
    for path in sorted((folder / "schemas").glob("*.json")):
        (kept / path.name).write_bytes(path.read_bytes())
    return None


def _manifests(folder: Path) -> Iterator[tuple[Path, bytes]]:
    import yaml  # noqa: PLC0415  only who writes reference pages has it

    topics, components = load_topics(folder).values(), folder / "kubernetes" / "components"
    rules = [yaml.safe_load(file.read_bytes()) for file in sorted((folder / "prometheus" / "rules").glob("*.yml"))]
    groups = [group for part in rules for group in part["groups"]]
    made = [_yaml(topic, "config/topics") for topic in manifests.kafka_topics(topics)]
    yield components / "strimzi" / "topics.yaml", b"---\n".join(made)
    yield components / "strimzi" / "user.yaml", _yaml(manifests.kafka_user(topics), "config/topics")
    rule = _yaml(manifests.prometheus_rule(groups), "config/prometheus/rules")
    yield components / "monitoring" / "prometheusrule.yaml", rule


def main(arguments: list[str]) -> int:
    """`write`, `check` or `release`; 1 where something is stale or out already, 2 where it is called otherwise."""
    if arguments not in (["write"], ["check"], ["release"]):
        print("usage: python -m streams.reference write|check|release", file=sys.stderr)  # noqa: T201
        return 2
    folder, stale = config_folder(), 0
    if arguments == ["release"]:
        refusal = release(folder, (folder.parent / "CHANGELOG.md").read_text("utf-8"))
        if refusal:
            print(refusal, file=sys.stderr)  # noqa: T201
        return 1 if refusal else 0
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


def _yaml(data: Any, source: str = "config/topics and config/schemas") -> bytes:
    import yaml  # noqa: PLC0415  only who writes reference pages has it

    text: str = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120)
    return f"# Generated by `make docs` from {source}.\n{text}".encode()


def _pretty(value: bytes) -> bytes:
    return _dump(codec.loads(value))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
