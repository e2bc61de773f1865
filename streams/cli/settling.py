"""`streams dlq replay|discard`: what becomes of dead letters."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import click

from streams.cli import EXIT_REJECTS
from streams.cli.dead_letters import Desk, desk, filters
from streams.cli.options import kafka_options
from streams.cli.show import json_line, note, table


def _settling(function: Any) -> Any:
    for option in (
        click.option("--json", "as_json", is_flag=True, help="The account as one JSON object."),
        click.option("--dry-run", is_flag=True, help="Only count."),
        click.option("--limit", type=click.IntRange(1), help="So many at most."),
    ):
        function = option(function)
    return function


@click.command()
@kafka_options
@filters
@_settling
@click.option("--all", "again", is_flag=True, help="Also those replayed or discarded before.")
@click.option("--rate", type=click.FloatRange(min=0, min_open=True), help="Letters a second at most.")
@click.option("--max-replays", type=click.IntRange(1), default=3, show_default=True, help="A message's limit.")
def replay(settings_file: Path | None, **flags: Any) -> int:
    """Put letters back on the topic they came from, as they came.

    A message that was replayed --max-replays times already is left where it is.

    \b
    Examples:
      streams dlq replay --reason step_error --version 0.1.0 --rate 50
      streams dlq replay --topic pages-raw --dry-run

    Exit: 0 done, 4 Kafka did not confirm (what it confirmed is settled), 5 some were replayed too often already.
    """
    from streams.edge.dead_letters import Account, progress, replays_of, waiting

    ours = {name: flags.pop(name) for name in ("again", "limit", "dry_run", "rate", "max_replays", "as_json")}
    account = Account()
    with desk(settings_file, flags) as at:
        settled = {} if ours["again"] else progress(at.admin, at.group)
        letters = islice(waiting(at.config, at.topics, at.wanted, settled), ours["limit"])
        try:
            if ours["dry_run"]:
                for letter in letters:
                    looping = replays_of(letter) >= ours["max_replays"]
                    account.looping += looping
                    account.settled += not looping
            else:
                _replay(at, letters, account, ours)
        finally:
            _tell(account, "put back", dry_run=ours["dry_run"], as_json=ours["as_json"])
    return EXIT_REJECTS if account.looping else 0


def _replay(at: Desk, letters: Iterable[Any], account: Any, ours: dict[str, Any]) -> None:
    from streams.catalogue.topics import DEAD_LETTER_SUFFIX
    from streams.edge.dead_letters import Replayer
    from streams.edge.kafka import require_topics

    require_topics(at.admin, [topic.removesuffix(DEAD_LETTER_SUFFIX) for topic in at.topics])
    with closing(Replayer(at.config, ours["max_replays"], ours["rate"])) as replayer:
        _settle(at, letters, replayer, account)


@click.command()
@kafka_options
@filters
@_settling
@click.option("--yes", is_flag=True, help="Do not ask.")
def discard(settings_file: Path | None, yes: bool, **flags: Any) -> int:
    """Show letters, ask, and pass over them, so that `replay` leaves them alone.

    Their bytes stay in Kafka for as long as the topic keeps them: `replay --all` still finds them.

    \b
    Example: streams dlq discard --reason unsupported_type
    """
    from streams.edge.dead_letters import Account, Discarder, progress, waiting

    ours = {name: flags.pop(name) for name in ("limit", "dry_run", "as_json")}
    account, shown = Account(), set[str]()
    with desk(settings_file, flags) as at:
        settled = progress(at.admin, at.group)
        letters = islice(waiting(at.config, at.topics, at.wanted, settled), ours["limit"])
        _show(letters, shown, as_json=ours["as_json"])
        if ours["dry_run"]:
            account.settled = len(shown)
        elif shown:
            if not yes:
                click.confirm(f"pass over these {len(shown):,} dead letters?", abort=True, err=True)
            again = (x for x in waiting(at.config, at.topics, at.wanted, settled) if x.origin in shown)
            _settle(at, again, Discarder(shown), account)
        _tell(account, "passed over", dry_run=ours["dry_run"], as_json=ours["as_json"])
    return 0


def _show(letters: Iterable[Any], shown: set[str], *, as_json: bool) -> None:
    from streams.edge.dead_letters import grouped

    def noting() -> Iterable[Any]:
        for letter in letters:
            shown.add(letter.origin)
            yield letter

    rows = [(r.topic, r.agent, r.reason, r.version, r.count, r.example) for r in grouped(noting(), {})]
    if not as_json:
        table(("topic", "agent", "reason", "version", "letters", "example"), rows, as_json=False, empty="none waits")


def _settle(at: Desk, letters: Iterable[Any], handler: Any, account: Any) -> None:
    from streams.cli.progress import progress
    from streams.edge.dead_letters import settle

    for _ in progress(settle(at.admin, at.group, letters, handler, account), "letters"):
        pass


def _tell(account: Any, done: str, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        json_line({done.replace(" ", "_"): account.settled, "left": account.looping, "dry_run": dry_run})
        return
    left = f", {account.looping:,} left: replayed too often already" if account.looping else ""
    letters = "letter" if account.settled == 1 else "letters"
    note(f"{account.settled:,} {letters} {'would be ' if dry_run else ''}{done}{left}")
