"""Pages a second of the cleaner, from bytes to `Cleaned` with its signals, beside trafilatura in the same run.

    python -m tests.bench.cleaning [--pages ../shared/pages] [--every 3]

Page by page in turn, so that a busy machine slows all alike; the best of three times a page a tool. Ours has the
yardstick alone beside it: each further tool between two of its pages empties the caches a little more.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import trafilatura

from streams.catalogue import config_folder
from streams.catalogue.cleaning import load_cleaning
from streams.core.cleaning import Cleaner
from streams.core.records import RawPage
from tests.quality.pages import TruePage, read_pages

_ROUNDS = 3
#: The bar of issue 5, and the longest a page in a hundred may take, in ms.
RATIO, LONGEST_MS = 8.0, 60.0


def tools() -> dict[str, Callable[[TruePage], object]]:
    cleaner = Cleaner(load_cleaning(config_folder()))
    return {
        "ours": lambda p: cleaner.clean(RawPage(p.url, "2026-01-01T00:00:00Z", "text/html", p.body)),
        "trafilatura": lambda p: trafilatura.extract(p.body, include_comments=False),
        "trafilatura fast": lambda p: trafilatura.extract(p.body, include_comments=False, fast=True),
        "trafilatura with metadata": lambda p: trafilatura.bare_extraction(
            p.body, include_comments=False, with_metadata=True
        ),
    }


def measure(pages: list[TruePage]) -> dict[str, np.ndarray]:
    """Seconds a page, by tool."""
    runs = tools()
    best = {name: np.full(len(pages), np.inf) for name in runs}
    for names in (list(runs)[:2], list(runs)[2:]):
        for _ in range(_ROUNDS):
            for i, page in enumerate(pages):
                for name in names:
                    start = time.process_time()
                    runs[name](page)
                    best[name][i] = min(best[name][i], time.process_time() - start)
    return best


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pages", type=Path, default=Path("../shared/pages"))
    parser.add_argument("--every", type=int, default=3, help="take every n-th page")
    args, _ = parser.parse_known_args()  # make hands every room all folders
    if not args.pages.is_dir():
        print(f"cleaning: skipped, no pages at {args.pages} (--pages FOLDER)")
        return 0
    pages = list(read_pages(args.pages))[:: args.every]
    best = measure(pages)
    slow = best["trafilatura"].mean()
    print(f"{len(pages)} pages, {sum(len(p.body) for p in pages) / len(pages) / 1024:.0f} KB on average")
    print(f"{'':26}{'pages/s':>9}{'ratio':>8}{'median ms':>11}{'p99 ms':>9}{'max ms':>9}")
    for name, seconds in best.items():
        ms = seconds * 1000
        print(
            f"{name:26}{1 / seconds.mean():9.1f}{slow / seconds.mean():8.2f}{np.median(ms):11.2f}{np.quantile(ms, 0.99):9.1f}{ms.max():9.1f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
