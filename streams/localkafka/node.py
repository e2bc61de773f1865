"""One broker process: its properties, its start through the supervisor, its signals, its end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: Small and quick to start; a broker of the demo handles 30 MB/s so.
JVM_FLAGS = ("-Xms64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData")


class KafkaStartError(Exception):
    """The broker did not start; one line that says why, where its log is, and what to do."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """What every node needs: java, the class path, the heap."""

    java: str
    jars: Path
    heap_mb: int

    def command(self, main: str, *arguments: str, heap_mb: int | None = None) -> list[str]:
        heap = f"-Xmx{heap_mb or self.heap_mb}m"
        return [self.java, *JVM_FLAGS, heap, "-cp", f"{self.jars}/*", main, *arguments]


class Node:
    """A broker and controller in one. `kill`, `pause` and `resume` are for tests that break things."""

    def __init__(self, number: int, folder: Path, port: int, runtime: Runtime) -> None:
        self.number, self.folder, self.port, self._runtime = number, folder, port, runtime
        self.log_path = folder / "broker.log"
        self._supervisor: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The JVM's process id.

        Raises:
            KafkaStartError: while it does not run.
        """
        try:
            return int((self.folder / "pid").read_text())
        except (OSError, ValueError):
            raise KafkaStartError(f"node {self.number} does not run; its log is {self.log_path}") from None

    @property
    def alive(self) -> bool:
        return self._supervisor is not None and self._supervisor.poll() is None

    def configure(self, properties: Mapping[str, str]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = (f"{key}={value}\n" for key, value in properties.items())
        (self.folder / "server.properties").write_text("".join(lines))

    def format(self, *arguments: str) -> None:
        """Lay out the log directory, unless that was done before.

        Raises:
            KafkaStartError: with Kafka's last words.
        """
        if (self.folder / "data" / "meta.properties").exists():
            return
        command = self._runtime.command(
            "kafka.tools.StorageTool", "format", *arguments, "-c", str(self.folder / "server.properties"), heap_mb=128
        )
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own command
        if done.returncode:
            words = (done.stderr or done.stdout).strip().splitlines()[-1:]
            raise KafkaStartError(f"Kafka could not format {self.folder}: {' '.join(words)}")

    def start(self) -> None:
        """Start, or start again on the same port and data. Does not wait until it is ready."""
        (self.folder / "pid").unlink(missing_ok=True)
        command = self._runtime.command("kafka.Kafka", str(self.folder / "server.properties"))
        script = Path(__file__).with_name("supervise.py")
        # The supervisor's standard input is a pipe that ends when we do, kill -9 included.
        self._supervisor = subprocess.Popen(  # noqa: S603  our own command
            [sys.executable, "-S", str(script), str(self.folder), *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self) -> None:
        """SIGKILL, as a crash would."""
        os.kill(self.pid, signal.SIGKILL)
        self._wait(10)

    def pause(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def stop(self) -> None:
        """End it in order, and by force after ten seconds."""
        if self._supervisor is None:
            return
        with contextlib.suppress(KafkaStartError, ProcessLookupError):
            self.resume()
        if self._supervisor.stdin is not None:
            self._supervisor.stdin.close()
        self._wait(15)

    def last_words(self) -> str:
        """The last error line of the log, for a message to a person."""
        try:
            lines = self.log_path.read_text("utf-8", "replace").splitlines()
        except OSError:
            return "no log"
        errors = [line for line in lines if "ERROR" in line or "Exception" in line or "Error:" in line]
        return (errors or lines or ["an empty log"])[-1][:300]

    def _wait(self, seconds: float) -> None:
        if self._supervisor is None:
            return
        try:
            self._supervisor.wait(seconds)
        except subprocess.TimeoutExpired:
            os.kill(self.pid, signal.SIGKILL)
            self._supervisor.kill()
            self._supervisor.wait()
