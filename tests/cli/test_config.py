from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from streams.cli import run


def shown(capfd: pytest.CaptureFixture[str], *arguments: str) -> dict[str, dict[str, object]]:
    assert run(["config", "show", "--json", *arguments]) == 0
    return {row["setting"]: row for row in map(orjson.loads, capfd.readouterr().out.splitlines())}


def test_every_value_is_shown_with_the_source_that_won(tmp_path: Path, monkeypatch, capfd) -> None:
    file, secret = tmp_path / "settings.toml", tmp_path / "group"
    file.write_text("children = 3\nwindow = 7\ntopic_prefix = 'file-'\n")
    secret.write_text("from-a-file\n")
    monkeypatch.setenv("STREAMS_WINDOW", "9")
    monkeypatch.setenv("STREAMS_GROUP_FILE", str(secret))
    rows = shown(capfd, "--settings", str(file), "--topic-prefix", "flag-")
    assert (rows["children"]["value"], rows["children"]["source"]) == (3, str(file))
    assert (rows["window"]["value"], rows["window"]["source"]) == (9, "STREAMS_WINDOW")
    assert (rows["group"]["value"], rows["group"]["source"]) == ("from-a-file", "STREAMS_GROUP_FILE")
    assert (rows["topic_prefix"]["value"], rows["topic_prefix"]["source"]) == ("flag-", "flag")
    assert rows["admin_port"]["source"] == "default"
    assert all(row["what it does"] for row in rows.values())


def test_no_password_is_shown(tmp_path: Path, capfd) -> None:
    properties = tmp_path / "client.properties"
    properties.write_text(
        "security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nssl.key.password=tiger\n"
        'sasl.jaas.config=x required username="scott" password="tiger";\nsasl.password=tiger\n'
    )
    assert run(["config", "show", "--kafka-config", str(properties)]) == 0
    told = capfd.readouterr()
    assert "tiger" not in told.out + told.err
    assert "(hidden)" in told.out
    assert "SASL_SSL" in told.out


def test_check_finds_a_wrong_client_properties(tmp_path: Path, capfd) -> None:
    properties = tmp_path / "client.properties"
    properties.write_text("security.protocl=SSL\n")
    assert run(["config", "check", "--kafka-config", str(properties)]) == 3
    assert "did you mean security.protocol?" in capfd.readouterr().err
