"""`streams worker`: run agents until told to stop."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from streams.cli.options import common, kafka_options


@click.command()
@click.argument("agents", nargs=-1)
@kafka_options
@click.option("--group", help="The consumer group; a back-fill takes another.")
@click.option("--children", type=int, help="Processes for cleaning and detection.")
@click.option("--admin-host", help="Where /metrics and the probes listen.")
@click.option("--admin-port", type=int, help="Their port; 0 takes a free one, -1 none.")
@click.option("--log-level", type=click.Choice(["debug", "info", "warning", "error"]))
@click.option("--log-format", type=click.Choice(["auto", "console", "json"]))
def command(agents: tuple[str, ...], settings_file: Path | None, **flags: Any) -> int:
    """Run AGENTS (clean, describe, detect; all when none is named) until SIGTERM or Ctrl-C.

    \b
    Examples:
      streams worker -b kafka:9092
      streams worker detect --children 4 --kafka-config client.properties

    Exit: 0 stopped in order, 1 a failure (start it again), 3 bad configuration or topics, 4 no Kafka.
    """
    from streams.serve import run_worker

    shared = common(settings_file, agents=agents or None, **flags)
    return run_worker(shared.settings, shared.folder)
