"""Runs one worker process from its settings to its exit code. The order of start is the order of what can fail."""

from __future__ import annotations

import logging
import os
import socket
from pathlib import Path

from prometheus_client import CollectorRegistry

from streams import __version__
from streams.app import Worker, create_worker, required_topics, written_topics
from streams.catalogue.topics import Topic, load_topics
from streams.edge import logs
from streams.edge.admin import serve
from streams.edge.kafka import connect, require_topics
from streams.edge.kafka_config import kafka_config
from streams.edge.sizes import message_limits
from streams.edge.transport import Worker as FaustWorker
from streams.settings import Settings

log = logging.getLogger(__name__)


def run_worker(settings: Settings, folder: Path) -> int:
    """Probe Kafka, check the topics, open the admin port, run until stopped.

    Returns:
        0 after an orderly stop, 1 after a failure.

    Raises:
        KafkaUnreachable, TopicsWrong, AdminError, CatalogueError, SettingsError.
    """
    logs.configure(settings.log_level, settings.log_format, _ids(settings))
    kafka = kafka_config(settings)
    topics = load_topics(folder)
    with connect(kafka, settings.connect_timeout) as admin:
        require_topics(admin, required_topics(settings))
        takes = message_limits(admin, _planned(settings, topics))
    worker = create_worker(settings, folder, topics, kafka, CollectorRegistry(), takes=takes)
    _open_admin(settings, worker)
    log.info("worker starts: %s", ", ".join(settings.agents))
    return _run(worker)


def _planned(settings: Settings, topics: dict[str, Topic]) -> dict[str, int]:
    """What each topic that this worker writes takes, by the plan."""
    prefix = settings.topic_prefix
    return {name: topics[name.removeprefix(prefix)].max_message_bytes for name in written_topics(settings)}


def _ids(settings: Settings) -> dict[str, str]:
    instance = settings.group_instance_id or f"{socket.gethostname()}-{os.getpid()}"
    return {"group": settings.group, "instance": instance, "version": __version__}


def _open_admin(settings: Settings, worker: Worker) -> None:
    if settings.admin_port < 0:
        return
    health = worker.health
    probes = {"/livez": health.live, "/readyz": health.ready, "/startupz": health.started}
    server = serve(settings.admin_host, settings.admin_port, worker.metrics.registry, probes)
    log.info("metrics and probes at http://%s:%d/metrics", *server.server_address[:2])


def _run(worker: Worker) -> int:
    """Faust's own worker handles the signals; it ends by SystemExit."""
    try:
        FaustWorker(worker.app, redirect_stdouts=False, quiet=True).execute_from_commandline()
    except SystemExit as end:
        return 0 if end.code in {0, None} and worker.app.crash_reason is None else 1
