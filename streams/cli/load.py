"""`streams load`: pages from files -> pages-raw."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import click

from streams.cli import EXIT_REJECTS
from streams.cli.options import Common, common, kafka_options
from streams.cli.show import json_line, note

#: Refused records that are told one by one; a broken file may have a million.
TOLD = 20
#: Files without pages that are named; a crawl has a hundred pictures a page.
NAMED = 5


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
    """Load INPUTS into pages-raw: HTML files (also .gz), folders, WARC (CC-NEWS too), JSON lines of raw pages.

    JSON may be ours, Zyte API's or Scrapy Cluster's. A folder with a feed.toml gives each page the address, time and
    type that stand there. Loading twice is harmless.

    \b
    Examples:
      streams load crawl.warc.gz
      streams load CC-NEWS/2026/11/ --limit 10000
      streams load pages/ --rate 50 -b kafka:9092
      streams load pages.jsonl.gz --dry-run

    Exit: 0 done, 2 an input is missing or unreadable, 3 no such topic, 4 Kafka unreachable, 5 some records were
    no pages, 130 interrupted; what was not confirmed by Kafka is never counted as sent.
    """
    from streams.edge.loader import LoadAccount

    ours = {name: flags.pop(name) for name in ("topic", "json_form", "rate", "limit", "dry_run", "as_json")}
    shared = common(settings_file, **flags)
    account, told, started = LoadAccount(), _Told(), monotonic()
    work = _pages(inputs, ours["limit"], told)
    if not ours["dry_run"]:
        work = _sent(shared, work, account, ours, told.refused)
    try:
        with closing(work) as pages:
            _run(pages, account, told, dry_run=ours["dry_run"])
    finally:
        _tell(account, told, monotonic() - started, dry_run=ours["dry_run"], as_json=ours["as_json"])
    return EXIT_REJECTS if account.refused else 0


@dataclass(slots=True)
class _Told:
    """What was said of single records and files, so that it is not said a million times."""

    refusals: int = 0
    skipped: int = 0
    names: list[str] = field(default_factory=list)

    def left_out(self, path: Path) -> None:
        self.skipped += 1
        if self.skipped <= NAMED:
            self.names.append(path.name)

    def refused(self, page: Any) -> None:
        self.refusals += 1
        if self.refusals <= TOLD:
            note(f"{page.source}: {page.error}")
        if self.refusals == TOLD:
            note("more are counted only")


def _pages(inputs: tuple[Path, ...], limit: int | None, told: _Told) -> Generator[Any]:
    from itertools import islice

    from streams.edge.inputs import read_inputs

    pages = read_inputs(inputs, told.left_out)  # looks at all inputs now
    return (page for page in islice(pages, limit))


def _sent(
    shared: Common, pages: Generator[Any], account: Any, ours: dict[str, Any], refused: Callable[[Any], None]
) -> Generator[Any]:
    from streams.edge.kafka import connect, require_topics
    from streams.edge.kafka_config import kafka_config
    from streams.edge.loader import load

    topic, config = shared.settings.topic_prefix + ours["topic"], kafka_config(shared.settings)
    with connect(config, shared.settings.connect_timeout) as admin:
        require_topics(admin, [topic])
    return load(
        config,
        topic,
        pages,
        account,
        as_json=ours["json_form"],
        rate=ours["rate"],
        deadline=shared.settings.send_deadline,
        on_refused=refused,
    )


def _run(pages: Generator[Any], account: Any, told: _Told, *, dry_run: bool) -> None:
    from streams.cli.progress import progress

    for page in progress(pages, "pages"):
        if not dry_run:
            continue
        account.read += 1
        if page.page is None:
            account.refused += 1
            told.refused(page)
        else:
            account.bytes += len(page.page.body)


def _tell(account: Any, told: _Told, seconds: float, *, dry_run: bool, as_json: bool) -> None:
    unconfirmed = 0 if dry_run else account.unconfirmed
    if as_json:
        counts = {"read": account.read, "sent": account.sent, "refused": account.refused, "unconfirmed": unconfirmed}
        more = {"skipped_files": told.skipped, "bytes": account.bytes, "seconds": round(seconds, 3)}
        json_line({**counts, **more, "last": account.last or None})
        return
    if told.skipped:
        names = ", ".join(told.names) + (", …" if told.skipped > NAMED else "")
        note(f"{told.skipped:,} files or records that are no pages left out: {names}")
    sent = "nothing sent (--dry-run)" if dry_run else f"{account.sent:,} sent and confirmed"
    note(f"{account.read:,} read, {sent}, {account.refused:,} refused; {account.bytes:,} bytes in {seconds:.1f} s")
    if unconfirmed:
        note(f"broken off at {account.last}; {unconfirmed:,} were not confirmed")
