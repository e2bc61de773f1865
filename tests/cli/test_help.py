from __future__ import annotations

from importlib import import_module

import click
import pytest

from streams.cli import COMMANDS

OURS = ("config", "dlq", "doctor", "explain", "lag", "tail", "verify", "version")


def leaves(name: str) -> list[click.Command]:
    command = import_module(f"streams.cli.{COMMANDS[name][0]}").command
    return list(command.commands.values()) if isinstance(command, click.Group) else [command]


@pytest.mark.parametrize("name", OURS)
def test_a_commands_help_shows_an_example_that_starts_with_its_name(name: str) -> None:
    for command in leaves(name):
        assert "Example" in (command.help or ""), command.name
        assert f"streams {name}" in (command.help or ""), command.name


@pytest.mark.parametrize("name", OURS)
def test_every_option_says_what_it_does(name: str) -> None:
    silent = [
        (command.name, option.opts)
        for command in leaves(name)
        for option in command.params
        if isinstance(option, click.Option) and not (option.help or option.show_default)
    ]
    assert not silent
