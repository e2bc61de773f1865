"""The composition root: settings and catalogue in, a Faust app out. Read it to see what the product is.

pages-raw -> clean -> articles-clean -> describe -> articles-described -> detect
-> articles-enriched, withdrawals, withdrawals-rejected
"""

from __future__ import annotations

import os
import platform
import tempfile
from collections import ChainMap
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import faust
from prometheus_client import CollectorRegistry

from streams import __version__
from streams.agents import AGENTS, AgentPlan
from streams.catalogue.topics import DEAD_LETTER_SUFFIX, Topic
from streams.edge.attempts import Attempts, open_attempts
from streams.edge.health import Health, answers
from streams.edge.kafka_config import KafkaConfig
from streams.edge.lag import LagCollector, watch_ends
from streams.edge.metrics import STATES, Metrics
from streams.edge.pool import Plan, Pool
from streams.edge.rejects import RejectGuard
from streams.edge.runner import Identity, Limits, Runner
from streams.edge.summary import Summary
from streams.edge.transport import App
from streams.edge.work import here, in_child
from streams.pipeline import build_steps, steps_builder
from streams.settings import Settings

#: A request may hold the largest dead letter of any topic, and batch headers.
REQUEST_MARGIN = 128 << 10
#: A leader that joins while a broker starts may find no topics there and give nobody a partition, and looks again
#: only when its metadata is this old. aiokafka's 5 minutes are a standstill of 5 minutes (docs/delivery.md).
METADATA_AGE_MS = 10_000


@dataclass(frozen=True, slots=True)
class Worker:
    """Everything that runs in one worker process."""

    app: App
    runners: dict[str, Runner]
    pool: Pool
    metrics: Metrics
    health: Health


def create_worker(
    settings: Settings,
    folder: Path,
    topics: dict[str, Topic],
    kafka: KafkaConfig,
    registry: CollectorRegistry,
    *,
    takes: Mapping[str, int] = MappingProxyType({}),
) -> Worker:
    """Wire the agents that `settings.agents` names. Starts nothing and touches no network.

    Args:
        takes: bytes of a message that each topic takes; what is larger is not sent, and rejected.
    """
    plans = [AGENTS[name] for name in settings.agents]
    metrics = Metrics(registry)
    request_bytes = max(topic.max_message_bytes for topic in topics.values()) + REQUEST_MARGIN
    app = create_app(settings, kafka, request_bytes)
    children = tuple(plan.name for plan in plans if plan.in_child)
    pool = Pool(
        Plan(steps_builder(folder, children), settings.step_deadline, settings.child_memory, settings.child_calls),
        settings.children if children else 0,
        lambda reason: metrics.count("pool_restarts", reason),
        lambda agent: metrics.count("retries", agent),
    )
    local = build_steps(folder, tuple(plan.name for plan in plans if not plan.in_child))
    attempts = open_attempts(Path(settings.state_dir) if settings.state_dir else None)
    runners = {}
    for plan in plans:
        work = in_child(pool, plan.name) if plan.in_child else here(local[plan.name])
        runners[plan.name] = Runner(
            app,
            identity=Identity(plan.name, __version__, settings.group, settings.topic_prefix),
            work=work,
            limits=_limits(settings, plan, takes),
            metrics=metrics,
            guard=RejectGuard(settings.reject_limit, settings.reject_window),
            attempts=attempts,
        )
        _attach(app, plan, settings, runners[plan.name])
    in_work = settings.send_deadline + 4 * settings.step_deadline
    health = Health(app, tuple(runners.values()), metrics, in_work, partial(answers, kafka.bootstrap_servers))
    _observe(app, settings, runners, pool, metrics)
    for state in STATES:
        metrics.follow("worker_state", lambda state=state: health.state() == state, state)
    app.task(Summary(app, tuple(runners), metrics).write)
    _live(app, pool, health, attempts)
    return Worker(app, runners, pool, metrics, health)


