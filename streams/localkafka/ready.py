"""Is a broker ready? Asked in Kafka's own protocol, because a port that accepts says little."""

from __future__ import annotations

import socket

#: Milliseconds for one question.
PATIENCE = 5_000


def live_brokers(host: str, port: int) -> set[int]:
    """The ids of the brokers that the one at `port` knows as live; none while it does not answer."""
    try:
        socket.create_connection((host, port), timeout=1).close()  # cheap, while the JVM boots
    except OSError:
        return set()
    from kafka import KafkaAdminClient  # noqa: PLC0415  a fifth of a second, spent while the JVM boots
    from kafka.errors import KafkaError  # noqa: PLC0415

    try:
        admin = KafkaAdminClient(
            bootstrap_servers=f"{host}:{port}", bootstrap_timeout_ms=PATIENCE, request_timeout_ms=PATIENCE
        )
    except (KafkaError, OSError):
        return set()
    try:
        brokers = admin.describe_cluster()["brokers"]
        return {int(broker["broker_id"]) for broker in brokers if not broker["is_fenced"]}
    except (KafkaError, OSError):
        return set()
    finally:
        admin.close()
