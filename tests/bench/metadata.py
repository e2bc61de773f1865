"""What describing costs a page beside the parse: `python -m tests.bench.metadata [--pages ../shared/pages]`.

Processor time, the best of several runs a page, since a busy machine only ever adds; the yardstick is one lexbor parse
of the same page in the same run. Exits 1 where describing costs more than the bar of 1.5 ms a page.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from time import process_time

from selectolax.lexbor import LexborHTMLParser

from streams.catalogue.folder import config_folder
from streams.core.records import Article, RawPage
from streams.pipeline import build_cleaning, build_describer
from tests.quality.metadata import FETCHED, pages

BAR = 1.5  # ms a page, issue 6
ROUNDS = 5


def best(work: Callable[[], object]) -> float:
    """The shortest of the rounds, in ms."""
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times) * 1_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, default=Path("../shared/pages"))
    parser.add_argument("--gold", type=Path, help="not used here")
    parser.add_argument("--most", type=int, default=300, help="pages to measure")
    options = parser.parse_args()
    if not (options.pages / "wcxb" / "truth.jsonl").is_file():
        print(f"metadata bench: skipped, no annotated pages at {options.pages}")
        return 0
    clean, describer = build_cleaning(config_folder()), build_describer(config_folder())
    described, parsed, signals = [], [], []
    for number, (truth, body) in enumerate(pages(options.pages)):
        if number >= options.most:
            break
        article = clean(RawPage(truth["url"] or "https://unknown.invalid/", FETCHED, "text/html", body))
        if article:
            described.append(best(lambda a=article: describer.describe(a)))  # type: ignore[misc]
            parsed.append(best(lambda b=body: LexborHTMLParser(b)))  # type: ignore[misc]
            signals.append(_count(article))
    cost, yardstick = mean(described), mean(parsed)
    print(f"{len(described)} pages, {mean(signals):.0f} signals a page, best of {ROUNDS}")
    print(f"describe {cost:.2f} ms a page; 99 of 100 under {sorted(described)[int(0.99 * len(described))]:.2f} ms")
    print(f"lexbor parse {yardstick:.2f} ms a page; describing is {cost / yardstick:.2f} of a parse")
    return 1 if cost > BAR else 0


def _count(article: Article) -> int:
    return len(article.signals or ())


if __name__ == "__main__":
    sys.exit(main())
