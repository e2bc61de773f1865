"""`streams explain`: why a page came out as it did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from streams.cli import EXIT_REJECTS
from streams.cli.options import common
from streams.cli.render import safe
from streams.cli.show import note

#: Characters of a block that are shown.
SHOWN = 90


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--html", "picture", type=click.Path(path_type=Path), help="Also draw it as an HTML page there.")
@click.option("--limit", type=click.IntRange(1), default=1, show_default=True, help="So many pages of the input.")
def command(inputs: tuple[Path, ...], picture: Path | None, limit: int) -> int:
    r"""Show what was removed from a page and why, which rule gave each field and event, and what was turned down.

    \b
    Examples:
      streams explain page.html
      streams explain page.html --html out.html
    """
    from itertools import islice

    from streams.edge.inputs import read_inputs
    from streams.pipeline import build_cleaning, build_describer, build_detecting

    pages = islice(read_inputs(inputs), limit)
    folder = common().folder
    rooms = build_cleaning(folder), build_describer(folder), build_detecting(folder)
    refused = 0
    for found in pages:
        click.echo(f"=== {found.source}")
        if found.page is None:
            refused += 1
            note(f"{found.source}: {found.error}")
            continue
        refused += not _explain(found.page, rooms, picture)
    return EXIT_REJECTS if refused else 0


def _explain(page: Any, rooms: tuple[Any, Any, Any], picture: Path | None) -> bool:
    from streams.core.errors import BadMessage
    from streams.core.outcome import Message
    from streams.core.pages import page_headers, raw_page
    from streams.pipeline import article_of

    cleaning, describer, detecting = rooms
    try:
        checked = raw_page(Message("pages-raw", None, page.body, page_headers(page)))
        cleaned = cleaning.cleaner.clean(checked, explain=True)
    except BadMessage as error:
        note(f"rejected as {error.reason}: {error.detail}")
        return False
    _blocks(cleaned)
    article = article_of(checked, cleaned, cleaning.versions)
    if article is None:
        note("dropped as no_text: the page holds no article")
        return True
    described = describer.describe(article)
    _fields(described)
    _events(described, detecting)
    if picture is not None:
        _draw(picture, checked, cleaned, described, detecting)
    return True


def _blocks(cleaned: Any) -> None:
    click.echo(f"\ntext, {len(cleaned.text):,} characters, sure {cleaned.confidence:.2f}")
    for block in cleaned.blocks:
        mark = "+" if block.kept else "-"
        words = safe(" ".join(block.text.split())[:SHOWN])
        click.echo(f"  {mark} {block.confidence:.2f} {block.label:<12} {words}   [{block.why}]")
    for notice in cleaned.notices:
        click.echo(f"  ! notice {notice.kind} ({notice.place}): {safe(notice.text[:SHOWN])}")


def _fields(article: Any) -> None:
    from streams.core.metadata.account import account

    click.echo("\nfields")
    for row in account(article):
        click.echo(
            f"  {row.field:<22} {safe(row.value[:SHOWN]) or '-'}   [{row.source or 'none'} {row.confidence:.2f}]"
        )
        for rival in row.rivals:
            click.echo(f"  {'':<22} not {safe(rival.value[:SHOWN])}   [{rival.source}]")


def _events(article: Any, detecting: Any) -> None:
    from dataclasses import replace

    from streams.core.withdrawals.drawing import draw_text

    events, refused = detecting(article)
    click.echo(f"\nevents, {len(events)}; candidates turned down, {len(refused)}")
    for line in draw_text(replace(article, events=events), refused).splitlines():
        click.echo("  " + safe(line))


def _draw(picture: Path, page: Any, cleaned: Any, article: Any, detecting: Any) -> None:
    from dataclasses import replace

    from streams.core.cleaning.picture import side_by_side
    from streams.core.withdrawals.drawing import draw_html

    events, refused = detecting(article)
    drawn = draw_html(replace(article, events=events), refused)
    picture.write_text(side_by_side(cleaned, page).replace("</body>", drawn + "</body>"), "utf-8")
    note(f"drawn in {picture}")
