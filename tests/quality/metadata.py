"""How good the metadata is on annotated pages: `python -m tests.quality.metadata [--pages ../shared/pages]`.

Every page goes through the real cleaner and the real describer; the folder's own scorer judges. The rules are tuned
on three quarters of the hosts (by a hash of the host), the last one stands beside them. Exit 1 below floors-metadata.toml.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from streams.catalogue.folder import config_folder
from streams.core.metadata.addresses import host_of
from streams.core.metadata.describer import Describer
from streams.core.metadata.syndication import SHARED, keys_of
from streams.core.records import Article, RawPage
from streams.pipeline import Cleaning, build_cleaning, build_describer
from tests.core.metadata.wire import agreement, clusters, copies, in_common

FETCHED = "2026-04-20T00:00:00Z"  # the pages carry no time of fetch; this is after the last true date
FLOORS = Path(__file__).with_name("floors-metadata.toml")
FIELDS = ("title", "author", "date")
PARTS = ("first half", "third quarter", "last quarter")


@dataclass(frozen=True)
class Row:
    """A page, its truth, and what we or a rival make of it."""

    truth: dict[str, Any]
    part: str
    predicted: dict[str, Any]


def part_of(url: str) -> str:
    """Which part of the hosts a page belongs to; rules may be looked at on all but the last."""
    host = host_of(url) or "unknown.invalid"
    if _bit(host):
        return "last quarter" if _bit(f"quarter:{host}") else "third quarter"
    return "first half"


def _bit(text: str) -> int:
    return int(sha256(text.encode()).hexdigest(), 16) % 2


def pages(folder: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Each annotated page: its truth and its body."""
    for line in (folder / "wcxb" / "truth.jsonl").read_bytes().splitlines():
        truth = orjson.loads(line)
        yield truth, gzip.decompress((folder / "wcxb" / f"{truth['id']}.html.gz").read_bytes())


def ours(truth: dict[str, Any], body: bytes, clean: Cleaning, describer: Describer) -> dict[str, Any]:
    """The whole path: cleaner, then describer; a page without text gives nothing, as in production."""
    url = truth["url"] or "https://unknown.invalid/"
    article = clean(RawPage(url, FETCHED, "text/html", body))
    return predicted_of(truth["id"], describer.describe(article)) if article else {"id": truth["id"]}


def predicted_of(name: str, article: Article) -> dict[str, Any]:
    """A record as the scorer reads it."""
    return {
        "id": name,
        "title": article.headline,
        "author": ", ".join(a.name for a in article.authors),
        "date": article.date_published.value if article.date_published else None,
        "kind": article.page_kind,
    }


def trafilaturas(truth: dict[str, Any], body: bytes) -> dict[str, Any]:
    """The yardstick, as its users call it."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(body, url=truth["url"], with_metadata=True)
    got = found.as_dict() if found else {}
    return {"id": truth["id"], "title": got.get("title"), "author": got.get("author"), "date": got.get("date")}


def figures(rows: list[Row], scorer: Any) -> dict[str, float]:
    """Shares of right fields, by the folder's scorer, and of fields invented where the truth has none."""
    out, _ = scorer.score([r.truth for r in rows], {r.truth["id"]: {"text": "", **r.predicted} for r in rows})
    result = {name: out[name] for name in FIELDS if name in out}
    for name in ("date", "author"):
        without = [r for r in rows if not r.truth[name]]
        result[f"invented_{name}"] = sum(bool(r.predicted.get(name)) for r in without) / max(1, len(without))
    return result


def scorer_of(folder: Path) -> Any:
    """The folder's score.py as a module."""
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tables(rows: list[Row], scorer: Any) -> dict[str, dict[str, float]]:
    """The figures of each part of the hosts and of all."""
    parts = {part: figures([r for r in rows if r.part == part], scorer) for part in PARTS}
    return {**parts, "all": figures(rows, scorer)}


def show(name: str, table: dict[str, dict[str, float]], count: int) -> None:
    """One table."""
    columns = list(table["all"])
    print(f"\n{name}, {count} pages")
    print(f"{'hosts':14}" + "".join(f"{c:>17}" for c in columns))
    for part, values in table.items():
        print(f"{part:14}" + "".join(f"{values[c]:17.3f}" for c in columns))


def syndication(texts: dict[str, str]) -> None:
    """How well made wire copies fall together: ten sites, edits, cuts; four stories, two on one event; then real pages."""
    print("\nsyndication: ten sites a story, twelve draws a line")
    print(f"{'words edited':>14}{'least kept':>12}{'precision':>11}{'recall':>9}")
    for edited, kept in ((0.0, 1.0), (0.02, 0.5), (0.05, 0.5), (0.05, 0.3), (0.1, 0.7), (0.1, 0.35), (0.15, 0.7)):
        draws = []
        for seed in range(12):
            made = copies(seed, edited=edited, kept=kept)
            draws.append(agreement(made, clusters({c.id: keys_of(c.text) for c in made})))
        precision, recall = (sum(values) / len(draws) for values in zip(*draws, strict=True))
        print(f"{edited:14.2f}{kept:12.2f}{precision:11.3f}{recall:9.3f}")
    shared = in_common({name: keys_of(text) for name, text in texts.items()}).most_common(6)
    print(f"most keys in common among {len(texts)} annotated pages ({SHARED} make a copy):")
    print("  " + ", ".join(f"{a} and {b}: {n}" for (a, b), n in shared))


def below(table: dict[str, dict[str, float]]) -> list[str]:
    """What fell under its floor (or rose over its ceiling)."""
    pinned = tomllib.loads(FLOORS.read_text("utf-8"))
    failed = [f"{n} {table['all'][n]:.3f} < {v}" for n, v in pinned["floors"].items() if table["all"][n] < v]
    return failed + [f"{n} {table['all'][n]:.3f} > {v}" for n, v in pinned["ceilings"].items() if table["all"][n] > v]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, default=Path("../shared/pages"))
    parser.add_argument("--gold", type=Path, help="not used here")
    parser.add_argument("--against", choices=["trafilatura"], help="also the yardstick's table (a minute)")
    options = parser.parse_args()
    if not (options.pages / "wcxb" / "truth.jsonl").is_file():
        print(f"metadata quality: skipped, no annotated pages at {options.pages}")
        return 0
    folder = config_folder()
    clean, describer, scorer = build_cleaning(folder), build_describer(folder), scorer_of(options.pages)
    loaded = list(pages(options.pages))
    rows = [Row(t, part_of(t["url"] or ""), ours(t, body, clean, describer)) for t, body in loaded]
    table = tables(rows, scorer)
    show("withdrawal-streams", table, len(rows))
    if options.against:
        theirs = [Row(t, part_of(t["url"] or ""), trafilaturas(t, body)) for t, body in loaded]
        show("trafilatura", tables(theirs, scorer), len(theirs))
    syndication({t["id"]: t["text"] for t, _ in loaded})
    failed = below(table)
    print("\nbelow the floor: " + "; ".join(failed) if failed else "\nall floors hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
