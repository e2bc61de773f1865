"""What a golden case must fulfil, whatever the product makes of it: `faults` lists what is wrong.

It must not use the product's own cleaner: a page's text is taken here with nothing but the standard library.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from tomllib import loads
from typing import Any, get_args

from streams.core.outcome import DropReason, RejectReason
from streams.core.records import Form, Kind, PageKind, Precision, Stage

CLOSED: dict[str, tuple[str, ...]] = {"kind": get_args(Kind), "stage": get_args(Stage), "form": get_args(Form)}
REASONS = {"emit": set[str](), "drop": {str(r) for r in DropReason}, "reject": {str(r) for r in RejectReason}}
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
# Elements that do not end a line; every other tag does.
INLINE = {"a", "abbr", "b", "em", "font", "i", "small", "span", "strong", "time", "u"}
UNSEEN = {"script", "style", "noscript"}


@dataclass
class _Text(HTMLParser):
    parts: list[str] = field(default_factory=list)
    unseen: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN and self.unseen > 0
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)

    def _break(self, tag: str) -> None:
        if tag not in INLINE:
            self.parts.append("\n")


def load(folder: Path) -> dict[str, Any]:
    return loads((folder / "expected.toml").read_text(encoding="utf-8"))


def page_of(folder: Path, case: dict[str, Any]) -> Path:
    return (folder / str(case["page"])).resolve()


def decoded(body: bytes) -> str:
    """The demo's encodings: UTF-16 with a mark, UTF-8, and windows-1252 where that fails."""
    if body.startswith(b"\xff\xfe"):
        return body.decode("utf-16")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252")


def visible(source: str) -> str:
    """Every line that a reader or a crude tag stripper would see, white space made single blanks."""
    parser = _Text()
    parser.feed(source)
    parser.close()
    return " ".join("".join(parser.parts).split())


def faults(case: dict[str, Any], source: str, *, plain: bool = False) -> list[str]:
    """What is wrong with a case, given its page's source; `plain` for a page that is already text."""
    expected = case["expected"]
    found = _outcome_faults(expected)
    if expected["outcome"] != "emit":
        return found + ["a page that is not emitted can have no events"] * bool(case.get("events"))
    text = " ".join(source.split()) if plain else visible(source)
    found += _snippet_faults(expected, text, " ".join(source.split()))
    for event in case.get("events", []):
        found += _event_faults(event, text, expected["must_not_contain"])
    return found


def _outcome_faults(expected: dict[str, Any]) -> list[str]:
    outcome, reason, kind = expected["outcome"], expected.get("reason"), expected.get("page_kind")
    if outcome not in REASONS:
        return [f"outcome {outcome!r}"]
    found = [f"page_kind {kind!r}"] * (kind is not None and kind not in get_args(PageKind))
    if outcome != "emit":
        return found + [f"reason {reason!r}"] * (reason not in REASONS[outcome])
    date = expected.get("date_published")
    if date and (date["precision"] not in get_args(Precision) or not DATE.match(date["value"])):
        found.append(f"date_published {date}")
    return found


def _snippet_faults(expected: dict[str, Any], text: str, source: str) -> list[str]:
    must, never = expected["must_contain"], expected["must_not_contain"]
    found = [f"not in the page's text: {s!r}" for s in must if s not in text]
    found += [f"unwanted, but nowhere in the page: {s!r}" for s in never if s not in text and s not in source]
    found += [f"both wanted and unwanted: {a!r}, {b!r}" for a, b in product(must, never) if a in b or b in a]
    if expected["headline"] not in text:
        found.append(f"no such headline: {expected['headline']!r}")
    return found


def _event_faults(event: dict[str, Any], text: str, never: list[str]) -> list[str]:
    found = [f"{name} {event[name]!r}" for name, values in CLOSED.items() if event[name] not in values]
    found += [f"{n} {event[n]!r}" for n in ("date", "effective") if n in event and not DATE.fullmatch(event[n])]
    found += [f"no {name}" for name in ("actor", "object") if not event[name]]
    found += ["main is no boolean"] * (not isinstance(event["main"], bool))
    found += ["actor_id"] * (not re.fullmatch("[A-Z]{3}", event.get("actor_id", "XXX")))
    found += [f"evidence not in the page's text: {event['evidence']!r}"] * (event["evidence"] not in text)
    found += [f"evidence is unwanted: {s!r}" for s in never if s in event["evidence"]]
    found += ["stage effective without a date in `effective`"] * (
        event["stage"] == "effective" and "effective" not in event
    )
    return found
