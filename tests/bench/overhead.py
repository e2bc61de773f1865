"""What our runner costs beside bare clients: consume -> produce -> commit, nothing between, in one run.

python -m tests.bench.overhead [--messages 20000]

Each way runs in a process of its own against the same broker, over the same messages. CPU is the whole process's,
all threads, from the first tenth of the messages to the last one. Ratios say something, times do not.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import uuid
from collections.abc import Callable
from time import perf_counter, sleep

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from streams.catalogue.topics import Topic
from streams.edge.kafka import apply_topics, connect
from streams.edge.kafka_config import KafkaConfig
from streams.localkafka import local_kafka

SIZES = {"3 KB": (3_000, 1.0), "100 KB": (100_000, 0.05)}
PARTITIONS = 4
#: As our settings have it.
COMMIT_SECONDS = 0.2


class Clock:
    """Counts messages that are done; the first tenth warms up."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0
        self._from = total // 10
        self._cpu = self._wall = 0.0

    def tick(self, count: int = 1) -> bool:
        """Whether that was the last one."""
        before, self.done = self.done, self.done + count
        if before < self._from <= self.done:
            self._cpu, self._wall, self._from = _cpu(), perf_counter(), self.done
        return self.done >= self.total

    def figures(self) -> dict[str, float]:
        count = self.done - self._from
        return {"cpu": (_cpu() - self._cpu) / count * 1e6, "rate": count / (perf_counter() - self._wall)}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def bare_aiokafka(servers: str, name: str, clock: Clock) -> None:
    from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

    consumer = AIOKafkaConsumer(
        name, bootstrap_servers=servers, group_id=name, enable_auto_commit=False, auto_offset_reset="earliest"
    )
    producer = AIOKafkaProducer(bootstrap_servers=servers, acks="all", enable_idempotence=True, linger_ms=5)
    await consumer.start()
    await producer.start()
    committed = perf_counter()
    while True:
        batch = await consumer.getmany(timeout_ms=500, max_records=64)
        sent = [await producer.send(name + "-out", m.value, m.key) for rows in batch.values() for m in rows]
        await asyncio.gather(*sent)
        if perf_counter() - committed > COMMIT_SECONDS:
            await consumer.commit()
            committed = perf_counter()
        if clock.tick(len(sent)):
            break
    print(json.dumps(clock.figures()), flush=True)


def bare_confluent(servers: str, name: str, clock: Clock) -> None:
    from confluent_kafka import Consumer, Producer

    consumer = Consumer(
        {
            "bootstrap.servers": servers,
            "group.id": name,
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
        }
    )
    producer = Producer({"bootstrap.servers": servers, "enable.idempotence": True, "linger.ms": 5})
    consumer.subscribe([name])
    committed, last = perf_counter(), False
    while not last:
        batch = consumer.consume(64, 0.5)
        for message in batch:
            producer.produce(name + "-out", message.value(), message.key())
        producer.flush()
        if batch and perf_counter() - committed > COMMIT_SECONDS:
            consumer.commit(asynchronous=False)
            committed = perf_counter()
        last = clock.tick(len(batch))
    print(json.dumps(clock.figures()), flush=True)


async def plain_faust(servers: str, name: str, clock: Clock) -> None:
    import faust

    app = faust.App(
        name,
        broker=f"kafka://{servers}",
        web_enabled=False,
        topic_disable_leader=True,
        topic_allow_declare=False,
        consumer_auto_offset_reset="earliest",
        broker_commit_interval=COMMIT_SECONDS,
        value_serializer="raw",
        key_serializer="raw",
    )
    raw = {"key_type": bytes, "value_type": bytes, "key_serializer": "raw", "value_serializer": "raw"}
    done = asyncio.Event()

    async def body(stream):
        async for value in stream:
            yield value
            if clock.tick():
                print(json.dumps(clock.figures()), flush=True)
                done.set()

    app.agent(app.topic(name, **raw), sink=[app.topic(name + "-out", **raw)])(body)
    await _until(app, done)


