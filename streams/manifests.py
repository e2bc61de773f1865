"""Kubernetes resources that follow from the catalogue: Strimzi's topics and user, the Prometheus Operator's rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from streams.catalogue.topics import Topic
from streams.settings import Settings

STRIMZI = "kafka.strimzi.io/v1"
NAME = "withdrawal-streams"
CLUSTER = {"strimzi.io/cluster": "kafka"}
REPLICAS = 3


def kafka_topics(topics: Iterable[Topic]) -> list[dict[str, Any]]:
    """A KafkaTopic for each, with three replicas and two of them in sync."""
    return [
        {
            "apiVersion": STRIMZI,
            "kind": "KafkaTopic",
            "metadata": {"name": topic.name, "labels": CLUSTER},
            "spec": {
                "partitions": topic.partitions,
                "replicas": REPLICAS,
                "config": {**topic.config, "min.insync.replicas": REPLICAS - 1},
            },
        }
        for topic in topics
    ]


def kafka_user(topics: Iterable[Topic]) -> dict[str, Any]:
    """The workers' KafkaUser: by certificate, with the rights that `streams doctor` asks for and no others."""
    rights = [
        _right("topic", topic.name, ["Describe", "DescribeConfigs", *_operations(topic)])
        for topic in topics
        if topic.read_by or topic.written_by
    ]
    group = _right("group", Settings().group, ["Describe", "Read"])
    cluster = {"resource": {"type": "cluster"}, "operations": ["Describe", "IdempotentWrite"]}
    return {
        "apiVersion": STRIMZI,
        "kind": "KafkaUser",
        "metadata": {"name": NAME, "labels": CLUSTER},
        "spec": {
            "authentication": {"type": "tls"},
            "authorization": {"type": "simple", "acls": [*rights, group, cluster]},
        },
    }


def prometheus_rule(groups: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The groups of config/prometheus/rules as one PrometheusRule."""
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PrometheusRule",
        "metadata": {"name": NAME},
        "spec": {"groups": list(groups)},
    }


def _operations(topic: Topic) -> list[str]:
    return [word for word, wanted in (("Read", topic.read_by), ("Write", topic.written_by)) if wanted]


def _right(kind: str, name: str, operations: list[str]) -> dict[str, Any]:
    return {"resource": {"type": kind, "name": name, "patternType": "literal"}, "operations": operations}
