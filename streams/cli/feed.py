"""`streams feed`: the newest withdrawal events as an Atom or RSS file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from streams.cli.messages import messages_of
from streams.cli.options import Start, common, kafka_options
from streams.cli.show import note, whole_file


@click.command()
@kafka_options
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file; else stdout.")
@click.option("--format", "shape", type=click.Choice(["atom", "rss"]), default="atom", show_default=True)
@click.option("--from", "start", type=Start(), default="earliest", show_default=True)
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="Entries at most.")
@click.option("--background", is_flag=True, help="Also events that an article tells beside its subject.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out what is less sure.")
@click.option("--title", default="Withdrawals", show_default=True)
@click.option("--link", help="The feed's own address, once it is published.")
def command(settings_file: Path | None, **flags: Any) -> int:
    """Write a feed that a feed reader subscribes to: an entry an event, with its sentence and its article's address.

    The file is replaced at once, so that a web server may serve it while a timer writes it anew.

    \b
    Examples:
      streams feed -o /var/www/withdrawals.xml
      streams feed --format rss --min-confidence 0.8 --from 2026-11-01 -o withdrawals.rss

    Exit: 0 done, 3 no topic, 4 Kafka unreachable.
    """
    from streams.edge.outputs.syndication import Wanted, atom, newest, rss

    output, shape, start = (flags.pop(name) for name in ("output", "shape", "start"))
    title, link = flags.pop("title"), flags.pop("link")
    wanted = Wanted(flags.pop("limit"), flags.pop("background"), flags.pop("min_confidence"))
    shared = common(settings_file, **flags)
    entries = newest(messages_of(shared, "withdrawals", start), wanted)
    whole = (rss if shape == "rss" else atom)(entries, title, link)
    if output is None:
        sys.stdout.buffer.write(whole)
        sys.stdout.buffer.flush()
    else:
        with whole_file(output) as partial:
            partial.write_bytes(whole)
    note(f"{len(entries):,} events")
    return 0
