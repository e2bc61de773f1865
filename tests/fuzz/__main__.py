"""Hostile pages against the cleaner until the time is up: `python -m tests.fuzz [--minutes 10] [--seed 1]`.

A finding is an exception other than BadMessage, a record that cannot be sent, a page that takes too long, or a
process that grows. It prints the seed, which makes the page again, and exits 1.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time

import orjson

from streams.catalogue import config_folder
from streams.catalogue.cleaning import load_cleaning
from streams.core.cleaning import Cleaner
from streams.core.errors import BadMessage
from streams.core.records import RawPage
from tests.fuzz.mutations import hostile_page

#: CPU seconds; a page should take less than one on an idle core, and the worker's deadline is some seconds.
SLOWEST_S = 3.0
MOST_MB = 1_500


def attempt(cleaner: Cleaner, seed: int) -> str | None:
    """What is wrong with the outcome of this page, or None."""
    page = RawPage(
        "https://fuzz.example/a", "2026-01-01T00:00:00Z", ("text/html", "text/plain", "")[seed % 3], hostile_page(seed)
    )
    start = time.process_time()
    try:
        orjson.dumps(cleaner.clean(page, explain=seed % 5 == 0))
    except BadMessage:
        pass
    except Exception as error:  # noqa: BLE001  any is a finding
        return f"{type(error).__name__}: {error}"
    took = time.process_time() - start
    return f"took {took:.1f} s" if took > SLOWEST_S else None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    cleaner = Cleaner(load_cleaning(config_folder()))
    end = time.monotonic() + 60 * args.minutes
    seed, findings = args.seed, 0
    while time.monotonic() < end:
        if problem := attempt(cleaner, seed):
            findings += 1
            print(f"seed {seed}: {problem}", flush=True)
        seed += 1
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{seed - args.seed} pages, {findings} findings, {used} MB at most")
    return 1 if findings or used > MOST_MB else 0


if __name__ == "__main__":
    sys.exit(main())
