"""`streams lag`: how far each agent is behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from streams.cli.options import common, kafka_options
from streams.cli.show import note, table


@click.command()
@kafka_options
@click.option("--group", help="The consumer group; else the setting's.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(settings_file: Path | None, as_json: bool, **flags: Any) -> None:
    r"""Show committed offset, end and lag of every partition that the group reads.

    \b
    Examples:
      streams lag
      streams lag --group back-fill --json
    """
    from streams.edge.kafka import TopicsWrong, connect, lag_rows
    from streams.edge.kafka_config import kafka_config

    shared = common(settings_file, **flags)
    config, group = kafka_config(shared.settings), shared.settings.group
    with connect(config, shared.settings.connect_timeout) as admin:
        rows = lag_rows(admin, config, group)
    if not rows:
        raise TopicsWrong(f"the group {group} has committed nothing; is its name right, and did a worker run?")
    table(("topic", "partition", "committed", "end", "lag"), rows, as_json=as_json)
    if not as_json:
        note(f"{sum(row[-1] for row in rows):,} messages behind in all")
