"""One broker: its start through the supervisor, its signals, its end. It must not know of the other nodes."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from streams.localkafka.errors import KafkaStartError
from streams.localkafka.java import java_environment
from streams.localkafka.ready import live_brokers

LOOPBACK = "127.0.0.1"
#: Small, and quick to start: the C2 compiler and a parallel collector earn their keep only after minutes.
JVM_FLAGS = (
    "-Xms64m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    "-XX:+ExitOnOutOfMemoryError",
    "-Djava.net.preferIPv4Stack=true",
    "--enable-native-access=ALL-UNNAMED",
)
#: Seconds for an orderly end, and for one by force.
STOP_TIMEOUT = 20.0
KILL_TIMEOUT = 10.0
POLL = 0.05


@dataclass(frozen=True, slots=True)
class Runtime:
    """What every node needs: java, the class path, the largest heap in MiB, the log's configuration."""

    java: Path
    class_path: str
    heap_mb: int
    log_config: Path

    def command(self, folder: Path, main: str, *arguments: str) -> list[str]:
        """`folder/tmp` takes the native libraries that the JVM unpacks, which kill -9 would leave behind in /tmp."""
        settings = (f"-Dlog4j2.configurationFile={self.log_config.as_uri()}", f"-Djava.io.tmpdir={folder / 'tmp'}")
        return [str(self.java), *JVM_FLAGS, f"-Xmx{self.heap_mb}m", *settings, main, *arguments]


@dataclass(frozen=True, slots=True)
class Ports:
    """Where a node listens: for clients, for its fellows and for us (always without TLS and SASL), for controllers."""

    client: int
    internal: int
    controller: int


class Node:
    """A broker and controller in one. `kill`, `pause` and `resume` are for tests that break things."""

    def __init__(self, number: int, folder: Path, ports: Ports, runtime: Runtime, temporary: Path | None) -> None:
        self.number, self.folder, self.ports = number, folder, ports
        self.log_path = folder / "broker.log"
        self._runtime, self._temporary = runtime, temporary
        self._supervisor: subprocess.Popen[str] | None = None
        self._pid = 0

    def __repr__(self) -> str:
        return f"<Kafka node {self.number} at {LOOPBACK}:{self.ports.client}>"

    @property
    def alive(self) -> bool:
        return self._supervisor is not None and self._supervisor.poll() is None

    @property
    def pid(self) -> int:
        """The JVM's process id.

        Raises:
            KafkaStartError: while it does not run.
        """
        if not self.alive:
            raise KafkaStartError(f"Kafka's node {self.number} does not run: {self.last_words()}")
        return self._pid

    def configure(self, properties: Mapping[str, str]) -> None:
        (self.folder / "tmp").mkdir(parents=True, exist_ok=True)
        lines = (f"{key}={value}\n" for key, value in properties.items())
        (self.folder / "server.properties").write_text("".join(lines), "utf-8")

    def format(self, cluster_id: str) -> subprocess.Popen[bytes] | None:
        """Begin to lay out the data folder, unless that was done before; `formatted` waits for it."""
        if (self.folder / "data" / "meta.properties").exists():
            return None
        arguments = ("format", "--cluster-id", cluster_id, "-c", str(self.folder / "server.properties"))
        command = self._runtime.command(self.folder, "kafka.tools.StorageTool", *arguments)
        environment = java_environment(self._runtime.class_path)
        with self.log_path.open("ab") as log:
            return subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603  our own command

    def formatted(self, tool: subprocess.Popen[bytes] | None) -> None:
        """Raises KafkaStartError with the tool's last words."""
        if tool and tool.wait():
            raise KafkaStartError(f"Kafka cannot lay out its data in {self.folder}: {self.last_words()}")

    def launch(self) -> None:
        """Start the JVM on its ports and data, and return at once.

        Raises:
            KafkaStartError: java does not run.
        """
        self._let_go()
        if self.log_path.exists():
            self.log_path.replace(self.log_path.with_suffix(".log.1"))
        command = self._runtime.command(self.folder, "kafka.Kafka", str(self.folder / "server.properties"))
        place = (str(os.getpid()), str(self.log_path), str(self.folder), str(self._temporary or ""))
        with self.log_path.open("ab") as log:
            self._supervisor = subprocess.Popen(  # noqa: S603  our own command
                [sys.executable, "-I", "-S", str(Path(__file__).with_name("supervise.py")), *place, *command],
                stdin=subprocess.PIPE,  # ends when we do
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=java_environment(self._runtime.class_path),
                start_new_session=True,  # Ctrl-C at the terminal is for us to act on
            )
        assert self._supervisor.stdout is not None  # noqa: S101  a pipe was asked for
        with self._supervisor.stdout as words:
            self._pid = int(words.readline() or 0)
        if not self._pid:
            raise KafkaStartError(f"cannot run {self._runtime.java}: {self.last_words()}")

    def start(self, timeout: float = 60) -> None:
        """Start again on the same ports and data, and wait until this node is part of the cluster.

        Raises:
            KafkaStartError: it ended, or `timeout` seconds were not enough.
        """
        if not self.alive:
            self.launch()
        self.await_ready({self.number}, time.monotonic() + timeout)

    def await_ready(self, brokers: set[int], deadline: float) -> None:
        """Wait until this node answers and counts `brokers` among the live ones.

        Raises:
            KafkaStartError: it ended, or was not ready by `deadline` on the monotonic clock.
        """
        while not brokers <= live_brokers(LOOPBACK, self.ports.internal):
            if not self.alive:
                raise KafkaStartError(f"Kafka's node {self.number} ended while it started: {self.last_words()}")
            if time.monotonic() > deadline:
                raise KafkaStartError(
                    f"Kafka's node {self.number} was not ready in time (a slow machine? give it more with"
                    f" start_timeout): {self.last_words()}"
                )
            time.sleep(POLL)

    def kill(self) -> None:
        """SIGKILL, as in a crash; nothing happens where it does not run."""
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            self._await_end(KILL_TIMEOUT)
        self._let_go()

    def pause(self) -> None:
        """SIGSTOP: alive, and deaf."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def stop(self) -> None:
        """End it in order; by force where that takes too long."""
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGCONT)
                os.kill(self._pid, signal.SIGTERM)
            self._await_end(STOP_TIMEOUT)
        self._let_go()

    def last_words(self) -> str:
        """The log's last line of an error, and where the log is; for a message to a person."""
        lines = self._log_lines()
        errors = [line for line in lines if "ERROR" in line or "Exception" in line or "rror:" in line]
        return f"{(errors or lines or ['it said nothing'])[-1].strip()[:300]} (log: {self.log_path})"

    def found_port_taken(self) -> bool:
        return any("Address already in use" in line for line in self._log_lines())

    def _log_lines(self) -> list[str]:
        with contextlib.suppress(OSError):
            return [line for line in self.log_path.read_text("utf-8", "replace").splitlines() if line.strip()]
        return []

    def _await_end(self, seconds: float) -> None:
        assert self._supervisor is not None  # noqa: S101  our callers have looked
        try:
            self._supervisor.wait(seconds)
        except subprocess.TimeoutExpired:
            self._supervisor.kill()  # the JVM falls with it, see supervise.py
            os.kill(self._pid, signal.SIGKILL)
            self._supervisor.wait()

    def _let_go(self) -> None:
        """Close our end of the pipe of a supervisor that is done."""
        if self._supervisor is not None and self._supervisor.stdin is not None:
            self._supervisor.stdin.close()
