"""The jar folder: right jars are used at once, wrong ones never, and nothing of the user's is touched."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from streams.localkafka import KafkaJarsError, ensure_jars
from streams.localkafka.download import KAFKA_VERSION
from streams.localkafka.jars import STAMP, class_path, default_pins, jar_folder, read_pins

CONTENT = {"one-1.jar": b"first", "two-2.jar": b"second"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the jars of CONTENT, and no network: a proxy where nobody listens."""
    home = tmp_path / "jars"
    home.mkdir()
    for name, content in CONTENT.items():
        (home / name).write_bytes(content)
    monkeypatch.setenv("STREAMS_KAFKA_HOME", str(home))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def pins(tmp_path: Path) -> Path:
    listing = tmp_path / "jars.sha256"
    rows = [f"{hashlib.sha256(content).hexdigest()}  org/x/{name[:3]}/1/{name}\n" for name, content in CONTENT.items()]
    listing.write_text("".join(rows))
    return listing


def ensure(pins: Path) -> Path:
    return ensure_jars(lambda _: None, pins)


def test_jars_that_were_copied_there_are_checked_and_used(folder: Path, pins: Path) -> None:
    assert ensure(pins) == folder
    assert class_path(folder) == os.pathsep.join(str(folder / name) for name in sorted(CONTENT))


@pytest.mark.parametrize("stamped", [False, True], ids=["at first sight", "after they were found right"])
@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda folder: (folder / "one-1.jar").write_bytes(b"furst"), "one-1.jar is not the pinned one"),
        (lambda folder: (folder / "one-1.jar").write_bytes(b"fir"), "one-1.jar is not the pinned one"),
        (lambda folder: (folder / "two-2.jar").unlink(), "two-2.jar is missing"),
        (lambda folder: (folder / "three-3.jar").write_bytes(b"third"), "three-3.jar is unknown"),
    ],
    ids=["changed", "cut short", "missing", "unknown"],
)
def test_wrong_jars_are_refused_in_one_line_and_left_alone(folder: Path, pins: Path, harm, words, stamped) -> None:
    if stamped:
        ensure(pins)
    harm(folder)
    before = {path.name: path.read_bytes() for path in folder.glob("*.jar")}
    with pytest.raises(KafkaJarsError) as refused:
        ensure(pins)
    assert words in str(refused.value)
    assert str(folder) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert {path.name: path.read_bytes() for path in folder.glob("*.jar")} == before


def test_a_stamp_of_other_jars_does_not_pass(folder: Path, pins: Path) -> None:
    ensure(pins)
    stamp = (folder / STAMP).read_bytes()
    (folder / "one-1.jar").write_bytes(b"something longer")
    (folder / STAMP).write_bytes(stamp)
    with pytest.raises(KafkaJarsError):
        ensure(pins)


def test_a_folder_of_the_users_with_other_files_is_never_replaced(folder: Path, pins: Path) -> None:
    ensure(pins)
    (folder / "diary.txt").write_text("mine")
    pins.write_text(pins.read_text() + f"{'0' * 64}  org/x/new/3/new-3.jar\n")
    with pytest.raises(KafkaJarsError, match=r"new-3\.jar is missing"):
        ensure(pins)
    assert (folder / "diary.txt").read_text() == "mine"


def test_a_failed_download_says_what_and_what_to_do_and_leaves_nothing(
    folder: Path, pins: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STREAMS_KAFKA_HOME", str(tmp_path / "cache" / "kafka"))
    with pytest.raises(KafkaJarsError) as failed:
        ensure(pins)
    assert f"cannot fetch Apache Kafka {KAFKA_VERSION}" in str(failed.value)
    assert "fetch` again" in str(failed.value)
    assert "\n" not in str(failed.value)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [".kafka.lock"]


def test_what_a_killed_fetch_left_is_cleared_away_by_the_next(
    folder: Path, pins: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STREAMS_KAFKA_HOME", str(tmp_path / "cache" / "kafka"))
    left = tmp_path / "cache" / ".kafka-abc123" / "staged"
    left.mkdir(parents=True)
    (left / "one-1.jar").write_bytes(b"fir")
    with pytest.raises(KafkaJarsError):
        ensure(pins)
    assert not left.parent.exists()


def test_the_folder_is_the_users_cache_unless_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("STREAMS_KAFKA_HOME", raising=False)
    assert jar_folder() == tmp_path / "withdrawal-streams" / f"kafka-{KAFKA_VERSION}"


def test_the_pins_name_kafka_itself_and_every_jar_once() -> None:
    pins = read_pins(default_pins())
    names = [Path(path).name for path in pins]
    assert {f"kafka_2.13-{KAFKA_VERSION}.jar", f"kafka-clients-{KAFKA_VERSION}.jar"} <= set(names)
    assert len(names) == len(set(names)) > 40
    assert all(len(digest) == 64 and int(digest, 16) for digest in pins.values())


def test_pins_that_are_no_listing_are_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "jars.sha256"
    wrong.write_text("not a listing at all\n")
    with pytest.raises(KafkaJarsError, match="cannot read the list"):
        read_pins(wrong)
