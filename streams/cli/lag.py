"""`streams lag`: how far each agent is behind."""

from __future__ import annotations

from pathlib import Path
from time import time
from typing import Any

import click

from streams.cli.options import common, kafka_options
from streams.cli.show import note, table

HEAD = ("agent", "topic", "partition", "committed", "end", "lag", "oldest_seconds")


@click.command()
@kafka_options
@click.option("--group", help="The consumer group; else the setting's.")
@click.option("--total", is_flag=True, help="One row a topic.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(settings_file: Path | None, total: bool, as_json: bool, **flags: Any) -> None:
    """Show committed offset, end and lag of every partition that the group reads, and the age of its oldest message.

    A partition without a committed offset counts from its first message.

    \b
    Examples:
      streams lag
      streams lag --group back-fill --total
      streams lag --json | jq 'select(.lag > 0)'

    Exit: 0 shown, 3 an unknown group, 4 Kafka unreachable.
    """
    from streams.catalogue.topics import load_topics
    from streams.edge.kafka import TopicsWrong, connect
    from streams.edge.kafka_config import kafka_config
    from streams.edge.lag_report import lag_report

    shared = common(settings_file, **flags)
    config, settings = kafka_config(shared.settings), shared.settings
    readers = {
        settings.topic_prefix + name: str(topic.read_by)
        for name, topic in load_topics(shared.folder).items()
        if topic.read_by in settings.agents
    }
    with connect(config, settings.connect_timeout) as admin:
        report = lag_report(admin, config, settings.group, readers)
    if not report:
        raise TopicsWrong(f"the group {settings.group} has committed nothing; is its name right, and did a worker run?")
    rows = [(r.agent, r.topic, r.partition, r.committed, r.end, r.lag, _age(r.oldest)) for r in report]
    rows = _by_topic(rows) if total else rows
    table(HEAD, rows, as_json=as_json)
    if not as_json:
        oldest = max((row[-1] for row in rows if row[-1] is not None), default=None)
        age = "" if oldest is None else f", the oldest {oldest:,.1f} s old"
        note(f"{sum(row[5] for row in rows):,} messages behind in all{age}")


def _age(stamp: int | None) -> float | None:
    return None if stamp is None else round(max(0.0, time() - stamp / 1000), 1)


def _by_topic(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    topics: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for row in rows:
        topics.setdefault((row[0], row[1]), []).append(row)
    return [
        (
            agent,
            topic,
            None,
            sum(row[3] or 0 for row in alike),
            sum(row[4] for row in alike),
            sum(row[5] for row in alike),
            max((row[6] for row in alike if row[6] is not None), default=None),
        )
        for (agent, topic), alike in topics.items()
    ]
