"""Strike a pipeline on a real Kafka, then audit every topic.

python -m tests.faults --short            # under a minute: the faults that `make test` runs
python -m tests.faults --long             # all of them, as often as docs/delivery.md says
python -m tests.faults "kill -9" --strikes 5 --seed 7
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from pathlib import Path
from typing import Any

import orjson

from streams.localkafka import Cluster
from tests.faults.lanes import Lanes, run_fault
from tests.faults.plan import Fault, Report, Sizes
from tests.faults.proxy import Proxy
from tests.faults.strikes import FAULTS

HEAD = ("fault", "strikes", "pages", "starts", "lost", "repeated", "differing", "out of place", "drain", "seconds")


def row(report: Report) -> str:
    """A line of the table at the terminal; docs/delivery.md's is made by tests/faults/table.py."""
    counts = [report.total(what) for what in ("lost", "repeated", "differing", "out_of_place")]
    cells = (report.fault, report.strikes, report.pages, report.starts, *counts)
    return " | ".join(
        ("", *(str(cell) for cell in cells), f"{report.drain_seconds:.0f} s", f"{report.seconds:.0f}", "")
    ).strip()


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("faults", nargs="*", help="names; else all, or with --short the short ones")
    options.add_argument("--short", action="store_true")
    options.add_argument("--long", action="store_true")
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31))
    options.add_argument("--strikes", type=int, help="instead of the table's number")
    options.add_argument("--lanes", type=int, default=2, help="faults at once, each lane with a Kafka of its own")
    for name, value in (("pages", 600), ("rate", 150.0), ("page-bytes", 1000), ("step-seconds", 0.002)):
        options.add_argument(f"--{name}", type=type(value), default=value)
    options.add_argument("--json", type=Path, help="where the reports go; else out/faults/<seed>.json")
    chosen = options.parse_args()
    unknown = set(chosen.faults) - {fault.name for fault in FAULTS}
    if unknown:
        options.error(f"no fault {', '.join(unknown)}; there are: {', '.join(fault.name for fault in FAULTS)}")
    return chosen


def main() -> int:
    chosen = _options()
    picked = [f for f in FAULTS if (f.name in chosen.faults if chosen.faults else f.short or not chosen.short)]
    sizes = Sizes(chosen.pages, chosen.rate, chosen.page_bytes, chosen.step_seconds)
    file = chosen.json or Path("out", "faults", f"{chosen.seed}.json")
    file.parent.mkdir(parents=True, exist_ok=True)
    began, reports = time.time(), list[Report]()

    def run(fault: Fault, cluster: Cluster, proxies: list[Proxy]) -> Report:
        strikes = chosen.strikes or fault.strikes[1 if chosen.long else 0]
        return run_fault(fault, cluster, proxies, chosen.seed, sizes, strikes, long=chosen.long)

    def told(report: Report) -> None:
        reports.append(report)
        file.write_bytes(orjson.dumps(_record(chosen, began, reports, len(picked)), option=orjson.OPT_INDENT_2))
        print(row(report), flush=True)
        for line in report.faults + report.notes + [e for topic in report.topics for e in topic.examples]:
            print(f"    {line}", flush=True)

    print(f"seed {chosen.seed}\n{' | '.join(('', *HEAD, ''))}\n{'| --- ' * len(HEAD)}|", flush=True)
    Lanes(picked, run).run(max(1, min(chosen.lanes, len(picked))), told)
    bad = [report.fault for report in reports if report.faults]
    verdict = "all that is promised held" if not bad else f"{len(bad)} of {len(reports)} faults broke a promise: {bad}"
    print(f"{verdict} ({time.time() - began:.0f} s, seed {chosen.seed}, {file})")
    return 1 if bad else 0


def _record(chosen: argparse.Namespace, began: float, reports: list[Report], planned: int) -> dict[str, Any]:
    """One run for tests/faults/table.py."""
    return {
        "seed": chosen.seed,
        "form": "long" if chosen.long else "short",
        "planned": planned,
        "began": began,
        "seconds": time.time() - began,
        "load": os.getloadavg()[2],
        "reports": [report.as_json() for report in reports],
    }


if __name__ == "__main__":
    sys.exit(main())
