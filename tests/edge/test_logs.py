"""What the log says off a terminal: one JSON object a line, who speaks, no flood."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from streams.core.outcome import Emit, Reject, RejectReason
from streams.edge import logs
from streams.edge.metrics import Metrics
from streams.edge.summary import Summary


@pytest.fixture(autouse=True)
def restored() -> Any:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(capsys: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_every_line_off_a_terminal_is_json_and_says_who_speaks_and_where(capsys) -> None:
    logs.configure("info", "auto", {"group": "g", "instance": "worker-0", "version": "1"})
    logging.getLogger("aiokafka").error("no broker")
    where = {"topic": "pages-raw", "partition": 3, "offset": 7}
    logging.getLogger("streams.x").error("stops", exc_info=ValueError("two\nlines"), extra=where)
    first, second = lines(capsys)
    for line in (first, second):
        assert {"group": "g", "instance": "worker-0", "version": "1"}.items() <= line.items()
        assert {"event", "level", "logger", "timestamp"} <= set(line)
    assert {"topic": "pages-raw", "partition": 3, "offset": 7}.items() <= second.items()
    assert "two\nlines" in second["exception"]


def test_a_line_repeated_a_thousand_times_is_shown_once_with_its_count_later(capsys, monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr(logs, "monotonic", lambda: now[0])
    logs.configure("info", "json")
    for _ in range(1_000):
        logging.getLogger("x").error("no answer from %s", "kafka:9092")
    now[0] += logs.REPEAT_SECONDS
    logging.getLogger("x").error("no answer from %s", "kafka:9092")
    logging.getLogger("x").error("something else")
    assert [line["event"] for line in lines(capsys)] == [
        "no answer from kafka:9092",
        "no answer from kafka:9092 (and 999 more like it)",
        "something else",
    ]


def test_the_minute_s_line_counts_what_was_done_since_the_last_one(capsys, monkeypatch) -> None:
    monkeypatch.setattr(logs, "REPEAT_SECONDS", 0)

    class Idle:
        running_consumer = None

    logs.configure("info", "json")
    metrics = Metrics(CollectorRegistry())
    summary = Summary(Idle(), ["clean", "detect"], metrics)
    metrics.settled("clean", Emit(()), 1.0)
    metrics.settled("clean", Reject(RejectReason.MALFORMED, "x"), 1.0)
    summary.line()
    metrics.settled("detect", Emit(()), 1.0)
    summary.line()
    first, second = lines(capsys)
    assert first["event"] == "2 messages done in a minute, 0 waiting"
    assert (first["clean_emitted"], first["clean_rejected"], first["detect_emitted"]) == (1, 1, 0)
    assert (second["clean_emitted"], second["detect_emitted"]) == (0, 1)


def test_the_summary_is_written_again_and_again(monkeypatch) -> None:
    monkeypatch.setattr("streams.edge.summary.SECONDS", 0.001)

    class Idle:
        running_consumer = None

    summary = Summary(Idle(), [], Metrics(CollectorRegistry()))
    written: list[int] = []
    monkeypatch.setattr(summary, "line", lambda: written.append(1))

    async def main() -> None:
        task = asyncio.create_task(summary.write())
        await asyncio.sleep(0.1)
        task.cancel()

    asyncio.run(main())
    assert len(written) > 2
