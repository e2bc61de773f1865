"""The Grafana board, drawn by code so that it cannot name a metric that is none; `make docs` writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 12, 8
RATE = "$__rate_interval"


@dataclass(frozen=True, slots=True)
class Panel:
    """One graph: a title, what it tells, a unit of Grafana's, and (legend, query) pairs."""

    title: str
    tells: str
    unit: str
    queries: tuple[tuple[str, str], ...]


def _quantiles(metric: str, by: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"p{share} {{{{{by}}}}}", f"histogram_quantile(0.{share}, sum by (le, {by}) (rate({metric}_bucket[{RATE}])))")
        for share in (50, 99)
    )


OVERVIEW = (
    Panel(
        "Messages a second",
        "What each agent finishes, by outcome.",
        "ops",
        (("{{agent}} {{outcome}}", f"sum by (agent, outcome) (rate(streams_messages_processed_total[{RATE}]))"),),
    ),
    Panel(
        "Lag",
        "Messages that wait, by topic.",
        "short",
        (("{{topic}}", "sum by (topic) (streams_consumer_lag_messages)"),),
    ),
    Panel(
        "From a page's arrival until the agent is done",
        "The objective: 99 % within a minute at detect.",
        "s",
        _quantiles("streams_end_to_end_latency_seconds", "agent"),
    ),
    Panel("Time in a step", "Without waiting.", "s", _quantiles("streams_step_duration_seconds", "agent")),
    Panel(
        "Rejected a second",
        "Each waits in the dead letters, with its reason.",
        "ops",
        (("{{agent}} {{reason}}", f"sum by (agent, reason) (rate(streams_messages_rejected_total[{RATE}])) > 0"),),
    ),
    Panel(
        "Dropped a second",
        "Pages that need no output.",
        "ops",
        (("{{agent}} {{reason}}", f"sum by (agent, reason) (rate(streams_messages_dropped_total[{RATE}])) > 0"),),
    ),
    Panel(
        "Withdrawals an hour",
        "Events published, by stage.",
        "short",
        (("{{stage}}", "sum by (stage) (increase(streams_withdrawals_total[1h]))"),),
    ),
    Panel(
        "Fields found",
        "A fall is the first sign of a broken extractor.",
        "percentunit",
        (
            (
                "{{field}}",
                f'sum by (field) (rate(streams_fields_extracted_total{{source!="none"}}[{RATE}]))'
                f" / sum by (field) (rate(streams_fields_extracted_total[{RATE}]))",
            ),
        ),
    ),
    Panel(
        "Children replaced a minute",
        "By reason; recycled is ordinary.",
        "short",
        (("{{reason}}", f"60 * sum by (reason) (rate(streams_pool_restarts_total[{RATE}]))"),),
    ),
    Panel("Event loop", "How late it wakes up.", "s", (("{{instance}}", "streams_event_loop_lag_seconds"),)),
)


def overview() -> dict[str, Any]:
    """The board as Grafana's JSON."""
    return {
        "uid": "streams-overview",
        "title": "withdrawal-streams",
        "schemaVersion": 39,
        "editable": False,
        "refresh": "15s",
        "time": {"from": "now-3h", "to": "now"},
        "tags": ["withdrawal-streams"],
        "panels": [_panel(number, panel) for number, panel in enumerate(OVERVIEW)],
    }


def _panel(number: int, panel: Panel) -> dict[str, Any]:
    return {
        "id": number + 1,
        "type": "timeseries",
        "title": panel.title,
        "description": panel.tells,
        "datasource": {"type": "prometheus", "uid": "prometheus"},
        "gridPos": {"x": number % 2 * WIDTH, "y": number // 2 * HEIGHT, "w": WIDTH, "h": HEIGHT},
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
        "targets": [
            {"refId": chr(65 + i), "expr": query, "legendFormat": legend}
            for i, (legend, query) in enumerate(panel.queries)
        ],
    }
