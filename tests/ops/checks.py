"""What must be true of every panel's and every rule's result."""

from __future__ import annotations

import math
import shutil
import subprocess
import urllib.request
from dataclasses import dataclass
from typing import Any

from tests.ops.prometheus import ANSWER, Prometheus, Series

#: What a panel's variables stand for, with every job and instance chosen.
CHOSEN = {"$job": ".*", "$instance": ".*", "$__rate_interval": "15s"}
POINTS = 100


@dataclass(frozen=True, slots=True)
class Drawn:
    """A panel of a board with the results of its queries, each with its legend."""

    panel: dict[str, Any]
    lines: list[tuple[str, Series]]


def ask(server: Prometheus, board: dict[str, Any], start: float, end: float) -> list[Drawn]:
    """Every query of the board over the whole run."""
    return [
        Drawn(
            panel,
            [
                (legend(target["legendFormat"], series.labels), series)
                for target in panel["targets"]
                for series in server.range(chosen(target["expr"]), start, end, max(1, (end - start) / POINTS))
            ],
        )
        for panel in board["panels"]
    ]


def chosen(expression: str) -> str:
    for name, value in CHOSEN.items():
        expression = expression.replace(name, value)
    return expression


def legend(pattern: str, labels: dict[str, str]) -> str:
    for name, value in labels.items():
        pattern = pattern.replace(f"{{{{{name}}}}}", value)
    return pattern


def faults(drawn: Drawn) -> list[str]:
    """Why a panel's result cannot be right; none when it can."""
    values = [value for _, series in drawn.lines for _, value in series.points if not math.isnan(value)]
    title, unit = drawn.panel["title"], drawn.panel["fieldConfig"]["defaults"]["unit"]
    if not values:
        return [f"{title}: empty"]
    found = []
    if any("{{" in name for name, _ in drawn.lines):
        found.append(f"{title}: a legend names a label that the result lacks")
    if not all(map(math.isfinite, values)):
        found.append(f"{title}: infinite")
    if unit == "percentunit" and not all(-1e-9 <= value <= 1 + 1e-9 for value in values):
        found.append(f"{title}: a share outside 0 to 1: {min(values)}..{max(values)}")
    if min(values) < -1e-9 and title != "Unaccounted":
        found.append(f"{title}: below zero: {min(values)}")
    return found


def rule_faults(server: Prometheus) -> list[str]:
    """Rules that could not be evaluated, and recorded series that are empty or no ratios."""
    found = []
    for rule in server.rules():
        if rule["health"] != "ok":
            found.append(f"{rule['name']}: {rule.get('lastError') or rule['health']}")
        if rule["type"] != "recording":
            continue
        values = [series.points[-1][1] for series in server.query(f"last_over_time({rule['name']}[15m])")]
        if not values:
            found.append(f"{rule['name']}: empty")
        if ":ratio_" in rule["name"] and not all(0 <= value <= 1 for value in values if not math.isnan(value)):
            found.append(f"{rule['name']}: outside 0 to 1")
    return found


def scrape_faults(port: int) -> list[str]:
    """What promtool says of a live scrape: it must say nothing."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=ANSWER) as answer:
        text = answer.read()
    tool = str(shutil.which("promtool"))
    done = subprocess.run([tool, "check", "metrics"], input=text, capture_output=True, check=False)
    words = (done.stdout + done.stderr).decode().strip()
    return [f"promtool check metrics: {words}"] if words or done.returncode else []
