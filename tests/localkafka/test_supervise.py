"""The supervisor, with real processes: what it watches over ends with us, however we end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from streams.localkafka import supervise

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")

#: A stand-in for the parent: starts the supervisor as `Node` does, says both pids, and waits to be killed.
PARENT = """
import os, subprocess, sys, time
supervisor = subprocess.Popen(
    [sys.executable, "-I", "-S", {script!r}, str(os.getpid()), {log!r}, {folder!r}, {temporary!r}, "sleep", "600"],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
ward = int(supervisor.stdout.readline())
forked = os.fork() if {fork} else 0
if {fork} and forked == 0:
    os.close(1)
    time.sleep(600)
print(supervisor.pid, ward, forked, flush=True)
time.sleep(600)
"""


@dataclass(frozen=True)
class Family:
    parent: subprocess.Popen[str]
    supervisor: int
    ward: int


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Family]]:
    left: list[int] = []
    parents: list[subprocess.Popen[str]] = []

    def start(*, fork: bool = False, temporary: Path | str = "") -> Family:
        text = PARENT.format(
            script=supervise.__file__,
            log=str(tmp_path / "log"),
            folder=str(tmp_path),
            temporary=str(temporary),
            fork=fork,
        )
        parent = subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, text=True)
        with parent.stdout as words:
            supervisor, ward, forked = map(int, words.readline().split())
        parents.append(parent)
        left.extend(pid for pid in (parent.pid, supervisor, ward, forked) if pid)
        return Family(parent, supervisor, ward)

    yield start
    for pid in left:
        if _lives(pid):
            os.kill(pid, signal.SIGKILL)
    for parent in parents:
        parent.wait()


def _lives(pid: int) -> bool:
    """An orphan that ended counts as dead, though this container's first process may never collect it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):  # gone before the opening, or between it and the reading
        return False


def _await_end(pid: int, seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while _lives(pid):
        assert time.monotonic() < deadline, f"process {pid} still runs after {seconds} s"
        time.sleep(0.02)


def _kill(family: Family) -> None:
    family.parent.kill()
    family.parent.wait()


def test_the_ward_ends_when_the_parent_is_killed(start: Callable[..., Family]) -> None:
    family = start()
    assert _lives(family.ward)
    _kill(family)
    _await_end(family.ward)
    _await_end(family.supervisor)


def test_the_ward_ends_though_a_forked_child_of_the_parent_holds_the_pipe_open(start: Callable[..., Family]) -> None:
    family = start(fork=True)
    _kill(family)
    _await_end(family.ward)


def test_the_ward_ends_when_the_pipe_is_closed_though_the_parent_lives(tmp_path: Path) -> None:
    place = [str(os.getpid()), str(tmp_path / "log"), str(tmp_path), ""]
    command = [sys.executable, "-I", "-S", supervise.__file__, *place, "sleep", "600"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as supervisor:
        ward = int(supervisor.stdout.readline())
        try:
            assert _lives(ward)
            supervisor.stdin.close()
            _await_end(ward)
        finally:
            supervisor.kill()


def test_a_paused_ward_ends_too(start: Callable[..., Family]) -> None:
    family = start()
    os.kill(family.ward, signal.SIGSTOP)
    _kill(family)
    _await_end(family.ward)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's death")
def test_the_ward_ends_when_the_supervisor_is_killed(start: Callable[..., Family]) -> None:
    family = start()
    os.kill(family.supervisor, signal.SIGKILL)
    _await_end(family.ward)


def test_the_parents_death_takes_a_temporary_folder_away(start: Callable[..., Family], tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    (temporary / "node-1" / "data").mkdir(parents=True)
    family = start(temporary=temporary)
    _kill(family)
    _await_end(family.supervisor)
    assert not temporary.exists()


def test_the_wards_own_end_leaves_the_folder_for_its_log(start: Callable[..., Family], tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    family = start(temporary=temporary)
    os.kill(family.ward, signal.SIGKILL)
    _await_end(family.supervisor)
    assert temporary.is_dir()
