"""A real Apache Kafka on this machine, for the demo and the tests: one node or three, gone with its parent.

It must not be used in production, and nothing that runs in production imports it.
"""

from streams.localkafka.cluster import Cluster, local_kafka
from streams.localkafka.errors import KafkaJarsError, KafkaStartError
from streams.localkafka.jars import ensure_jars
from streams.localkafka.node import Node

__all__ = ["Cluster", "KafkaJarsError", "KafkaStartError", "Node", "ensure_jars", "local_kafka"]
