"""Wire copies made on purpose: ten sites that edit, cut and dress one text each in their own way. Own stories only."""

from __future__ import annotations

import random
import runpy
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

EXAMPLE = runpy.run_path(str(Path(__file__).parents[3] / "docs" / "examples" / "sources.py"))
STORIES = {path.stem: path.read_text("utf-8") for path in sorted(Path(__file__).with_name("stories").glob("*.txt"))}
SITES = ("kolm", "wrdn", "kwvt", "brief", "courant", "herald", "globe", "ledger", "tribune", "mail")
_FILLER = (
    "officials",
    "however",
    "Wednesday",
    "reportedly",
    "meanwhile",
    "government",
    "announced",
    "sources",
    "early",
    "local",
)


@dataclass(frozen=True)
class Copy:
    """One site's version: its id, the story it comes from, its text."""

    id: str
    story: str
    text: str


def copies(seed: int, *, edited: float, kept: float) -> list[Copy]:
    """Every story on ten sites; `edited` is the share of words changed, `kept` the least share left before the cut."""
    chance = random.Random(seed)
    return [
        Copy(f"{site}-{name}", name, _version(text, site, chance, edited, kept))
        for name, text in STORIES.items()
        for site in SITES
    ]


def _version(text: str, site: str, chance: random.Random, edited: float, kept: float) -> str:
    words = text.split(" ")
    words = words[: int(len(words) * chance.uniform(kept, 1.0))]
    words = [chance.choice(_FILLER) if chance.random() < edited else w for w in words]
    opening = f"{site.upper()} CITY ({site.upper()}) — " if chance.random() < 0.5 else ""
    closing = f"\nCopyright 2016 {site.title()} Media. All rights reserved. Send tips to newsroom@{site}.example."
    return opening + " ".join(words) + (closing if chance.random() < 0.7 else "")


def agreement(ids: list[Copy], found: dict[str, str]) -> tuple[float, float]:
    """Precision and recall over pairs of copies that were put together."""
    pairs = [(a, b) for i, a in enumerate(ids) for b in ids[:i]]
    together = [(a, b) for a, b in pairs if found[a.id] == found[b.id]]
    right = sum(a.story == b.story for a, b in together)
    true = sum(a.story == b.story for a, b in pairs)
    return right / max(1, len(together)), right / true


def clusters(keys: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Each article id -> the source it counts as, by the very code that consumers are given."""
    found: dict[str, str] = EXAMPLE["sources_of"]({"id": name, "wire_keys": held} for name, held in keys.items())
    return found


def in_common(keys: Mapping[str, tuple[str, ...]]) -> Counter[tuple[str, str]]:
    """How many keys each pair shares, of those that share any."""
    holders: dict[str, list[str]] = {}
    for name in sorted(keys):
        for key in keys[name]:
            holders.setdefault(key, []).append(name)
    return Counter(pair for names in holders.values() for pair in combinations(names, 2))
