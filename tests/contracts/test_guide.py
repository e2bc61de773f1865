"""The operator's guide asks only for commands, options, files and numbers that there are."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import click
import pytest

from streams.cli import COMMANDS

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "operating.md"
TEXT = GUIDE.read_text("utf-8")
CALLS = re.findall(r"(?:^|[;&`(] ?|\d )streams ((?:[a-z]+ ?)+)((?:[^;|&\n`]*))", TEXT, re.MULTILINE)
PICTURES = sorted((ROOT / "docs" / "boards").glob("*.svg"))


def command_of(words: list[str]) -> click.Command:
    found: click.Command = import_module(f"streams.cli.{COMMANDS[words[0]][0]}").command
    if isinstance(found, click.Group):
        return found.commands[words[1]]
    return found


@pytest.mark.parametrize("call", CALLS, ids=lambda call: "".join(call).strip())
def test_a_command_of_the_guide_is_one_of_ours_and_takes_its_options(call: tuple[str, str]) -> None:
    known = {option for parameter in command_of(call[0].split()).params for option in parameter.opts}
    assert set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", call[1])) <= known


def test_the_guide_runs_most_commands_of_an_operator() -> None:
    assert {call[0].split()[0] for call in CALLS} >= {"worker", "doctor", "topics", "lag", "dlq", "load", "config"}


def test_every_link_of_the_guide_leads_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)", TEXT) if "://" not in link]
    assert links
    assert [link for link in links if not (GUIDE.parent / link).exists()] == []


def test_every_command_of_the_guide_has_shown_something_or_need_not() -> None:
    blocks = re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)
    assert len(blocks) >= 4
    assert all(any(not line.startswith("$ ") for line in block.splitlines()) for block in blocks)
    assert "Traceback" not in TEXT
    assert not re.search(r"/(tmp|work|root|home)/", TEXT), "a path of some machine"


def test_each_board_has_its_picture() -> None:
    from streams.dashboards import BOARDS

    assert {path.stem for path in PICTURES} == set(BOARDS)
    for path in PICTURES:
        drawn, panels = path.read_text("utf-8"), BOARDS[path.stem]
        for panel in (*panels.tiles, *panels.graphs):
            assert panel.title.replace("'", "&#x27;") in drawn, "draw them anew: make ops"
