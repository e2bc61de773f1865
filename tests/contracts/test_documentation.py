"""The reference pages say all there is, and the commented settings.toml is the defaults.

Of all pages: links lead somewhere, and commands, options, paths and make targets exist.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path

import click
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


ROOT = FOLDER.parent
ALL_PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("config/**/*.md"), *ROOT.glob("tests/**/*.md")]
)
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:^|[\s`|;&(/])streams ((?:[a-z][a-z-]*)(?: [^`|;&#>\n)]*)?)")
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
#: A path of the tree, in backquotes; with a placeholder it is none.
PATH = re.compile(r"`((?:streams|config|tests|docs|tools)/[\w./-]*)`")


def anchors(page: Path) -> set[str]:
    """As GitHub makes them of headings."""
    heads = re.findall(r"^#+ (.*)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def dead_links(page: Path, text: str) -> list[str]:
    dead = []
    for target in LINK.findall(FENCE.sub("", text)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        if not found.exists() or (anchor and found.suffix == ".md" and anchor not in anchors(found)):
            dead.append(target)
    return dead


def wrong_commands(text: str) -> list[str]:
    """Calls of `streams` whose command or option is none."""
    return [call for call in COMMAND.findall(text) if (problem := _problem(call)) and problem != "prose"]


def _problem(call: str) -> str | None:
    try:
        words = shlex.split(call, comments=True)
    except ValueError:
        words = call.split()
    command = _command(words.pop(0))
    if command is None:
        return "no command" if words else "prose"
    if isinstance(command, click.Group):
        inner = [command.commands[word] for word in words[:1] if word in command.commands]
        if words and not inner and not words[0].startswith("-"):
            return None if "|" in words[0] or not words[0].isalpha() else "no subcommand"
        command = inner[0] if inner else command
    known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)} | {"-h", "--help"}
    given = [word.partition("=")[0].rstrip(".,:") for word in words if re.match(r"--?[a-z]", word)]
    return "no option" if any(name not in known for name in given) else None


def _command(name: str) -> click.Command | None:
    if name not in COMMANDS:
        return None
    found: click.Command = import_module(f"streams.cli.{COMMANDS[name][0]}").command
    return found


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    assert dead_links(page, text) == []
    assert wrong_commands(text) == []
    assert [path for path in PATH.findall(text) if "NAME" not in path and not (ROOT / path).exists()] == []
    made = re.findall(r"(?:^|`)make ((?:[a-z]+ ?)+)", text, re.MULTILINE)
    assert [target for line in made for target in line.split() if target not in TARGETS] == []


def test_a_dead_link_or_a_command_that_is_none_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "x.md"
    page.write_text("# A head\n")
    assert dead_links(page, "[a](x.md#a-head) [b](#b) [c](y.md) [d](https://a.example)") == ["#b", "y.md"]
    wrong = ["tails --from x", "tail --form x", "topics make"]
    right = ["tail --from x -b h", "topics apply", "dlq replay --reason x", "scan page.html"]
    for call in wrong:
        assert wrong_commands(f"run `streams {call}` now"), call
    for call in right:
        assert not wrong_commands(f"run `streams {call}` now"), call


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop().resolve()
        if page in seen or not page.exists():
            continue
        seen.add(page)
        if page.is_dir():
            ahead += page.rglob("*.md")
        elif page.suffix == ".md":
            links = LINK.findall(page.read_text("utf-8"))
            ahead += [page.parent / link.partition("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    assert [str(page.relative_to(ROOT)) for page in ROOT.glob("docs/**/*.md") if page.resolve() not in seen] == []
