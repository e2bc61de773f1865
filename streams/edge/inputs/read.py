"""Any mix of paths -> pages in order. It must not decide whether a page is good: the steps do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from streams.core.pages import ExtractedArticle
from streams.edge.inputs.files import feed_pages, file_page, is_page, page_suffix
from streams.edge.inputs.lines import SUFFIXES, line_articles, line_pages, looks_like_pages
from streams.edge.inputs.page import InputError, InputPage
from streams.edge.inputs.warc import is_warc, warc_pages

__all__ = ["InputError", "InputPage", "read_articles", "read_inputs"]
FEED = "feed.toml"


def read_inputs(paths: Iterable[Path]) -> Iterator[InputPage]:
    """Every page of every input. All paths are looked at at once, before the first page is asked for.

    Raises:
        InputError: a path is missing, or of no kind that is read.
    """
    named = list(paths)
    for path in named:
        _check(path)
    return (page for path in named for page in (_folder(path) if path.is_dir() else _file(path)))


def read_articles(paths: Iterable[Path]) -> Iterator[tuple[str, ExtractedArticle]]:
    """Every extracted article of JSON-lines files, with its source.

    Raises:
        InputError: a path is missing, or a line is none.
    """
    named = list(paths)
    for path in named:
        if not path.is_file():
            raise InputError(f"no file {path}; --format articles reads JSON lines")
    return (article for path in named for article in line_articles(path))


def _check(path: Path) -> None:
    if not path.exists():
        raise InputError(f"no file or folder {path}")
    if path.is_file() and not _readable(path):
        raise InputError(
            f"{path}: not a kind that is read; there are .html, .txt, .jsonl (also .gz), .warc and folders of them"
        )


def _readable(path: Path) -> bool:
    return path.name == FEED or is_warc(path) or is_page(path) or page_suffix(path) in SUFFIXES


def _folder(folder: Path) -> Iterator[InputPage]:
    if (folder / FEED).is_file():
        yield from feed_pages(folder / FEED)
        return
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and _readable(p)):
        if page_suffix(path) not in SUFFIXES or looks_like_pages(path):
            yield from _file(path)


def _file(path: Path) -> Iterator[InputPage]:
    if path.name == FEED:
        yield from feed_pages(path)
    elif is_warc(path):
        yield from warc_pages(path)
    elif is_page(path):
        yield file_page(path)
    else:
        yield from line_pages(path)
