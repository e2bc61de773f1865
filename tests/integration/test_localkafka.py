"""The local Kafka is a real one, keeps what it should, fails readably, and never outlives us."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import NewTopic
from kafka.errors import KafkaError

from streams.localkafka import Cluster, KafkaJarsError, KafkaStartError, layout, local_kafka
from streams.localkafka.jars import STAMP, jar_folder
from streams.localkafka.ports import free_ports
from tests.integration.running import await_true

pytestmark = pytest.mark.integration

#: Keeps a broker up in a thread other than the main one, and says its pid and folder.
PARENT = """
import threading, time
from streams.localkafka import local_kafka
def keep():
    with local_kafka() as cluster:
        print(cluster.nodes[0].pid, cluster.data, flush=True)
        time.sleep(600)
thread = threading.Thread(target=keep)
thread.start()
thread.join()
"""


def make_topic(servers: str, name: str, replication: int = 1, **config: str) -> None:
    with KafkaAdminClient(bootstrap_servers=servers) as admin:
        admin.create_topics([NewTopic(name, 1, replication, topic_configs=config)])


def send(servers: str, topic: str, values: list[bytes], **options: object) -> None:
    with KafkaProducer(bootstrap_servers=servers, acks="all", max_request_size=16 << 20, **options) as producer:
        for future in [producer.send(topic, value) for value in values]:
            future.get(timeout=60)


def read(servers: str, topic: str, **options: object) -> list[bytes]:
    consumer = KafkaConsumer(bootstrap_servers=servers, auto_offset_reset="earliest", **options)
    try:
        part = TopicPartition(topic, 0)
        consumer.assign([part])
        consumer.seek_to_beginning(part)
        end, values = consumer.end_offsets([part])[part], []
        while consumer.position(part) < end:
            values += [message.value for batch in consumer.poll(timeout_ms=500).values() for message in batch]
        return values
    finally:
        consumer.close()


def leader(servers: str, topic: str) -> int:
    with KafkaAdminClient(bootstrap_servers=servers) as admin:
        return int(admin.describe_topics([topic])[0]["partitions"][0]["leader_id"])


def test_messages_come_back_the_largest_page_included(kafka: Cluster, fresh: str) -> None:
    values = [b"first", b"x" * (8 << 20), b"", b"last"]
    make_topic(kafka.bootstrap_servers, fresh)
    send(kafka.bootstrap_servers, fresh, values)
    assert read(kafka.bootstrap_servers, fresh) == values


def test_a_topic_never_comes_about_by_itself(kafka: Cluster, fresh: str) -> None:
    with pytest.raises(KafkaError):
        send(kafka.bootstrap_servers, fresh, [b"lost?"], max_block_ms=1500)
    with KafkaAdminClient(bootstrap_servers=kafka.bootstrap_servers) as admin:
        assert fresh not in admin.list_topics()


def test_a_kept_cluster_comes_back_with_its_data_at_the_same_address(tmp_path: Path) -> None:
    data = tmp_path / "kept data"
    address = f"127.0.0.1:{free_ports('127.0.0.1', 1)[0]}"
    run_until_ctrl_c(address, data)
    with socket.create_server(("127.0.0.1", int(address.split(":")[1]))):
        fails(r"port \d+ is taken", data=data)
    fails("holds a cluster of 1, not 3", data=data, nodes=3)
    with local_kafka(data=data) as cluster:
        assert cluster.bootstrap_servers == address
        assert read(address, "kept") == [b"one", b"two"]


def run_until_ctrl_c(address: str, data: Path) -> None:
    """The command `run`: its address, its orderly end, its exit code; it leaves two messages in the topic `kept`."""
    command = [sys.executable, "-m", "streams.localkafka", "run", "--port", address.split(":")[1], "--data", str(data)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with running.stdout as out, running.stderr as words:
        assert out.readline() == f"{address}\n"
        make_topic(address, "kept")
        send(address, "kept", [b"one", b"two"])
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 130
        assert "Ctrl-C ends it" in words.read()


def test_three_nodes_go_on_without_their_leader_and_lose_nothing() -> None:
    quick = {"broker.session.timeout.ms": "3000", "broker.heartbeat.interval.ms": "500"}
    with local_kafka(nodes=3, properties=quick, start_timeout=120) as cluster:
        servers = cluster.bootstrap_servers
        make_topic(servers, "kept", replication=3)
        send(servers, "kept", [b"%d" % n for n in range(50)])
        first = leader(servers, "kept")
        cluster.nodes[first - 1].kill()
        send(servers, "kept", [b"%d" % n for n in range(50, 100)], retries=1000, delivery_timeout_ms=60_000)
        assert leader(servers, "kept") != first
        cluster.nodes[first - 1].start()
        cluster.await_ready()
        assert {int(value) for value in read(servers, "kept")} == set(range(100))


def test_a_broker_ends_with_a_parent_killed_outright_and_its_folder_goes_too() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    with parent.stdout as words:
        pid, folder = words.readline().split()
    try:
        os.kill(int(pid), 0)
        assert Path(folder).is_dir()
    finally:
        parent.kill()
        parent.wait()
    await_true(lambda: not runs(int(pid)) and not Path(folder).exists(), 15)


def test_clients_can_be_asked_for_a_password() -> None:
    login = "org.apache.kafka.common.security.plain.PlainLoginModule required"
    secured = {
        "listener.security.protocol.map": "CLIENT:SASL_PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "sasl.enabled.mechanisms": "PLAIN",
        "listener.name.client.plain.sasl.jaas.config": f'{login} user_reader="open sesame";',
    }
    with local_kafka(properties=secured) as cluster:
        make_topic(cluster.internal_servers, "secret")
        send(cluster.internal_servers, "secret", [b"text"])
        entry = {"security_protocol": "SASL_PLAINTEXT", "sasl_mechanism": "PLAIN", "sasl_plain_username": "reader"}
        assert read(cluster.bootstrap_servers, "secret", sasl_plain_password="open sesame", **entry) == [b"text"]
        with pytest.raises(KafkaError):
            read(cluster.bootstrap_servers, "secret", sasl_plain_password="guess", bootstrap_timeout_ms=2000, **entry)


def test_a_port_that_another_took_in_between_is_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    draw, draws = layout.free_ports, []
    with socket.create_server(("127.0.0.1", 0)) as thief:

        def draw_late(host: str, count: int) -> list[int]:
            draws.append(draw(host, count))
            return draws[-1] if len(draws) > 1 else [*draws[-1][:-1], thief.getsockname()[1]]

        monkeypatch.setattr(layout, "free_ports", draw_late)
        with local_kafka() as cluster:
            assert cluster.nodes[0].ports.client == draws[1][0]


def test_a_taken_port_is_one_clear_line_before_anything_is_started() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        fails(rf"port {port} is taken \(another program listens there\); give another", port=port)


def test_a_setting_that_kafka_refuses_is_told_in_its_words_with_a_log_that_stays() -> None:
    words = fails("num.io.threads", properties={"num.io.threads": "none"})
    log = Path(words.rsplit("(log: ", 1)[1].removesuffix(")"))
    assert "num.io.threads" in log.read_text()
    shutil.rmtree(log.parent.parent)


def test_a_changed_jar_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kafka: Cluster) -> None:
    home = tmp_path / "jars"
    shutil.copytree(jar_folder(), home, ignore=shutil.ignore_patterns(STAMP))
    monkeypatch.setenv("STREAMS_KAFKA_HOME", str(home))
    jar = next(home.glob("kafka-clients-*.jar"))
    content = bytearray(jar.read_bytes())
    content[len(content) // 2] ^= 1
    jar.write_bytes(content)
    with pytest.raises(KafkaJarsError, match=rf"{jar.name} is not the pinned one"), local_kafka():
        pytest.fail("it started with a changed jar")


def fails(pattern: str, **arguments: object) -> str:
    started = time.monotonic()
    with pytest.raises(KafkaStartError, match=pattern) as failed, local_kafka(**arguments):
        pytest.fail("it started")
    words = str(failed.value)
    assert "\n" not in words, words
    assert time.monotonic() - started < 60
    return words


def runs(pid: int) -> bool:
    """A zombie that nobody collects does not run."""
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(done.stdout.strip()) and not done.stdout.startswith("Z")
