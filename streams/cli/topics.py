"""`streams topics plan|apply`: what topics there should be, and making them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from streams.cli.options import common, kafka_options
from streams.cli.show import table


@click.group()
def command() -> None:
    """Plan or make the topics of config/topics, dead-letter twins included."""


def _sizes(function: Any) -> Any:
    function = click.option("--partitions", type=click.IntRange(1, 10_000), help="Instead of the files' own.")(function)
    return click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")(function)


@command.command()
@kafka_options
@_sizes
def plan(settings_file: Path | None, partitions: int | None, as_json: bool, **flags: Any) -> None:
    """Show what `apply` would do."""
    from streams.catalogue.topics import load_topics
    from streams.edge.kafka import connect, plan_topics
    from streams.edge.kafka_config import kafka_config

    shared = common(settings_file, **flags)
    with connect(kafka_config(shared.settings), shared.settings.connect_timeout) as admin:
        changes = plan_topics(admin, load_topics(shared.folder).values(), shared.settings.topic_prefix, partitions)
    _show(changes, as_json, "nothing to do: all topics are there")


@command.command()
@kafka_options
@_sizes
@click.option("--replication", type=click.IntRange(-1, 10), default=-1, show_default="the broker's")
@click.option("--dry-run", is_flag=True, help="Only show.")
def apply(
    settings_file: Path | None, partitions: int | None, as_json: bool, replication: int, dry_run: bool, **flags: Any
) -> None:
    """Make the topics that are missing; existing ones are left alone."""
    from streams.catalogue.topics import load_topics
    from streams.edge.kafka import apply_topics, connect, plan_topics
    from streams.edge.kafka_config import kafka_config

    shared = common(settings_file, **flags)
    topics, prefix = load_topics(shared.folder).values(), shared.settings.topic_prefix
    with connect(kafka_config(shared.settings), shared.settings.connect_timeout) as admin:
        if dry_run:
            done = plan_topics(admin, topics, prefix, partitions)
        else:
            done = apply_topics(admin, topics, prefix, partitions, replication)
    _show(done, as_json, "nothing to do: all topics are there")


def _show(changes: list[Any], as_json: bool, nothing: str) -> None:
    rows = [(change.topic, change.what, change.detail) for change in changes]
    table(("topic", "change", "detail"), rows, as_json=as_json, empty=nothing)
