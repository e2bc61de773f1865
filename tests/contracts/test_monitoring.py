"""Rules, alerts and boards ask only for metrics, labels and values that the program has."""

from __future__ import annotations

import re
import shutil
import subprocess
from math import prod
from pathlib import Path
from typing import get_args

import pytest
import yaml
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import generate_latest

from streams.agents import AGENTS
from streams.app import written_topics
from streams.core.outcome import DropReason, Emit, RejectReason
from streams.core.records import Kind, Stage
from streams.core.withdrawals.rejections import REASONS
from streams.dashboards import BOARDS, grafana
from streams.edge.metrics import COMMIT_OUTCOMES, END_TO_END_BUCKETS, PREFIX, RESTART_REASONS, STATES, TABLE, Metrics
from streams.settings import Settings

ROOT = Path(__file__).parents[2]
PROMETHEUS = ROOT / "config" / "prometheus"
SUFFIXES = {"Counter": ("_total",), "Gauge": ("",), "Histogram": ("_bucket", "_count", "_sum")}
#: metric as Prometheus sees it -> its labels.
SERIES = {PREFIX + spec.name + end: set(spec.labels) for spec in TABLE for end in SUFFIXES[spec.kind.__name__]}
ADDED = {"job", "instance", "le"}
#: label -> the closed set of its values, as far as rules name them.
VALUES = {
    "agent": set(AGENTS),
    "outcome": {"emitted", "dropped", "rejected", *COMMIT_OUTCOMES},
    "state": set(STATES),
    "reason": {*map(str, DropReason), *map(str, RejectReason), *RESTART_REASONS},
    "source": {"none"},
    "le": {f"{bucket:.1f}" for bucket in END_TO_END_BUCKETS},
    "job": {"streams"},
}
GROUPS = [
    group
    for path in sorted((PROMETHEUS / "rules").glob("*.yml"))
    for group in yaml.safe_load(path.read_text("utf-8"))["groups"]
]
RULES = [rule for group in GROUPS for rule in group["rules"]]
ALERTS = [rule for rule in RULES if "alert" in rule]
RECORDED = {rule["record"] for rule in RULES if "record" in rule}
JSON = {name: grafana(board) for name, board in BOARDS.items()}
PANELS = [panel for board in JSON.values() for panel in board["panels"]]
EXPRESSIONS = [rule["expr"] for rule in RULES] + [target["expr"] for panel in PANELS for target in panel["targets"]]
#: Ways a field is found, at most: 15 on the demo's pages.
SOURCES = 24
#: In the table and never set yet. This list may only shrink.
NEVER_SET: set[str] = set()


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_asks_for_series_and_labels_that_exist(expression: str) -> None:
    names = re.findall(r"(?<![\w:])(?:streams_\w+)(?!:)", expression)
    recorded = re.findall(r"\b\w+:streams_\w+:\w+", expression)
    assert names or recorded or "up{" in expression
    assert set(names) <= set(SERIES)
    assert set(recorded) <= RECORDED
    for name, selector in re.findall(r"(\bstreams_\w+)\{([^}]*)\}", expression):
        if name in SERIES:
            assert set(re.findall(r"(\w+)[=!]", selector)) <= SERIES[name] | ADDED
    for label, value in re.findall(r'(\w+)!?="([^"]*)"', expression):
        assert value in VALUES[label], f"{label}={value}"


def test_each_way_to_ask_for_nothing_is_seen() -> None:
    check = test_an_expression_asks_for_series_and_labels_that_exist
    for wrong in (
        "rate(streams_pages_total[5m])",
        "job:streams_gone:sum > 0",
        'streams_rebalances_total{agent="clean"}',
        'streams_messages_processed_total{outcome="lost"}',
    ):
        with pytest.raises(AssertionError):
            check(wrong)


def test_every_metric_of_the_table_is_set_somewhere() -> None:
    code = "".join(
        re.sub(r'Spec\(\s*"\w+"', "", path.read_text("utf-8")) for path in sorted((ROOT / "streams").rglob("*.py"))
    )
    silent = {spec.name for spec in TABLE if not spec.collected and f'"{spec.name}"' not in code}
    assert silent == NEVER_SET


def test_every_alert_has_severity_words_and_a_runbook() -> None:
    for alert in ALERTS:
        assert alert["labels"]["severity"] in {"page", "ticket"}
        assert re.fullmatch(r"([A-Z][a-z]+)+", alert["alert"])
        assert {"summary", "description", "runbook_url"} == set(alert["annotations"])
        text = (ROOT / alert["annotations"]["runbook_url"]).read_text("utf-8")
        assert text.startswith(f"# {alert['alert']}\n")
        assert all(f"**{part}.** " in text for part in ("Meaning", "Impact", "Diagnosis", "Mitigation"))


def test_every_runbook_belongs_to_an_alert_and_names_only_what_exists() -> None:
    books = {path.stem: path.read_text("utf-8") for path in (ROOT / "docs" / "runbooks").glob("*.md")}
    assert set(books) == {alert["alert"] for alert in ALERTS}
    names = {re.sub(r"_(total|bucket|count|sum)$", "", name) for name in SERIES}
    for text in books.values():
        for metric in re.findall(r"`(streams_\w+)`", text):
            assert re.sub(r"_(total|bucket|count|sum)$", "", metric) in names, metric


def test_each_alert_is_tried_both_ways() -> None:
    tried: dict[str, set[bool]] = {}
    for path in PROMETHEUS.glob("*.test.yml"):
        for test in yaml.safe_load(path.read_text("utf-8"))["tests"]:
            for case in test.get("promql_expr_test", ()):
                for name in re.findall(r'ALERTS\{alertname="(\w+)",alertstate="firing"', case["expr"]):
                    tried.setdefault(name, set()).add(bool(case["exp_samples"]))
    assert tried == {alert["alert"]: {True, False} for alert in ALERTS}


