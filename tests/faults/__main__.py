"""Strike a pipeline on a real Kafka, then audit every topic.

python -m tests.faults --short            # under a minute: the faults that `make test` runs
python -m tests.faults --long             # all of them, as often as docs/delivery.md says
python -m tests.faults "kill -9" --strikes 5 --seed 7
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson

from streams.localkafka import Cluster, local_kafka
from streams.localkafka.ports import free_ports
from tests.faults.proxy import Proxy
from tests.faults.scene import Fault, Report, Scene, Sizes
from tests.faults.strikes import FAULTS

#: A session timeout below Kafka's least of 6 s.
PROPERTIES = {"group.min.session.timeout.ms": "1000"}
HEAD = ("fault", "strikes", "pages", "starts", "lost", "repeated", "differing", "out of place", "drain", "seconds")


@contextlib.contextmanager
def stage(kind: str) -> Iterator[tuple[Cluster, list[Proxy]]]:
    """A cluster of one or three nodes, or of one that clients reach through a proxy only."""
    with contextlib.ExitStack() as stack:
        if kind == "proxied":
            proxy = stack.enter_context(Proxy(free_ports("127.0.0.1", 1)[0]).running())
            cluster = stack.enter_context(local_kafka(properties=PROPERTIES, advertise=[proxy.port]))
            proxy.target = cluster.nodes[0].ports.client
            yield cluster, [proxy]
        else:
            nodes, heap = (3, 256) if kind == "three" else (1, 384)
            yield stack.enter_context(local_kafka(nodes=nodes, heap_mb=heap, properties=PROPERTIES)), []


def run_fault(fault: Fault, cluster: Cluster, proxies: list[Proxy], seed: int, sizes: Sizes, strikes: int) -> Report:
    """One fault, from its topics to its report."""
    report = Report(fault.name, seed)
    scene = Scene(fault, cluster, proxies, random.Random(f"{seed}/{fault.name}"), sizes, strikes)
    scene.run(report)
    report.faults += [note for note in report.notes if note.startswith("FAULT")]
    return report


def row(report: Report) -> str:
    """A line of the table, for a terminal and for docs/delivery.md alike."""
    counts = [report.total(what) for what in ("lost", "repeated", "differing", "out_of_place")]
    cells = (report.fault, report.strikes, report.pages, report.starts, *counts)
    return " | ".join(
        ("", *(str(cell) for cell in cells), f"{report.drain_seconds:.0f} s", f"{report.seconds:.0f}", "")
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("faults", nargs="*", help="names; else all, or with --short the short ones")
    options.add_argument("--short", action="store_true")
    options.add_argument("--long", action="store_true")
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31))
    options.add_argument("--strikes", type=int, help="instead of the table's number")
    for name, value in (("pages", 600), ("rate", 150.0), ("page-bytes", 1000), ("step-seconds", 0.002)):
        options.add_argument(f"--{name}", type=type(value), default=value)
    options.add_argument("--json", type=Path, help="where the reports go")
    chosen = options.parse_args()
    unknown = set(chosen.faults) - {fault.name for fault in FAULTS}
    if unknown:
        options.error(f"no fault {', '.join(unknown)}; there are: {', '.join(fault.name for fault in FAULTS)}")
    picked = [f for f in FAULTS if (f.name in chosen.faults if chosen.faults else f.short or not chosen.short)]
    sizes = Sizes(chosen.pages, chosen.rate, chosen.page_bytes, chosen.step_seconds)
    print(f"seed {chosen.seed}\n{' | '.join(('', *HEAD, ''))}\n{'| --- ' * len(HEAD)}|", flush=True)
    reports = []
    for kind in dict.fromkeys(fault.cluster for fault in picked):
        with stage(kind) as (cluster, proxies):
            for fault in (one for one in picked if one.cluster == kind):
                strikes = chosen.strikes or fault.strikes[1 if chosen.long else 0]
                reports.append(run_fault(fault, cluster, proxies, chosen.seed, sizes, strikes))
                print(row(reports[-1]).strip(), flush=True)
                for line in (
                    reports[-1].faults + reports[-1].notes + [e for t in reports[-1].topics for e in t.examples]
                ):
                    print(f"    {line}", flush=True)
    if chosen.json:
        chosen.json.write_bytes(orjson.dumps([one.as_json() for one in reports], option=orjson.OPT_INDENT_2))
    bad = [report for report in reports if report.faults]
    print("all that is promised held" if not bad else f"{len(bad)} of {len(reports)} faults broke a promise")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
