"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = sorted((ROOT / "streams").rglob("*.py"))
REFUSED = {"utils", "helpers", "common", "base", "misc"}


def test_no_file_is_longer_than_300_lines() -> None:
    long = {str(p.relative_to(ROOT)): n for p in CODE if (n := len(p.read_text("utf-8").splitlines())) > 300}
    assert not long


#: Longer than 40 lines, with the length that they must not pass. Only ever take away from this list.
KNOWN = {
    "streams/core/withdrawals/naming.py:_phrase": 43,
    "streams/core/withdrawals/pronouns.py:_last_fitting": 43,
    "streams/core/withdrawals/reporting.py:_event": 55,
    "streams/core/withdrawals/triggers.py:_verb": 50,
}


def test_no_function_is_longer_than_40_lines_but_the_known_ones() -> None:
    long = {}
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or 0) - node.body[0].lineno + 1
                name = f"{path.relative_to(ROOT)}:{node.name}"
                if size > KNOWN.get(name, 40):
                    long[name] = size
    assert not long


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(p.relative_to(ROOT)) for p in CODE if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]
    assert not silent


def test_no_room_is_named_for_nothing() -> None:
    assert not [str(p) for p in CODE if p.stem in REFUSED or set(p.parts) & REFUSED]


def test_imports_point_down() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--config", "pyproject.toml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_derived_files_are_current() -> None:
    from streams.reference import main

    assert main(["check"]) == 0


def test_help_is_quick_because_it_imports_nothing_heavy() -> None:
    heavy = "[m for m in ('faust', 'spacy', 'kafka', 'numpy') if m in sys.modules]"
    code = f"import sys; from streams.cli import run; run(['--help']); print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


@pytest.mark.parametrize(
    "command",
    [
        "worker",
        "demo",
        "load",
        "scan",
        "tail",
        "export",
        "feed",
        "lag",
        "dlq",
        "topics",
        "config",
        "doctor",
        "verify",
        "explain",
        "version",
    ],
)
def test_every_command_has_help(command: str) -> None:
    from streams.cli import run

    assert run([command, "--help"]) == 0
