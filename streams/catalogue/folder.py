"""Where config/ is, and how one of its files is read. It must not know what the files mean."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import orjson

import streams


class CatalogueError(Exception):
    """A file of config/ is missing or wrong; one line that says which, where, and what to do."""


def config_folder(override: str | None = None) -> Path:
    """The folder: `override` (STREAMS_CONFIG_DIR), else inside the wheel, else the checkout's.

    Raises:
        CatalogueError: where none of them is a folder.
    """
    package = Path(streams.__file__).parent
    candidates = [Path(override)] if override else [package / "_config", package.parent / "config"]
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise CatalogueError(f"no configuration folder at {candidates[-1]}; set STREAMS_CONFIG_DIR to a copy of config/")


def read_toml(path: Path) -> dict[str, Any]:
    """Raises CatalogueError with the file and the line."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"cannot read {path}: {error}") from None


def read_json(path: Path) -> Any:
    """Raises CatalogueError with the file and the place."""
    try:
        return orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise CatalogueError(f"cannot read {path}: {error}") from None
