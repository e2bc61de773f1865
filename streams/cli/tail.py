"""`streams tail`: what a topic carries, as it comes."""

from __future__ import annotations

import sys
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import click

from streams.cli.messages import messages_of
from streams.cli.options import Start, common, kafka_options
from streams.cli.show import json_line


@click.command()
@click.argument("topic", default="withdrawals")
@kafka_options
@click.option("--from", "start", type=Start(), default="latest", show_default=True)
@click.option("--limit", type=click.IntRange(1), help="Stop after so many.")
@click.option("--follow/--no-follow", default=True, help="Wait for more, or stop at the end as of now.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with where it stands.")
def command(topic: str, settings_file: Path | None, **flags: Any) -> None:
    """Show what TOPIC carries: withdrawals when none is named.

    \b
    Examples:
      streams tail
      streams tail withdrawals --from earliest --no-follow --json | jq .stage
      streams tail withdrawals-rejected --from 2026-11-25T10:00 --limit 20
    """
    from streams.edge.outputs.rows import located

    start, limit, follow, as_json = (flags.pop(name) for name in ("start", "limit", "follow", "as_json"))
    shared = common(settings_file, **flags)
    for message in islice(messages_of(shared, topic, start, follow=follow), limit):
        if as_json:
            json_line(located(message))
        else:
            click.echo(_readable(message))


def _readable(message: Any) -> str:
    from streams.cli.render import event_block, safe
    from streams.edge.outputs.rows import located

    record = located(message)
    if "evidence" in record and "stage" in record:
        try:
            return event_block(record, color=sys.stdout.isatty()) + "\n"
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            pass  # another program's record on this topic
    moment = datetime.fromtimestamp(message.timestamp / 1000).astimezone().isoformat(timespec="seconds")
    words = record.get("headline") or record.get("reason") or ""
    address = record.get("sentence") or record.get("canonical_url") or message.header("url")
    size = "tombstone" if message.value is None else f"{len(message.value):,} bytes"
    return safe("  ".join(str(part) for part in (moment, message.origin, words, address or size) if part)[:300])
