"""Speed, memory and quiet of the detector: `python -m tests.bench.withdrawals [--pages …] [--gold …] [--show]`.

Ordinary articles are the texts of the pages folder; event articles are the labelled newswire.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import orjson

from streams.core.withdrawals.detector import Detector
from tests.quality.withdrawals import article_of, build


def ordinary(folder: Path) -> list[dict[str, Any]]:
    """The pages' true texts, as articles."""
    found = []
    for name in ("aeb", "wcxb"):
        path = folder / name / "truth.jsonl"
        for line in path.read_bytes().splitlines() if path.is_file() else ():
            page = orjson.loads(line)
            found.append(
                {
                    "id": page["id"],
                    "title": page.get("title") or "",
                    "text": page["text"],
                    "published": page.get("date") or "",
                    "url": page.get("url", ""),
                }
            )
    return found


def timed(detector: Detector, articles: list[dict[str, Any]], *, show: bool) -> tuple[list[float], int]:
    """Milliseconds of processor time an article (the machine may be shared), and how many articles fire."""
    times, fired = [], 0
    for one in articles:
        article = article_of({**one, "published": one["published"][:10]})
        start = time.process_time()
        detection = detector.detect(article)
        times.append(1000 * (time.process_time() - start))
        fired += bool(detection.events)
        for event in detection.events if show else ():
            print(
                f"  {one['id'][:12]} {event.actor.name} -> {event.object.name} "
                f"[{event.kind} {event.stage} {event.evidence.rule} {event.confidence:.2f}] "
                f"{event.evidence.sentence[:200]!r}"
            )
    return times, fired


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, default=Path("../shared/pages"))
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    detector = build()
    sets = {"ordinary": ordinary(arguments.pages)}
    wire = arguments.gold / "dev-wire.jsonl"
    if wire.is_file():
        lines = [orjson.loads(line) for line in wire.read_bytes().splitlines() if line.strip()]
        sets |= {"events": [x for x in lines if x["events"]], "no events": [x for x in lines if not x["events"]]}
    for name, articles in sets.items():
        if not articles:
            print(f"{name}: skipped, no articles; give --pages and --gold")
            continue
        timed(detector, articles[:5], show=False)
        times, fired = timed(detector, articles, show=arguments.show and name == "ordinary")
        print(
            f"{name:10s} {len(articles):5d} articles  median {statistics.median(times):7.2f} ms  "
            f"mean {statistics.mean(times):7.2f} ms  p95 {sorted(times)[int(0.95 * len(times))]:7.2f} ms  fire {fired}"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
