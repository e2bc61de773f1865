"""Puts what runs of `make faults` left into docs/delivery.md: python -m tests.faults.table out/faults/*.json

Every run counts, also one that failed: a fault's cell then says in how many of its runs a promise broke.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from tests.faults.strikes import FAULTS

PAGE = Path("docs", "delivery.md")
BEGIN, END = "<!-- by tests/faults/table.py: begin -->", "<!-- by tests/faults/table.py: end -->"
COUNTS = ("lost", "differing", "out_of_place", "repeated")
HEAD = ("fault", "strikes", "pages", "lost", "differing", "out of place", "repeated", "lag at 0 after", "held")

Run = Mapping[str, Any]


def table(runs: Sequence[Run]) -> str:
    """The runs, a line each, and the faults, all runs together."""
    lines = ["| seed | form | began (UTC) | minutes | faults that held |", "| --- | --- | --- | --- | --- |"]
    for run in runs:
        began = time.strftime("%Y-%m-%d %H:%M", time.gmtime(run["began"]))
        held = sum(not report["faults"] for report in run["reports"])
        lines.append(
            f"| {run['seed']} | {run['form']} | {began} | {run['seconds'] / 60:.0f} | {held} of {run['planned']} |"
        )
    lines += ["", f"| {' | '.join(HEAD)} |", f"| {' | '.join(['---'] * len(HEAD))} |"]
    for fault in FAULTS:
        reports = [report for run in runs for report in run["reports"] if report["fault"] == fault.name]
        if reports:
            lines.append(_row(f"{fault.name}: {fault.what}", reports))
    return "\n".join(lines)


def _row(name: str, reports: Sequence[Run]) -> str:
    cells = [sum(report[what] for report in reports) for what in ("strikes", "pages")]
    cells += [sum(topic[what] for report in reports for topic in report["topics"]) for what in COUNTS]
    drain = max(report["drain_seconds"] for report in reports)
    held = sum(not report["faults"] for report in reports)
    return f"| {' | '.join((name, *(f'{cell:,}' for cell in cells), f'{drain:.0f} s', f'{held} of {len(reports)}'))} |"


def main(files: Sequence[str]) -> int:
    """Write the table between the marks of the page."""
    runs = sorted((orjson.loads(Path(file).read_bytes()) for file in files), key=lambda run: run["began"])
    if not runs:
        print(__doc__, file=sys.stderr)
        return 2
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{table(runs)}\n{END}{rest.partition(END)[2]}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
