"""What stands in compose and the image names only what the program has, and the numbers fit each other."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import yaml
from prometheus_client import CollectorRegistry

from streams.app import REQUEST_MARGIN
from streams.catalogue import config_folder
from streams.catalogue.topics import load_topics
from streams.cli import run
from streams.edge.admin import paths, serve
from streams.settings import OTHERS, Settings

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
PORT = Settings().admin_port


def test_every_environment_variable_is_a_setting() -> None:
    settings = {f"STREAMS_{field.name.upper()}" for field in fields(Settings)} | {f"STREAMS_{name}" for name in OTHERS}
    named = set(re.findall(r"\bSTREAMS_[A-Z_]+", DOCKERFILE + (ROOT / "docker-compose.yml").read_text("utf-8")))
    assert named
    assert named <= settings


def test_the_workers_and_the_topics_ask_for_the_listener_that_kafka_advertises_inside() -> None:
    kafka = SERVICES["kafka"]["environment"]
    inside = dict(part.split("://") for part in kafka["KAFKA_ADVERTISED_LISTENERS"].split(","))
    for service in ("topics", "worker"):
        assert SERVICES[service]["environment"]["STREAMS_BOOTSTRAP_SERVERS"] == inside["INSIDE"]
    assert f"127.0.0.1:{inside['OUTSIDE'].split(':')[1]}:" in SERVICES["kafka"]["ports"][0]
    assert inside["OUTSIDE"] == Settings().bootstrap_servers
    names = set(kafka["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"].replace(":PLAINTEXT", "").split(","))
    assert names == {listener.split(":")[0] for listener in kafka["KAFKA_LISTENERS"].split(",")}


def test_kafka_takes_the_largest_dead_letter() -> None:
    largest = max(topic.max_message_bytes for topic in load_topics(config_folder()).values())
    assert int(SERVICES["kafka"]["environment"]["KAFKA_MESSAGE_MAX_BYTES"]) >= largest + REQUEST_MARGIN


def test_the_commands_of_the_services_are_commands_of_ours() -> None:
    for service in ("topics", "worker"):
        words = [word for word in SERVICES[service]["command"] if not word.startswith("-") and not word.isdigit()]
        assert run([*words, "--help"]) == 0
    assert 'ENTRYPOINT ["streams"]' in DOCKERFILE


def test_a_service_waits_for_what_it_needs() -> None:
    assert SERVICES["topics"]["depends_on"]["kafka"]["condition"] == "service_healthy"
    assert SERVICES["worker"]["depends_on"]["topics"]["condition"] == "service_completed_successfully"
    assert "healthcheck" in SERVICES["kafka"]


def test_ports_are_published_on_loopback_only() -> None:
    for service in SERVICES.values():
        assert all(str(port).startswith("127.0.0.1:") for port in service.get("ports", []))


def test_the_worker_runs_without_privileges_on_a_root_it_cannot_write() -> None:
    worker = SERVICES["worker"]
    assert worker["read_only"]
    assert worker["cap_drop"] == ["ALL"]
    assert worker["security_opt"] == ["no-new-privileges:true"]
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.MULTILINE)


def test_the_worker_is_given_longer_to_stop_than_it_takes() -> None:
    worker = SERVICES["worker"]
    assert worker["init"]
    assert int(worker["stop_grace_period"].removesuffix("s")) > Settings().exit_grace + Settings().step_deadline


def test_the_health_check_asks_a_probe_that_answers_at_the_port_of_the_settings() -> None:
    probe = re.search(r"http://127\.0\.0\.1:(\S+?)(/\w+)'", DOCKERFILE)
    assert probe is not None
    assert probe[2] in paths({"/livez": lambda: None})
    assert str(PORT) in DOCKERFILE
    assert f"EXPOSE {PORT}" in DOCKERFILE


def test_mounted_folders_exist_and_cannot_be_written() -> None:
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            if volume.startswith("./"):
                source, _, mode = volume.split(":")
                assert (ROOT / source).exists(), volume
                assert mode == "ro", volume


def test_what_the_image_copies_is_not_ignored_and_exists() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    for line in re.findall(r"^COPY (?!--)(.+)$", DOCKERFILE, re.MULTILINE):
        for source in line.split()[:-1]:
            assert source in let_in, source
            assert (ROOT / source).exists(), source


def test_the_health_check_tells_alive_stuck_and_gone_apart() -> None:
    found = re.search(r'CMD \["python", "-c", "(.*)"\]$', DOCKERFILE, re.MULTILINE)
    assert found is not None
    verdict: list[str | None] = [None]
    server = serve("127.0.0.1", 0, CollectorRegistry(), {"/livez": lambda: verdict[0]})
    environment = {**os.environ, "STREAMS_ADMIN_PORT": str(server.server_address[1])}

    def check() -> int:
        command = [sys.executable, "-c", found[1]]
        return subprocess.run(command, env=environment, capture_output=True, check=False).returncode

    assert check() == 0
    verdict[0] = "stuck"
    assert check() != 0
    server.shutdown()
    server.server_close()
    assert check() != 0
