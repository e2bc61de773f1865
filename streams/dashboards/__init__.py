"""The four Grafana boards, drawn by code so that none can name a metric that is none; `make docs` writes them."""

from __future__ import annotations

from streams.dashboards import kafka, overview, quality, steps
from streams.dashboards.grafana import grafana
from streams.dashboards.query import Board, Panel

#: file name in config/grafana/dashboards -> board.
BOARDS: dict[str, Board] = {
    "overview": overview.BOARD,
    "steps": steps.BOARD,
    "kafka": kafka.BOARD,
    "quality": quality.BOARD,
}

__all__ = ["BOARDS", "Board", "Panel", "grafana"]
