"""Any mix of paths -> pages in order. It must not decide whether a page is good: the steps do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from streams.core.pages import ExtractedArticle
from streams.edge.inputs.feed import FEED, check_feed, feed_pages
from streams.edge.inputs.files import file_page, is_page, page_suffix
from streams.edge.inputs.lines import SUFFIXES, check_lines, holds_pages, line_articles, line_pages
from streams.edge.inputs.page import InputError, InputPage, unreadable
from streams.edge.inputs.warc import check_warc, is_warc, warc_pages

__all__ = ["InputError", "InputPage", "read_articles", "read_inputs"]

Skipped = Callable[[Path], None]


def read_inputs(paths: Iterable[Path], on_skipped: Skipped = lambda _: None) -> Iterator[InputPage]:
    """Every page of every input, folders in the order of their names. All paths are checked before the first page.

    Args:
        paths: files of pages, JSON lines, WARC files, a feed.toml, folders of them.
        on_skipped: told of every file of a folder, and every response of a WARC file, that holds no pages.

    Raises:
        InputError: a named path is missing, unreadable, or holds nothing that is read.
    """
    named = list(paths)
    for path in named:
        _check(path)
    return (page for path in named for page in _pages(path, on_skipped))


def read_articles(
    paths: Iterable[Path], on_refused: Callable[[InputPage], None] | None = None
) -> Iterator[tuple[str, ExtractedArticle]]:
    """Every extracted article of JSON files and folders of them, with its source.

    Args:
        paths: JSON lines, JSON documents, folders of them.
        on_refused: told of a line that holds no article; without it such a line is an error.

    Raises:
        InputError: a path is missing, or a line is none.
    """
    files: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError(f"no file or folder {path}; --format articles reads JSON lines")
        files += [file for file in _walk(path) if page_suffix(file) in SUFFIXES] if path.is_dir() else [path]
    return (article for file in files for article in line_articles(file, on_refused))


def _check(path: Path) -> None:
    if not path.exists():
        raise InputError(f"no file or folder {path}")
    try:
        if path.is_dir():
            _check_folder(path)
            return
        with path.open("rb"):
            pass
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from None
    if path.name == FEED:
        check_feed(path)
    elif is_warc(path):
        check_warc(path)
    elif page_suffix(path) in SUFFIXES:
        check_lines(path)
    elif not is_page(path):
        raise InputError(f"{path}: not a kind that is read; there are {_KINDS}")


_KINDS = ".html, .htm, .xhtml, .txt, .jsonl, .ndjson, .json (all also .gz), .warc (also .gz), feed.toml and folders"


def _check_folder(folder: Path) -> None:
    if (folder / FEED).is_file():
        check_feed(folder / FEED)
    elif not any(_readable(path) for path in _walk(folder)):
        raise InputError(f"{folder}: nothing in it that is read; there are {_KINDS}")


def _readable(path: Path) -> bool:
    return path.name == FEED or is_warc(path) or is_page(path) or page_suffix(path) in SUFFIXES


def _pages(path: Path, on_skipped: Skipped) -> Iterator[InputPage]:
    if not path.is_dir():
        yield from _file(path, f"{path.resolve().parent.name}/{path.name}", on_skipped)
        return
    above = path.resolve().name
    try:
        for found in _walk(path):
            if not _readable(found) or (page_suffix(found) in SUFFIXES and not holds_pages(found)):
                on_skipped(found)
            else:
                yield from _file(found, f"{above}/{found.relative_to(path).as_posix()}", on_skipped)
    except OSError as error:
        yield unreadable(str(path), InputError(f"cannot read {error.filename}: {error.strerror}"))


def _walk(folder: Path) -> Iterator[Path]:
    """Files by name, of a folder with a feed the feed alone; links to folders, which may go round, are left out."""
    if (folder / FEED).is_file():
        yield folder / FEED
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if not path.is_symlink():
                yield from _walk(path)
        elif path.is_file():
            yield path


def _file(path: Path, name: str, on_skipped: Skipped) -> Iterator[InputPage]:
    if path.name == FEED:
        yield from _feed(path, on_skipped)
    elif is_warc(path):
        yield from warc_pages(path, on_skipped)
    elif is_page(path):
        yield file_page(path, name)
    else:
        yield from line_pages(path)


def _feed(path: Path, on_skipped: Skipped) -> Iterator[InputPage]:
    try:
        yield from feed_pages(path, on_skipped)
    except InputError as error:
        yield unreadable(str(path), error)
