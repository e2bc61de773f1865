"""What the commands of `streams dlq` share: filters, and the clients that every one of them needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from streams.cli.options import common


@dataclass(frozen=True, slots=True)
class Desk:
    """Dead-letter topics with their prefix, which letters are meant, and the way to them."""

    config: Any
    admin: Any
    group: str
    topics: list[str]
    wanted: Any


def _moment(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(value).astimezone() if value else None
    except (ValueError, OverflowError):
        raise click.BadParameter(f"{value!r} is no time such as 2026-11-25T10:00", ctx, param) from None


def filters(function: Any) -> Any:
    """--reason, --agent, --version, --since, --until, --topic, --group."""
    for option in (
        click.option("--group", help="The workers' consumer group; else the setting's."),
        click.option("--topic", help="Only the twin of this topic, such as pages-raw."),
        click.option("--until", callback=_moment, help="Only messages stamped before that time."),
        click.option("--since", callback=_moment, help="Only messages stamped at that time or later."),
        click.option("--version", help="Only from that version of the program."),
        click.option("--agent", help="Only from that agent."),
        click.option("--reason", help="Only for that reason."),
    ):
        function = option(function)
    return function


@contextmanager
def desk(settings_file: Path | None, flags: dict[str, Any]) -> Iterator[Desk]:
    """Settings, connection and topics, from the options of `filters` and `kafka_options`.

    Raises:
        SettingsError, CatalogueError, KafkaUnreachable, TopicsWrong.
    """
    from streams.catalogue.topics import DEAD_LETTER_SUFFIX, load_topics
    from streams.edge.dead_letters import Filter
    from streams.edge.kafka import connect, require_topics
    from streams.edge.kafka_config import kafka_config

    wanted = Filter(**{name: flags.pop(name) for name in ("reason", "agent", "version", "since", "until")})
    topic = flags.pop("topic")
    shared = common(settings_file, **flags)
    prefix = shared.settings.topic_prefix
    if topic:
        names = [topic.removeprefix(prefix).removesuffix(DEAD_LETTER_SUFFIX) + DEAD_LETTER_SUFFIX]
    else:
        names = [name for name, planned in load_topics(shared.folder).items() if planned.is_dead_letter]
    topics = [prefix + name for name in names]
    config = kafka_config(shared.settings)
    with connect(config, shared.settings.connect_timeout) as admin:
        require_topics(admin, topics)
        yield Desk(config, admin, shared.settings.group, topics, wanted)
