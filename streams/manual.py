"""The text of docs/reference, drawn from the code that it describes, so that it cannot be wrong about it.

It must not write files; `streams.reference` does.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import Field, fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from streams.catalogue.topics import load_topics
from streams.cli import COMMANDS, cli
from streams.core import outcome, records
from streams.edge.metrics import TABLE
from streams.settings import Settings

Rows = Sequence[tuple[str, ...]]
HELP_WIDTH = 100


def settings_page(_: Path) -> str:
    """Every setting."""
    rows = [
        (f"`{f.name}`", f"`{f.default!r}`", f"`STREAMS_{f.name.upper()}`", f.metadata["help"]) for f in fields(Settings)
    ]
    head = (
        "Flags win over the environment, that over `settings.toml` (`--settings` or `STREAMS_SETTINGS`; every key"
        " stands commented in `config/settings.toml`). A secret may come as `STREAMS_<NAME>_FILE`."
    )
    return _page("Settings", head, _table(("setting", "default", "environment", "what it does"), rows))


def settings_file() -> str:
    """A settings.toml in which everything is commented out and says its default."""
    lines = [
        "# Every setting with its default: copy what you change, then `streams config check --settings FILE`.",
        "",
    ]
    for f in fields(Settings):
        lines += [f"# {f.metadata['help']}{'; not set' if f.default is None else ''}", f"# {f.name} = {_toml(f)}", ""]
    return "\n".join(lines[:-1]) + "\n"


def metrics_page(_: Path) -> str:
    """Every metric."""
    rows = [(f"`{s.exported}`", s.kind.__name__.lower(), ", ".join(s.labels), s.help) for s in TABLE]
    head = "All that `/metrics` shows. Alerts stand in `config/prometheus/rules`, what to do in `docs/runbooks`."
    return _page("Metrics", head, _table(("metric", "type", "labels", "what it counts"), rows))


def topics_page(folder: Path) -> str:
    """Every topic."""
    rows = [
        (f"`{t.name}`", t.key, t.schema, t.written_by or "the feed", t.read_by or "", str(t.partitions), t.description)
        for t in load_topics(folder).values()
    ]
    head = (
        "A page on `pages-raw` is its bytes with the headers `url`, `fetched-at` (RFC 3339), `content-type` and"
        " `http-status`, or one JSON object (schema raw-page). Outputs carry CloudEvents 1.0 headers (`ce_id`,"
        " `ce_source`, `ce_type`, `ce_time`, `ce_specversion`); `traceparent` passes through."
    )
    columns = ("topic", "key", "schema", "written by", "read by", "partitions", "what it carries")
    return _page("Topics", head, _table(columns, rows))


def reasons_page(_: Path) -> str:
    """Every reason, with the words that stand beside it in the code."""
    rows = [
        (told, f"`{value}`", words)
        for told, reasons in (("dropped", outcome.DropReason), ("rejected", outcome.RejectReason))
        for value, words in re.findall(r'= "(\w+)"(?:  # (.*))?', inspect.getsource(reasons))
    ]
    head = (
        "Why a message gives no output: the label `reason` of the metrics, and `streams.error.reason` of a dead letter."
    )
    return _page("Reasons", head, _table(("outcome", "reason", "when"), rows))


def records_page(_: Path) -> str:
    """Every record, field by field."""
    parts = [
        f"## {name}\n{inspect.cleandoc(record.__doc__ or '')}\n\n" + _table(("field", "type"), _fields(record))
        for name, record in vars(records).items()
        if is_dataclass(record) and isinstance(record, type)
    ]
    head = (
        "What the JSON on the topics holds; `config/schemas` has a JSON Schema and an example of each. Readers ignore"
        " fields they do not know, since records grow."
    )
    return _page("Records", head, "\n".join(parts))


def commands_page(_: Path) -> str:
    """Every command's own help."""
    parts = [f"## {path}\n```\n{text}\n```\n" for name in COMMANDS for path, text in _helps(name)]
    return _page("Commands", "Exit codes stand at the end of `streams --help`.", "\n".join(parts))


PAGES: dict[str, Callable[[Path], str]] = {
    "settings": settings_page,
    "metrics": metrics_page,
    "topics": topics_page,
    "reasons": reasons_page,
    "records": records_page,
    "commands": commands_page,
}


def _helps(name: str) -> Iterator[tuple[str, str]]:
    command: click.Command = import_module(f"streams.cli.{COMMANDS[name][0]}").command
    path = f"streams {name}"
    yield path, _help(command, path)
    if isinstance(command, click.Group):
        for inner, subcommand in command.commands.items():
            yield f"{path} {inner}", _help(subcommand, f"{path} {inner}")


def _help(command: click.Command, path: str) -> str:
    names = cli.context_settings["help_option_names"]
    context = click.Context(
        command, info_name=path, terminal_width=HELP_WIDTH, max_content_width=HELP_WIDTH, help_option_names=names
    )
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines()).strip()


def _fields(record: type[Any]) -> Rows:
    return [(f"`{f.name}`", f"`{f.type}`") for f in fields(record)]


def _toml(setting: Field[Any]) -> str:
    value = setting.default
    if value is None:
        return '"…"'
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{part}"' for part in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _page(title: str, head: str, body: str) -> str:
    return f"# {title}\n\n{head} Generated by `make docs`.\n\n{body}"


def _table(columns: tuple[str, ...], rows: Rows) -> str:
    lines = [f"| {' | '.join(columns)} |", "| " + " | ".join("---" for _ in columns) + " |"]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"
