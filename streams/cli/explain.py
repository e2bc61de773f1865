"""`streams explain`: why a page came out as it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from streams.cli import EXIT_REJECTS
from streams.cli.options import common
from streams.cli.render import safe
from streams.cli.show import json_line, note

#: Characters of a block that are shown.
SHOWN = 90


@dataclass(frozen=True, slots=True)
class Explained:
    """A page on its way through the rooms; `article` has its fields and events, or is None where there is none."""

    page: Any
    cleaned: Any
    article: Any = None
    refused: tuple[Any, ...] = ()


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--html", "picture", type=click.Path(path_type=Path), help="Also draw it as an HTML page there.")
@click.option("--limit", type=click.IntRange(1), default=1, show_default=True, help="So many pages of the input.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a page.")
def command(inputs: tuple[Path, ...], picture: Path | None, limit: int, as_json: bool) -> int:
    """Show what was removed from a page and why, which rule gave each field and event, and what was turned down.

    \b
    Examples:
      streams explain page.html
      streams explain page.html --html out.html
      streams explain crawl.warc.gz --limit 3 --json

    Exit: 0 done, 2 an input is missing or unreadable, 5 a page would be rejected.
    """
    from itertools import islice

    from streams.edge.inputs import read_inputs

    if picture is not None and limit > 1:
        raise click.UsageError("--html draws one page; leave --limit out")
    pages = islice(read_inputs(inputs), limit)
    explain = _explainer(common().folder)
    refused = 0
    for found in pages:
        explained = explain(found.page) if found.page is not None else found.error or "no page"
        if isinstance(explained, str):
            refused += 1
            note(f"{found.source}: {explained}")
            continue
        if as_json:
            json_line(_record(found.source, explained))
        else:
            _print(found.source, explained)
        if picture is not None:
            _draw(picture, explained)
    return EXIT_REJECTS if refused else 0


def _explainer(folder: Path) -> Callable[[Any], Explained | str]:
    """What becomes of a page; a text says why it would be rejected."""
    from streams.pipeline import build_cleaning, build_describer, build_detecting

    return partial(_explain, (build_cleaning(folder), build_describer(folder), build_detecting(folder)))


def _explain(rooms: tuple[Any, Any, Any], page: Any) -> Explained | str:
    from streams.core.errors import BadMessage
    from streams.core.outcome import Message
    from streams.core.pages import page_headers, raw_page
    from streams.pipeline import article_of

    cleaning, describer, detecting = rooms
    try:
        checked = raw_page(Message("pages-raw", None, page.body, page_headers(page)))
        cleaned = cleaning.cleaner.clean(checked, explain=True)
    except BadMessage as error:
        return f"rejected as {error.reason}: {error.detail}"
    article = article_of(checked, cleaned, cleaning.versions)
    if article is None:
        return Explained(checked, cleaned)
    described = describer.describe(article)
    events, refused = detecting(described)
    return Explained(checked, cleaned, replace(described, events=events), refused)


def _record(source: str, explained: Explained) -> dict[str, Any]:
    from streams.core.metadata.account import account

    cleaned, article = explained.cleaned, explained.article
    return {
        "source": source,
        "text": cleaned.text,
        "confidence": cleaned.confidence,
        "blocks": cleaned.blocks,
        "notices": cleaned.notices,
        "fields": account(article) if article else (),
        "events": article.events if article else (),
        "turned_down": explained.refused,
    }


def _print(source: str, explained: Explained) -> None:
    click.echo(f"=== {safe(source)}")
    _blocks(explained.cleaned)
    if explained.article is None:
        click.echo("\ndropped as no_text: the page holds no article")
        return
    _fields(explained.article)
    _events(explained)


def _blocks(cleaned: Any) -> None:
    click.echo(f"\ntext, {len(cleaned.text):,} characters, sure {cleaned.confidence:.2f}; + kept, - removed")
    for block in cleaned.blocks:
        mark = "+" if block.kept else "-"
        click.echo(f"  {mark} {block.confidence:.2f} {block.label:<12} {_words(block.text)}   [{block.why}]")
    for notice in cleaned.notices:
        click.echo(f"  ! notice {notice.kind} ({notice.place}): {_words(notice.text)}")


def _fields(article: Any) -> None:
    from streams.core.metadata.account import account

    click.echo("\nfields")
    for row in account(article):
        click.echo(f"  {row.field:<22} {_words(row.value) or '-'}   [{row.source or 'none'} {row.confidence:.2f}]")
        for rival in row.rivals:
            click.echo(f"  {'':<22} not {_words(rival.value)}   [{rival.source}]")


def _events(explained: Explained) -> None:
    from streams.core.withdrawals.drawing import draw_text

    count = len(explained.article.events or ())
    click.echo(f"\nevents, {count}; candidates turned down, {len(explained.refused)}")
    for line in draw_text(explained.article, explained.refused).splitlines():
        click.echo("  " + safe(line))


def _words(text: str) -> str:
    return safe(" ".join(text.split())[:SHOWN])


def _draw(picture: Path, explained: Explained) -> None:
    from streams.core.cleaning.picture import side_by_side
    from streams.core.withdrawals.drawing import draw_html

    drawn = draw_html(explained.article, explained.refused) if explained.article else ""
    head, end, tail = side_by_side(explained.cleaned, explained.page).rpartition("</html>")
    picture.write_text(head + drawn + end + tail, "utf-8")
    note(f"drawn in {picture}")
