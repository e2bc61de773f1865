"""`streams dlq list|show|replay|discard`: what could not be processed, and what becomes of it."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from streams.cli.dead_letters import desk, filters
from streams.cli.options import common, kafka_options
from streams.cli.settling import discard, replay
from streams.cli.show import note, table

#: Bytes of a letter's value that `show` prints.
SHOWN = 2_000


@click.group()
def command() -> None:
    """Look at dead letters, replay or discard them.

    A letter holds the original message untouched, and in its headers the reason, agent and version.
    """


command.add_command(replay)
command.add_command(discard)


@command.command("list")
@kafka_options
@filters
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(settings_file: Path | None, as_json: bool, **flags: Any) -> None:
    """Count letters by topic, agent, reason and version; `waiting` are neither replayed nor discarded.

    \b
    Examples:
      streams dlq list
      streams dlq list --reason timeout --since 2026-11-25 --json
    """
    from streams.edge.dead_letters import grouped, progress
    from streams.edge.reading import read_topics

    with desk(settings_file, flags) as at:
        letters = (letter for letter in read_topics(at.config, at.topics) if at.wanted.admits(letter))
        rows = grouped(letters, progress(at.admin, at.group))
    head = ("topic", "agent", "reason", "version", "letters", "waiting", "first", "last", "example")
    cells = [
        (r.topic, r.agent, r.reason, r.version, r.count, r.waiting, _time(r.first), _time(r.last), r.example)
        for r in rows
    ]
    table(head, cells, as_json=as_json, empty="no dead letters")


@command.command()
@click.argument("origin")
@kafka_options
@click.option("--raw", is_flag=True, help="The value's bytes and nothing else.")
def show(origin: str, settings_file: Path | None, raw: bool, **flags: Any) -> int:
    """Show one letter, ORIGIN being topic:partition:offset as `list` gives it.

    \b
    Examples:
      streams dlq show pages-raw-dlq:3:17
      streams dlq show pages-raw-dlq:3:17 --raw > page.html
    """
    from streams.edge.kafka import connect
    from streams.edge.kafka_config import kafka_config
    from streams.edge.reading import parse_origin, read_one

    shared = common(settings_file, **flags)
    try:
        parse_origin(origin)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    config = kafka_config(shared.settings)
    connect(config, shared.settings.connect_timeout).close()
    letter = read_one(config, origin)
    if letter is None:
        note(f"streams: there is no message at {origin}")
        return 1
    if raw:
        sys.stdout.buffer.write(letter.value or b"")
        sys.stdout.buffer.flush()
    else:
        _print(letter)
    return 0


def _print(letter: Any) -> None:
    from streams.cli.render import safe

    click.echo(f"{letter.origin}  {_time(letter.timestamp)}  key {letter.key!r}")
    for name, value in letter.headers:
        shown = "null" if value is None else value.decode("utf-8", "replace")
        click.echo(f"  {safe(name)}: " + "\n    ".join(safe(line) for line in shown.splitlines()))
    if letter.value is None:
        click.echo("value: null")
        return
    click.echo(f"value, {len(letter.value):,} bytes:")
    for line in letter.value[:SHOWN].decode("utf-8", "replace").splitlines():
        click.echo("  " + safe(line))
    if len(letter.value) > SHOWN:
        click.echo(f"  … {len(letter.value) - SHOWN:,} bytes more; --raw gives all")


def _time(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000).astimezone().isoformat(timespec="seconds")
