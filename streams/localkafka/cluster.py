"""A cluster of one node or three: its start as a whole, and its end."""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from streams.catalogue.folder import config_folder
from streams.localkafka.errors import KafkaStartError
from streams.localkafka.jars import class_path, ensure_jars
from streams.localkafka.java import find_java
from streams.localkafka.layout import Plan, lay_out, refuse_taken, remember
from streams.localkafka.node import LOOPBACK, Node, Runtime

#: How often ports are drawn anew, where another program took one between our look and the JVM's.
ATTEMPTS = 3
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster: its nodes, and the folder that holds a folder for each."""

    nodes: tuple[Node, ...]
    data: Path

    @property
    def bootstrap_servers(self) -> str:
        """`host:port[,host:port…]` for clients."""
        return ",".join(f"{LOOPBACK}:{node.ports.client}" for node in self.nodes)

    @property
    def internal_servers(self) -> str:
        """The same brokers, always without TLS and SASL; for setting up users and such."""
        return ",".join(f"{LOOPBACK}:{node.ports.internal}" for node in self.nodes)

    def await_ready(self, timeout: float = 60) -> None:
        """Wait until every node counts every other among the live ones. Raises KafkaStartError."""
        deadline = time.monotonic() + timeout
        for node in self.nodes:
            node.await_ready({one.number for one in self.nodes}, deadline)


@contextlib.contextmanager
def local_kafka(
    *,
    nodes: int = 1,
    data: Path | None = None,
    port: int | None = None,
    heap_mb: int = 384,
    properties: Mapping[str, str] = NOTHING,
    advertise: Sequence[int] = (),
    start_timeout: float = 60,
) -> Iterator[Cluster]:
    """Run a cluster for as long as the block lasts; it also ends when this process does, in whatever way.

    Args:
        nodes: one, or three with replication 3 and at least two in-sync replicas.
        data: a folder to keep, with its cluster id and ports; else a temporary one, removed at the end.
        port: the first node's port for clients; else a free one.
        heap_mb: each JVM's largest heap, MiB.
        properties: more for every node's server.properties. Clients come in by the listener CLIENT; to secure it, say
            `{"listener.security.protocol.map": "CLIENT:SASL_PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT", …}`.
        advertise: a port for each node that clients are told in place of its own, where a proxy of yours listens.
        start_timeout: seconds until every node answers; the fetching of the jars comes before and does not count.

    Raises:
        KafkaStartError: one readable line; KafkaJarsError, a kind of it, where the jars are the trouble.
    """
    if nodes not in {1, 3}:
        raise KafkaStartError(f"a local cluster has 1 node or 3, not {nodes}")
    refuse_taken(port, "give another, or none to have a free one")
    jars, log_config = ensure_jars(_say), config_folder() / "kafka" / "log4j2.properties"
    runtime = Runtime(find_java(), class_path(jars), heap_mb, log_config.absolute())
    with _folder(data) as folder:
        plan = Plan(folder, data is None, nodes, port, properties, runtime, tuple(advertise))
        cluster = _start(plan, start_timeout)
        try:
            yield cluster
        finally:
            _end(cluster.nodes, in_order=data is not None)


def _start(plan: Plan, timeout: float) -> Cluster:
    for attempt in range(1, ATTEMPTS + 1):
        nodes = lay_out(plan)
        cluster = Cluster(nodes, plan.folder)
        try:
            for node in nodes:
                node.launch()
            cluster.await_ready(timeout)
        except BaseException as error:
            _end(nodes, in_order=False)
            collided = isinstance(error, KafkaStartError) and any(node.found_port_taken() for node in nodes)
            if attempt == ATTEMPTS or not collided:
                raise
        else:
            remember(plan, nodes)
            return cluster
    raise AssertionError("the last attempt returns or raises")


def _end(nodes: tuple[Node, ...], *, in_order: bool) -> None:
    """All at once: in order they need each other's votes. Temporary data is not worth an orderly end."""
    with ThreadPoolExecutor(len(nodes)) as pool:
        list(pool.map(Node.stop if in_order else Node.kill, nodes))


@contextlib.contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    """The given folder, or a temporary one, of which only the logs stay, and only when Kafka did not start."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="streams-kafka-")) if data is None else data.absolute()
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KafkaStartError(f"cannot keep Kafka's data in {data}: {error.strerror}") from error
    failed = False
    try:
        yield folder
    except KafkaStartError:
        failed = True
        raise
    finally:
        if data is None:
            for part in folder.glob("node-*/*/") if failed else [folder]:
                shutil.rmtree(part, ignore_errors=True)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201  the set-up's only voice
