"""A real Scrapy crawl of a site on this machine, by the spider in docs/examples, into a real Kafka."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from streams.catalogue import config_folder
from streams.catalogue.topics import load_topics
from streams.edge.kafka import apply_topics, connect
from streams.edge.kafka_config import KafkaConfig
from streams.localkafka import local_kafka
from streams.localkafka.ports import free_ports
from tests.integration.running import await_true, read_all

pytestmark = pytest.mark.integration
SPIDER = Path(__file__).parents[2] / "docs" / "examples" / "spider.py"
PAGES = {
    "/": '<a href="/one">one</a> <a href="/two">two</a> <a href="/gone">gone</a>',
    "/one": '<p>Ruritania quits — at once. <a href="/">home</a>',
    "/two": '<p>Ruritania stays. <a href="/one">one</a>',
}


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path)
        if self.path.startswith("/endless"):
            body = f'<a href="/endless{int(self.path[8:] or 0) + 1}">next</a>'
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(gzip.compress((body or "none").encode()))

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def started(start: str, folder: Path, **settings: str) -> subprocess.Popen[str]:
    given = [part for name, value in settings.items() for part in ("-s", f"STREAMS_{name.upper()}={value}")]
    command = [sys.executable, "-m", "scrapy", "runspider", str(SPIDER), "-a", f"start={start}", *given]
    environment = {**os.environ, "PYTHONPATH": str(SPIDER.parents[2])}
    return subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)


def crawl(site: str, folder: Path, **settings: str) -> str:
    """Scrapy's log, its stats at the end."""
    return started(f"{site}/", folder, **settings).communicate(timeout=90)[1]


def test_a_crawl_puts_every_page_on_pages_raw_unpacked_and_counts_what_kafka_confirmed(
    site: str, config: KafkaConfig, prefix: str, tmp_path: Path
) -> None:
    log = crawl(site, tmp_path, bootstrap_servers=config.bootstrap_servers, topic_prefix=prefix)
    messages = {message.key.decode(): message for message in read_all(config, prefix + "pages-raw")}
    assert {key.removeprefix(site): m.value.decode() for key, m in messages.items()} == PAGES, log
    for message in messages.values():
        headers = dict(message.headers)
        assert headers["content-type"] == b"text/html; charset=utf-8"
        assert headers["http-status"] == b"200"
        assert re.fullmatch(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", headers["fetched-at"])
    assert "'streams/sent': 4" in log  # the first page twice: once as the start, once as a link
    assert "kafka.producer" not in log
    assert "<page" in log
    assert "Ruritania" not in log, "bodies stay out of the log"
    assert "'streams/refused': 0" in log


def test_without_kafka_the_crawl_does_not_begin_and_says_so(site: str, tmp_path: Path) -> None:
    (port,) = free_ports("127.0.0.1", 1)
    log = crawl(site, tmp_path, bootstrap_servers=f"127.0.0.1:{port}", connect_timeout="1")
    assert f"Kafka at 127.0.0.1:{port} gives no answer" in log
    assert "downloader/response_count" not in log


def test_a_page_too_large_for_kafka_is_counted_and_the_rest_is_sent(
    site: str, config: KafkaConfig, prefix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PAGES, "/two", "x" * (9 << 20))
    log = crawl(site, tmp_path, bootstrap_servers=config.bootstrap_servers, topic_prefix=prefix)
    assert {m.key.decode().removeprefix(site) for m in read_all(config, prefix + "pages-raw")} == {"/", "/one"}
    assert "'streams/refused': 1" in log
    assert "/two: Kafka finds it too large" in log


def test_where_kafka_is_gone_the_crawl_is_closed_and_what_is_not_confirmed_is_counted(
    site: str, tmp_path: Path
) -> None:
    with local_kafka() as cluster:
        config = KafkaConfig(cluster.bootstrap_servers)
        with connect(config, 20) as admin:
            apply_topics(admin, load_topics(config_folder()).values(), "", 1, 1)
        crawling = started(f"{site}/endless", tmp_path, bootstrap_servers=cluster.bootstrap_servers, send_deadline="3")
        await_true(lambda: len(read_all(config, "pages-raw")) > 10, 30)
    try:
        log = crawling.communicate(timeout=60)[1]
    finally:
        crawling.kill()
    assert "'finish_reason': 'kafka_unreachable'" in log
    sent, unconfirmed = (int(re.search(rf"'streams/{name}': (\d+)", log)[1]) for name in ("sent", "unconfirmed"))  # type: ignore[index]
    assert sent > 10
    assert unconfirmed > 0
