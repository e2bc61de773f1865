"""TLS and SASL/SCRAM on a real broker set up so, for both clients, from client.properties; mistakes are one line."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaAdminClient
from kafka.admin import ScramMechanism, UserScramCredentialUpsertion

from streams.cli import run
from streams.edge.kafka_config import KafkaConfig, kafka_config
from streams.localkafka import Cluster, local_kafka
from streams.localkafka.java import find_java
from streams.settings import Settings
from tests.integration.running import await_true, read_all, start, worker
from tests.integration.test_worker import DEMO, drained

pytestmark = pytest.mark.integration
PASSWORD = "open sesame, it's me"
STORE = "changeit"


def keytool(*arguments: str) -> None:
    tool = find_java().with_name("keytool")
    subprocess.run([str(tool), *arguments, "-storepass", STORE], check=True, capture_output=True)


def certificate(folder: Path, name: str, san: str) -> Path:
    """A key and self-signed certificate for `san`; the PEM that clients trust, beside the broker's store."""
    store, pem = folder / f"{name}.p12", folder / f"{name}.pem"
    keytool(
        *("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=broker", "-ext", f"san={san}"),
        *("-validity", "2", "-storetype", "PKCS12", "-keystore", str(store)),
    )
    keytool("-exportcert", "-rfc", "-alias", name, "-keystore", str(store), "-file", str(pem))
    return pem


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("secured")
    certificate(made, "broker", "ip:127.0.0.1")
    certificate(made, "other", "ip:127.0.0.1")
    return made


@pytest.fixture(scope="module")
def secured(folder: Path) -> Iterator[Cluster]:
    properties = {
        "listener.security.protocol.map": "CLIENT:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "sasl.enabled.mechanisms": "SCRAM-SHA-512",
        "listener.name.client.scram-sha-512.sasl.jaas.config": (
            "org.apache.kafka.common.security.scram.ScramLoginModule required;"
        ),
        "listener.name.client.ssl.keystore.type": "PKCS12",
        "listener.name.client.ssl.keystore.location": str(folder / "broker.p12"),
        "listener.name.client.ssl.keystore.password": STORE,
        "listener.name.client.ssl.key.password": STORE,
    }
    with local_kafka(properties=properties) as cluster:
        with KafkaAdminClient(bootstrap_servers=cluster.internal_servers) as admin:
            user = UserScramCredentialUpsertion("streams", ScramMechanism.SCRAM_SHA_512, PASSWORD)
            admin.alter_user_scram_credentials([user])
        yield cluster


def client(folder: Path, cluster: Cluster, **changes: str) -> Path:
    """A client.properties as a user would write it, the password in a file of its own."""
    (folder / "password").write_text(PASSWORD + "\n")
    lines = {
        "bootstrap.servers": cluster.bootstrap_servers,
        "security.protocol": "SASL_SSL",
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": "streams",
        "sasl.password.file": "password",
        "ssl.truststore.location": "broker.pem",
        "ssl.truststore.type": "PEM",
    }
    lines |= {name.replace("_", "."): value for name, value in changes.items()}
    path = folder / f"client-{len(list(folder.iterdir()))}.properties"
    path.write_text("".join(f"{name}={value}\n" for name, value in lines.items()))
    return path


def test_tools_and_workers_go_through_tls_and_scram(secured: Cluster, folder: Path, tmp_path: Path, fresh: str) -> None:
    file = str(client(folder, secured))
    common = ["--kafka-config", file, "--topic-prefix", fresh]
    assert run(["topics", "apply", "--partitions", "2", "--replication", "1", *common]) == 0
    assert run(["load", str(DEMO), "--limit", "5", *common]) == 0
    config = kafka_config(Settings(kafka_config=file))
    with worker(config, fresh, tmp_path, kafka_config=file) as running:
        await_true(lambda: drained(running, 5), 60, running)
        assert running.stop() == 0
    assert read_all(config, fresh + "articles-enriched")


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "the password": ({"sasl.password.file": "wrong"}, "password"),
    "the user": ({"sasl.username": "nobody"}, "password"),
    "a certificate that nobody we trust has signed": ({"ssl.truststore.location": "other.pem"}, "certificate"),
    "no TLS where the broker wants it": ({"security.protocol": "SASL_PLAINTEXT"}, "TLS"),
}


@pytest.mark.parametrize("what", WRONG)
@pytest.mark.parametrize("command", ["tool", "worker"])
def test_a_mistake_is_one_clear_line_and_exit_4(
    what: str, command: str, secured: Cluster, folder: Path, tmp_path: Path, capfd: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("STREAMS_CONNECT_TIMEOUT", "6")
    changes, word = WRONG[what]
    (folder / "wrong").write_text("guess")
    file = str(client(folder, secured, **changes))
    if command == "tool":
        assert run(["topics", "plan", "--kafka-config", file]) == 4
        said = capfd.readouterr().err
    else:
        running = start(KafkaConfig(secured.bootstrap_servers), "x-", tmp_path / "log", kafka_config=file)
        assert running.process.wait(40) == 4
        said = running.log.read_text()
    assert len(said.strip().splitlines()) == 1, said
    assert word in said
    assert PASSWORD not in said


def test_a_certificate_for_another_host_is_refused_unless_told_otherwise(
    secured: Cluster, folder: Path, capfd: Any
) -> None:
    name = secured.bootstrap_servers.replace("127.0.0.1", "localhost")
    assert run(["topics", "plan", "--kafka-config", str(client(folder, secured, bootstrap_servers=name))]) == 4
    assert "certificate" in capfd.readouterr().err
