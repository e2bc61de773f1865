"""`streams scan`: the whole pipeline over files, in this process."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from streams.cli import EXIT_REJECTS
from streams.cli.options import common
from streams.cli.show import note

if TYPE_CHECKING:
    from streams.scanner import Account

Write = Callable[[dict[str, Any]], None]


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file for the articles; else stdout.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["pages", "articles"]),
    default="pages",
    show_default=True,
    help="articles: JSON with id, url, published, title, text; news-please's; Zyte's.",
)
@click.option("--limit", type=click.IntRange(1), help="Stop after so many.")
@click.option("--json", "as_json", is_flag=True, help="The account as one JSON object on stderr.")
def command(inputs: tuple[Path, ...], output: Path | None, shape: str, limit: int | None, as_json: bool) -> int:
    """Clean, describe and detect over INPUTS: HTML files (also .gz), folders, WARC, JSON lines of raw pages.

    One enriched article a line, with its events, and `source` for where it came from.

    \b
    Examples:
      streams scan page.html
      streams scan crawl.warc.gz pages/ -o out.jsonl
      streams scan --format articles articles.jsonl | jq .events
      streams scan --format articles news-please-repo/data/

    Exit: 0 done, 2 an input is missing or unreadable, 5 done with rejects.
    """
    from streams.scanner import Account

    folder = common().folder
    account = Account()
    scan = _articles if shape == "articles" else _pages
    with _writer(output) as write:
        for number, article in enumerate(scan(folder, inputs, account), 1):
            write(article)
            if limit is not None and number >= limit:
                break
    _tell(account, as_json)
    return EXIT_REJECTS if account.rejected else 0


def _pages(folder: Path, inputs: tuple[Path, ...], account: Account) -> Iterator[dict[str, Any]]:
    from streams.cli.progress import progress
    from streams.edge.inputs import read_inputs
    from streams.scanner import page_message, scan_message, steps_for_scan

    left_out = Counter[str]()
    pages = read_inputs(inputs, lambda _: left_out.update(["no page"]))
    steps = steps_for_scan(folder)
    for found in progress(pages, "pages"):
        if found.page is None:
            account.read += 1
            account.rejected[found.reason or "malformed"] += 1
            note(f"{found.source}: {found.error}")
            continue
        scanned = scan_message(steps, page_message(found.page), account)
        if scanned.article is not None:
            extra = {"source_id": found.source_id} if found.source_id is not None else {}
            yield {"source": found.source, **extra, **scanned.article}
    if left_out:
        note(f"{left_out.total():,} files or records that are no pages left out")


def _articles(folder: Path, inputs: tuple[Path, ...], account: Account) -> Iterator[dict[str, Any]]:
    from streams.cli.progress import progress
    from streams.edge.inputs import read_articles
    from streams.scanner import detect_for_scan, scan_article

    def refused(found: Any) -> None:
        account.read += 1
        account.rejected[found.reason] += 1
        note(f"{found.source}: {found.error}")

    articles = read_articles(inputs, refused)
    detect = detect_for_scan(folder)
    for source, extracted in progress(articles, "articles"):
        yield {"source": source, **scan_article(detect, extracted, account)}


@contextmanager
def _writer(path: Path | None) -> Iterator[Write]:
    import orjson

    def write_to(file: IO[bytes]) -> Write:
        return lambda record: void(file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)))

    if path is None:
        yield write_to(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    partial = path.with_name(path.name + ".partial")
    with partial.open("wb") as file:
        yield write_to(file)
    partial.replace(path)


def void(_: object) -> None:
    """A value that is not wanted."""


def _tell(account: Account, as_json: bool) -> None:
    rows = {
        "read": account.read,
        "articles": account.articles,
        "dropped": account.dropped.total(),
        "rejected": account.rejected.total(),
        "events": account.events,
    }
    if as_json:
        import orjson

        details = {"dropped_by": account.dropped, "rejected_by": account.rejected}
        click.echo(orjson.dumps({**rows, **details}), err=True)
        return
    counted = (*account.dropped.items(), *account.rejected.items())
    reasons = [f"{reason} {count}" for reason, count in counted]
    why = f" ({', '.join(reasons)})" if reasons else ""
    note(
        f"{rows['read']:,} read = {rows['articles']:,} articles + {rows['dropped']:,} dropped"
        f" + {rows['rejected']:,} rejected{why}; {rows['events']:,} events"
    )
