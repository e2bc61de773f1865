"""Writes docs/metadata-fields.md from the rules: `python -m tests.core.metadata.write_reference`."""

from __future__ import annotations

from pathlib import Path

from streams.core.metadata.reference import page

PATH = Path(__file__).parents[3] / "docs" / "metadata-fields.md"

if __name__ == "__main__":
    PATH.write_text(page(), "utf-8")
