"""A real Prometheus for the proof: started on our rules, asked over its HTTP API. Debian's package has it."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

RULES = Path(__file__).parents[2] / "config" / "prometheus" / "rules"
MISSING = (
    "make ops: prometheus is not installed, so nothing was proved;"
    " on Debian or Ubuntu `make prometheus` installs its package (as root), else put `prometheus` on PATH"
)
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
#: By what the quick server's times are divided; a rebalance takes seconds, so a storm of them stays slower.
QUICKER, QUICKER_FOR = 60, {"RebalanceStorm": 5}
#: Seconds to wait for an answer; a crowded machine is slow, not wrong.
ANSWER = 60
Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Series:
    labels: dict[str, str]
    points: Points


@dataclass(frozen=True, slots=True)
class Prometheus:
    """A server that scrapes the workers every other second."""

    url: str

    def query(self, expression: str, at: float | None = None) -> list[Series]:
        """The value at that time, in seconds since the epoch, or now."""
        found = self._get("query", query=expression, time=time.time() if at is None else at)["result"]
        return [Series(row["metric"], _points([row["value"]])) for row in found]

    def range(self, expression: str, start: float, end: float, step: float) -> list[Series]:
        found = self._get("query_range", query=expression, start=start, end=end, step=step)["result"]
        return [Series(row["metric"], _points(row["values"])) for row in found]

    def rules(self) -> list[dict[str, Any]]:
        return [rule for group in self._get("rules")["groups"] for rule in group["rules"]]

    def firing(self) -> set[str]:
        alerts = self._get("alerts")["alerts"]
        return {alert["labels"]["alertname"] for alert in alerts if alert["state"] == "firing"}

    def fired_since(self, start: float) -> set[str]:
        """Also those that have ended: Prometheus records its alerts as series."""
        seconds = max(1, int(time.time() - start))
        found = self.query(f'count by (alertname) (count_over_time(ALERTS{{alertstate="firing"}}[{seconds}s]))')
        return {series.labels["alertname"] for series in found}

    def _get(self, path: str, **parameters: Any) -> Any:
        url = f"{self.url}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        with urllib.request.urlopen(url, timeout=ANSWER) as answer:
            return json.load(answer)["data"]


def _points(values: list[list[Any]]) -> Points:
    return [(float(at), float(value)) for at, value in values]


@contextlib.contextmanager
def prometheus(folder: Path, port: int, targets: list[int], quick: bool) -> Iterator[Prometheus]:
    """Prometheus on our rules as they are, or with every window and waiting time a fraction."""
    folder.mkdir()
    for file in RULES.glob("*.yml"):
        text = file.read_text("utf-8")
        (folder / file.name).write_text(shortened(text) if quick else text, "utf-8")
    config = {
        "global": {"scrape_interval": "2s", "scrape_timeout": "2s", "evaluation_interval": "1s"},
        "rule_files": ["alerts.yml", "recording.yml"],
        "scrape_configs": [
            {"job_name": "streams", "static_configs": [{"targets": [f"127.0.0.1:{target}" for target in targets]}]}
        ],
    }
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config), "utf-8")
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [
                str(shutil.which("prometheus")),
                f"--config.file={folder / 'prometheus.yml'}",
                f"--storage.tsdb.path={folder / 'data'}",
                f"--web.listen-address=127.0.0.1:{port}",
            ],
            stdout=log,
            stderr=log,
        )
        try:
            yield _ready(f"http://127.0.0.1:{port}", server, folder / "log")
        finally:
            server.terminate()
            server.wait()


def _ready(url: str, server: subprocess.Popen[bytes], log: Path) -> Prometheus:
    deadline = time.monotonic() + ANSWER
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        with contextlib.suppress(OSError), urllib.request.urlopen(url + "/-/ready", timeout=2):
            return Prometheus(url)
        time.sleep(0.1)
    raise AssertionError(f"Prometheus did not start: {log.read_text('utf-8')[-1000:]}")


def shortened(rules: str) -> str:
    """Every range, offset and `for` divided by sixty: an hour's burn becomes a minute's. Storms by less."""
    return "".join(map(_divided, re.split(r"(?=- (?:alert|record): )", rules)))


def _divided(rule: str) -> str:
    name = re.match(r"- alert: (\w+)", rule)
    quicker = QUICKER_FOR.get(name[1], QUICKER) if name else QUICKER

    def part(match: re.Match[str]) -> str:
        return f"{match[1]}{int(match[2]) * SECONDS[match[3]] // quicker}s"

    return re.sub(r"(\[|offset |for: )(\d+)([smhd])\b", part, rule)
