"""Follows docs/operating.md line by line on a local Kafka and writes what came out under each command.

python -m tests.ops.guide        # writes the guide's outputs anew
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from streams.localkafka import local_kafka

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "operating.md"
LINES, WIDTH = 24, 600
#: Says that a command is over, with its exit code.
END = "--end-of-command--"
STAMPS = (
    (re.compile(r"\x1b\[[0-9;?]*[A-Za-z]"), ""),
    (re.compile(re.escape(str(ROOT)) + "/"), ""),
)


class Shell:
    """One bash for the whole guide, so that what runs in the background stays."""

    def __init__(self, servers: str, scratch: str, broker: int) -> None:
        path = f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}"
        self._servers, self._scratch = servers, scratch
        self._bash = subprocess.Popen(
            ["bash", "--norc"],
            cwd=ROOT,
            env={**os.environ, "PATH": path, "COLUMNS": "150", "PYTHONPATH": str(ROOT)}
            | {"WORK": scratch, "KAFKA": str(broker)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, command: str) -> str:
        """What it printed, with the local Kafka's address as the guide writes it."""
        assert self._bash.stdin is not None
        assert self._bash.stdout is not None
        self._bash.stdin.write(command.replace("kafka:9092", self._servers) + f"\necho; echo {END} $?\n")
        self._bash.stdin.flush()
        printed: list[str] = []
        for line in self._bash.stdout:
            if line.startswith(END):
                break
            printed.append(line.rstrip())
        text = "\n".join(printed).strip("\n").replace(self._servers, "kafka:9092").replace(self._scratch, "$WORK")
        for pattern, instead in STAMPS:
            text = pattern.sub(instead, text)
        return text

    def close(self) -> None:
        self._bash.stdin.close()  # type: ignore[union-attr]
        self._bash.wait(60)


def follow(text: str, shell: Shell) -> str:
    """The guide with every ```console block's outputs anew; only its `$` lines are kept."""

    def block(match: re.Match[str]) -> str:
        parts = []
        for line in match[1].splitlines():
            if line.startswith("$ "):
                print(line, flush=True)
                parts += [line, *_shortened(shell.run(line[2:]))]
        return "```console\n" + "\n".join(parts) + "\n```"

    return re.sub(r"```console\n(.*?)\n```", block, text, flags=re.DOTALL)


def _shortened(output: str) -> list[str]:
    lines = [line if len(line) <= WIDTH else line[:WIDTH] + "…" for line in output.splitlines()]
    return lines if len(lines) <= LINES else [*lines[:LINES], "…"]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="streams-guide-") as folder, local_kafka() as cluster:
        shell = Shell(cluster.bootstrap_servers, folder, cluster.nodes[0].pid)
        try:
            GUIDE.write_text(follow(GUIDE.read_text("utf-8"), shell), "utf-8")
        finally:
            shell.run("kill $(jobs -p); wait")
            shell.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
