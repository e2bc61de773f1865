"""The operator's guide shows what its commands printed, and each board has its picture."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from streams.dashboards import BOARDS

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "operating.md").read_text("utf-8")
PICTURES = DOCS / "boards"


def test_every_block_of_the_guide_shows_what_came_out_and_no_failure() -> None:
    blocks = re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)
    assert len(blocks) >= 4
    assert all(any(not line.startswith("$ ") for line in block.splitlines()) for block in blocks)
    assert "Traceback" not in TEXT
    assert not re.search(r"/(tmp|work|root|home)/", TEXT), "a path of some machine"


def test_the_sizes_follow_from_the_last_measurement() -> None:
    measured = re.findall(
        r"\| ([\d.]+) pages/s \| [*\d.]+ \| [^|]+ \| (\d+) MiB \|", (DOCS / "performance.md").read_text()
    )
    rate, memory = re.search(r"takes about (\d+) pages a second and (\d+) MiB", TEXT).groups()  # type: ignore[union-attr]
    assert abs(float(measured[-1][0]) / int(rate) - 1) < 0.1, (
        "docs/performance.md has a newer figure: docs/operating.md, Size"
    )
    assert memory == measured[-1][1]
    for pages, workers in re.findall(r"^\| (\d+) \| (\d+) ", TEXT, re.MULTILINE):
        assert int(workers) == math.ceil(int(pages) / (0.8 * int(rate)))


@pytest.mark.parametrize("name", BOARDS)
def test_a_board_s_picture_shows_its_panels(name: str) -> None:
    drawn = (PICTURES / f"{name}.svg").read_text("utf-8")
    for panel in (*BOARDS[name].tiles, *BOARDS[name].graphs):
        assert panel.title.replace("'", "&#x27;") in drawn, "draw them anew: make ops"


def test_there_is_no_picture_without_a_board() -> None:
    assert {path.stem for path in PICTURES.glob("*.svg")} == set(BOARDS)
