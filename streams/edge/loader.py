"""Puts pages on `pages-raw`: keyed by normalised address, confirmed by Kafka, never counted before that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any

from kafka import KafkaProducer
from kafka import errors as kafka_errors

from streams.core.metadata.addresses import normalise_url
from streams.core.pages import json_message, page_headers
from streams.core.records import RawPage
from streams.edge.inputs import InputPage
from streams.edge.kafka import KafkaUnreachable
from streams.edge.kafka_config import KafkaConfig

#: The largest page as base64 in JSON, with its headers.
REQUEST_BYTES = 8 << 20
#: Seconds for Kafka to confirm a page before it counts as unreachable.
CONFIRM_SECONDS = 60


@dataclass(slots=True)
class LoadAccount:
    """`read` = `sent` + `refused` once all is confirmed; `bytes` are bodies."""

    read: int = 0
    sent: int = 0
    refused: int = 0
    bytes: int = 0


def raw_message(page: RawPage, *, as_json: bool = False) -> dict[str, Any]:
    """Key, value and headers for pages-raw, as arguments of `KafkaProducer.send`."""
    key = normalise_url(page.url).encode("utf-8", "replace")
    if as_json:
        return {"key": key, "value": json_message(page), "headers": [("content-type", b"application/json")]}
    return {"key": key, "value": page.body, "headers": list(page_headers(page))}


def load(
    config: KafkaConfig,
    topic: str,
    pages: Iterable[InputPage],
    account: LoadAccount,
    *,
    as_json: bool = False,
    rate: float | None = None,
    on_refused: Callable[[InputPage], None] = lambda _: None,
) -> Iterator[InputPage]:
    """Send every page, passing each on once it is in the queue; all are confirmed when it ends.

    Args:
        topic: where to, with its prefix.
        account: kept up to date, also when the work is broken off.
        rate: pages a second at most.

    Raises:
        KafkaUnreachable: a page was not confirmed in a minute.
    """
    producer = _producer(config)
    pending: list[Any] = []
    started = monotonic()
    try:
        for page in pages:
            account.read += 1
            if page.page is None:
                account.refused += 1
                on_refused(page)
            else:
                pending.append(producer.send(topic, **raw_message(page.page, as_json=as_json)))
                account.bytes += len(page.page.body)
            if len(pending) >= 200:
                _confirm(config, pending, account)
            yield page
            if rate:
                sleep(max(0.0, account.read / rate - (monotonic() - started)))
        _confirm(config, pending, account)
    finally:
        producer.close(timeout=5)


def _producer(config: KafkaConfig) -> KafkaProducer:
    try:
        return KafkaProducer(**config.tools, acks="all", max_request_size=REQUEST_BYTES, linger_ms=5)
    except (kafka_errors.KafkaError, OSError) as error:
        raise KafkaUnreachable(f"Kafka at {config.bootstrap_servers}: {error}") from None


def _confirm(config: KafkaConfig, pending: list[Any], account: LoadAccount) -> None:
    try:
        while pending:
            pending[0].get(timeout=CONFIRM_SECONDS)
            pending.pop(0)
            account.sent += 1
    except kafka_errors.KafkaError as error:
        raise KafkaUnreachable(
            f"Kafka at {config.bootstrap_servers} did not confirm a page after {account.sent} were sent: {error}"
        ) from None
