"""What `streams doctor` finds on this machine, beside Kafka."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from streams.cli import doctor, run


class Usage(NamedTuple):
    free: int


def test_too_little_room_where_a_worker_writes_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor._disk(tmp_path / "made" / "later")[1] == "ok"
    monkeypatch.setattr(shutil, "disk_usage", lambda place: Usage(1_000 if place == tmp_path else 1 << 40))
    _, state, told = doctor._disk(tmp_path / "made" / "later")
    assert (state, f"in {tmp_path}: make room" in told) == ("warn", True)
    assert doctor._disk(None)[1] == "ok"


def test_a_state_dir_that_cannot_be_made_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    _, state, told = doctor._disk(tmp_path / "file" / "state")
    assert (state, "file is no folder" in told) == ("FAIL", True)


def test_an_admin_port_that_is_taken_is_a_warning_that_names_it() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        _, state, told = doctor._admin_port("127.0.0.1", port)
    assert (state, f"127.0.0.1:{port}" in told) == ("warn", True)
    assert doctor._admin_port("127.0.0.1", port)[1] == "ok"


def test_every_line_says_how_it_stands_and_a_kafka_that_is_away_fails(capfd: Any) -> None:
    assert run(["doctor", "-b", "127.0.0.1:1", "--json"]) == 1
    rows = {row["check"]: row["state"] for row in map(json.loads, capfd.readouterr().out.splitlines())}
    assert rows.keys() == {"config and models", "cleaning pass", "child process", "disk", "admin port", "Kafka"}
    assert rows["config and models"] == rows["child process"] == "ok"
    assert rows["Kafka"] == "FAIL"
