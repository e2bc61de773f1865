"""The pipeline's steps in bare aiokafka loops: what a worker would be without our runner and without Faust.

python -m tests.bench.bare SERVERS

Three loops over the same topics, the same children: fetch a batch, do it, send, wait for Kafka, commit. No order,
no bound in bytes, no second try, no dead letters, no metrics, no probes. Prints the pages that are done, a line
whenever that changes. For tests.bench.beside, which starts it.
"""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from streams.agents import AGENTS
from streams.catalogue import config_folder
from streams.core.outcome import Emit, Message
from streams.edge.pool import Plan, Pool
from streams.edge.runner import Work
from streams.edge.work import here, in_child
from streams.pipeline import build_steps, steps_builder
from streams.settings import Settings

REQUEST_BYTES = 21 << 20
#: As many as two children and the window of our worker have in work.
BATCH = 8


class Done:
    """Pages that nothing follows any more."""

    count = 0

    def add(self, more: int) -> None:
        self.count += more
        if more:
            print(self.count, flush=True)


async def hop(servers: str, name: str, work: Work, producer: Any, done: Done) -> None:
    """One agent: consume -> step -> produce -> commit, for ever."""
    plan, settings = AGENTS[name], Settings()
    consumer = AIOKafkaConsumer(
        plan.reads,
        bootstrap_servers=servers,
        group_id=f"bare-{name}",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=settings.fetch_bytes,
    )
    await consumer.start()
    while True:
        batch = await consumer.getmany(timeout_ms=500, max_records=BATCH)
        rows = [row for rows in batch.values() for row in rows]
        outcomes = [outcome for outcome, _ in await asyncio.gather(*(work(_message(row)) for row in rows))]
        outputs = [output for outcome in outcomes if isinstance(outcome, Emit) for output in outcome.outputs]
        sent = [await producer.send(o.topic, o.value, o.key, headers=list(o.headers)) for o in outputs]
        await asyncio.gather(*sent)
        if rows:
            await consumer.commit()
        done.add(sum(name == "detect" or not isinstance(outcome, Emit) for outcome in outcomes))


def _message(row: Any) -> Message:
    return Message(row.topic, row.key, row.value, tuple(row.headers), row.timestamp)


async def run(servers: str) -> None:
    settings, folder, done = Settings(), config_folder(), Done()
    children = tuple(name for name, plan in AGENTS.items() if plan.in_child)
    build = steps_builder(folder, children)
    limits = Plan(build, settings.step_deadline, settings.child_memory, settings.child_calls)
    pool = Pool(limits, settings.children, lambda reason: None)
    local = build_steps(folder, tuple(name for name in AGENTS if name not in children))
    await pool.start()
    producer = AIOKafkaProducer(
        bootstrap_servers=servers,
        acks="all",
        enable_idempotence=True,
        linger_ms=5,
        max_request_size=REQUEST_BYTES,
    )
    await producer.start()
    loop = partial(hop, servers, producer=producer, done=done)
    print(0, flush=True)
    await asyncio.gather(
        *(loop(name, in_child(pool, name) if name in children else here(local[name])) for name in AGENTS)
    )


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1]))
