from __future__ import annotations

import socket
import struct
import time
import urllib.error
import urllib.request

import pytest
from prometheus_client import CollectorRegistry, Gauge

from streams.edge.admin import AdminError, serve
from streams.edge.metrics import Metrics


def get(port: int, path: str, accept: str = "") -> tuple[int, str, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept": accept})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read().decode(), answer.headers["Content-Type"]
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), ""


@pytest.fixture
def server():
    registry = CollectorRegistry()
    Metrics(registry).declare(["clean"], ["pages-raw"], ["articles-clean"])
    running = serve("127.0.0.1", 0, registry, {"/livez": lambda: None, "/readyz": lambda: "rebalancing"})
    yield running.server_address[1]
    running.shutdown()
    running.server_close()


def test_metrics_come_as_openmetrics_where_asked_for(server: int) -> None:
    status, text, kind = get(server, "/metrics", "application/openmetrics-text; version=1.0.0")
    assert status == 200
    assert "openmetrics" in kind
    assert text.endswith("# EOF\n")


def test_what_is_known_at_start_is_exported_at_start(server: int) -> None:
    text = get(server, "/metrics")[1]
    assert 'streams_messages_rejected_total{agent="clean",reason="binary"} 0.0' in text
    assert "_created" not in text


def test_a_probe_says_why_it_fails(server: int) -> None:
    assert get(server, "/livez")[:2] == (200, "ok\n")
    assert get(server, "/readyz")[:2] == (503, "rebalancing\n")
    assert get(server, "/etc/passwd")[0] == 404


def test_a_slow_client_holds_up_nobody(server: int) -> None:
    with socket.create_connection(("127.0.0.1", server)) as slow:
        slow.sendall(b"GET /metr")
        assert get(server, "/livez")[0] == 200


def test_a_taken_port_is_one_clear_line(server: int) -> None:
    with pytest.raises(AdminError, match="admin_port"):
        serve("127.0.0.1", server, CollectorRegistry(), {})


def test_a_scraper_that_leaves_before_its_answer_leaves_no_trace_on_stderr(capfd) -> None:
    registry = CollectorRegistry()
    for number in range(3_000):
        Gauge(f"wide_{number}", "x" * 500, registry=registry)
    server = serve("127.0.0.1", 0, registry, {})
    with socket.create_connection(server.server_address[:2]) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # resets when it closes
        client.sendall(b"GET /metrics HTTP/1.1\r\n\r\n")
    time.sleep(1)
    server.shutdown()
    server.server_close()
    assert capfd.readouterr().err == ""
