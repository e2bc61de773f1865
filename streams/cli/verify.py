"""`streams verify`: prove that every event's evidence stands in its article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from streams.cli.options import common, kafka_options
from streams.cli.show import json_line, note


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@kafka_options
@click.option("--topic", help="Read this topic instead of files, such as articles-enriched.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a fault.")
def command(files: tuple[Path, ...], settings_file: Path | None, topic: str | None, as_json: bool, **flags: Any) -> int:
    r"""Check FILES of enriched articles (JSON lines, as `scan` writes them), or a topic.

    Every span must slice to the text it quotes, every id must follow from its parts.

    \b
    Examples:
      streams scan pages/ -o out.jsonl && streams verify out.jsonl
      streams verify --topic articles-enriched

    Exit: 0 all proved, 1 a fault, 2 nothing to read.
    """
    from streams.core.withdrawals.verify import verify

    if bool(files) == bool(topic):
        raise click.UsageError("name files, or one topic with --topic")
    articles = events = faults = 0
    for source, article in _articles(files, settings_file, topic, flags):
        articles += 1
        events += len(article.events or ())
        for fault in verify(article):
            faults += 1
            if as_json:
                json_line({"source": source, "article_id": article.id, "fault": fault})
            else:
                click.echo(f"{source}: {fault}")
    note(f"{events:,} events in {articles:,} articles, {faults:,} faults" + ("" if faults else ": 100 % proved"))
    return 1 if faults else 0


def _articles(
    files: tuple[Path, ...], settings_file: Path | None, topic: str | None, flags: dict[str, Any]
) -> Iterator[tuple[str, Any]]:
    from streams.core.codec import decode
    from streams.core.records import Article
    from streams.edge.inputs import read_lines

    if topic is None:
        for source, line in (found for path in files for found in read_lines(path)):
            yield source, decode(line, Article)
        return
    from streams.edge.kafka_config import kafka_config
    from streams.edge.reading import read_topics

    shared = common(settings_file, **flags)
    for message in read_topics(kafka_config(shared.settings), [shared.settings.topic_prefix + topic]):
        if message.value is not None:
            yield message.origin, decode(message.value, Article)
