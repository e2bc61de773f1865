"""Scores the cleaner against trafilatura on pages with known text, each page by weights that never saw its host.

    python -m tests.quality.cleaning [--pages ../shared/pages]

Prints shingle F1 with a paired bootstrap against trafilatura, and exits 1 below floors-cleaning.toml.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import orjson
import trafilatura

from streams.catalogue import config_folder
from streams.catalogue.cleaning import load_cleaning
from streams.core.cleaning import Cleaner
from streams.core.cleaning.model import model_from
from streams.core.records import RawPage
from tests.quality.pages import FOLDS, SETS, TruePage, f1, fold_of, read_pages, shingle_scores

HERE = Path(__file__).parent
_DRAWS, _SEED = 2_000, 5


def fold_cleaners() -> list[Cleaner]:
    """One cleaner a fold, whose weights were trained without that fold's hosts."""
    data = load_cleaning(config_folder())
    folds = orjson.loads((HERE / "cleaning-folds.json").read_bytes())["folds"]
    return [Cleaner(replace(data, model=model_from(folds[i]))) for i in range(FOLDS)]


def scores(pages: list[TruePage]) -> dict[str, np.ndarray]:
    """By tool: an array of (precision, recall) a page; and our confidence, under its own name."""
    cleaners = fold_cleaners()
    rows: dict[str, list[tuple[float, float]]] = {"ours": [], "trafilatura": [], "trafilatura fast": []}
    sure = []
    for page in pages:
        cleaned = cleaners[fold_of(page.url)].clean(RawPage(page.url, "2026-01-01T00:00:00Z", "text/html", page.body))
        sure.append((cleaned.confidence, float(cleaned.source == "second_opinion")))
        rows["ours"].append(shingle_scores(page.text, cleaned.text))
        rows["trafilatura"].append(
            shingle_scores(page.text, trafilatura.extract(page.body, include_comments=False) or "")
        )
        rows["trafilatura fast"].append(
            shingle_scores(page.text, trafilatura.extract(page.body, include_comments=False, fast=True) or "")
        )
    return {**{tool: np.array(r) for tool, r in rows.items()}, "confidence": np.array(sure)}


def mean_f1(pairs: np.ndarray) -> float:
    precision, recall = pairs.mean(0)
    return f1(precision, recall)


def interval(ours: np.ndarray, theirs: np.ndarray) -> tuple[float, float]:
    """The middle 95 % of the difference in F1 over pages drawn with replacement, the same for both."""
    random = np.random.default_rng(_SEED)
    draws = random.integers(0, len(ours), (_DRAWS, len(ours)))
    gaps = [mean_f1(ours[d]) - mean_f1(theirs[d]) for d in draws]
    low, high = np.quantile(gaps, (0.025, 0.975))
    return float(low), float(high)


def report(name: str, found: dict[str, np.ndarray]) -> float:
    ours = found["ours"]
    print(f"\n{name}: {len(ours)} pages, {found['confidence'][:, 1].mean():.1%} by second opinion")
    print(f"{'':18}{'precision':>10}{'recall':>8}{'F1':>8}   ours less theirs (95 %)")
    for tool in ("ours", "trafilatura", "trafilatura fast"):
        precision, recall = found[tool].mean(0)
        gap = "" if tool == "ours" else "   {:+.4f} … {:+.4f}".format(*interval(ours, found[tool]))
        print(f"{tool:18}{precision:10.4f}{recall:8.4f}{mean_f1(found[tool]):8.4f}{gap}")
    order = np.argsort(found["confidence"][:, 0], kind="stable")
    single = np.array([f1(*pair) for pair in ours])
    fifths = [(found["confidence"][part, 0].mean(), single[part].mean()) for part in np.array_split(order, 5)]
    print("confidence said → F1 found, by fifths: " + "  ".join(f"{a:.3f} → {b:.3f}" for a, b in fifths))
    return mean_f1(ours)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pages", type=Path, default=Path("../shared/pages"))
    args, _ = parser.parse_known_args()  # make hands every room all folders
    if not args.pages.is_dir():
        print(f"cleaning: skipped, no pages with known text at {args.pages} (--pages FOLDER)")
        return 0
    floors = tomllib.loads((HERE / "floors-cleaning.toml").read_text("utf-8"))
    failed = []
    for name in SETS:
        got = report(name, scores(list(read_pages(args.pages, name))))
        if got < floors[name]["f1"]:
            failed.append(f"{name}: F1 {got:.4f} is below its floor {floors[name]['f1']}")
    print("\n" + ("\n".join(failed) or "cleaning: at or above every floor"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
