"""Compiles the cleaner's pass in C (streams/core/cleaning/native), with the machine's own compiler or PyPI's ziglang.

    python tools/compile_pass.py

Also the build hook of pyproject.toml, so that an editable install and a wheel carry the library. No compiler is no
error: the cleaner then runs in Python, with the same results, several times slower; `streams doctor` says which it is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = Path("streams/core/cleaning/native")
#: Contraction of a multiplication and an addition would give other last bits than numpy's.
FLAGS = ("-std=c11", "-O3", "-fPIC", "-shared", "-fvisibility=hidden", "-ffp-contract=off", "-Wall", "-Wextra")


def compilers() -> list[list[str]]:
    """What may compile here, best first."""
    names = [os.environ.get("CC", ""), "cc", "gcc", "clang"]
    found = [[*name.split()] for name in names if name and shutil.which(name.split()[0])]
    return found + ([[sys.executable, "-m", "ziglang", "cc"]] if find_spec("ziglang") else [])


def compile_pass(root: Path, to: Path | None = None, more: tuple[str, ...] = ()) -> Path | None:
    """The library, or None where nothing here compiles it; why, on stderr."""
    to = to or root / FOLDER / "_cleaning.so"
    sources = sorted(path for path in (root / FOLDER).iterdir() if path.suffix in (".c", ".h"))
    digest = sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    files = [str(path) for path in sources if path.suffix == ".c"]
    fresh = to.with_suffix(f".{os.getpid()}")
    for compiler in compilers():
        command = [*compiler, *FLAGS, f'-DSTREAMS_SOURCES="{digest}"', *more, "-o", str(fresh), *files, "-lm"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode == 0:
            fresh.replace(to)
            return to
        print(f"{' '.join(compiler)}: {done.stderr.strip()[-500:]}", file=sys.stderr)
    print("no C compiler here: the cleaner will run in Python, several times slower", file=sys.stderr)
    return None


class CompileHook(BuildHookInterface[Any]):
    """Lets hatchling compile before it packs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        library = compile_pass(Path(self.root))
        if library and version == "standard":
            build_data["artifacts"].append(str(FOLDER / library.name))
            build_data["pure_python"] = False
            platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["tag"] = f"py3-none-{platform}"


if __name__ == "__main__":
    sys.exit(compile_pass(Path(__file__).resolve().parent.parent) is None)
