"""The reference pages say all there is, and the commented settings.toml is the defaults."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from streams import settings
from streams.catalogue import config_folder
from streams.cli import COMMANDS
from streams.core import records
from streams.core.outcome import DropReason, RejectReason
from streams.edge.metrics import TABLE
from streams.manual import PAGES, settings_file

FOLDER = config_folder()
DOCS = Path(__file__).parents[2] / "docs" / "reference"
NAMED = {
    "settings": [field.name for field in fields(settings.Settings)],
    "metrics": [spec.exported for spec in TABLE],
    "topics": [path.stem for path in (FOLDER / "topics").glob("*.toml")],
    "reasons": [*map(str, DropReason), *map(str, RejectReason)],
    "records": [name for name, value in vars(records).items() if is_dataclass(value)],
    "commands": [f"streams {name}" for name in COMMANDS],
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_everything_there_is(page: str) -> None:
    text = (DOCS / f"{page}.md").read_text("utf-8")
    assert [name for name in NAMED[page] if not re.search(rf"(`|## ){re.escape(name)}", text)] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_what_the_code_says_today(page: str) -> None:
    assert (DOCS / f"{page}.md").read_text("utf-8") == PAGES[page](FOLDER), "run `make docs`"


def test_settings_toml_uncommented_is_the_defaults(tmp_path: Path) -> None:
    text = (FOLDER / "settings.toml").read_text("utf-8")
    assert text == settings_file(), "run `make docs`"
    assert tomllib.loads(text) == {}
    lines = [line[2:] for line in text.splitlines() if re.match(r"# \w+ = ", line)]
    assert [line.split(" = ")[0] for line in lines] == NAMED["settings"]
    file = tmp_path / "settings.toml"
    file.write_text("\n".join(line for line in lines if '"…"' not in line), "utf-8")
    assert settings.load(file=file) == settings.Settings()
