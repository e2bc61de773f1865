"""`streams load`: pages from files -> pages-raw."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Any

import click

from streams.cli import EXIT_REJECTS
from streams.cli.options import common, kafka_options
from streams.cli.show import json_line, note


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@kafka_options
@click.option("--topic", default="pages-raw", show_default=True)
@click.option("--json-form", is_flag=True, help="One JSON object a message instead of the body with headers.")
@click.option("--rate", type=click.FloatRange(min=0, min_open=True), help="Pages a second at most.")
@click.option("--limit", type=click.IntRange(1), help="Stop after so many.")
@click.option("--dry-run", is_flag=True, help="Read and count; send nothing.")
@click.option("--json", "as_json", is_flag=True, help="The account as one JSON object.")
def command(inputs: tuple[Path, ...], settings_file: Path | None, **flags: Any) -> int:
    r"""Load INPUTS into pages-raw: HTML files (also .gz), folders, WARC, JSON lines of raw pages.

    \b
    Examples:
      streams load crawl.warc.gz
      streams load pages/ --rate 50 -b kafka:9092

    Exit: 0 done, 2 an input is missing, 4 Kafka unreachable, 5 some records were no pages.
    """
    from itertools import islice

    from streams.edge.inputs import read_inputs
    from streams.edge.loader import LoadAccount

    ours = {name: flags.pop(name) for name in ("topic", "json_form", "rate", "limit", "dry_run", "as_json")}
    shared = common(settings_file, **flags)
    pages = islice(read_inputs(inputs), ours["limit"])
    account, started = LoadAccount(), monotonic()
    try:
        _run(shared, pages, account, ours)
    finally:
        _tell(account, monotonic() - started, dry_run=ours["dry_run"], as_json=ours["as_json"])
    return EXIT_REJECTS if account.refused else 0


def _run(shared: Any, pages: Any, account: Any, ours: dict[str, Any]) -> None:
    from streams.cli.progress import progress
    from streams.edge.kafka import connect, require_topics
    from streams.edge.kafka_config import kafka_config
    from streams.edge.loader import load

    if ours["dry_run"]:
        for page in progress(pages, "pages"):
            account.read += 1
            account.refused += page.page is None
        return
    topic = shared.settings.topic_prefix + ours["topic"]
    config = kafka_config(shared.settings)
    with connect(config, shared.settings.connect_timeout) as admin:
        require_topics(admin, [topic])
    sent = load(
        config,
        topic,
        pages,
        account,
        as_json=ours["json_form"],
        rate=ours["rate"],
        on_refused=lambda page: note(f"{page.source}: {page.error}"),
    )
    for _ in progress(sent, "pages"):
        pass


def _tell(account: Any, seconds: float, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        json_line({"read": account.read, "sent": account.sent, "refused": account.refused, "bytes": account.bytes})
        return
    sent = "nothing sent (--dry-run)" if dry_run else f"{account.sent:,} sent and confirmed"
    note(f"{account.read:,} read, {sent}, {account.refused:,} refused; {account.bytes:,} bytes in {seconds:.1f} s")
