"""`python -m streams.localkafka fetch | run | pin`: the local Kafka by itself."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import click

from streams.catalogue import config_folder
from streams.localkafka import KafkaJarsError, KafkaStartError, ensure_jars, local_kafka
from streams.localkafka.jars import write_pins


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """A real Apache Kafka on this machine, for trying things out. Not for production."""


@main.command()
def fetch() -> None:
    """Fetch Kafka's jars now, so that a later start needs no network."""
    click.echo(ensure_jars(_pins(), lambda line: click.echo(line, err=True)))


@main.command()
@click.option("--nodes", type=click.Choice(["1", "3"]), default="1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), help="The first node's port; else a free one.")
@click.option("--data", type=click.Path(path_type=Path), help="A folder to keep; else a temporary one.")
def run(nodes: str, port: int | None, data: Path | None) -> None:
    """Keep a broker up until Ctrl-C.

    Example: python -m streams.localkafka run --port 9092 --data ./kafka-data
    """
    with local_kafka(nodes=int(nodes), port=port, data=data) as cluster:
        click.echo(cluster.bootstrap_servers)
        click.echo(f"Kafka is up at {cluster.bootstrap_servers}, data in {cluster.data}; Ctrl-C ends it", err=True)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        signal.pause()


@main.command()
def pin() -> None:
    """Write config/kafka/jars.sha256 anew (for maintainers, after a change of version)."""
    click.echo(f"{write_pins(_pins())} jars pinned in {_pins()}", err=True)


def _pins() -> Path:
    return config_folder() / "kafka" / "jars.sha256"


if __name__ == "__main__":
    try:
        main(standalone_mode=False)
    except (KafkaStartError, KafkaJarsError) as error:
        sys.exit(f"streams.localkafka: {error}")
    except (KeyboardInterrupt, click.exceptions.Abort):
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
