"""Loads the corpus while faults strike: work always waits, and never minutes of it."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable

from confluent_kafka import Producer
from kafka import KafkaAdminClient
from kafka import errors as kafka_errors

from streams.edge.kafka import KafkaUnreachable, connect
from streams.edge.kafka_config import KafkaConfig
from tests.faults.corpus import page
from tests.faults.plan import Fault, Sizes

#: Messages of all topics that may wait before more pages are loaded.
BACKLOG = 1_500
#: Seconds between two looks at what waits.
LOOK = 1.0
#: What may be unconfirmed, below the client's own bound of 1 GiB.
QUEUE_BYTES = 256 << 20


class Loader:
    """Pages 0, 1, 2 … at a rate, until told to finish; every one is confirmed in the end."""

    def __init__(
        self, config: KafkaConfig, topic: str, fault: Fault, sizes: Sizes, lag: Callable[[KafkaAdminClient], int]
    ) -> None:
        self._config, self._topic, self._fault, self._sizes, self._lag = config, topic, fault, sizes, lag
        self.loaded, self.all_loaded = 0, False
        self._quota = sizes.pages if fault.pages else sizes.pages // 3
        self._finishing = threading.Event()
        self._threads = [threading.Thread(target=one, daemon=True) for one in (self._load, self._watch)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def finish(self, seconds: float) -> bool:
        """Whether at least `sizes.pages` are loaded and all confirmed, in so many seconds."""
        self._finishing.set()
        self._threads[0].join(seconds)
        return self.all_loaded and not self._threads[0].is_alive()

    def _load(self) -> None:
        # Confluent's client: it outlasts any outage by itself, and it alone can send a header's null.
        producer = Producer(
            {
                "bootstrap.servers": self._config.bootstrap_servers,
                "enable.idempotence": True,
                "message.timeout.ms": 0,
                "message.max.bytes": 8 << 20,
                "queue.buffering.max.messages": 1_000_000,
                "partitioner": "murmur2_random",
                "log_level": 2,
            }
        )
        started, least = time.monotonic(), self._sizes.pages
        while not self._finishing.is_set() or self.loaded < least:
            due = least // 3 + int((time.monotonic() - started) * self._sizes.rate)
            due = min(due, least if self._finishing.is_set() else self._quota)
            while self.loaded < due:
                self._send(producer)
            producer.poll(0.05)
            self.all_loaded = self.loaded >= least and not len(producer)
        self.all_loaded = producer.flush(300) == 0

    def _send(self, producer: Producer) -> None:
        message = page(self.loaded, self._sizes.page_bytes, self._fault.poison)
        for _ in range(2 if self._fault.doubled else 1):
            while len(producer) * self._sizes.page_bytes > QUEUE_BYTES:
                producer.poll(0.05)
            producer.produce(self._topic, message.value, message.key, headers=list(message.headers))
        self.loaded += 1

    def _watch(self) -> None:
        """While Kafka is away the quota stands: an outage of minutes shall not end in minutes of backlog."""
        while not (self._finishing.is_set() or self._fault.pages):
            away = contextlib.suppress(KafkaUnreachable, kafka_errors.KafkaError, OSError)
            with away, connect(self._config, 60) as admin:
                while not self._finishing.wait(LOOK):
                    self._quota = self.loaded + max(0, BACKLOG - self._lag(admin))
