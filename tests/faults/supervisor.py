"""Keeps a worker process running as Kubernetes would: restarts one that exits, ends one whose /livez fails."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from prometheus_client.parser import text_string_to_metric_families

from streams.localkafka.ports import free_ports
from tests.faults.corpus import STEP_SECONDS
from tests.faults.worker import CONTROL

#: Seconds between two probes, and how many must fail in a row.
PROBE, FAILURES = 2.0, 3
#: Seconds before a restart, and after a SIGTERM.
BACK_OFF, GRACE = 0.5, 25.0
#: Seconds a worker may take to start before it is probed.
START = 60.0


@dataclass
class Slot:
    """One worker that should always be there; its processes come and go."""

    number: int
    environment: Mapping[str, str]
    log: Path
    exits: list[tuple[int, bool]] = field(default_factory=list)
    livez_kills: list[str] = field(default_factory=list)
    starts: int = 0
    process: subprocess.Popen[bytes] | None = None
    port: int = 0
    _wanted: threading.Event = field(default_factory=threading.Event)
    _struck: bool = False
    _thread: threading.Thread | None = None

    def run(self) -> None:
        self._wanted.set()
        (self.port,) = free_ports("127.0.0.1", 1)
        self._thread = threading.Thread(target=self._watch, name=f"slot-{self.number}", daemon=True)
        self._thread.start()

    @property
    def control(self) -> Path:
        return self.log.with_suffix(".control")

    def command(self, words: str) -> None:
        """For a fault from inside; see tests/faults/worker.py."""
        self.control.with_suffix(".new").write_text(words)
        self.control.with_suffix(".new").replace(self.control)

    def get(self, path: str, timeout: float = 2.0) -> tuple[int, str]:
        """The answer of the worker's admin server. Raises OSError, also where the worker dies while it answers."""
        try:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=timeout) as answer:
                    return answer.status, answer.read().decode()
            except urllib.error.HTTPError as error:
                return error.code, error.read().decode()
        except http.client.HTTPException as error:  # half an answer is no OSError to http.client
            raise ConnectionError(repr(error)) from error

    def samples(self) -> list[tuple[str, Mapping[str, str], float]]:
        families = text_string_to_metric_families(self.get("/metrics", 5)[1])
        return [(one.name, one.labels, one.value) for family in families for one in family.samples]

    @property
    def ready(self) -> bool:
        with contextlib.suppress(OSError):
            return self.get("/readyz")[0] == 200
        return False

    def strike(self, number: int) -> None:
        """A signal whose exit, if one follows, is the fault's doing."""
        if self.process is not None and self.process.poll() is None:
            self._struck = number in {signal.SIGKILL, signal.SIGTERM}
            self.process.send_signal(number)

    def children(self) -> list[psutil.Process]:
        """The pool's processes; multiprocessing's tracker of resources is none of them."""
        with contextlib.suppress(psutil.Error):
            if self.process is not None:
                found = psutil.Process(self.process.pid).children()
                return [one for one in found if "spawn_main" in " ".join(one.cmdline())]
        return []

    def stop(self, timeout: float = 40.0) -> tuple[int, float]:
        """SIGTERM; the exit code and the seconds it took. -9 where it had to be killed."""
        self._wanted.clear()
        process, started = self.process, time.monotonic()
        if process is None:
            return 0, 0.0
        process.terminate()
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        return process.returncode, time.monotonic() - started

    def end(self) -> None:
        self._wanted.clear()
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        if self._thread is not None:
            self._thread.join(10)

    def _watch(self) -> None:
        while self._wanted.is_set():
            self._struck = False
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "tests.faults.worker"], env=self._environment(), stdout=log, stderr=log
                )
            self.starts += 1
            self._probe(self.process)
            if self._wanted.is_set():
                self.exits.append((self.process.returncode, self._struck))
                time.sleep(BACK_OFF)

    def _environment(self) -> dict[str, str]:
        mine = {"STREAMS_ADMIN_PORT": str(self.port), CONTROL: str(self.control)}
        return {**os.environ, **self.environment, **mine}

    def _probe(self, process: subprocess.Popen[bytes]) -> None:
        started, failures, why = time.monotonic(), 0, ""
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PROBE)
                return
            if time.monotonic() - started < START and not self._has_started():
                continue
            try:
                code, why = self.get("/livez")
            except OSError as error:
                code, why = 0, f"no answer: {error}"
            failures = 0 if code == 200 else failures + 1
            if failures >= FAILURES and self._wanted.is_set():
                self.livez_kills.append(why.strip())
                self._struck = True
                process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(GRACE)
                process.kill()

    def _has_started(self) -> bool:
        with contextlib.suppress(OSError):
            return self.get("/startupz")[0] == 200
        return False


def environment(settings: Mapping[str, object], step_seconds: float) -> dict[str, str]:
    """What a worker's container would be given."""
    given = {f"STREAMS_{name.upper()}": str(value) for name, value in settings.items()}
    return {**given, STEP_SECONDS: str(step_seconds)}
