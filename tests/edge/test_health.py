"""Probes and scrapes come from another thread, at any moment: they look, and make nothing."""

from __future__ import annotations

import asyncio

from prometheus_client import CollectorRegistry

from streams.app import create_app
from streams.edge.health import Health
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
