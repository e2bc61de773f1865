"""The golden cases and the demo feed agree with their pages, with the records and with each other."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from pathlib import Path
from tomllib import loads
from typing import Any
from urllib.parse import urlsplit

import pytest

from streams.core.outcome import RejectReason
from tests.cases.soundness import decoded, faults, load, page_of

CASES = Path(__file__).parent
DEMO = CASES.parents[1] / "config" / "demo"
FOLDERS = sorted(p.parent for p in CASES.glob("*/expected.toml"))
FEED: list[dict[str, Any]] = loads((DEMO / "feed.toml").read_text(encoding="utf-8"))["page"]
GOOD = [entry for entry in FEED if "bad" not in entry]


def _source(folder: Path) -> str:
    return decoded(page_of(folder, load(folder)).read_bytes())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_a_case_agrees_with_its_page(folder):
    case = load(folder)
    assert faults(case, _source(folder), plain=case["content_type"].startswith("text/plain")) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_a_case_of_a_demo_page_has_the_headers_of_the_feed(folder):
    case, page = load(folder), page_of(folder, load(folder))
    if page.parent == DEMO / "pages":
        entry = next(e for e in FEED if (DEMO / e["file"]) == page)
        assert {k: case[k] for k in ("url", "fetched_at", "content_type", "status")} == {
            k: entry[k] for k in ("url", "fetched_at", "content_type", "status")
        }


def test_every_good_page_of_the_feed_has_a_case():
    with_case = {page_of(folder, load(folder)) for folder in FOLDERS}
    assert {DEMO / entry["file"] for entry in GOOD} <= with_case


def test_the_feed_lists_every_file_once():
    assert sorted(DEMO / e["file"] for e in FEED) == sorted((DEMO / "pages").iterdir())


def test_the_feed_invites_no_visit_to_a_real_site():
    assert [e["url"] for e in FEED if "url" in e and not (urlsplit(e["url"]).hostname or "").endswith(".example")] == []


def test_a_page_is_fetched_after_it_was_published():
    late = []
    for case in map(load, FOLDERS):
        fetched = datetime.fromisoformat(case["fetched_at"])
        published = case["expected"].get("date_published", {}).get("value", "2014-01-01")[:10]
        if not published <= fetched.date().isoformat() <= "2026-12-31":
            late.append(case["url"])
    assert late == []


def test_a_bad_message_names_the_reason_of_its_rejection():
    bad = [entry["bad"] for entry in FEED if "bad" in entry]
    assert len(bad) >= 2
    assert set(bad) <= {str(r) for r in RejectReason}


def test_the_demo_shows_both_sides_in_like_measure():
    eventful = sum(bool(load(folder).get("events")) for folder in FOLDERS)
    assert len(GOOD) >= 44
    assert 0.4 <= eventful / len(FOLDERS) <= 0.6


def test_the_demo_shows_every_kind_stage_and_form():
    events = [event for folder in FOLDERS for event in load(folder).get("events", [])]
    seen = {name: {event[name] for event in events} for name in ("kind", "stage", "form")}
    assert {name: len(values) for name, values in seen.items()} == {"kind": 9, "stage": 6, "form": 6}


def _typical() -> tuple[dict[str, Any], str]:
    folder = CASES / "station-russia-icc-html"
    return deepcopy(load(folder)), _source(folder)


@pytest.mark.parametrize(
    ("place", "name", "value", "told"),
    [
        ("events", "evidence", "Russia never left", "evidence not in the page's text"),
        ("events", "stage", "finished", "stage 'finished'"),
        ("events", "date", "16.11.2016", "date '16.11.2016'"),
        ("events", "actor_id", "Russia", "actor_id"),
        ("expected", "headline", "Another headline", "no such headline"),
        ("expected", "must_contain", ["outdated browser"], "both wanted and unwanted"),
        ("expected", "must_not_contain", ["Nothing of the kind"], "unwanted, but nowhere in the page"),
        ("expected", "page_kind", "story", "page_kind 'story'"),
        ("expected", "outcome", "kept", "outcome 'kept'"),
    ],
)
def test_a_fault_in_a_case_is_told(place, name, value, told):
    case, source = _typical()
    target = case["events"][0] if place == "events" else case[place]
    target[name] = value
    assert any(fault.startswith(told) for fault in faults(case, source))
