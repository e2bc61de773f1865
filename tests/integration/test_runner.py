"""The runner inside a real Faust app on a real Kafka, with steps that go wrong on purpose."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from kafka import KafkaProducer
from kafka.admin import ConfigResource, ConfigResourceType
from prometheus_client import CollectorRegistry

from streams.agents import AgentPlan
from streams.app import _attach, create_app
from streams.core.outcome import Drop, DropReason, Emit, Message, Outcome, Output
from streams.edge.attempts import open_attempts
from streams.edge.kafka import MAX_MESSAGE_BYTES, connect, topic_settings
from streams.edge.kafka_config import KafkaConfig
from streams.edge.metrics import Metrics
from streams.edge.rejects import RejectGuard
from streams.edge.runner import Identity, Limits, Runner
from streams.edge.sizes import message_limits
from streams.edge.work import here
from streams.settings import Settings
from tests.integration.running import await_true, read_all

pytestmark = pytest.mark.integration
PLAN = AgentPlan("clean", "pages-raw", ("articles-clean",), in_child=False)
REQUEST_BYTES = 2 << 20
#: fork, so that a test's step may be a closure.
FORK = multiprocessing.get_context("fork")


@dataclass
class Ran:
    processed: int
    crashed: str | None
    refused: float  # outputs, by the metric


def run_until(
    config: KafkaConfig,
    prefix: str,
    step: Callable[[Message], Outcome],
    processed: int,
    guard: RejectGuard | None = None,
    seconds: float = 30,
    takes: Mapping[str, int] | None = None,
) -> Ran:
    """Run one agent until it has processed so many, or its app has crashed; in a process of its own, which ends."""
    ours, theirs = FORK.Pipe()
    child = FORK.Process(target=_run, args=(theirs, config, prefix, step, processed, guard, seconds, takes or {}))
    child.start()
    theirs.close()
    assert ours.poll(seconds + 30), "the app did not end"
    ran: Ran = ours.recv()
    child.join(10)
    return ran


def _run(pipe, config, prefix, step, wanted, guard, seconds, takes) -> None:
    async def main() -> Ran:
        settings = Settings(config.bootstrap_servers, topic_prefix=prefix, group=prefix + "g")
        app, metrics = create_app(settings, config, REQUEST_BYTES), Metrics(CollectorRegistry())
        app.exit_grace = 900
        runner = Runner(
            app,
            identity=Identity("clean", "0", settings.group, prefix),
            work=here(step),
            limits=Limits(8, 1 << 20, 5, 900, takes),
            metrics=metrics,
            guard=guard or RejectGuard(1, 10),
            attempts=open_attempts(None),
        )
        _attach(app, PLAN, settings, runner)
        app.finalize()
        await app.start()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while _processed(metrics) < wanted and app.crash_reason is None:
                    await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)
        reason = app.crash_reason
        if reason is None:
            await app.stop()
        refused = metrics["produce_errors", (prefix + "articles-clean",)]._value.get()
        return Ran(_processed(metrics), str(reason) if reason else None, refused)

    pipe.send(asyncio.new_event_loop().run_until_complete(main()))
    os._exit(0)


def produce(config: KafkaConfig, topic: str, values: list[bytes]) -> None:
    producer = KafkaProducer(**config.tools, acks="all")
    for value in values:
        producer.send(topic, value=value, partition=0)
    producer.flush(20)
    producer.close()


def _processed(metrics: Metrics) -> int:
    names = ("emitted", "dropped", "rejected")
    return int(sum(metrics["messages_processed", ("clean", name)]._value.get() for name in names))


def echo(message: Message) -> Outcome:
    return Emit((Output("articles-clean", b"k", message.value or b""),))


def test_outputs_leave_in_the_order_of_their_inputs(config: KafkaConfig, prefix: str) -> None:
    values = [b"%03d" % i for i in range(200)]
    produce(config, prefix + "pages-raw", values)
    run_until(config, prefix, echo, 200)
    assert [message.value for message in read_all(config, prefix + "articles-clean")] == values


def test_a_defect_of_a_step_rejects_its_message_as_step_error_and_the_rest_goes_on(
    config: KafkaConfig, prefix: str
) -> None:
    def step(message: Message) -> Outcome:
        if message.value == b"bad":
            raise KeyError("nobody foresaw this")
        return echo(message)

    produce(config, prefix + "pages-raw", [b"a", b"bad", b"c"])
    ran = run_until(config, prefix, step, 3)
    assert ran.crashed is None
    (letter,) = read_all(config, prefix + "pages-raw-dlq")
    headers = dict(letter.headers)
    assert headers["streams.error.reason"] == b"step_error"
    assert b"nobody foresaw this" in headers["__streams.errors.stacktrace"]
    assert letter.value == b"bad"


def test_an_output_that_kafka_refuses_for_its_size_ends_as_undeliverable(config: KafkaConfig, prefix: str) -> None:
    def step(message: Message) -> Outcome:
        size = 3 << 20 if message.value == b"big" else 10
        return Emit((Output("articles-clean", b"k", b"x" * size),))

    produce(config, prefix + "pages-raw", [b"a", b"big", b"c"])
    ran = run_until(config, prefix, step, 3)
    assert ran.crashed is None
    assert ran.refused == 1
    (letter,) = read_all(config, prefix + "pages-raw-dlq")
    assert dict(letter.headers)["streams.error.reason"] == b"undeliverable"
    assert len(read_all(config, prefix + "articles-clean")) == 2


def _lower(config: KafkaConfig, topic: str, limit: int) -> None:
    with connect(config, 20) as admin:
        admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, {MAX_MESSAGE_BYTES: str(limit)})])
        await_true(lambda: topic_settings(admin, [topic])[topic][MAX_MESSAGE_BYTES] == str(limit), 20)


def _mixed(message: Message) -> Outcome:
    """All to one partition, some above the 20,000 bytes that its topic takes."""
    size = 50_000 if (message.value or b"").startswith(b"big") else 10
    return Emit((Output("articles-clean", b"k", (message.value or b"") + b"x" * size),))


MIXED = [b"a", b"big1", b"b", b"c", b"big2", b"big3", b"d"]


def test_an_output_above_its_topics_limit_costs_itself_only(config: KafkaConfig, prefix: str) -> None:
    _lower(config, prefix + "articles-clean", 20_000)
    with connect(config, 20) as admin:
        takes = message_limits(admin, {prefix + "articles-clean": 1 << 20, prefix + "pages-raw-dlq": 1 << 20})
    produce(config, prefix + "pages-raw", MIXED)
    ran = run_until(config, prefix, _mixed, len(MIXED), takes=takes)
    assert (ran.crashed, ran.refused) == (None, 3)
    letters = read_all(config, prefix + "pages-raw-dlq")
    assert sorted(letter.value or b"" for letter in letters) == [b"big1", b"big2", b"big3"]
    assert b"takes 20,000 bytes" in dict(letters[0].headers)["__streams.errors.message"]
    assert [m.value[:1] for m in read_all(config, prefix + "articles-clean")] == [b"a", b"b", b"c", b"d"]


def test_where_a_limit_falls_while_a_worker_runs_the_next_start_is_enough(config: KafkaConfig, prefix: str) -> None:
    _lower(config, prefix + "articles-clean", 20_000)
    produce(config, prefix + "pages-raw", MIXED)
    first = run_until(config, prefix, _mixed, len(MIXED), takes={prefix + "articles-clean": 1 << 20})
    assert first.crashed is not None  # aiokafka has lost count; were it not so, edge/sizes.py could go
    ran = run_until(config, prefix, _mixed, len(MIXED) - first.processed, takes={prefix + "articles-clean": 20_000})
    assert ran.crashed is None
    assert {m.value[:1] for m in read_all(config, prefix + "articles-clean")} == {b"a", b"b", b"c", b"d"}
    assert {m.value for m in read_all(config, prefix + "pages-raw-dlq")} == {b"big1", b"big2", b"big3"}


def test_too_many_rejects_stop_the_worker(config: KafkaConfig, prefix: str) -> None:
    def step(message: Message) -> Outcome:
        raise ValueError("a bad release")

    produce(config, prefix + "pages-raw", [b"x"] * 50)
    ran = run_until(config, prefix, step, 1_000, RejectGuard(0.5, 20))
    assert "reject_limit" in str(ran.crashed)
    assert len(read_all(config, prefix + "pages-raw-dlq")) < 50


def test_a_message_whose_sends_are_not_confirmed_is_delivered_again(config: KafkaConfig, prefix: str) -> None:
    produce(config, prefix + "pages-raw", [b"%d" % i for i in range(20)])

    def unknown(message: Message) -> Outcome:
        if message.value == b"10":
            return Emit((Output("no-such-topic", b"k", b"v"),))
        return Drop(DropReason.NO_TEXT)

    first = run_until(config, prefix, unknown, 11)
    assert first.processed == 10  # none behind the head was acknowledged
    again = run_until(config, prefix, echo, 10)
    assert again.processed == 10
    assert {message.value for message in read_all(config, prefix + "articles-clean")} == {
        b"%d" % i for i in range(10, 20)
    }
