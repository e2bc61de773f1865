"""`streams verify`: prove that every event's evidence stands in its article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from streams.cli import EXIT_FAILURE
from streams.cli.messages import messages_of
from streams.cli.options import common, kafka_options
from streams.cli.render import safe
from streams.cli.show import json_line, note


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@kafka_options
@click.option("--topic", help="Read this topic instead of files, such as articles-enriched.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a fault.")
def command(files: tuple[Path, ...], settings_file: Path | None, topic: str | None, as_json: bool, **flags: Any) -> int:
    """Check FILES of enriched articles (JSON lines, as `scan` writes them), or a topic.

    Every span must slice to the text it quotes, every id must follow from its parts.

    \b
    Examples:
      streams scan pages/ -o out.jsonl && streams verify out.jsonl
      streams verify --topic articles-enriched

    Exit: 0 all proved, 1 a fault, 2 a file that is missing.
    """
    from streams.core.withdrawals.verify import verify

    if bool(files) == bool(topic):
        raise click.UsageError("name files, or one topic with --topic")
    articles = events = faults = 0
    for source, article in _articles(files, settings_file, topic, flags):
        found = [article] if isinstance(article, str) else verify(article)
        if not isinstance(article, str):
            articles, events = articles + 1, events + len(article.events or ())
        faults += len(found)
        for fault in found:
            _tell(source, article, fault, as_json=as_json)
    note(f"{events:,} events in {articles:,} articles, {faults:,} faults" + _verdict(articles, faults))
    return EXIT_FAILURE if faults else 0


def _tell(source: str, article: Any, fault: str, *, as_json: bool) -> None:
    if as_json:
        json_line({"source": source, "article_id": getattr(article, "id", None), "fault": fault})
    else:
        click.echo(safe(f"{source}: {fault}"))


def _verdict(articles: int, faults: int) -> str:
    if faults:
        return ""
    return ": 100 % proved" if articles else ": nothing there to prove"


def _articles(
    files: tuple[Path, ...], settings_file: Path | None, topic: str | None, flags: dict[str, Any]
) -> Iterator[tuple[str, Any]]:
    """Each article with its place; a text where the line or message is none, and says why."""
    from streams.core.codec import decode
    from streams.core.errors import BadMessage
    from streams.core.records import Article

    lines = _lines(files) if topic is None else _messages(settings_file, topic, flags)
    for source, line in lines:
        try:
            article = decode(line, Article)
            yield source, "not enriched: it has no events" if article.events is None else article
        except BadMessage as error:
            yield source, error.detail


def _lines(files: tuple[Path, ...]) -> Iterator[tuple[str, bytes]]:
    from streams.edge.inputs import read_lines

    return (found for path in files for found in read_lines(path))


def _messages(settings_file: Path | None, topic: str, flags: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    shared = common(settings_file, **flags)
    return ((message.origin, message.value) for message in messages_of(shared, topic) if message.value is not None)
