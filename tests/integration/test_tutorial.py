"""docs/tutorial.md is run as it stands, on a Kafka that it starts itself; only the ports are others."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from streams.localkafka.ports import free_ports

pytestmark = pytest.mark.integration
ROOT = Path(__file__).parents[2]
#: An info string, the lines between the fences.
FENCED = re.compile(r"^```(\w[\w ]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SETUP = "make setup\nsource .venv/bin/activate\n"


@dataclass
class Step:
    """A block of commands, how it is run, and what must be seen after it."""

    how: str
    commands: str
    wanted: list[str]


def steps() -> list[Step]:
    found: list[Step] = []
    for kind, body in FENCED.findall((ROOT / "docs" / "tutorial.md").read_text("utf-8")):
        if kind == "text":
            found[-1].wanted = [line.strip() for line in body.splitlines()]
        else:
            found.append(Step(kind.removeprefix("sh").strip(), body, []))
    return found


def missing(wanted: list[str], output: str) -> str | None:
    """The first wanted line that does not come after the one before it; … is anything within a line."""
    place = 0
    for line in wanted:
        pattern = ".*".join(re.escape(part) for part in line.strip("…").split("…"))
        found = re.compile(pattern).search(output, place)
        if found is None:
            return line
        place = found.end()
    return None


@contextmanager
def background(command: list[str], wanted: list[str], folder: Path, environment: dict[str, str]) -> Iterator[None]:
    """A process that has said what it must, ended when the tutorial is."""
    log = folder / f"log-{time.monotonic_ns()}"
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=file, stderr=file, start_new_session=True
        )
    try:
        until(lambda: missing(wanted, log.read_text()) is None and process.poll() is None, 90, log.read_text)
        yield
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(40)


def until(condition, seconds: float, told) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, told()
        time.sleep(0.2)


def bash(step: Step, folder: Path, environment: dict[str, str]) -> str:
    call, out = ["bash", "-c", step.commands], {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    done = subprocess.run(call, cwd=folder, env=environment, **out, text=True, timeout=120, check=False)
    assert done.returncode == 0, step.commands + done.stdout
    return done.stdout


@pytest.mark.timeout(400)
def test_a_newcomer_who_follows_the_tutorial_sees_what_it_says(tmp_path: Path) -> None:
    ports = dict(zip(("9092", "9464"), map(str, free_ports("127.0.0.1", 2)), strict=True))
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("STREAMS_")},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "200",
        "STREAMS_BOOTSTRAP_SERVERS": f"localhost:{ports['9092']}",
        "STREAMS_ADMIN_PORT": ports["9464"],
    }
    if home := os.environ.get("STREAMS_KAFKA_HOME"):
        environment["STREAMS_KAFKA_HOME"] = home
    ours = steps()
    assert (ours[0].how, ours[0].commands, len(ours) > 10) == ("setup", SETUP, True)
    follow(ours[1:], tmp_path, environment, ports)


def follow(rest: list[Step], folder: Path, environment: dict[str, str], ports: dict[str, str]) -> None:
    """One step after the other; what runs in the background does so until the last."""
    if not rest:
        return
    step = rest[0]
    for ordinary, free in ports.items():
        step.commands = step.commands.replace(ordinary, free)
        step.wanted = [line.replace(ordinary, free) for line in step.wanted]
    if step.how == "background":
        with background(step.commands.split(), step.wanted, folder, environment):
            follow(rest[1:], folder, environment, ports)
        return
    if step.how == "await":  # a worker needs a moment
        until(lambda: missing(step.wanted, bash(step, folder, environment)) is None, 60, lambda: step)
    else:
        output = bash(step, folder, environment)
        line = missing(step.wanted, output)
        assert line is None, f"after\n{step.commands}\nthere is no {line!r} in\n{output}"
    follow(rest[1:], folder, environment, ports)


def test_a_wrong_expectation_is_noticed() -> None:
    assert missing(["a … c", "d"], "a b c\nd\n") is None
    assert missing(["d", "a … c"], "a b c\nd\n") == "a … c"
    assert missing(["a…d"], "a b c\nd\n") == "a…d"