def create_app(settings: Settings, kafka: KafkaConfig, request_bytes: int) -> App:
    """A Faust app as docs/decisions/0002 wants it: no web server, no leader, no tables, raw bytes."""
    app = App(
        settings.group,
        broker=[f"kafka://{server}" for server in kafka.bootstrap_servers.split(",")],
        broker_credentials=_credentials(kafka),
        broker_client_id=kafka.client_id,
        broker_commit_interval=settings.commit_interval,
        broker_session_timeout=settings.session_timeout,
        broker_heartbeat_interval=settings.session_timeout / 5,
        broker_request_timeout=max(20.0, settings.session_timeout),
        consumer_auto_offset_reset="earliest",
        datadir=str(
            Path(tempfile.gettempdir()) / "withdrawal-streams"
        ),  # empty, without tables; not in the user's folder
        consumer_max_fetch_size=settings.fetch_bytes,
        consumer_metadata_max_age_ms=METADATA_AGE_MS,
        producer_request_timeout=20,
        producer_max_request_size=request_bytes,
        producer_linger=0.005,
        stream_buffer_maxsize=settings.buffer_messages,
        stream_wait_empty=True,
        stream_recovery_delay=0,
        table_standby_replicas=0,
        topic_allow_declare=False,
        topic_disable_leader=True,
        web_enabled=False,
        consumer_group_instance_id=settings.group_instance_id,
    )
    app.exit_grace = settings.exit_grace
    return app


def required_topics(settings: Settings) -> list[str]:
    """Every topic that the agents of this worker read or write, dead letters included."""
    return _topics(settings, lambda plan: (plan.reads, *_writes(plan)))


def written_topics(settings: Settings) -> list[str]:
    """Those of them that this worker writes."""
    return _topics(settings, _writes)


def _writes(plan: AgentPlan) -> tuple[str, ...]:
    return (plan.reads + DEAD_LETTER_SUFFIX, *plan.writes)


def _topics(settings: Settings, of: Callable[[AgentPlan], tuple[str, ...]]) -> list[str]:
    names = dict.fromkeys(topic for name in settings.agents for topic in of(AGENTS[name]))
    return [settings.topic_prefix + name for name in names]


def _credentials(kafka: KafkaConfig) -> faust.auth.Credentials | None:
    if kafka.mechanism:
        return faust.SASLCredentials(
            username=kafka.username,
            password=kafka.password,
            mechanism=kafka.mechanism,
            ssl_context=kafka.ssl_context,
        )
    return faust.SSLCredentials(kafka.ssl_context) if kafka.ssl_context else None


def _limits(settings: Settings, plan: AgentPlan, takes: Mapping[str, int]) -> Limits:
    # A window twice the children keeps each of them busy and the queue short (faust study).
    messages = 2 * settings.children if plan.in_child else settings.window
    return Limits(messages, settings.window_bytes, settings.send_deadline, settings.exit_grace, takes)


def _attach(app: App, plan: AgentPlan, settings: Settings, runner: Runner) -> None:
    topic = app.topic(
        settings.topic_prefix + plan.reads,
        key_type=bytes,
        value_type=bytes,
        key_serializer="raw",
        value_serializer="raw",
    )
    app.agent(topic, name=plan.name)(runner_body(runner))


def runner_body(runner: Runner) -> Callable[[Any], Awaitable[None]]:
    """Faust wants a coroutine function; a runner is a callable object."""

    async def body(stream: Any) -> None:
        await runner(stream)

    return body


def _observe(app: App, settings: Settings, runners: dict[str, Runner], pool: Pool, metrics: Metrics) -> None:
    reads = [settings.topic_prefix + AGENTS[name].reads for name in runners]
    metrics.declare(tuple(runners), reads, written_topics(settings))
    metrics.set("build_info", 1, __version__, os.environ.get("STREAMS_REVISION", "unknown"), platform.python_version())
    app.on_commit, app.on_rebalanced = metrics.committed, metrics.rebalanced
    metrics.follow("pool_children", lambda: len(pool.pids))
    for name, runner in runners.items():
        metrics.follow("messages_in_flight", lambda runner=runner: runner.in_flight, name)
    metrics.registry.register(LagCollector(app, ChainMap(*(runner.last_timestamp for runner in runners.values()))))

    async def assigned(*_: object, **__: object) -> None:
        metrics.count("rebalances")

    app.on_partitions_assigned.connect(assigned)


def _live(app: App, pool: Pool, health: Health, attempts: Attempts) -> None:
    """Tie what lives beside the app to its start and its end."""
    app.before_start = pool.start

    def close() -> None:
        pool.close()
        attempts.close()

    app.after_stop = close
    app.task(health.beat)
    app.task(partial(watch_ends, app))
