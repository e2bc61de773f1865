"""`streams doctor`: whether everything that a worker needs is there, and what to do where it is not."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from streams.cli.options import Common, common, kafka_options
from streams.cli.show import table

Finding = tuple[str, str, str]
#: Seconds that this machine's clock may differ from Kafka's before latencies lie.
CLOCK_SECONDS = 2.0
#: Bytes that logs and scratch files should find.
DISK_BYTES = 1 << 30


@click.command()
@kafka_options
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(settings_file: Path | None, as_json: bool, **flags: Any) -> int:
    """Check settings, config/, models, disk, admin port, Kafka, topics and clock.

    Exit: 0 nothing fails, 1 something does.
    """
    shared = common(settings_file, **flags)
    findings = [*_here(shared), *_kafka(shared)]
    table(("check", "state", "found, and what to do"), findings, as_json=as_json)
    return 1 if any(state == "FAIL" for _, state, _ in findings) else 0


def _here(shared: Common) -> Iterator[Finding]:
    yield _try("config and models", lambda: _models(shared))
    free = shutil.disk_usage(Path.cwd()).free
    enough = free >= DISK_BYTES
    yield "disk", "ok" if enough else "warn", f"{free / 2**30:.1f} GiB free" + ("" if enough else ": make room")
    yield _admin_port(shared.settings.admin_host, shared.settings.admin_port)


def _models(shared: Common) -> str:
    from streams.pipeline import build_steps
    from streams.scanner import CHAIN

    started = time.monotonic()
    build_steps(shared.folder, CHAIN)
    return f"{shared.folder} loads in {time.monotonic() - started:.1f} s"


def _admin_port(host: str, port: int) -> Finding:
    if port <= 0:
        return "admin port", "ok", "any free one" if port == 0 else "none wanted"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return (
                "admin port",
                "warn",
                f"{host}:{port}: {error.strerror}; a worker that runs already, or set admin_port",
            )
    return "admin port", "ok", f"{host}:{port} is free"


def _kafka(shared: Common) -> Iterator[Finding]:
    from streams.edge.kafka import KafkaUnreachable, connect
    from streams.edge.kafka_config import kafka_config

    config = kafka_config(shared.settings)
    try:
        admin = connect(config, min(5.0, shared.settings.connect_timeout))
    except KafkaUnreachable as error:
        yield "Kafka", "FAIL", str(error)
        return
    with admin:
        yield "Kafka", "ok", f"{config.bootstrap_servers} answers, by {config.protocol}"
        yield _topics(shared, admin)
        yield _try("clock", lambda: _clock(config, shared))


def _topics(shared: Common, admin: Any) -> Finding:
    from streams.catalogue.topics import load_topics
    from streams.edge.kafka import plan_topics

    changes = plan_topics(admin, load_topics(shared.folder).values(), shared.settings.topic_prefix)
    missing = [change.topic for change in changes if change.what == "create"]
    if missing:
        return "topics", "FAIL", f"{', '.join(missing)} missing: streams topics apply"
    fewer = ", ".join(f"{change.topic} {change.detail}" for change in changes)
    return "topics", "warn" if fewer else "ok", fewer or "all there"


def _clock(config: Any, shared: Common) -> str:
    """Kafka stamps a message on a topic of LogAppendTime alone, so the newest page's age is what there is to see."""
    from streams.edge.reading import read_topics

    newest = 0.0
    for message in read_topics(config, [shared.settings.topic_prefix + "pages-raw"], "latest"):
        newest = max(newest, message.timestamp / 1000)
    ahead = newest - time.time()
    if ahead > CLOCK_SECONDS:
        raise RuntimeError(f"a page is {ahead:.0f} s ahead of this machine: set both clocks by NTP")
    return "no page comes from the future"


def _try(name: str, check: Callable[[], str]) -> Finding:
    from streams.catalogue import CatalogueError
    from streams.edge.kafka import TopicsWrong

    try:
        return name, "ok", check()
    except TopicsWrong as error:
        return name, "warn", str(error)
    except (CatalogueError, RuntimeError) as error:
        return name, "FAIL", str(error)