async def our_runner(servers: str, name: str, clock: Clock) -> None:
    from prometheus_client import CollectorRegistry

    from streams.agents import AgentPlan
    from streams.app import _attach, create_app
    from streams.core.outcome import Emit, Message, Outcome, Output
    from streams.edge.attempts import open_attempts
    from streams.edge.metrics import Metrics
    from streams.edge.rejects import RejectGuard
    from streams.edge.runner import Identity, Limits, Runner
    from streams.edge.work import here
    from streams.settings import Settings

    settings = Settings(bootstrap_servers=servers, group=name)
    app = create_app(settings, KafkaConfig(servers), 2 << 20)
    done = asyncio.Event()

    def step(message: Message) -> Outcome:
        if clock.tick():
            print(json.dumps(clock.figures()), flush=True)
            done.set()
        return Emit((Output(name + "-out", message.key or b"", message.value or b""),))

    runner = Runner(
        app,
        identity=Identity("clean", "0", name, ""),
        work=here(step),
        limits=Limits(settings.window, settings.window_bytes, 60, 900),
        metrics=Metrics(CollectorRegistry()),
        guard=RejectGuard(settings.reject_limit, settings.reject_window),
        attempts=open_attempts(None),
    )
    _attach(app, AgentPlan("clean", name, (), in_child=False), settings, runner)
    await _until(app, done)


async def _until(app, done: asyncio.Event) -> None:
    app.finalize()
    await app.start()
    await done.wait()
    await asyncio.Event().wait()  # the last sends are on their way; whoever measures ends this process


WAYS: dict[str, Callable] = {
    "bare confluent-kafka": bare_confluent,
    "bare aiokafka": bare_aiokafka,
    "our runner": our_runner,
    "Faust, yield and sink": plain_faust,
}


def measure(way: str, servers: str, size: int, count: int) -> dict[str, float]:
    """CPU µs a message and messages a second, in a process of its own, over topics of its own."""
    name = f"b{uuid.uuid4().hex[:8]}"
    config = KafkaConfig(servers)
    with connect(config, 20) as admin:
        topics = [Topic(one, "", "", "", PARTITIONS) for one in (name, name + "-out")]
        apply_topics(admin, topics, "", None, 1)
    producer = KafkaProducer(**config.tools, linger_ms=5)
    for number in range(count):
        producer.send(name, b"%d" % number + b"x" * size, key=b"%d" % number)
    producer.flush()
    producer.close()
    command = [sys.executable, "-m", "tests.bench.overhead", "--way", way, servers, name, str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = (line for line in process.stdout if line.startswith("{"))
        found = json.loads(next(lines))
        deadline = perf_counter() + 30  # the last message counts as done when it is read; what it led to is on its way
        while (written := _written(config, name + "-out")) < count and perf_counter() < deadline:
            sleep(0.2)
        process.kill()
    assert written >= 0.99 * count, f"{way} wrote {written} of {count} messages"
    return found


def _written(config: KafkaConfig, topic: str) -> int:
    consumer = KafkaConsumer(**config.tools, group_id=None)
    ends = consumer.end_offsets([TopicPartition(topic, number) for number in range(PARTITIONS)])
    consumer.close()
    return sum(ends.values())


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--messages", type=int, default=20_000, help="of 3 KB; a twentieth of it at 100 KB")
    options.add_argument("--rounds", type=int, default=3, help="the best of so many is shown")
    options.add_argument("--only", choices=WAYS)
    options.add_argument("--way", nargs=4, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.way:
        way, servers, name, count = chosen.way
        made = WAYS[way](servers, name, Clock(int(count)))
        if asyncio.iscoroutine(made):
            asyncio.run(made)
        return 0
    print("| size | way | CPU µs a message | messages/s | CPU × bare aiokafka |\n| --- | --- | --- | --- | --- |")
    with local_kafka() as cluster:
        for label, (size, share) in SIZES.items():
            rows: dict[str, list[dict[str, float]]] = {}
            for _ in range(chosen.rounds):
                for way in [chosen.only] if chosen.only else WAYS:
                    found = measure(way, cluster.bootstrap_servers, size, int(chosen.messages * share))
                    rows.setdefault(way, []).append(found)
            best = {way: min(found, key=lambda one: one["cpu"]) for way, found in rows.items()}
            unit = best.get("bare aiokafka", {}).get("cpu", float("nan"))
            for way, one in best.items():
                print(
                    f"| {label} | {way} | {one['cpu']:.0f} | {one['rate']:.0f} | {one['cpu'] / unit:.1f} |", flush=True
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
