from __future__ import annotations

from pathlib import Path

import pytest

from streams.edge.kafka_config import kafka_config
from streams.settings import Settings, SettingsError


def settings(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "client.properties"
    file.write_text(text)
    return Settings(kafka_config=str(file))


def test_javas_names_reach_kafka_python(tmp_path: Path) -> None:
    config = kafka_config(
        settings(
            tmp_path,
            "bootstrap.servers=a:1,b:2\nsecurity.protocol=SASL_PLAINTEXT\nsasl.mechanism=SCRAM-SHA-512\n"
            'sasl.jaas.config=org.apache.kafka.X required username="u" password="p w";\n# a comment\n',
        )
    )
    assert config.tools["bootstrap_servers"] == ["a:1", "b:2"]
    assert config.tools["sasl_plain_username"] == "u"
    assert config.tools["sasl_plain_password"] == "p w"


def test_a_password_never_shows_in_a_repr(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hunter2\n")
    config = kafka_config(
        settings(
            tmp_path,
            "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.username=u\nsasl.password.file=secret\n",
        )
    )
    assert config.password == "hunter2"
    assert "hunter2" not in repr(config)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sasl.mecanism=PLAIN\n", "did you mean sasl.mechanism"),
        ("nonsense\n", ":1: no key=value"),
        ("security.protocol=TLS\n", "it can be PLAINTEXT"),
        ("security.protocol=SASL_SSL\n", "needs sasl.mechanism"),
        ("security.protocol=SSL\nssl.truststore.location=none.pem\n", "certificates"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        kafka_config(settings(tmp_path, text))
