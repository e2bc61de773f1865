"""A Scrapy item pipeline: what a spider yields as `page_of(response)` goes to pages-raw, confirmed by Kafka.

ITEM_PIPELINES = {"streams.scrapy.PagesRaw": 900}
STREAMS_BOOTSTRAP_SERVERS = "kafka:9092"

Settings are those of the program (docs/reference/settings.md), as STREAMS_<NAME> in Scrapy's settings or the
environment. It waits, and Scrapy with it, only while 500 pages are unconfirmed; where Kafka confirms nothing
more the crawl is closed, for a page that is not on Kafka is one that was not crawled. It must not parse pages.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from streams import settings
from streams.core.records import RawPage
from streams.edge.inputs import InputPage
from streams.edge.kafka import KafkaUnreachable, connect, require_topics
from streams.edge.kafka_config import kafka_config
from streams.edge.loader import LoadAccount, Sender

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

TOPIC = "pages-raw"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CrawledPage:
    """The item: a page that shows its address and size, not its body, in Scrapy's log."""

    page: RawPage

    def __repr__(self) -> str:
        return f"<page {self.page.url} {self.page.http_status}, {len(self.page.body):,} bytes>"


def page_of(response: Response) -> CrawledPage:
    """The response as an item for `PagesRaw`, fetched now. The body is as Scrapy has unpacked it."""
    kind = response.headers.get("Content-Type") or b""
    page = RawPage(
        url=response.url,
        fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
        content_type=kind.decode("latin-1"),
        body=response.body,
        http_status=response.status,
    )
    return CrawledPage(page)


class PagesRaw:
    """Sends pages and hands every item on; items that are no `CrawledPage` are none of its business.

    Scrapy's stats get `streams/sent`, `streams/refused` and, where it was broken off, `streams/unconfirmed`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._settings = settings.load(_flags(crawler), os.environ, None)
        self._account = LoadAccount()
        self._sender: Sender | None = None
        self._lost = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PagesRaw:
        """Scrapy's way to make it."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Raises KafkaUnreachable, TopicsWrong: then the crawl does not begin."""
        logging.getLogger("kafka").setLevel(logging.WARNING)  # Scrapy logs at DEBUG: five lines a page
        config, topic = kafka_config(self._settings), self._settings.topic_prefix + TOPIC
        with connect(config, self._settings.connect_timeout) as admin:
            require_topics(admin, [topic])
        self._sender = Sender(config, topic, self._account, _refused, self._settings.send_deadline)

    def process_item(self, item: Any) -> Any:
        """Put a page under way."""
        if self._sender is None or not isinstance(item, CrawledPage):
            return item
        try:
            self._sender.put(InputPage(item.page.url, item.page), as_json=False)
        except KafkaUnreachable as error:
            self._close_crawl(error)
            raise
        return item

    def close_spider(self) -> None:
        """Wait for what is under way, and count."""
        if self._sender is None:
            return
        try:
            self._sender.confirm()
        except KafkaUnreachable as error:
            log.error("%s", error)  # noqa: TRY400  the line says all; no trace
        finally:
            self._sender.close()
            for name in ("sent", "refused", "unconfirmed"):
                self._count(name, getattr(self._account, name))

    def _count(self, name: str, value: int) -> None:
        if self._crawler.stats is not None and (value or name != "unconfirmed"):
            self._crawler.stats.set_value(f"streams/{name}", value)

    def _close_crawl(self, error: KafkaUnreachable) -> None:
        from scrapy.utils.defer import deferred_from_coro  # noqa: PLC0415  right for either of Scrapy's reactors

        if self._lost or self._crawler.engine is None:
            return
        self._lost = True
        log.error("%s", error)
        closing = self._crawler.engine.close_spider_async(reason="kafka_unreachable")
        deferred_from_coro(closing).addErrback(lambda _: None)  # it may be closing already


def _flags(crawler: Crawler) -> dict[str, Any]:
    """Settings of ours that stand in Scrapy's, which know them as STREAMS_<NAME>."""
    names = {field.name: f"STREAMS_{field.name.upper()}" for field in fields(settings.Settings)}
    return {name: crawler.settings[key] for name, key in names.items() if key in crawler.settings}


def _refused(page: InputPage) -> None:
    log.warning("%s: %s", page.source, page.error)
