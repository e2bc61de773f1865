"""Puts pages on `pages-raw`: keyed by normalised address, confirmed by Kafka, never counted before that."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from time import monotonic, sleep
from typing import Any

from kafka import KafkaProducer
from kafka import errors as kafka_errors

from streams.core.metadata.addresses import normalise_url
from streams.core.outcome import RejectReason
from streams.core.pages import json_message, page_headers
from streams.core.records import RawPage
from streams.edge.inputs import InputPage
from streams.edge.kafka import KafkaUnreachable
from streams.edge.kafka_config import KafkaConfig

#: The largest page as base64 in JSON, with its headers.
REQUEST_BYTES = 8 << 20
#: Seconds for Kafka to confirm a page before it counts as unreachable.
CONFIRM_SECONDS = 60.0
#: Seconds for what is under way when the work is broken off.
LAST_SECONDS = 5.0
#: Sent and not yet confirmed: enough to keep a connection busy, little enough to hold in memory.
WINDOW_PAGES, WINDOW_BYTES = 500, 16 << 20


@dataclass(slots=True)
class LoadAccount:
    """`read` = `sent` + `refused` + what is not confirmed; `bytes` are bodies of those sent; `last` the source."""

    read: int = 0
    sent: int = 0
    refused: int = 0
    bytes: int = 0
    last: str = ""

    @property
    def unconfirmed(self) -> int:
        return self.read - self.sent - self.refused


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
    deadline: float = CONFIRM_SECONDS,
    on_refused: Callable[[InputPage], None] = lambda _: None,
) -> Generator[InputPage]:
    """Send every page, passing each on once it is under way; all are confirmed when it ends.

    Close it where the work is broken off: what is under way is then confirmed and counted.

    Args:
        config: how to reach Kafka.
        topic: where to, with its prefix.
        pages: from `read_inputs`.
        account: kept up to date, also when the work is broken off.
        as_json: the JSON form instead of the body with headers.
        rate: pages a second at most.
        deadline: seconds for Kafka to confirm a page.
        on_refused: told of each that is no page, or that Kafka finds too large.

    Raises:
        KafkaUnreachable: a page was not confirmed in time.
    """
    sender = Sender(config, topic, account, on_refused, deadline)
    started = monotonic()
    try:
        for page in pages:
            sender.put(page, as_json=as_json)
            yield page
            if rate:
                sleep(max(0.0, account.read / rate - (monotonic() - started)))
        sender.confirm()
    finally:
        sender.close()


class Sender:
    """A window of pages under way, confirmed in the order in which they were sent."""

    def __init__(
        self,
        config: KafkaConfig,
        topic: str,
        account: LoadAccount,
        on_refused: Callable[[InputPage], None],
        deadline: float,
    ) -> None:
        self._config, self._topic, self._account = config, topic, account
        self._on_refused, self._deadline = on_refused, deadline
        self._waiting: deque[tuple[Any, InputPage, int]] = deque()
        self._waiting_bytes = 0
        self._lost = False
        self._producer = _producer(config, deadline)

    def put(self, found: InputPage, *, as_json: bool) -> None:
        """Send one page, first waiting for room. Raises KafkaUnreachable."""
        sent, size = None, len(found.page.body) if found.page else 0
        try:
            if found.page is not None:
                self._make_room(size)
                sent = self._producer.send(self._topic, **raw_message(found.page, as_json=as_json))
        except kafka_errors.MessageSizeTooLargeError as error:
            found = _too_large(found, error)
        except (KafkaUnreachable, kafka_errors.KafkaError) as error:
            self._take(found)
            raise (error if isinstance(error, KafkaUnreachable) else self._unreachable(error)) from None
        self._take(found)
        if sent is None:
            self._refuse(found)
        else:
            self._waiting.append((sent, found, size))
            self._waiting_bytes += size

    def _take(self, found: InputPage) -> None:
        """Count a page as read: no sooner, or Ctrl-C between the two leaves one unconfirmed that was never sent."""
        self._account.read, self._account.last = self._account.read + 1, found.source

    def _make_room(self, size: int) -> None:
        while self._waiting and self._waiting[0][0].is_done:  # a failure is known now, not a window later
            self._confirm_oldest(self._deadline)
        while self._waiting and (len(self._waiting) >= WINDOW_PAGES or self._waiting_bytes + size > WINDOW_BYTES):
            self._confirm_oldest(self._deadline)

    def confirm(self, seconds: float | None = None) -> None:
        """Wait for all that is under way. Raises KafkaUnreachable."""
        while self._waiting:
            self._confirm_oldest(self._deadline if seconds is None else seconds)

    def close(self) -> None:
        """Count what Kafka still confirms; after a failure nothing more is waited for."""
        try:
            if not self._lost:
                self.confirm(LAST_SECONDS)
        except KafkaUnreachable:
            pass  # broken off already: the account shows how many are unconfirmed
        finally:
            end(self._producer, 0 if self._lost else LAST_SECONDS)

    def _confirm_oldest(self, seconds: float) -> None:
        sent, found, size = self._waiting[0]
        try:
            sent.get(timeout=seconds)
        except kafka_errors.MessageSizeTooLargeError as error:
            self._refuse(_too_large(found, error))
        except kafka_errors.KafkaError as error:
            raise self._unreachable(error) from None
        else:
            self._account.sent += 1
            self._account.bytes += size
        self._waiting.popleft()
        self._waiting_bytes -= size

    def _refuse(self, found: InputPage) -> None:
        self._account.refused += 1
        self._on_refused(found)

    def _unreachable(self, error: Exception) -> KafkaUnreachable:
        self._lost = True
        return KafkaUnreachable(
            f"Kafka at {self._config.bootstrap_servers} confirmed {self._account.sent} pages and no more"
            f" in {self._deadline:g} s ({type(error).__name__}); load the same again when it is back, which is harmless"
        )


def end(producer: KafkaProducer, seconds: float) -> None:
    """Close for good, whatever is left unsent; who needs it sent has waited for its confirmation."""
    try:
        producer.close(timeout=seconds)
    except kafka_errors.KafkaError:
        # kafka-python 3.0 raises before it stops its thread, and again when it is collected, with a trace
        producer._sender.force_close()  # noqa: SLF001
        producer._sender.join(LAST_SECONDS)  # noqa: SLF001
        with suppress(kafka_errors.KafkaError):
            producer.close(timeout=0)


def _too_large(found: InputPage, error: Exception) -> InputPage:
    return replace(found, page=None, error=f"Kafka finds it too large: {error}", reason=str(RejectReason.TOO_LARGE))


def _producer(config: KafkaConfig, deadline: float) -> KafkaProducer:
    """Idempotent, as kafka-python 3 is with acks=all, so that a retry neither repeats a page nor reorders them."""
    milliseconds = max(1, int(deadline * 1000))
    try:
        return KafkaProducer(
            **config.tools,
            acks="all",
            enable_idempotence=True,
            allow_auto_create_topics=False,
            max_request_size=REQUEST_BYTES,
            linger_ms=5,
            max_block_ms=milliseconds,
            request_timeout_ms=min(30_000, max(1, milliseconds - 5)),
            delivery_timeout_ms=milliseconds,
        )
    except (kafka_errors.KafkaError, OSError) as error:
        raise KafkaUnreachable(f"Kafka at {config.bootstrap_servers}: {error}") from None
