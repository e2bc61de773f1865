"""Kafka's jars from Maven Central, by jgo in pure Python. It must not judge what comes: `jars` does.

jgo's `EnvironmentBuilder` is avoided on purpose: it fetches a whole JDK 11 only to sort jars into modules.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from streams.localkafka.errors import KafkaJarsError

if TYPE_CHECKING:
    from jgo.maven import Artifact, MavenContext

KAFKA_VERSION = "4.3.1"
ROOTS = (("org.apache.kafka", "kafka_2.13", KAFKA_VERSION), ("org.apache.logging.log4j", "log4j-slf4j-impl", "2.25.2"))
#: At once; the jars are small, so that waiting for answers is most of the time.
DOWNLOADS = 4
#: Seconds without a byte, and between two lines of progress.
TIMEOUT = 60
SAY_EVERY = 2.0
#: What jgo raises: requests' errors are OSErrors, a torn POM is a SyntaxError, a missing one a RuntimeError.
FAILURES = (OSError, RuntimeError, ValueError, KeyError, AssertionError, SyntaxError)


def download(scratch: Path, paths: Sequence[str], progress: Callable[[str], None]) -> list[Path]:
    """Fetch the jars at `paths` (`group/as/folders/artifact/version/name.jar`) and nothing else.

    Raises:
        KafkaJarsError: with the first failure's own words.
    """
    context = _context(scratch, _Counter(len(paths), progress))
    wanted = [_artifact(context, path) for path in paths]
    with ThreadPoolExecutor(DOWNLOADS) as pool, _readable():
        return list(pool.map(_fetch, wanted))


def resolve(scratch: Path, progress: Callable[[str], None]) -> list[tuple[str, Path]]:
    """Ask what Kafka needs, with all that those jars need, and fetch it: `(path in the repository, file)`.

    Raises:
        KafkaJarsError: with jgo's own words.
    """
    context = _context(scratch, _Counter(None, progress))
    from jgo.parse import Coordinate  # noqa: PLC0415

    # raw: log4j's own list of versions would otherwise put older Jacksons and clients in place of Kafka's.
    roots = [context.create_dependency(Coordinate(*root, scope="compile", raw=True)) for root in ROOTS]
    with _readable():
        named, needed = context.resolver.resolve(roots)
        files = [_fetch(dependency.artifact) for dependency in named + needed]
    return sorted((file.relative_to(scratch).as_posix(), file) for file in files)


def _context(scratch: Path, counter: _Counter) -> MavenContext:
    from jgo.maven import MavenContext, PythonResolver  # noqa: PLC0415  a quarter of a second, once in a cache's life

    resolver = PythonResolver(progress_callback=counter.file)
    return MavenContext(resolver=resolver, repo_cache=scratch, local_repos=[], timeout=TIMEOUT)


def _artifact(context: MavenContext, path: str) -> Artifact:
    *group, artifact, version, _ = PurePosixPath(path).parts
    return context.project(".".join(group), artifact).at_version(version).artifact()


def _fetch(artifact: Artifact) -> Path:
    try:
        return artifact.resolve()
    except FAILURES:  # once more: one of many downloads may stumble
        if artifact.cached_path is not None:
            artifact.cached_path.unlink(missing_ok=True)
        return artifact.resolve()


@contextlib.contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except FAILURES as error:
        raise KafkaJarsError(
            f"cannot fetch Apache Kafka {KAFKA_VERSION} from Maven Central ({_short(error)}); check the network and run"
            " `python -m streams.localkafka fetch` again, or copy the jars named in config/kafka/jars.sha256 from"
            " another machine into a folder and set STREAMS_KAFKA_HOME to it"
        ) from error


def _short(error: BaseException) -> str:
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words[:200]}"


class _Counter:
    """Says how far the download is, now and then. Threads share it; a lost count only blurs a line."""

    def __init__(self, total: int | None, progress: Callable[[str], None]) -> None:
        self._of = f" of {total}" if total else ""
        self._progress = progress
        self._files, self._bytes, self._said = 0, 0, time.monotonic()

    @contextlib.contextmanager
    def file(self, _name: str, _size: int) -> Iterator[Callable[[int], None]]:
        yield self._add
        self._files += 1

    def _add(self, count: int) -> None:
        self._bytes += count
        now = time.monotonic()
        if now - self._said > SAY_EVERY:
            self._said = now
            self._progress(f"  {self._files}{self._of} files, {self._bytes / 1e6:.0f} MB")
