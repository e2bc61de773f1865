"""One logging pipeline for us, Faust and aiokafka: JSON lines, or readable ones at a terminal. No payloads."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from time import monotonic
from types import MappingProxyType
from typing import Any

import structlog

#: A repeated line is shown once in so many seconds, with the count of those left out.
REPEAT_SECONDS = 10.0
#: Loggers whose chatter helps nobody: Faust's banner, its services under our name, reconnects; what kafka-python
#: means reaches us as an error.
QUIET = {
    "faust": logging.WARNING,
    "mode": logging.WARNING,
    "aiokafka": logging.WARNING,
    "kafka": logging.CRITICAL,
    "streams.edge.transport": logging.WARNING,
}


class _RepeatFilter(logging.Filter):
    """Without Kafka the driver logs 65 errors a second (faust study)."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        key = (record.name, str(record.msg)[:200])
        now = monotonic()
        last, left_out = self._seen.get(key, (-REPEAT_SECONDS, 0))
        if now - last < REPEAT_SECONDS and record.levelno < logging.CRITICAL:
            self._seen[key] = (last, left_out + 1)
            return False
        if len(self._seen) > 1_000:
            self._seen.clear()
        self._seen[key] = (now, 0)
        if left_out:
            record.msg = f"{record.msg} (and {left_out} more like it)"
        return True


def configure(level: str, style: str, ids: Mapping[str, str] = MappingProxyType({})) -> None:
    """Send all logs to stderr. `style` is console, json, or auto; `ids` say on every JSON line who speaks."""
    console = style == "console" or (style == "auto" and sys.stderr.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[structlog.typing.Processor] = (
        [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
        if console
        else [_stamp(ids), structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_RepeatFilter())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last]
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, floor in QUIET.items():
        logging.getLogger(name).setLevel(max(floor, root.level))


def _stamp(ids: Mapping[str, str]) -> structlog.typing.Processor:
    def stamp(_: Any, __: str, event: Any) -> Any:
        return event | ids

    return stamp
