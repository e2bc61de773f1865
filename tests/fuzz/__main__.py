"""Hostile pages against the cleaner until the time is up: `python -m tests.fuzz [--seconds 600] [--seed N]`.

First the known bad pages, then mutations, another run of them each time. A finding is an exception other than
BadMessage, a record that cannot be sent, a page that takes too long, or a process that grows. It prints the name or
the seed, which makes the page again (`--seed N --seconds 0` tries that one alone), and exits 1.
"""

from __future__ import annotations

import argparse
import resource
import secrets
import sys
import time
from collections.abc import Callable

import orjson

from streams.catalogue import config_folder
from streams.catalogue.cleaning import load_cleaning
from streams.core.cleaning import Cleaner
from streams.core.errors import BadMessage
from streams.core.records import RawPage
from tests.core.cleaning.bad_pages import BAD_PAGES
from tests.fuzz.mutations import hostile_page

#: CPU seconds; nothing takes one on an idle core, and the worker's deadline is longer.
SLOWEST_S = 2.0
MOST_MB = 1_500


def fault(cleaner: Cleaner, body: bytes, content_type: str, *, explain: bool) -> str | None:
    """What is wrong with the outcome of this page, or None."""
    page = RawPage("https://fuzz.example/a", "2026-01-01T00:00:00Z", content_type, body)
    try:
        orjson.dumps(cleaner.clean(page, explain=explain))
    except BadMessage:
        pass
    except Exception as error:  # noqa: BLE001  any is a finding
        return f"{type(error).__name__}: {error}"
    return None


def hostile_fault(cleaner: Cleaner, seed: int) -> str | None:
    """The same of the page of this seed."""
    kind = ("text/html", "text/plain", "")[seed % 3]
    return fault(cleaner, hostile_page(seed), kind, explain=seed % 5 == 0)


def _timed(name: str, run: Callable[[], str | None]) -> bool:
    """Whether it is a finding, said so."""
    start = time.process_time()
    problem = run()
    took = time.process_time() - start
    if problem is None and took > SLOWEST_S:
        problem = f"took {took:.1f} s"
    if problem:
        print(f"{name}: {problem}", flush=True)
    return problem is not None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--seed", type=int, help="where to begin; else drawn anew")
    args = parser.parse_args()
    cleaner = Cleaner(load_cleaning(config_folder()))
    findings = sum(_timed(n, lambda b=b: fault(cleaner, b, "text/html", explain=True)) for n, b in BAD_PAGES.items())
    first = seed = secrets.randbelow(1 << 40) if args.seed is None else args.seed
    end = time.monotonic() + args.seconds
    while seed == first or time.monotonic() < end:
        findings += _timed(f"seed {seed}", lambda s=seed: hostile_fault(cleaner, s))
        seed += 1
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        f"{len(BAD_PAGES)} bad pages and {seed - first} mutated from seed {first}: {findings} findings, {used} MB at most"
    )
    return 1 if findings or used > MOST_MB else 0


if __name__ == "__main__":
    sys.exit(main())
