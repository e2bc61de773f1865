"""The manifests are valid, their numbers fit each other and the settings, and name only what the program has."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry

from streams.agents import AGENTS
from streams.app import create_worker, required_topics
from streams.catalogue import config_folder
from streams.catalogue.topics import load_topics
from streams.cli import run
from streams.edge.kafka_config import KafkaConfig, read_properties
from streams.edge.pool import START_DEADLINE
from streams.manifests import kafka_topics, kafka_user
from streams.serve import _open_admin
from streams.settings import Settings, load

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "config" / "kubernetes"
TOPICS = load_topics(config_folder())
UNITS = {"Mi": 1 << 20, "Gi": 1 << 30}


def read(path: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((FOLDER / path).read_text("utf-8")))


(STATEFUL,) = read("base/statefulset.yaml")
POD = STATEFUL["spec"]["template"]["spec"]
(WORKER,) = POD["containers"]
LITERALS = dict(pair.split("=", 1) for pair in read("base/kustomization.yaml")[0]["configMapGenerator"][0]["literals"])
SETTINGS = load(environment=LITERALS)
(SCALED,) = read("components/keda/scaledobject.yaml")
TRIGGER = SCALED["spec"]["triggers"][0]["metadata"]


def size(text: str) -> int:
    return int(text[:-2]) * UNITS[text[-2:]]


def test_every_variable_is_a_setting_of_ours() -> None:
    named = set(re.findall(r"\bSTREAMS_[A-Z_]+", "".join(p.read_text("utf-8") for p in FOLDER.rglob("*.yaml"))))
    assert {"STREAMS_GROUP_INSTANCE_ID", "STREAMS_BOOTSTRAP_SERVERS"} <= named
    assert named <= {f"STREAMS_{field.name.upper()}" for field in fields(Settings)}


def test_the_pod_s_name_is_the_member_s_id_and_the_set_gives_it_that_name() -> None:
    (identity,) = [e for e in WORKER["env"] if e["name"] == "STREAMS_GROUP_INSTANCE_ID"]
    assert identity["valueFrom"]["fieldRef"]["fieldPath"] == "metadata.name"
    assert STATEFUL["kind"] == "StatefulSet"
    (service,) = read("base/service.yaml")
    assert service["metadata"]["name"] == STATEFUL["spec"]["serviceName"]
    assert service["spec"]["clusterIP"] == "None"


def test_a_pod_is_given_longer_to_stop_than_a_worker_takes() -> None:
    assert POD["terminationGracePeriodSeconds"] > SETTINGS.exit_grace + SETTINGS.step_deadline


def test_a_restart_is_over_before_the_session_is() -> None:
    assert SETTINGS.session_timeout > SETTINGS.exit_grace + SETTINGS.step_deadline


def test_a_container_gets_the_memory_that_its_settings_allow() -> None:
    bound = SETTINGS.children * SETTINGS.child_memory + len(SETTINGS.agents) * SETTINGS.window_bytes
    assert size(WORKER["resources"]["limits"]["memory"]) >= bound + (512 << 20)  # the parent itself
    measured = max(int(mib) for mib in re.findall(r"(\d+) MiB \|", (ROOT / "docs" / "performance.md").read_text()))
    assert size(WORKER["resources"]["requests"]["memory"]) > measured << 20


def test_more_workers_than_partitions_are_never_asked_for() -> None:
    partitions = TOPICS[TRIGGER["topic"]].partitions
    assert 1 <= SCALED["spec"]["minReplicaCount"] <= STATEFUL["spec"]["replicas"] <= SCALED["spec"]["maxReplicaCount"]
    assert SCALED["spec"]["maxReplicaCount"] <= partitions
    assert TRIGGER["consumerGroup"] == SETTINGS.group
    assert SCALED["spec"]["scaleTargetRef"] == {"kind": STATEFUL["kind"], "name": STATEFUL["metadata"]["name"]}


def test_probes_and_scrapes_ask_what_the_admin_server_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}

    class Server:
        server_address = ("h", 0)

    monkeypatch.setattr("streams.serve.serve", lambda *given: asked.update(probes=set(given[3])) or Server())
    worker = create_worker(SETTINGS, config_folder(), TOPICS, KafkaConfig("127.0.0.1:1"), CollectorRegistry())
    _open_admin(SETTINGS, worker)
    worker.pool.close()
    probes = [WORKER[f"{kind}Probe"]["httpGet"] for kind in ("startup", "readiness", "liveness")]
    assert {probe["path"] for probe in probes} == asked["probes"]
    (port,) = WORKER["ports"]
    assert port["containerPort"] == SETTINGS.admin_port
    assert {probe["port"] for probe in probes} == {port["name"]}
    (monitor,) = read("components/monitoring/podmonitor.yaml")
    assert monitor["spec"]["podMetricsEndpoints"][0]["port"] == port["name"]
    assert monitor["spec"]["podMetricsEndpoints"][0]["relabelings"][0]["replacement"] == "streams"
    assert read("base/networkpolicy.yaml")[0]["spec"]["ingress"][0]["ports"][0]["port"] == port["name"]


def test_a_start_may_take_as_long_as_the_program_lets_it() -> None:
    probe = WORKER["startupProbe"]
    assert probe["periodSeconds"] * probe["failureThreshold"] > START_DEADLINE + SETTINGS.connect_timeout


def test_a_worker_runs_without_privileges_on_a_root_it_cannot_write() -> None:
    pod, container = POD["securityContext"], WORKER["securityContext"]
    user = re.search(r"^USER (\d+):(\d+)$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert user is not None
    assert (pod["runAsUser"], pod["runAsGroup"]) == (int(user[1]), int(user[2]))
    assert pod["runAsNonRoot"]
    assert pod["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["capabilities"] == {"drop": ["ALL"]}
    assert container["readOnlyRootFilesystem"]
    assert not container["allowPrivilegeEscalation"]
    assert not POD["automountServiceAccountToken"]
    writable = {mount["mountPath"] for mount in WORKER["volumeMounts"]}
    assert writable == {"/tmp", "/var/lib/streams"}


def test_policies_select_the_pods_of_the_set() -> None:
    labels = STATEFUL["spec"]["template"]["metadata"]["labels"]
    assert STATEFUL["spec"]["selector"]["matchLabels"] == labels
    assert read("base/poddisruptionbudget.yaml")[0]["spec"]["selector"]["matchLabels"] == labels
    assert read("base/networkpolicy.yaml")[0]["spec"]["podSelector"]["matchLabels"] == labels
    assert read("components/monitoring/podmonitor.yaml")[0]["spec"]["selector"]["matchLabels"] == labels
    assert read("base/service.yaml")[0]["spec"]["selector"] == labels


def test_kafka_is_reached_through_the_policy() -> None:
    ports = {port["port"] for rule in read("base/networkpolicy.yaml")[0]["spec"]["egress"] for port in rule["ports"]}
    properties = read_properties(FOLDER / "components" / "strimzi" / "client.properties")
    for servers in (SETTINGS.bootstrap_servers, properties["bootstrap.servers"]):
        assert int(servers.rsplit(":", 1)[1]) in ports


def test_certificates_are_read_where_they_are_mounted() -> None:
    properties = read_properties(FOLDER / "components" / "strimzi" / "client.properties")
    (patch,) = read("components/strimzi/tls.yaml")
    spec = patch["spec"]["template"]["spec"]
    mounts = {mount["mountPath"] for mount in spec["containers"][0]["volumeMounts"]}
    locations = [value for key, value in properties.items() if key.endswith(".location")]
    assert len(locations) == 3
    assert all(str(Path(location).parent) in mounts for location in locations)
    config = Path(spec["containers"][0]["env"][0]["value"])
    assert str(config.parent) in mounts
    assert config.name == "client.properties"


def test_strimzi_makes_every_topic_and_grants_what_the_agents_need() -> None:
    made = {topic["metadata"]["name"] for topic in read("components/strimzi/topics.yaml")}
    assert made == set(TOPICS) >= set(required_topics(Settings()))
    acls = read("components/strimzi/user.yaml")[0]["spec"]["authorization"]["acls"]
    rights = {acl["resource"].get("name", "cluster"): set(acl["operations"]) for acl in acls}
    for plan in AGENTS.values():
        assert "Read" in rights[plan.reads]
        assert all("Write" in rights[topic] for topic in (*plan.writes, f"{plan.reads}-dlq"))
    assert "Write" not in rights["pages-raw"]
    assert "Read" in rights[SETTINGS.group]
    assert kafka_user(TOPICS.values())["spec"]["authorization"]["acls"] == acls
    assert len(kafka_topics(TOPICS.values())) == len(TOPICS)


def test_the_container_runs_a_command_of_ours() -> None:
    assert run([*WORKER["args"], "--help"]) == 0


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        how = "make prometheus" if name == "promtool" else "make manifests"
        pytest.skip(f"{name} is not on PATH, so it checked nothing; `{how}` fetches it")
    return found


def checked(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("name", ["base", "example"])
def test_kustomize_builds_and_kubernetes_takes_what_it_built(name: str, tmp_path: Path) -> None:
    built = checked(tool("kubectl"), "kustomize", str(FOLDER / name))
    resources = list(yaml.safe_load_all(built))
    native = [r for r in resources if not re.search(r"strimzi|coreos|keda", r["apiVersion"])]
    kinds = {"StatefulSet", "Service", "ServiceAccount", "ConfigMap", "PodDisruptionBudget", "NetworkPolicy"}
    assert {resource["kind"] for resource in native} == kinds
    (worker,) = [resource for resource in resources if resource["kind"] == "StatefulSet"]
    names = {resource["metadata"]["name"] for resource in resources if resource["kind"] == "ConfigMap"}
    assert worker["spec"]["template"]["spec"]["containers"][0]["envFrom"][0]["configMapRef"]["name"] in names
    if name == "example":
        assert "replicas" not in worker["spec"], "KEDA owns the number"
        assert {"KafkaTopic", "KafkaUser", "PodMonitor", "PrometheusRule", "ScaledObject"} <= {
            resource["kind"] for resource in resources
        }
        assert {resource["metadata"]["namespace"] for resource in resources} == {"withdrawal-streams"}
        assert ".withdrawal-streams.svc" in TRIGGER["bootstrapServers"]
    file = tmp_path / "built.yaml"
    file.write_text(yaml.safe_dump_all(native), "utf-8")
    checked(tool("kubernetes-validate"), "--strict", str(file))


def test_kubernetes_validate_would_find_a_wrong_field(tmp_path: Path) -> None:
    wrong = {**STATEFUL, "spec": {**STATEFUL["spec"], "replica": 2}}
    file = tmp_path / "wrong.yaml"
    file.write_text(yaml.safe_dump(wrong), "utf-8")
    command = [tool("kubernetes-validate"), "--strict", str(file)]
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_hadolint_finds_nothing_to_say_about_the_image() -> None:
    assert checked(tool("hadolint"), "Dockerfile") == ""


def test_compose_fits_its_specification() -> None:
    checked(tool("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")


def test_the_prometheus_rule_holds_the_rules_that_promtool_tests(tmp_path: Path) -> None:
    (rule,) = read("components/monitoring/prometheusrule.yaml")
    file = tmp_path / "rules.yml"
    file.write_text(yaml.safe_dump(rule["spec"]), "utf-8")
    checked(tool("promtool"), "check", "rules", str(file))
