"""Kafka's jars from Maven Central: fetched once by jgo, each checked against a pinned SHA-256, then kept."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

KAFKA_VERSION = "4.3.1"
#: kafka-clients is named because jgo's resolver otherwise settles on an older one (3.9.1).
COORDINATES = (
    f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}"
    f"+org.apache.kafka:kafka-clients:{KAFKA_VERSION}"
    "+org.apache.logging.log4j:log4j-slf4j-impl:2.25.2"
)
#: Written last, so that an interrupted fetch never looks complete. It holds the digest of the pins.
STAMP = "complete"


class KafkaJarsError(Exception):
    """The jars cannot be had or are not the pinned ones; one line that says what, and what to do."""


def jar_folder() -> Path:
    """STREAMS_KAFKA_HOME, else the user's cache."""
    given = os.environ.get("STREAMS_KAFKA_HOME")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(given) if given else cache / "withdrawal-streams" / f"kafka-{KAFKA_VERSION}"


def ensure_jars(pins: Path, progress: Callable[[str], None]) -> Path:
    """The folder with exactly the pinned jars; fetches them when needed (44 MB, about 25 s, once).

    Raises:
        KafkaJarsError: no network, or a jar that is not the pinned one.
    """
    folder = jar_folder()
    wanted = read_pins(pins)
    mark = hashlib.sha256(pins.read_bytes()).hexdigest()
    if _stamp(folder) == mark and all((folder / name).is_file() for name in wanted):
        return folder
    progress(f"fetching Apache Kafka {KAFKA_VERSION} ({len(wanted)} jars, 44 MB, once) into {folder}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".fetch-") as scratch:
        fetched = resolve(Path(scratch))
        _check(fetched, wanted)
        staged = Path(scratch) / "staged"
        staged.mkdir()
        for jar in fetched:
            shutil.move(jar, staged / jar.name)
        (staged / STAMP).write_text(mark)
        shutil.rmtree(folder, ignore_errors=True)
        staged.replace(folder)
    progress(f"{len(wanted)} jars checked against {pins.name}")
    return folder


def resolve(scratch: Path) -> list[Path]:
    """Fetch all jars into `scratch`, by jgo in pure Python.

    Raises:
        KafkaJarsError: with jgo's own words.
    """
    from jgo.env import EnvironmentBuilder, LinkStrategy  # noqa: PLC0415  half a second, seldom needed
    from jgo.maven import MavenContext, PythonResolver  # noqa: PLC0415

    context = MavenContext(resolver=PythonResolver(), repo_cache=scratch / "m2", local_repos=[], timeout=60)
    builder = EnvironmentBuilder(context, cache_dir=scratch / "env", link_strategy=LinkStrategy.COPY)
    try:
        environment = builder.from_endpoint(COORDINATES, main_class="kafka.Kafka")
    except Exception as error:
        raise KafkaJarsError(
            f"cannot fetch Apache Kafka {KAFKA_VERSION} from Maven Central: {error}; check the network and try"
            " `python -m streams.localkafka fetch` again, or copy the jars to a folder named by STREAMS_KAFKA_HOME"
        ) from error
    return sorted(Path(environment.path).rglob("*.jar"))


def read_pins(pins: Path) -> dict[str, str]:
    """`name -> sha256` from the lines of a `sha256sum` listing."""
    rows = (line.split() for line in pins.read_text("utf-8").splitlines() if line.strip())
    return {name: digest for digest, name in rows}


def write_pins(pins: Path) -> int:
    """Resolve afresh and pin what came; for maintainers, after a change of version. Returns the count."""
    with tempfile.TemporaryDirectory() as scratch:
        jars = resolve(Path(scratch))
        pins.write_text("".join(f"{sha256_of(jar)}  {jar.name}\n" for jar in sorted(jars, key=lambda j: j.name)))
        return len(jars)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stamp(folder: Path) -> str | None:
    stamp = folder / STAMP
    return stamp.read_text() if stamp.is_file() else None


def _check(jars: list[Path], wanted: dict[str, str]) -> None:
    got = {jar.name: sha256_of(jar) for jar in jars}
    wrong = sorted(name for name in got.keys() | wanted.keys() if got.get(name) != wanted.get(name))
    if wrong:
        raise KafkaJarsError(
            f"{len(wrong)} of Kafka's jars are not the pinned ones, first {wrong[0]}; nothing was kept: try again,"
            " and if it stays, do not trust the download"
        )
