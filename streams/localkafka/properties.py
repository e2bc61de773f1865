"""The nodes' server.properties."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from streams.localkafka.node import LOOPBACK, Ports

#: Bytes of the largest message; pages of up to 8 MiB are accepted, and a little is needed around them.
LARGEST = (8 << 20) + 65_536


def server_properties(
    number: int, members: Sequence[Ports], data: Path, advertise: Sequence[int] = ()
) -> dict[str, str]:
    """Node `number` (from 1) of `members`. Clients come in by the listener CLIENT, the only one to be secured.

    Args:
        advertise: where a proxy stands before each node, the port that clients are told.
    """
    told = advertise[number - 1] if advertise else members[number - 1].client
    return _place(number, members, data, told) | _safety(len(members)) | _SIZES


def _place(number: int, members: Sequence[Ports], data: Path, told: int) -> dict[str, str]:
    ports = members[number - 1]
    client, internal = f"CLIENT://{LOOPBACK}:{ports.client}", f"INTERNAL://{LOOPBACK}:{ports.internal}"
    return {
        "process.roles": "broker,controller",
        "node.id": str(number),
        "controller.quorum.voters": ",".join(f"{i}@{LOOPBACK}:{m.controller}" for i, m in enumerate(members, 1)),
        "controller.listener.names": "CONTROLLER",
        "inter.broker.listener.name": "INTERNAL",
        "listeners": f"{client},{internal},CONTROLLER://{LOOPBACK}:{ports.controller}",
        "advertised.listeners": f"CLIENT://{LOOPBACK}:{told},{internal}",
        "listener.security.protocol.map": "CLIENT:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": str(data),
        "auto.create.topics.enable": "false",
    }


def _safety(count: int) -> dict[str, str]:
    """Every record on every node, and acknowledged by two of three."""
    replicas, in_sync = str(count), "2" if count == 3 else "1"
    return {
        "default.replication.factor": replicas,
        "min.insync.replicas": in_sync,
        "offsets.topic.replication.factor": replicas,
        "transaction.state.log.replication.factor": replicas,
        "transaction.state.log.min.isr": in_sync,
        "share.coordinator.state.topic.replication.factor": replicas,
        "share.coordinator.state.topic.min.isr": in_sync,
    }


_SIZES = {
    "message.max.bytes": str(LARGEST),
    "replica.fetch.max.bytes": str(LARGEST),
    "group.initial.rebalance.delay.ms": "0",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.num.partitions": "4",
    "share.coordinator.state.topic.num.partitions": "4",
    # An index file is laid out at its full size, 10 MiB else.
    "log.index.size.max.bytes": str(1 << 20),
    # Kafka's 128 MiB for the compaction's table would be a third of the heap; this one holds 350,000 keys.
    "log.cleaner.dedupe.buffer.size": str(8 << 20),
    "num.network.threads": "2",
    "num.io.threads": "4",
    "background.threads": "2",
}
