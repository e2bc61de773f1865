"""The admin HTTP server, in its own thread: /metrics, /livez, /readyz, /startupz. Never on the event loop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

log = logging.getLogger(__name__)

#: A probe is true or says in one line why not.
Probe = Callable[[], str | None]
#: Seconds a client may take for its request, so that slow ones hold no thread for long.
CLIENT_TIMEOUT = 5.0


class AdminError(Exception):
    """The port cannot be had; one line."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002  its signature
        """A scraper that left before its answer was ready is no trace on stderr."""
        log.debug("no answer to %s", client_address)


def serve(host: str, port: int, registry: CollectorRegistry, probes: dict[str, Probe]) -> ThreadingHTTPServer:
    """Start it; its port is `server.server_address[1]`.

    Raises:
        AdminError: the port is taken or the host is not ours.
    """
    try:
        server = _Server((host, port), _handler(registry, probes))
    except OSError as error:
        raise AdminError(
            f"cannot listen on {host}:{port} for metrics and probes ({error.strerror}); set admin_port to a free"
            " one, to 0 for any, or to -1 for none"
        ) from None
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="admin", daemon=True).start()
    return server


def _handler(registry: CollectorRegistry, probes: dict[str, Probe]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = CLIENT_TIMEOUT
        server_version = "streams"
        sys_version = ""

        def do_GET(self) -> None:
            path = self.path.split("?", 1)[0]
            if path == "/metrics":
                encode, content_type = choose_encoder(self.headers.get("Accept", ""))
                self._reply(200, encode(registry), content_type)
            elif path in probes:
                why = probes[path]()
                self._reply(503 if why else 200, f"{why or 'ok'}\n".encode(), "text/plain; charset=utf-8")
            else:
                self._reply(404, b"/metrics /livez /readyz /startupz\n", "text/plain; charset=utf-8")

        def _reply(self, status: int, body: bytes, content_type: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  http.server's name
            log.debug(format, *args)

    return Handler


def paths(probes: dict[str, Probe]) -> Iterable[str]:
    """All paths that answer."""
    return ("/metrics", *probes)
