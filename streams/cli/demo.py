"""`streams demo`: see it work, on a real Kafka, with the sample feed."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import Any

import click

from streams.cli.options import common
from streams.cli.show import note, table

#: Seconds without progress after which the demo gives up.
PATIENCE = 60.0


@click.command()
@click.option("--once", is_flag=True, help="End when all is drained; else stay up until Ctrl-C.")
@click.option("--admin-port", type=click.IntRange(0, 65535), default=0, help="The metrics' port; else a free one.")
@click.option("--data", type=click.Path(path_type=Path), help="Keep Kafka's data in this folder.")
def command(once: bool, admin_port: int, data: Path | None) -> int:
    """Start a local Kafka, the topics, a worker and a sample feed, and show the events as they come.

    Nothing else is needed; the first run fetches Kafka (44 MB).
    """
    from streams import demo
    from streams.edge.kafka_config import KafkaConfig
    from streams.localkafka import local_kafka
    from streams.localkafka.ports import free_ports

    folder = common().folder
    started = monotonic()
    with tempfile.TemporaryDirectory() as scratch, local_kafka(data=data) as cluster:
        config = KafkaConfig(cluster.bootstrap_servers)
        note(f"Apache Kafka is up at {cluster.bootstrap_servers} ({monotonic() - started:.1f} s)")
        demo.make_topics(config, folder)
        port = admin_port or free_ports("127.0.0.1", 1)[0]  # only now, so that Kafka does not draw the same
        with demo.running_worker(cluster.bootstrap_servers, port, Path(scratch) / "worker.log"):
            note(f"a worker runs clean, describe and detect ({monotonic() - started:.1f} s)")
            count = demo.feed(config, folder)
            note(f"{count} pages sent to pages-raw; withdrawal events as they come:\n")
            code = _watch(demo, config, port, count)
            note(f"metrics: {demo.metrics_url(port)}   Kafka: {cluster.bootstrap_servers}")
            if not once:
                _stay(cluster.bootstrap_servers)
    _next()
    return code


def _watch(demo: Any, config: Any, port: int, fed: int) -> int:
    from streams.cli.render import event_block
    from streams.core.codec import loads
    from streams.core.steps import WITHDRAWALS

    consumer, latencies, events = demo.follow(config), [], 0
    last = monotonic()
    rows = demo.accounts(port)
    while monotonic() - last < PATIENCE:
        for message in (m for batch in consumer.poll(timeout_ms=200).values() for m in batch):
            last = monotonic()
            if message.topic == WITHDRAWALS:
                events += 1
                click.echo(event_block(loads(message.value), color=sys.stdout.isatty()) + "\n")
            else:
                latencies.append(demo.latency_ms(message))
        rows = demo.accounts(port)
        if demo.drained(rows, fed) and len(latencies) == rows[-1].emitted:
            break
    consumer.close()
    return _account(demo, rows, latencies, events, fed)


def _account(demo: Any, rows: list[Any], latencies: list[float], events: int, fed: int) -> int:
    complete = demo.drained(rows, fed) and all(row.adds_up for row in rows)
    head = ("agent", "consumed", "emitted", "dropped", "rejected", "in flight")
    table(head, [(r.agent, r.consumed, r.emitted, r.dropped, r.rejected, r.in_flight) for r in rows], as_json=False)
    middle, high = (demo.percentile(latencies, share) / 1000 for share in (0.5, 0.99))
    click.echo(f"\n{events} events from {fed} pages; a page took {middle:.2f} s at the median, {high:.2f} s at p99,")
    click.echo("all of them having arrived at once. Rejected ones wait in pages-raw-dlq, with the reason.")
    if not complete:
        note("streams: the account does not add up, or not all was done in time; see the worker's log")
    return 0 if complete else 1


def _stay(servers: str) -> None:
    import signal

    note("\nstaying up; Ctrl-C ends it. Meanwhile, elsewhere:")
    note(f"  {_me()} dlq list -b {servers}\n  {_me()} lag -b {servers}")
    signal.pause()


def _next() -> None:
    note(
        "\nnext:\n"
        f"  {_me()} demo                     the same, staying up to be looked at\n"
        f"  {_me()} scan PAGE.html           your own page, without Kafka\n"
        f"  {_me()} explain PAGE.html        why: what was removed, which rule fired"
    )


def _me() -> str:
    """The program as it was called: after `make demo` it is not on the PATH, and a hint is there to be pasted."""
    return "python -m streams" if sys.argv[0].endswith("__main__.py") else sys.argv[0]
