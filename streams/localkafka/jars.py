"""The folder of Kafka's jars: filled once, each jar checked against a pinned SHA-256, and used only when all is right.

It never deletes or overwrites a file that it did not put there itself.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import orjson

from streams.catalogue.folder import config_folder
from streams.localkafka.download import KAFKA_VERSION, download, resolve
from streams.localkafka.errors import KafkaJarsError

#: Written last, so that an interrupted fetch never looks complete: which pins, and each jar's size and time.
STAMP = "checked.json"
AGAIN = "`python -m streams.localkafka fetch`"


def jar_folder() -> Path:
    """STREAMS_KAFKA_HOME, else the user's cache."""
    given = os.environ.get("STREAMS_KAFKA_HOME")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(given).absolute() if given else cache / "withdrawal-streams" / f"kafka-{KAFKA_VERSION}"


def ensure_jars(progress: Callable[[str], None], pins: Path | None = None) -> Path:
    """The folder with exactly the pinned jars; fetches them when there are none.

    All digests are computed when a folder is first met or has changed; later calls compare sizes and times only.

    Args:
        progress: takes a line now and then.
        pins: a `sha256sum` listing; else config/kafka/jars.sha256.

    Raises:
        KafkaJarsError: no network, no room, or a jar that is missing, unknown or not the pinned one.
    """
    pins = pins or default_pins()
    folder, wanted, mark = jar_folder(), read_pins(pins), hashlib.sha256(pins.read_bytes()).hexdigest()
    try:
        if _stamp(folder) == {"pins": mark, "jars": _look(folder)}:
            return folder
        if _replaceable(folder, mark):
            _fetch(folder, wanted, mark, progress)
        else:
            _check(folder, wanted)
            _write_stamp(folder, mark)
    except OSError as error:
        raise KafkaJarsError(
            f"cannot keep Kafka's jars in {folder}: {error.strerror or error}; make room there, or set"
            " STREAMS_KAFKA_HOME to a folder that can be written"
        ) from error
    return folder


def class_path(folder: Path) -> str:
    """The jars by name, so that a file put there later is not run."""
    return os.pathsep.join(str(folder / name) for name in _look(folder))


def default_pins() -> Path:
    return config_folder() / "kafka" / "jars.sha256"


def read_pins(pins: Path) -> dict[str, str]:
    """`path in the repository -> sha256` from the lines of a `sha256sum` listing.

    Raises:
        KafkaJarsError: the file is missing or is no such listing.
    """
    try:
        rows = [line.split() for line in pins.read_text("utf-8").splitlines() if line.strip()]
        return {path: digest for digest, path in rows}
    except (OSError, ValueError) as error:
        raise KafkaJarsError(f"cannot read the list of Kafka's jars {pins}: {error}") from error


def write_pins(pins: Path, progress: Callable[[str], None]) -> int:
    """Resolve afresh and pin what came; for maintainers, after a change of version. Returns the count."""
    with tempfile.TemporaryDirectory() as scratch:
        rows = [f"{sha256_of(file)}  {path}\n" for path, file in resolve(Path(scratch), progress)]
    pins.write_text("".join(rows), "utf-8")
    return len(rows)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _look(folder: Path) -> dict[str, list[int]]:
    """Size and time of each jar there: what can be compared without reading 44 MB."""
    found = {path.name: path.stat() for path in sorted(folder.glob("*.jar"))}
    return {name: [status.st_size, status.st_mtime_ns] for name, status in found.items()}


def _stamp(folder: Path) -> object:
    with contextlib.suppress(OSError, orjson.JSONDecodeError):
        return orjson.loads((folder / STAMP).read_bytes())
    return None


def _write_stamp(folder: Path, mark: str) -> None:
    """Best effort: a folder that cannot be written is checked in full each time."""
    with contextlib.suppress(PermissionError):
        partial = folder / f"{STAMP}.{os.getpid()}"
        partial.write_bytes(orjson.dumps({"pins": mark, "jars": _look(folder)}))
        partial.replace(folder / STAMP)


def _replaceable(folder: Path, mark: str) -> bool:
    """Nothing is there; or a set of ours, unchanged, that other pins asked for."""
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    stamp = _stamp(folder)
    ours = isinstance(stamp, dict) and stamp.get("jars") == _look(folder) and names == {STAMP, *stamp["jars"]}
    return not names or (ours and isinstance(stamp, dict) and stamp.get("pins") != mark)


def _fetch(folder: Path, wanted: Mapping[str, str], mark: str, progress: Callable[[str], None]) -> None:
    """Everything happens in a folder beside; a rename at the end makes it visible as a whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder), tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
        if not _replaceable(folder, mark):  # another process has just filled it
            _check(folder, wanted)
            return
        progress(f"fetching Apache Kafka {KAFKA_VERSION} ({len(wanted)} jars, 44 MB, once) into {folder}")
        staged, old = Path(scratch) / "staged", Path(scratch) / "old"
        staged.mkdir()
        for jar in download(Path(scratch) / "repository", list(wanted), progress):
            jar.replace(staged / jar.name)
        _check(staged, wanted)
        _write_stamp(staged, mark)
        if folder.exists():
            folder.replace(old)
        staged.replace(folder)
        progress(f"{len(wanted)} jars are there and are the pinned ones")


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process fetches at a time, and clears away what a killed one left; the system drops the lock at its death."""
    with (folder.parent / f".{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in folder.parent.glob(f".{folder.name}-*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def _check(folder: Path, wanted: Mapping[str, str]) -> None:
    names = {PurePosixPath(path).name: digest for path, digest in wanted.items()}
    there = {path.name for path in folder.glob("*.jar")}
    changed = [name for name in sorted(names.keys() & there) if sha256_of(folder / name) != names[name]]
    wrong = [f"{name} is missing" for name in sorted(names.keys() - there)]
    wrong += [f"{name} is unknown" for name in sorted(there - names.keys())]
    wrong += [f"{name} is not the pinned one" for name in changed]
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise KafkaJarsError(
            f"Kafka is not started, because of its jars in {folder}: {wrong[0]}{more}; delete that folder and run"
            f" {AGAIN}, and if it happens again, do not trust the download"
        )
