"""Probes and scrapes come from another thread, at any moment: they look, and make nothing."""

from __future__ import annotations

import asyncio
import socket

from prometheus_client import CollectorRegistry

from streams.app import create_app
from streams.edge.health import REBALANCE_LIMIT, Health, answers
from streams.edge.kafka_config import KafkaConfig
from streams.edge.lag import LagCollector, lag_of
from streams.edge.metrics import Metrics
from streams.edge.transport import App
from streams.settings import Settings


def app_that_has_not_started() -> App:
    asyncio.set_event_loop(asyncio.new_event_loop())
    return create_app(Settings(), KafkaConfig("127.0.0.1:1"), 1 << 20)


def test_a_probe_or_a_scrape_makes_no_consumer_while_the_app_starts() -> None:
    app = app_that_has_not_started()
    app._started.set()  # what Faust does first of all, long before there is a consumer
    health = Health(app, (), Metrics(CollectorRegistry()), 60)
    assert health.ready() == "starting"
    assert health.live() is None
    assert lag_of(app) == {}
    list(LagCollector(app, {}).collect())
    assert app._consumer is None


def test_a_consumer_whose_thread_has_no_client_yet_is_not_ready() -> None:
    app = app_that_has_not_started()
    app._started.set()
    made = app.consumer
    assert app.running_consumer is None
    assert Health(app, (), Metrics(CollectorRegistry()), 60).ready() == "starting"
    assert app.consumer is made


def test_a_rebalance_that_never_ends_is_not_alive_as_long_as_kafka_answers() -> None:
    app = app_that_has_not_started()
    app.rebalancing = True
    kafka = {"up": True}
    health = Health(app, (), Metrics(CollectorRegistry()), 60, lambda: kafka["up"])
    assert health.live() is None
    health._settled -= REBALANCE_LIMIT + 1
    assert "rebalance" in (health.live() or "")
    kafka["up"] = False
    assert health.live() is None
    kafka["up"], app.rebalancing = True, False
    assert health.live() is None


def test_kafka_answers_where_any_of_its_servers_takes_a_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        there = f"127.0.0.1:{server.getsockname()[1]}"
        assert answers(f"127.0.0.1:1, {there}")
    assert not answers(there)
