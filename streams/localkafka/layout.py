"""A cluster's folder: which nodes, which ports, which cluster id; what a kept one remembers. It starts nothing."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from streams.localkafka.errors import KafkaStartError
from streams.localkafka.node import LOOPBACK, Node, Ports, Runtime
from streams.localkafka.ports import free_ports, trouble_with
from streams.localkafka.properties import server_properties


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for: `count` nodes in `folder`, the first one's clients at `port`, `extra` server properties."""

    folder: Path
    temporary: bool
    count: int
    port: int | None
    extra: Mapping[str, str]
    runtime: Runtime
    advertise: tuple[int, ...] = ()

    def node_folder(self, number: int) -> Path:
        return self.folder / f"node-{number}"


def lay_out(plan: Plan) -> tuple[Node, ...]:
    """Folders, properties and formatted data for every node.

    Raises:
        KafkaStartError: a port is taken, the folder holds another cluster, or Kafka cannot lay out its data.
    """
    ports, cluster_id = _ports(plan), _cluster_id(plan)
    temporary = plan.folder if plan.temporary else None
    nodes = tuple(Node(i, plan.node_folder(i), ports[i - 1], plan.runtime, temporary) for i in range(1, plan.count + 1))
    for node in nodes:
        node.configure({**server_properties(node.number, ports, node.folder / "data", plan.advertise), **plan.extra})
    for node, tool in [(node, node.format(cluster_id)) for node in nodes]:  # all at once, each takes a second or two
        node.formatted(tool)
    return nodes


def remember(plan: Plan, nodes: tuple[Node, ...]) -> None:
    """Keep the clients' ports, so that a kept cluster comes back at the same address."""
    if not plan.temporary:
        _memory(plan).write_text(" ".join(str(node.ports.client) for node in nodes), "utf-8")


def refuse_taken(port: int | None, advice: str) -> None:
    """Raises KafkaStartError where we cannot listen at `port`."""
    trouble = port is not None and trouble_with(LOOPBACK, port)
    if trouble:
        raise KafkaStartError(f"port {port} is taken ({trouble}); {advice}")


def _memory(plan: Plan) -> Path:
    return plan.folder / "ports"


def _ports(plan: Plan) -> list[Ports]:
    free = free_ports(LOOPBACK, 3 * plan.count)
    clients = _remembered(plan) or free[: plan.count]
    if plan.port is not None:
        clients = [plan.port, *clients[1:]]
    for port in clients:
        refuse_taken(port, "end that program, or give another port, or none with a new folder to have a free one")
    internal, controllers = free[plan.count : 2 * plan.count], free[2 * plan.count :]
    return [Ports(*three) for three in zip(clients, internal, controllers, strict=True)]


def _remembered(plan: Plan) -> list[int]:
    memory = _memory(plan)
    if not memory.is_file():
        return []
    try:
        ports = [int(word) for word in memory.read_text("utf-8").split()]
    except ValueError as error:
        raise KafkaStartError(f"{memory} should hold port numbers ({error}); delete it to have new ones") from error
    if len(ports) != plan.count:
        raise KafkaStartError(f"{plan.folder} holds a cluster of {len(ports)}, not {plan.count}; give another folder")
    return ports


def _cluster_id(plan: Plan) -> str:
    """The one that any node's data already has, else a new one."""
    for number in range(1, plan.count + 1):
        properties = plan.node_folder(number) / "data" / "meta.properties"
        lines = properties.read_text("utf-8").splitlines() if properties.is_file() else []
        for line in lines:
            if line.startswith("cluster.id="):
                return line.removeprefix("cluster.id=")
    # Bits that make the first letter an "A": Kafka's tool takes an id that begins with "-" for an option.
    return base64.urlsafe_b64encode(bytes(1) + uuid.uuid4().bytes[1:]).decode().rstrip("=")
