"""The pages with known text (../shared/pages), their folds by host, and the two benchmarks' scores.

The scores are those of scrapinghub/article-extraction-benchmark (4-gram shingles) as shared/pages/score.py computes them.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

import orjson

from streams.core.metadata.addresses import site_of

FOLDS = 5
SETS = ("aeb", "wcxb")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class TruePage:
    set: str
    id: str
    url: str
    body: bytes
    text: str


def read_pages(folder: Path, *sets: str) -> Iterator[TruePage]:
    """Pages of these sets, or of all, in the order of their truth files."""
    for name in sets or SETS:
        for line in (folder / name / "truth.jsonl").read_bytes().splitlines():
            row = orjson.loads(line)
            body = gzip.decompress((folder / name / f"{row['id']}.html.gz").read_bytes())
            yield TruePage(name, row["id"], row["url"] or f"http://{row['id']}.example/", body, row["text"])


def fold_of(url: str) -> int:
    """The same for all pages of one registered host, in whichever set they stand."""
    host = site_of(urlsplit(url).hostname or url)
    return int.from_bytes(blake2b(host.encode(), digest_size=4).digest(), "big") % FOLDS


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def shingles(text: str, n: int = 4) -> Counter[tuple[str, ...]]:
    words = words_of(text)
    return Counter(tuple(words[i : i + n]) for i in range(max(1, len(words) - n + 1))) if words else Counter()


def shingle_scores(true: str, got: str) -> tuple[float, float]:
    """Precision and recall of one page."""
    a, b = shingles(true), shingles(got)
    both = sum((a & b).values())
    if not a and not b:
        return 1.0, 1.0
    return both / max(sum(b.values()), 1), both / max(sum(a.values()), 1)


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
