"""The command line, one file a command. Everything but click is imported when a command runs."""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from typing import Any

import click

#: command -> (module, what it does in one line, so that --help imports nothing)
COMMANDS = {
    "config": ("config", "Check and show the settings."),
    "demo": ("demo", "See it work: a local Kafka, a sample feed, the events as they come."),
    "dlq": ("dlq", "Look at dead letters, replay or discard them."),
    "doctor": ("doctor", "Check that everything a worker needs is there."),
    "explain": ("explain", "Show what was removed from a page, and why each field and event."),
    "export": ("export", "Write a topic to a file: JSON lines or Parquet."),
    "feed": ("feed", "Write the newest events as an Atom or RSS file."),
    "lag": ("lag", "How far each agent is behind."),
    "load": ("load", "Load pages from files into pages-raw."),
    "scan": ("scan", "The whole pipeline over files, without Kafka."),
    "tail": ("tail", "Show what a topic carries as it comes."),
    "topics": ("topics", "Plan or make the topics."),
    "verify": ("verify", "Prove that every event's evidence stands in its article."),
    "version": ("version", "The versions of the program and its data."),
    "worker": ("worker", "Run agents."),
}
EXIT_FAILURE, EXIT_USAGE, EXIT_CONFIG, EXIT_KAFKA, EXIT_REJECTS, EXIT_INTERRUPTED = 1, 2, 3, 4, 5, 130


class _Lazy(click.Group):
    """Knows the commands' names and finds their modules when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"streams.cli.{COMMANDS[cmd_name][0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 failure, 2 usage, 3 bad configuration, 4 Kafka unreachable, 5 done with rejects,"
    " 130 interrupted. Every setting: `streams config show`.",
)
def cli() -> None:
    """Raw news pages in, withdrawal events with their proof out.

    Try it:  streams demo            Or without Kafka:  streams scan page.html
    """


def main() -> None:
    """Run, and turn what went wrong into one line and an exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit code; never a trace for a user's mistake."""
    # The client's own log of a lost connection would drown our one line; a worker sets its log up itself.
    logging.getLogger("kafka").addHandler(logging.NullHandler())
    try:
        result: Any = cli.main(args=arguments, prog_name="streams", standalone_mode=False)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.exceptions.Abort):
        click.echo("streams: interrupted", err=True)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        return 0
    except Exception as error:
        code = _code_of(error)
        if code is None:
            raise
        click.echo(f"streams: {error}", err=True)
        return code
    return result if isinstance(result, int) else 0


def _code_of(error: Exception) -> int | None:
    """Errors that are somebody's mistake or circumstance, by name: their modules may not be imported yet."""
    return {
        "SettingsError": EXIT_CONFIG,
        "CatalogueError": EXIT_CONFIG,
        "TopicsWrong": EXIT_CONFIG,
        "AdminError": EXIT_CONFIG,
        "InputError": EXIT_USAGE,
        "ExtraMissing": EXIT_USAGE,
        "BadMessage": EXIT_FAILURE,
        "KafkaUnreachable": EXIT_KAFKA,
        "DemoError": EXIT_FAILURE,
        "KafkaStartError": EXIT_FAILURE,
        "KafkaJarsError": EXIT_FAILURE,
    }.get(type(error).__name__)
