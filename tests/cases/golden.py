"""Runs the whole pipeline over a golden case and names, in one word each, what it gets wrong."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from streams.core.records import RawPage
from streams.pipeline import Steps
from streams.scanner import Account, Scanned, page_message, scan_message

CASES = Path(__file__).parent


def case_names() -> list[str]:
    return sorted(path.parent.name for path in CASES.glob("*/expected.toml"))


def faults(steps: Steps, name: str) -> set[str]:
    """`headline`, `notice:paywall`, `missed:Russia>ICC`, `stage:…` and so on; empty where all is right."""
    case = tomllib.loads((CASES / name / "expected.toml").read_text("utf-8"))
    body = (CASES / name / case["page"]).read_bytes()
    page = RawPage(case["url"], case["fetched_at"], case["content_type"], body, case.get("status", 200))
    scanned = scan_message(steps, page_message(page), Account())
    expected = case["expected"]
    if expected["outcome"] == "drop":
        return _dropped(scanned, expected)
    if scanned.article is None:
        return {"outcome"}
    article = scanned.article
    return _text(article, case) | _metadata(article, expected) | _events(article, case.get("events", []))


def _dropped(scanned: Scanned, expected: dict[str, Any]) -> set[str]:
    if scanned.ended is None:
        return {"outcome"}
    return set() if scanned.ended.reason == expected.get("reason", scanned.ended.reason) else {"reason"}


def _text(article: dict[str, Any], case: dict[str, Any]) -> set[str]:
    text = _flat(article["text"])
    contain, furniture = case.get("must_contain", []), case.get("must_not_contain", [])
    found = {f"lost:{passage[:30]}" for passage in contain if _flat(passage) not in text}
    return found | {f"kept:{passage[:30]}" for passage in furniture if _flat(passage) in text}


def _metadata(article: dict[str, Any], expected: dict[str, Any]) -> set[str]:
    wrong = set()
    for field in ("headline", "page_kind", "agency", "publisher"):
        if field in expected and _value(article[field]).casefold() != expected[field].casefold():
            wrong.add(field)
    if "authors" in expected:
        persons = {author["name"].casefold() for author in article["authors"] if author["kind"] == "person"}
        if persons != {name.casefold() for name in expected["authors"]}:
            wrong.add("authors")
    if "date_published" in expected and not _same_time(article["date_published"], expected["date_published"]):
        wrong.add("date_published")
    kinds = {notice["kind"] for notice in article["notices"]}
    return wrong | {f"notice:{kind}" for kind in expected.get("notices", []) if kind not in kinds}


def _events(article: dict[str, Any], expected: list[dict[str, Any]]) -> set[str]:
    left, wrong = list(article["events"]), set()
    for event in expected:
        pair = f"{event['actor'][0]}>{event['object'][0]}"
        found = next((got for got in left if _is(got, event)), None)
        if found is None:
            wrong.add(f"missed:{pair}")
            continue
        left.remove(found)
        wrong |= {f"{field}:{pair}" for field in ("kind", "stage", "form", "main") if found[field] != event[field]}
        if ((found["date"] or {}).get("value") or "")[: len(event.get("date") or "0000-00-00")] != (
            event.get("date") or ""
        ):
            wrong.add(f"date:{pair}")
        where = article["headline"] if found["evidence"]["field"] == "headline" else article["text"]
        start, end = found["evidence"]["span"]
        if where[start:end] != found["evidence"]["sentence"]:
            wrong.add(f"span:{pair}")
    return wrong | {f"spurious:{got['actor']['name']}>{got['object']['name']}" for got in left}


def _is(got: dict[str, Any], event: dict[str, Any]) -> bool:
    actor = got["actor"]["id"] == event.get("actor_id") if event.get("actor_id") else False
    return (actor or _share(got["actor"], event["actor"])) and _share(got["object"], event["object"])


def _share(party: dict[str, Any], names: list[str]) -> bool:
    ours = {_name(name) for name in (party["name"], *party["names"])}
    return bool(ours & {_name(name) for name in names})


def _name(name: str) -> str:
    return re.sub(r"^(the|a|an) ", "", re.sub(r"[^\w ]+", " ", name.casefold()).strip())


def _value(field: Any) -> str:
    return field["value"] if isinstance(field, dict) else field or ""


def _same_time(got: dict[str, Any] | None, wanted: dict[str, Any]) -> bool:
    if got is None or got["precision"] != wanted["precision"]:
        return got is None and not wanted
    if got["value"] == wanted["value"]:
        return True
    try:
        return datetime.fromisoformat(got["value"]) == datetime.fromisoformat(wanted["value"])
    except (ValueError, TypeError):
        return False


def _flat(text: str) -> str:
    return " ".join(text.split())
