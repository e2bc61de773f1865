"""`streams doctor`: whether everything that a worker needs is there, and what to do where it is not."""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from streams.cli import EXIT_FAILURE
from streams.cli.options import Common, common, kafka_options
from streams.cli.show import table

Row = tuple[str, str, str]
#: Bytes that logs and scratch files should find.
DISK_BYTES = 1 << 30


@click.command()
@kafka_options
@click.option("--group", help="The workers' consumer group; else the setting's.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(settings_file: Path | None, as_json: bool, **flags: Any) -> int:
    """Check models, the compiled pass, a child, disk, admin port; of Kafka version, topics, rights, group and clock.

    \b
    Examples:
      streams doctor -b kafka:9092
      streams doctor --json | jq 'select(.state == "FAIL")'

    Exit: 0 nothing fails, 1 something does.
    """
    from streams.catalogue.topics import load_topics
    from streams.edge.doctor import kafka_findings
    from streams.edge.kafka_config import kafka_config

    shared = common(settings_file, **flags)
    rows = list(_here(shared))
    found = kafka_findings(kafka_config(shared.settings), shared.settings, load_topics(shared.folder).values())
    rows += [(finding.check, finding.state, finding.told) for finding in found]
    table(("check", "state", "found"), rows, as_json=as_json)
    return EXIT_FAILURE if any(state == "FAIL" for _, state, _ in rows) else 0


def _here(shared: Common) -> Iterator[Row]:
    models = _models(shared.folder)
    yield models
    if models[1] == "ok":
        yield _compiled(shared.folder)
        yield _child(shared)
    yield _disk(Path(shared.settings.state_dir) if shared.settings.state_dir else None)
    yield _admin_port(shared.settings.admin_host, shared.settings.admin_port)


def _disk(state: Path | None) -> Row:
    """Room where a worker writes: in `state_dir`, which it makes itself, else in the working directory."""
    place = next((p for p in (state, *state.parents) if p.exists()), state) if state else Path.cwd()
    if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
        return "disk", "FAIL", f"state_dir {state}: {place} is no folder that this user may write: chown or another"
    free = shutil.disk_usage(place).free
    told = f"{free / 2**30:.1f} GiB free in {place}"
    return ("disk", "ok", told) if free >= DISK_BYTES else ("disk", "warn", f"{told}: make room")


def _models(folder: Path) -> Row:
    from streams.catalogue import CatalogueError
    from streams.pipeline import build_steps
    from streams.scanner import CHAIN

    started = time.monotonic()
    try:
        build_steps(folder, CHAIN)
    except CatalogueError as error:
        return "config and models", "FAIL", str(error)
    return "config and models", "ok", f"{folder} loads in {time.monotonic() - started:.1f} s"


def _compiled(folder: Path) -> Row:
    from streams.catalogue.cleaning import load_cleaning

    cleaning = load_cleaning(folder)
    return "cleaning pass", "ok" if cleaning.library else "warn", cleaning.library_told


def _child(shared: Common) -> Row:
    """A child process as a worker starts it, with the steps that run there."""
    from streams.agents import AGENTS
    from streams.edge.pool import Child, Plan
    from streams.pipeline import steps_builder

    settings = shared.settings
    steps = steps_builder(shared.folder, tuple(plan.name for plan in AGENTS.values() if plan.in_child))
    plan = Plan(steps, settings.step_deadline, settings.child_memory, settings.child_calls)
    child, started = Child(plan, lambda _: None), time.monotonic()
    try:
        child.ready()
    except RuntimeError as error:
        return "child process", "FAIL", str(error)
    finally:
        child.stop()
    return "child process", "ok", f"starts in {time.monotonic() - started:.1f} s, {settings.children} wanted"


def _admin_port(host: str, port: int) -> Row:
    if port <= 0:
        return "admin port", "ok", "any free one" if port == 0 else "none wanted"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            told = f"{host}:{port}: {error.strerror}; a worker that runs already, or set admin_port"
            return "admin port", "warn", told
    return "admin port", "ok", f"{host}:{port} is free"
