"""What every benchmark of the whole path does: read the pages it is given, load them, wait until they are done."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from streams.core.steps import PAGES_RAW
from streams.edge.inputs import InputPage, read_inputs
from streams.edge.kafka_config import KafkaConfig
from streams.edge.loader import LoadAccount, load


def options(described: str | None) -> argparse.ArgumentParser:
    """The options that say which pages; a benchmark adds its own."""
    parser = argparse.ArgumentParser(description=described, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=Path("../shared/pages"))
    parser.add_argument("--set", default="aeb", help="the folder in it")
    return parser


def chosen_pages(chosen: argparse.Namespace, bench: str) -> list[InputPage]:
    """The pages; none, and a line that says so, where the folder is missing."""
    folder = chosen.pages / chosen.set
    if folder.is_dir():
        return list(read_inputs([folder]))
    print(f"bench {bench}: skipped, no pages at {folder}; give --pages")
    return []


def send(config: KafkaConfig, pages: list[InputPage], rate: float | None = None, prefix: str = "") -> None:
    """Load them onto pages-raw, `rate` a second, and wait for Kafka's word."""
    for _ in load(config, prefix + PAGES_RAW, pages, LoadAccount(), rate=rate):
        pass


def await_done(done: Callable[[], bool], every: float = 0.3) -> None:
    """Ask until it holds, `every` so many seconds: asking a worker costs it and us some milliseconds."""
    deadline = monotonic() + 500
    while not done():
        if monotonic() > deadline:
            sys.exit("bench: the pages were not done in 500 s")
        sleep(every)
