"""A board as Grafana's JSON. It must not hold a query; the boards do."""

from __future__ import annotations

from typing import Any

from streams.dashboards.query import Board, Panel

#: Grafana's grid is 24 wide.
GRAPH, TILE = (12, 8), (4, 4)
TILES_A_ROW, GRAPHS_A_ROW = 6, 2
TAG = "withdrawal-streams"
SOURCE = {"type": "prometheus", "uid": "${datasource}"}
OPTIONS: dict[str, dict[str, Any]] = {
    "stat": {"reduceOptions": {"calcs": ["lastNotNull"]}},
    "timeseries": {"legend": {"displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "multi"}},
}


def grafana(board: Board) -> dict[str, Any]:
    """The board as Grafana reads it."""
    tiles = [_panel(n + 1, "stat", panel, _place(n, TILES_A_ROW, TILE, 0)) for n, panel in enumerate(board.tiles)]
    below = -(-len(tiles) // TILES_A_ROW) * TILE[1]
    graphs = [
        _panel(len(tiles) + n + 1, "timeseries", panel, _place(n, GRAPHS_A_ROW, GRAPH, below))
        for n, panel in enumerate(board.graphs)
    ]
    return {
        "uid": board.uid,
        "title": board.title,
        "description": board.tells,
        "schemaVersion": 39,
        "editable": False,
        "refresh": "15s",
        "time": {"from": "now-3h", "to": "now"},
        "tags": [TAG],
        "links": [{"title": "Boards", "type": "dashboards", "tags": [TAG], "asDropdown": True, "keepTime": True}],
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
        "options": OPTIONS[kind],
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
        "targets": [
            {"refId": chr(65 + i), "datasource": SOURCE, "expr": query, "legendFormat": legend}
            for i, (legend, query) in enumerate(panel.queries)
        ],
    }
