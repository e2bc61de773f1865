"""`python -m streams.localkafka fetch | run | pin`: the local Kafka by itself."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import click

from streams.catalogue.folder import CatalogueError
from streams.localkafka import KafkaStartError, ensure_jars, local_kafka
from streams.localkafka.jars import default_pins, write_pins

#: Seconds between two looks whether the nodes live.
LOOK = 0.5


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """A real Apache Kafka on this machine, for trying things out. Not for production."""


@main.command()
def fetch() -> None:
    """Fetch Kafka's jars now, so that a later start needs no network.

    They go to STREAMS_KAFKA_HOME, else to withdrawal-streams in the user's cache; that folder's name is printed.
    """
    click.echo(ensure_jars(_say))


@main.command()
@click.option("--nodes", type=click.Choice(["1", "3"]), default="1", show_default=True, help="Brokers.")
@click.option("--port", type=click.IntRange(1, 65535), help="The first node's port; else a free one.")
@click.option("--data", type=click.Path(path_type=Path), help="A folder to keep; else a temporary one.")
@click.option("--heap-mb", type=click.IntRange(128), default=384, show_default=True, help="Each node's largest heap.")
def run(nodes: str, port: int | None, data: Path | None, heap_mb: int) -> None:
    """Keep a broker up until Ctrl-C. Its address is printed when it is ready.

    \b
    Examples:
      python -m streams.localkafka run --port 9092
      python -m streams.localkafka run --nodes 3 --data ./kafka-data
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with local_kafka(nodes=int(nodes), port=port, data=data, heap_mb=heap_mb) as cluster:
        click.echo(cluster.bootstrap_servers)
        _say(f"Kafka is up at {cluster.bootstrap_servers}, data in {cluster.data}; Ctrl-C ends it")
        while all(node.pid for node in cluster.nodes):  # a node's pid raises once it is gone
            time.sleep(LOOK)


@main.command()
def pin() -> None:
    """Resolve Kafka's jars anew and write config/kafka/jars.sha256 (for maintainers, after a change of version)."""
    _say(f"{write_pins(default_pins(), _say)} jars pinned in {default_pins()}")


def _say(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    try:
        main(standalone_mode=False)
    except (KafkaStartError, CatalogueError) as error:
        sys.exit(f"streams.localkafka: {error}")
    except (KeyboardInterrupt, click.exceptions.Abort):
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
