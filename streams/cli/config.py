"""`streams config check|show`: the settings and the files of config/."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from streams.cli.options import common, kafka_options
from streams.cli.show import note, table


@click.group()
def command() -> None:
    """Check and show the settings."""


@command.command()
@kafka_options
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def show(settings_file: Path | None, as_json: bool, **flags: Any) -> None:
    """Show every setting: its value, where it can be set, what it does."""
    shared = common(settings_file, **flags)
    defaults = type(shared.settings)()
    rows = []
    for field in fields(shared.settings):
        value, default = getattr(shared.settings, field.name), getattr(defaults, field.name)
        told = ",".join(value) if isinstance(value, tuple) else value
        rows.append((field.name, told, "" if value == default else "set", field.metadata["help"]))
    table(("setting", "value", "", "what it does"), rows, as_json=as_json)
    if not as_json:
        note("each may stand in settings.toml (--settings), in STREAMS_<NAME>, or as a flag of `streams worker`")


@command.command()
@kafka_options
def check(settings_file: Path | None, **flags: Any) -> None:
    """Read the settings, client.properties and every file of config/, and say the first thing that is wrong.

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
    where = os.environ.get("STREAMS_CONFIG_DIR") or shared.folder
    note(f"settings fine; Kafka at {kafka.bootstrap_servers} by {kafka.protocol}; {len(topics)} topics; {where} fine")
