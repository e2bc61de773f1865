"""The Grafana board, drawn by code so that it cannot name a metric that is none; `make docs` writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

RATE = "$__rate_interval"
#: Grafana's grid is 24 wide.
GRAPH, TILE = (12, 8), (4, 4)
TILES_A_ROW, GRAPHS_A_ROW = 6, 2
SOURCE = {"type": "prometheus", "uid": "${datasource}"}


@dataclass(frozen=True, slots=True)
class Panel:
    """One graph or tile: a title, what it tells, a unit of Grafana's, and (legend, query) pairs."""

    title: str
    tells: str
    unit: str
    queries: tuple[tuple[str, str], ...]


def _of(metric: str, *matchers: str) -> str:
    selector = ",".join(('job=~"$job"', 'instance=~"$instance"', *matchers))
    return f"{metric}{{{selector}}}"


def _rate(by: str, metric: str, *matchers: str) -> str:
    return f"sum by ({by}) (rate({_of(metric, *matchers)}[{RATE}]))"


def _quantiles(metric: str, by: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"p{share} {{{{{by}}}}}", f"histogram_quantile(0.{share}, {_rate(f'le, {by}', metric + '_bucket')})")
        for share in (50, 99)
    )


TILES = (
    Panel("Workers", "That answer Prometheus.", "short", (("", 'sum(up{job=~"$job"})'),)),
    Panel(
        "Pages a second",
        "Taken from pages-raw.",
        "ops",
        (("", _rate("job", "streams_messages_processed_total", 'agent="clean"')),),
    ),
    Panel("Messages waiting", "Lag over all topics.", "short", (("", f"sum({_of('streams_consumer_lag_messages')})"),)),
    Panel(
        "Within a minute",
        "Share of a day's messages that came through in time; the objective is 99 %.",
        "percentunit",
        (("", '1 - job:streams_late:ratio_rate1d{job=~"$job"}'),),
    ),
    Panel(
        "Dead-lettered",
        "Share of a day's messages; the objective is at most 0.5 %.",
        "percentunit",
        (("", 'job:streams_dead_lettered:ratio_rate1d{job=~"$job"}'),),
    ),
    Panel(
        "Events today",
        "Withdrawals published in 24 hours.",
        "short",
        (("", f"sum(increase({_of('streams_withdrawals_total')}[1d]))"),),
    ),
)

GRAPHS = (
    Panel(
        "Messages a second",
        "What each agent finishes, by outcome.",
        "ops",
        (("{{agent}} {{outcome}}", _rate("agent, outcome", "streams_messages_processed_total")),),
    ),
    Panel(
        "Lag",
        "Messages that wait, by topic.",
        "short",
        (("{{topic}}", f"sum by (topic) ({_of('streams_consumer_lag_messages')})"),),
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
        (("{{agent}} {{reason}}", _rate("agent, reason", "streams_messages_rejected_total") + " > 0"),),
    ),
    Panel(
        "Dropped a second",
        "Pages that need no output.",
        "ops",
        (("{{agent}} {{reason}}", _rate("agent, reason", "streams_messages_dropped_total") + " > 0"),),
    ),
    Panel(
        "Withdrawals an hour",
        "Events published, by stage.",
        "short",
        (("{{stage}}", f"sum by (stage) (increase({_of('streams_withdrawals_total')}[1h]))"),),
    ),
    Panel(
        "Fields found",
        "A fall is the first sign of a broken extractor.",
        "percentunit",
        (
            (
                "{{field}}",
                _rate("field", "streams_fields_extracted_total", 'source!="none"')
                + " / "
                + _rate("field", "streams_fields_extracted_total"),
            ),
        ),
    ),
    Panel(
        "Children replaced a minute",
        "By reason; recycled is ordinary.",
        "short",
        (("{{reason}}", "60 * " + _rate("reason", "streams_pool_restarts_total")),),
    ),
    Panel(
        "Event loop",
        "How late it wakes up; above half a second heartbeats are at risk.",
        "s",
        (("{{instance}}", _of("streams_event_loop_lag_seconds")),),
    ),
)


def overview() -> dict[str, Any]:
    """The board as Grafana's JSON."""
    tiles = [_panel(n + 1, "stat", panel, _place(n, TILES_A_ROW, TILE, 0)) for n, panel in enumerate(TILES)]
    below = -(-len(TILES) // TILES_A_ROW) * TILE[1]
    graphs = [
        _panel(len(TILES) + n + 1, "timeseries", panel, _place(n, GRAPHS_A_ROW, GRAPH, below))
        for n, panel in enumerate(GRAPHS)
    ]
    return {
        "uid": "streams-overview",
        "title": "withdrawal-streams",
        "schemaVersion": 39,
        "editable": False,
        "refresh": "15s",
        "time": {"from": "now-3h", "to": "now"},
        "tags": ["withdrawal-streams"],
        "templating": {"list": _variables()},
        "panels": tiles + graphs,
    }


def _variables() -> list[dict[str, Any]]:
    source = {"name": "datasource", "type": "datasource", "query": "prometheus", "label": "Data source"}
    current = {"text": "Prometheus", "value": "prometheus"}
    return [
        source | {"current": current},
        _choice("job", "label_values(streams_build_info, job)"),
        _choice("instance", 'label_values(streams_build_info{job=~"$job"}, instance)'),
    ]


def _choice(name: str, query: str) -> dict[str, Any]:
    """A variable that may be one, several or all of a label's values, asked for anew when the time changes."""
    many = {"multi": True, "includeAll": True, "current": {"text": "All", "value": "$__all"}}
    return {"name": name, "type": "query", "datasource": SOURCE, "query": query, "refresh": 2, "sort": 1, **many}


def _place(number: int, a_row: int, size: tuple[int, int], top: int) -> dict[str, int]:
    row, column = divmod(number, a_row)
    return {"x": column * size[0], "y": top + row * size[1], "w": size[0], "h": size[1]}


def _panel(number: int, kind: str, panel: Panel, place: dict[str, int]) -> dict[str, Any]:
    return {
        "id": number,
        "type": kind,
        "title": panel.title,
        "description": panel.tells,
        "datasource": SOURCE,
        "gridPos": place,
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
        "targets": [
            {"refId": chr(65 + i), "datasource": SOURCE, "expr": query, "legendFormat": legend}
            for i, (legend, query) in enumerate(panel.queries)
        ],
    }
