"""The whole pipeline over the golden pages. What it still gets wrong is listed, and the list may only shrink."""

from __future__ import annotations

import tomllib
from functools import cache

import pytest

from streams.catalogue import config_folder
from streams.pipeline import Steps
from streams.scanner import steps_for_scan
from tests.cases.golden import CASES, case_names, faults

KNOWN: dict[str, list[str]] = tomllib.loads((CASES / "known.toml").read_text("utf-8"))


@cache
def steps() -> Steps:
    return steps_for_scan(config_folder())


@pytest.mark.parametrize("name", case_names())
def test_a_golden_page_comes_out_as_a_careful_reader_would_have_it(name: str) -> None:
    known = set(KNOWN.get(name, []))
    found = faults(steps(), name)
    assert found <= known, f"new faults: {sorted(found - known)}"
    assert known <= found, f"mended, so take them out of known.toml: {sorted(known - found)}"


def test_the_missions_page_has_its_events_in_both_forms() -> None:
    for name in ("station-russia-icc-html", "station-russia-icc-txt"):
        assert not faults(steps(), name), name


if __name__ == "__main__":
    print(
        "# What the pipeline still gets wrong on the golden pages. Written by `python -m tests.cases.test_golden_pages`."
    )
    for case in case_names():
        if found := sorted(faults(steps(), case)):
            print(f"{case} = [")
            for fault in found:
                print(f"  {fault!r}," if "'" not in fault else f'  "{fault}",')
            print("]")
