"""The proof's checks fail where they must, and the shortened rules differ from ours in time alone."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree as ET

import pytest

from streams.dashboards import BOARDS, grafana
from tests.ops.checks import Drawn, chosen, faults, legend
from tests.ops.picture import picture, told
from tests.ops.prometheus import RULES, Series, shortened


def drawn(values: list[float], unit: str = "short", name: str = "clean") -> Drawn:
    panel = {
        "title": "T & <t>",
        "type": "timeseries",
        "fieldConfig": {"defaults": {"unit": unit}},
        "gridPos": {"x": 0, "y": 0, "w": 12, "h": 8},
    }
    return Drawn(panel, [(name, Series({}, [(100.0 + n, value) for n, value in enumerate(values)]))])


@pytest.mark.parametrize(
    ("panel", "word"),
    [
        (drawn([]), "empty"),
        (drawn([math.nan]), "empty"),
        (drawn([0.2, 1.2], "percentunit"), "outside"),
        (drawn([-1.0]), "below zero"),
        (drawn([math.inf]), "infinite"),
        (drawn([1.0], name="{{agent}}"), "legend"),
    ],
)
def test_a_result_that_cannot_be_right_is_named(panel: Drawn, word: str) -> None:
    (fault,) = faults(panel)
    assert word in fault


def test_a_sound_result_has_no_fault() -> None:
    assert faults(drawn([0.0, 1.0, math.nan], "percentunit")) == []


def test_every_query_of_every_board_is_asked_without_a_variable_left() -> None:
    for board in BOARDS.values():
        for panel in grafana(board)["panels"]:
            assert all("$" not in chosen(target["expr"]) for target in panel["targets"])
    assert legend("{{agent}} {{reason}}", {"agent": "clean", "reason": "binary"}) == "clean binary"


def test_shortened_rules_are_ours_with_a_fraction_of_every_time() -> None:
    assert shortened("rate(x[1h]) offset 30m\nfor: 2m\n[1d]") == "rate(x[60s]) offset 30s\nfor: 2s\n[1440s]"
    assert shortened("- alert: RebalanceStorm\n  x[15m]\n- alert: Other\n  x[15m]").split("x")[1:] == [
        "[180s]\n- alert: Other\n  ",
        "[15s]",
    ]
    for file in RULES.glob("*.yml"):
        ours = file.read_text("utf-8")
        times = re.compile(r"(\[|offset |for: )\d+[smhd]\b")
        assert times.sub(r"\1", ours) == times.sub(r"\1", shortened(ours))
        assert "ratio_rate1h" not in ours or "ratio_rate1h" in shortened(ours)


def test_a_picture_is_sound_xml_whatever_the_titles_and_values() -> None:
    svg = picture("a & b", [drawn([0, math.nan, 5e9, math.inf], "Bps"), drawn([], "s")], 100.0, 200.0)
    assert ET.fromstring(svg).tag.endswith("svg")
    assert "T &amp; &lt;t&gt;" in svg
    assert (told(0.25, "percentunit"), told(0.05, "s"), told(120, "s"), told(1500, "ops")) == (
        *("25 %", "50 ms", "2 min"),
        "1.5 k/s",
    )
