"""`streams config check|show`: the settings and the files of config/."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from streams.cli.options import Common, common, kafka_options
from streams.cli.show import note, table

#: Words in the names of client.properties' keys whose values nobody may see.
_SECRET = ("password", "jaas")


@click.group()
def command() -> None:
    """Check and show the settings."""


@command.command()
@kafka_options
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def show(settings_file: Path | None, as_json: bool, **flags: Any) -> None:
    """Show every setting: its value, where that comes from, what it does; passwords are left out.

    \b
    Examples:
      streams config show
      STREAMS_CHILDREN=4 streams config show --json | jq 'select(.source != "default")'
    """
    shared = common(settings_file, **flags)
    file = settings_file or os.environ.get("STREAMS_SETTINGS")
    rows = [*_settings(shared, flags, os.environ, Path(file) if file else None), *_client(shared.settings.kafka_config)]
    table(("setting", "value", "source", "what it does"), rows, as_json=as_json)
    if not as_json:
        note("each may stand in settings.toml (--settings), in STREAMS_<NAME>, or as a flag of `streams worker`")


def _settings(
    shared: Common, flags: Mapping[str, Any], environment: Mapping[str, str], file: Path | None
) -> Iterator[tuple[Any, ...]]:
    import tomllib

    filed = tomllib.loads(file.read_text("utf-8")) if file else {}
    for field in fields(shared.settings):
        value = getattr(shared.settings, field.name)
        variable = f"STREAMS_{field.name.upper()}"
        source = "default"
        if flags.get(field.name) is not None:
            source = "flag"
        elif found := next((name for name in (variable, f"{variable}_FILE") if name in environment), None):
            source = found
        elif field.name in filed:
            source = str(file)
        yield field.name, ",".join(value) if isinstance(value, tuple) else value, source, field.metadata["help"]


def _client(file: str | None) -> Iterator[tuple[Any, ...]]:
    from streams.edge.kafka_config import read_properties

    for key, value in (read_properties(Path(file)) if file else {}).items():
        hidden = any(word in key for word in _SECRET) and not key.endswith(".file")
        yield key, "(hidden)" if hidden else value, file, "Kafka's own name"


@command.command()
@kafka_options
def check(settings_file: Path | None, **flags: Any) -> None:
    """Read the settings, client.properties and every file of config/, and say the first thing that is wrong.

    \b
    Example: streams config check --settings settings.toml --kafka-config client.properties

    Exit: 0 all is well, 3 something is wrong.
    """
    from streams.catalogue.topics import load_topics
    from streams.edge.kafka_config import kafka_config
    from streams.pipeline import build_steps
    from streams.scanner import CHAIN

    shared = common(settings_file, **flags)
    kafka = kafka_config(shared.settings)
    topics = load_topics(shared.folder)
    build_steps(shared.folder, CHAIN)
    note(f"settings fine; Kafka at {kafka.bootstrap_servers} by {kafka.protocol}; {len(topics)} topics")
    note(f"{shared.folder} fine")
