"""What stands in compose, the image, Prometheus and Grafana names only what the program has."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from streams.dashboards import overview
from streams.edge.lag import LAG_METRICS
from streams.edge.metrics import PREFIX, TABLE
from streams.settings import OTHERS, Settings

ROOT = Path(__file__).parents[2]
SUFFIXES = ("_total", "_bucket", "_count", "_sum", "")
KNOWN = {PREFIX + spec.name for spec in TABLE} | set(LAG_METRICS)
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
RULES = yaml.safe_load((ROOT / "config/prometheus/rules.yml").read_text())["groups"][0]["rules"]


def exists(metric: str) -> bool:
    return any(metric.endswith(suffix) and metric.removesuffix(suffix) in KNOWN for suffix in SUFFIXES)


@pytest.mark.parametrize("expression", [rule["expr"] for rule in RULES])
def test_every_metric_in_a_rule_exists(expression: str) -> None:
    for metric in re.findall(r"\bstreams_\w+", expression):
        assert exists(metric), metric


def test_every_metric_on_the_board_exists() -> None:
    names = {n for panel in overview()["panels"] for t in panel["targets"] for n in re.findall(r"\bstreams_\w+", t["expr"])}
    assert names
    assert not [name for name in names if not exists(name)]


def test_every_alert_has_a_runbook_that_says_what_to_do() -> None:
    alerts = [rule for rule in RULES if "alert" in rule]
    for alert in alerts:
        text = (ROOT / alert["annotations"]["runbook_url"]).read_text()
        assert text.startswith(f"# {alert['alert']}\n")
        for part in ("Meaning", "Impact", "Diagnosis", "Mitigation"):
            assert f"**{part}.**" in text
    assert {path.stem for path in (ROOT / "docs/runbooks").glob("*.md")} == {a["alert"] for a in alerts}


def test_every_environment_variable_is_a_setting() -> None:
    settings = {f"STREAMS_{field.name.upper()}" for field in fields(Settings)} | {f"STREAMS_{name}" for name in OTHERS}
    text = (ROOT / "Dockerfile").read_text() + (ROOT / "docker-compose.yml").read_text()
    assert set(re.findall(r"\bSTREAMS_[A-Z_]+", text)) <= settings


def test_ports_are_published_on_loopback_only_and_the_worker_runs_without_privileges() -> None:
    for service in COMPOSE["services"].values():
        assert all(str(port).startswith("127.0.0.1:") for port in service.get("ports", []))
    worker = COMPOSE["services"]["worker"]
    assert worker["read_only"]
    assert worker["cap_drop"] == ["ALL"]
    assert worker["init"]
    grace = int(worker["stop_grace_period"].removesuffix("s"))
    assert grace > Settings().exit_grace
    assert f"127.0.0.1:{Settings().admin_port}:{Settings().admin_port}" in worker["ports"]
    assert re.search(r"^USER 10001:10001$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)


def test_mounted_files_exist() -> None:
    for service in COMPOSE["services"].values():
        for volume in service.get("volumes", []):
            if volume.startswith("./"):
                assert (ROOT / volume.split(":")[0]).exists(), volume
