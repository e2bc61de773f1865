"""`streams dlq list|show|replay|discard`: what could not be processed, and what becomes of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from streams.cli.options import Common, common, kafka_options
from streams.cli.show import note, table

#: Bytes of a letter's value that `show` prints.
SHOWN = 2_000


@click.group()
def command() -> None:
    """Look at dead letters, replay or discard them.

    A letter holds the original message untouched, and in its headers the reason, agent and version.
    """


def _moment(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(value).astimezone() if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is no time such as 2026-11-25T10:00", ctx, param) from None


def _filters(function: Any) -> Any:
    for option in (
        click.option("--topic", help="Only the twin of this topic, such as pages-raw."),
        click.option("--until", callback=_moment, help="Only letters before that time."),
        click.option("--since", callback=_moment, help="Only letters from that time on."),
        click.option("--version", help="Only from that version of the program."),
        click.option("--agent", help="Only from that agent."),
        click.option("--reason", help="Only for that reason."),
    ):
        function = option(function)
    return function


def _open(settings_file: Path | None, flags: dict[str, Any]) -> tuple[Common, Any, Any, list[str], Any]:
    """Settings, client configuration, admin client, dead-letter topics, filter."""
    from streams.catalogue.topics import DEAD_LETTER_SUFFIX, load_topics
    from streams.edge.dead_letters import Filter
    from streams.edge.kafka import connect, require_topics
    from streams.edge.kafka_config import kafka_config

    wanted = Filter(**{name: flags.pop(name) for name in ("reason", "agent", "version", "since", "until")})
    topic = flags.pop("topic")
    shared = common(settings_file, **flags)
    config = kafka_config(shared.settings)
    admin = connect(config, shared.settings.connect_timeout)
    names = [topic.removesuffix(DEAD_LETTER_SUFFIX) + DEAD_LETTER_SUFFIX] if topic else None
    names = names or [name for name, planned in load_topics(shared.folder).items() if planned.is_dead_letter]
    topics = [shared.settings.topic_prefix + name for name in names]
    require_topics(admin, topics)
    return shared, config, admin, topics, wanted


@command.command("list")
@kafka_options
@_filters
@click.option("--group", help="The consumer group; else the setting's.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(settings_file: Path | None, as_json: bool, **flags: Any) -> None:
    r"""Count letters by topic, agent, reason and version.

    \b
    Example: streams dlq list --reason timeout --since 2026-11-25
    """
    from streams.edge.dead_letters import grouped, progress
    from streams.edge.reading import read_topics

    shared, config, admin, topics, wanted = _open(settings_file, flags)
    letters = (letter for letter in read_topics(config, topics) if wanted.admits(letter))
    rows = grouped(letters, progress(admin, shared.settings.group))
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
    r"""Show one letter, ORIGIN being topic:partition:offset as `list` gives it.

    \b
    Examples:
      streams dlq show pages-raw-dlq:3:17
      streams dlq show pages-raw-dlq:3:17 --raw > page.html
    """
    from streams.cli.render import safe
    from streams.edge.kafka_config import kafka_config
    from streams.edge.reading import read_one

    shared = common(settings_file, **flags)
    try:
        letter = read_one(kafka_config(shared.settings), origin)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if letter is None:
        note(f"streams: there is no message at {origin}")
        return 1
    if raw:
        sys.stdout.buffer.write(letter.value or b"")
        return 0
    click.echo(f"{letter.origin}  {_time(letter.timestamp)}  key {letter.key!r}")
    for name, value in letter.headers:
        click.echo(f"  {safe(name)}: " + "\n    ".join(safe(x) for x in value.decode("utf-8", "replace").splitlines()))
    body = (letter.value or b"")[:SHOWN].decode("utf-8", "replace")
    click.echo(f"value, {len(letter.value or b''):,} bytes:" if letter.value is not None else "value: null")
    for line in body.splitlines():
        click.echo("  " + safe(line))
    return 0


def _settling(function: Any) -> Any:
    for option in (
        click.option("--all", "again", is_flag=True, help="Also those settled before."),
        click.option("--dry-run", is_flag=True, help="Only count."),
        click.option("--limit", type=click.IntRange(1), help="So many at most."),
        click.option("--group", help="The consumer group; else the setting's."),
    ):
        function = option(function)
    return function


@command.command()
@kafka_options
@_filters
@_settling
@click.option("--rate", type=click.FloatRange(min=0, min_open=True), help="Letters a second at most.")
@click.option("--max-replays", type=click.IntRange(1), default=3, show_default=True, help="A letter's limit.")
def replay(settings_file: Path | None, **flags: Any) -> int:
    r"""Put letters back on the topic they came from, as they came.

    A letter that came back more than --max-replays times is left where it is.

    \b
    Example: streams dlq replay --reason step_error --version 0.1.0 --rate 50
    """
    from streams.edge.dead_letters import Replayer

    rate, max_replays = flags.pop("rate"), flags.pop("max_replays")
    if flags["dry_run"]:
        return _settle(settings_file, flags, "would be put back", lambda _: lambda _letter: False)
    made: list[Replayer] = []

    def handler(config: Any) -> Callable[[Any], bool]:
        made.append(Replayer(config, max_replays, rate))
        return made[0]

    try:
        return _settle(settings_file, flags, "put back", handler)
    finally:
        for replayer in made:
            replayer.close()


@command.command()
@kafka_options
@_filters
@_settling
@click.option("--yes", is_flag=True, help="Do not ask.")
def discard(settings_file: Path | None, yes: bool, **flags: Any) -> int:
    r"""Pass over letters, so that `replay` leaves them alone. Kafka keeps their bytes for 14 days from arrival.

    \b
    Example: streams dlq discard --reason unsupported_type
    """
    if flags["dry_run"]:
        return _settle(settings_file, flags, "would be passed over", lambda _: lambda _letter: False)
    if not yes:
        click.confirm("pass over these dead letters?", abort=True, err=True)
    return _settle(settings_file, flags, "passed over", lambda _: lambda _letter: True)


def _settle(
    settings_file: Path | None, flags: dict[str, Any], done: str, handler: Callable[[Any], Callable[[Any], bool]]
) -> int:
    from streams.cli.progress import progress
    from streams.edge.dead_letters import settle

    again, limit, dry_run = flags.pop("again"), flags.pop("limit"), flags.pop("dry_run")
    shared, config, admin, topics, wanted = _open(settings_file, flags)
    handled = settle(
        config, admin, shared.settings.group, topics, wanted, handle=handler(config), again=again, limit=limit
    )
    results = [fine for _, fine in progress(handled, "letters")]
    count, left = (len(results), 0) if dry_run else (sum(results), len(results) - sum(results))
    note(f"{count:,} letters {done}" + (f", {left:,} left: replayed too often already" if left else ""))
    return 0


def _time(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000).astimezone().isoformat(timespec="seconds")