def test_prometheus_scrapes_the_worker_at_its_port_and_reads_these_rules() -> None:
    config = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text("utf-8"))
    (job,) = [job for job in config["scrape_configs"] if job["job_name"] == "streams"]
    assert job["dns_sd_configs"][0]["names"] == ["worker"]
    assert job["dns_sd_configs"][0]["port"] == Settings().admin_port
    assert config["rule_files"] == ["rules/*.yml"]


def test_grafana_finds_the_source_that_its_board_asks_for() -> None:
    provisioned = ROOT / "config" / "grafana" / "provisioning"
    source = yaml.safe_load((provisioned / "datasources" / "prometheus.yml").read_text("utf-8"))["datasources"][0]
    provider = yaml.safe_load((provisioned / "dashboards" / "streams.yml").read_text("utf-8"))["providers"][0]
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    mounts = dict(volume.split(":")[:2] for volume in compose["grafana"]["volumes"])
    assert mounts["./config/grafana/dashboards"] == provider["options"]["path"]
    assert source["url"] == "http://prometheus:9090"
    assert "prometheus" in compose
    for board in JSON.values():
        variable = next(v for v in board["templating"]["list"] if v["name"] == "datasource")
        assert source["type"] == variable["query"]
        assert source["uid"] == variable["current"]["value"]


def test_a_panel_says_what_it_is_in_which_unit_and_asks_the_chosen_source_at_the_scrape_s_pace() -> None:
    for panel in PANELS:
        assert panel["title"]
        assert panel["description"].endswith(".")
        assert panel["fieldConfig"]["defaults"]["unit"]
        assert panel["datasource"]["uid"] == "${datasource}"
        for target in panel["targets"]:
            assert "$job" in target["expr"]
            assert not re.search(r"rate\([^[]*\[\d", target["expr"]), "a rate over $__rate_interval fits any scrape"


def test_boards_cannot_be_edited_and_are_found_by_a_name_of_their_own() -> None:
    assert [board["editable"] for board in JSON.values()] == [False] * 4
    assert {board["uid"] for board in JSON.values()} == {f"streams-{name}" for name in JSON}
    for board in JSON.values():
        assert len({panel["title"] for panel in board["panels"]}) == len(board["panels"]) >= 5
    there = {path.stem for path in (ROOT / "config" / "grafana" / "dashboards").glob("*.json")}
    assert there == set(JSON)


@pytest.mark.parametrize("name", JSON)
def test_panels_do_not_lie_upon_each_other(name: str) -> None:
    seen: set[tuple[int, int]] = set()
    for panel in JSON[name]["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & seen, panel["title"]
        assert max(x for x, _ in cells) < 24
        seen |= cells


def scrape() -> str:
    """What a worker shows that has every agent, with one message done by each."""
    registry = CollectorRegistry()
    metrics = Metrics(registry)
    reads = [plan.reads for plan in AGENTS.values()]
    metrics.declare(tuple(AGENTS), reads, written_topics(Settings()))
    for agent in AGENTS:
        metrics.settled(agent, Emit(()), 3.0)
        metrics.step(agent, 0.1)
    return generate_latest(registry).decode()


def test_the_objective_is_a_bucket_that_a_scrape_shows() -> None:
    assert 'streams_end_to_end_latency_seconds_bucket{agent="detect",le="60.0"}' in scrape()


def test_a_worker_starts_with_few_series() -> None:
    assert 50 < sum(line.startswith(PREFIX) for line in scrape().splitlines()) < 500


def most_series(partitions: int) -> int:
    """Every metric with every value that its labels can take."""
    topics = written_topics(Settings())
    values = {
        "agent": len(AGENTS),
        "topic": len({*topics, *(plan.reads for plan in AGENTS.values())}),
        "partition": partitions,
        "field": 6,
        "source": SOURCES,
        "kind": len(get_args(Kind)),
        "stage": len(get_args(Stage)),
        "state": len(STATES),
    }
    total = 0
    for spec in TABLE:
        labels = set(spec.labels)
        one = len(spec.buckets) + 3 if spec.kind.__name__ == "Histogram" else 1
        if spec.name == "candidates_rejected":
            one, labels = len(REASONS), set()
        elif "outcome" in labels:
            one, labels = 3, labels - {"outcome"}
        elif "reason" in labels:
            one, labels = len(RejectReason), labels - {"reason"}
        elif "partition" in labels:  # of the topics that an agent reads; nobody reads the others
            one, labels = len(AGENTS), labels - {"topic"}
        elif spec.name == "build_info":
            labels = set()
        total += one * prod(values[label] for label in labels)
    return total


def test_a_worker_with_64_partitions_a_topic_stays_within_two_thousand_series() -> None:
    assert 800 < most_series(64) <= 2_000


def promtool(*arguments: str, given: str | None = None) -> None:
    tool = shutil.which("promtool")
    if tool is None:
        pytest.skip("promtool is not installed (Debian: the package prometheus); rules were not run")
    done = subprocess.run([tool, *arguments], cwd=PROMETHEUS, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_promtool_finds_the_configuration_sound() -> None:
    promtool("check", "config", "prometheus.yml")


def test_promtool_finds_nothing_to_say_about_a_scrape() -> None:
    promtool("check", "metrics", given=scrape())


@pytest.mark.parametrize("cases", ["rules.test.yml", "rules-days.test.yml"])
def test_each_alert_fires_and_stays_silent_where_it_must(cases: str) -> None:
    promtool("test", "rules", cases)
