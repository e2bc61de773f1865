"""The headline as the page's own readers see it: without the site's name or the section, and the others beside it.

It must not shorten a headline on a guess: a part goes only where another source shows that it is furniture.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from streams.core.metadata.evidence import Evidence
from streams.core.records import Named, Signal

LONGEST = 300
_SEPARATOR = re.compile(r" [|·•»«:/–—-] |: | \| ?| :: | \|\| ")
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Headlines:
    """The winner, and the distinct others in order of trust."""

    best: Named
    alternatives: tuple[str, ...]


def folded(text: str) -> str:
    """For comparing: words only, one case, typographic variants alike."""
    return " ".join(_WORDS.findall(unicodedata.normalize("NFKC", text).casefold()))


def headlines(evidence: Evidence, site_names: tuple[str, ...]) -> Headlines:
    """Candidates in order of trust, each freed of the site's name, then the one that others confirm."""
    candidates = _candidates(evidence, site_names)
    if not candidates:
        return Headlines(Named(evidence.article.headline[:LONGEST], "clean", 0.3), ())
    best = _choose(candidates)
    same = [s for s in candidates if folded(s.value) == folded(best.value)]
    families = len({s.source.partition(":")[0] for s in same})
    confidence = round(1 - 0.3 * 0.5 ** (families - 1), 3)
    others: dict[str, Signal] = {}
    for s in candidates:
        if folded(s.value) != folded(best.value):
            others.setdefault(folded(s.value), s)
    named = Named(best.value, best.source, confidence, tuple(others.values())[:5])
    return Headlines(named, tuple(s.value for s in list(others.values())[:5]))


def _candidates(evidence: Evidence, site_names: tuple[str, ...]) -> list[Signal]:
    h1s = list(evidence.of("h1"))
    found = [
        *evidence.of("meta:og:title"),
        *h1s,
        *evidence.written("headline"),
        *evidence.of("meta:twitter:title", "title", "meta:title", "meta:dc.title", "meta:parsely-title", "meta:sailthru.title"),
    ]
    freed = (Signal(s.source, without_site(s.value, site_names)[:LONGEST], s.context) for s in found)
    sites = {folded(n) for n in site_names}
    return [s for s in freed if len(folded(s.value)) > 1 and folded(s.value) not in sites]


def _choose(candidates: list[Signal]) -> Signal:
    """An h1 that another source begins with or repeats is what the reader sees; else the most trusted."""
    heads = [(folded(s.value), s) for s in candidates if s.source == "h1"]
    others = [folded(s.value) for s in candidates if s.source != "h1"]
    for text, signal in heads:
        if len(text) > 8 and any(text in o or (len(o) > 15 and o in text) for o in others):
            return signal
    return candidates[0]


def without_site(title: str, site_names: tuple[str, ...]) -> str:
    """`Russia quits court | Kolm Brief` -> `Russia quits court`, where `Kolm Brief` is among the site's names."""
    title = " ".join(title.split())
    sites = [folded(n) for n in site_names if len(folded(n)) > 1]
    for _ in range(3):
        cut = _cut_once(title, sites)
        if cut is None:
            return title
        title = cut
    return title


def _cut_once(title: str, sites: list[str]) -> str | None:
    places = list(_SEPARATOR.finditer(title))
    if not places:
        return None
    head, tail = title[: places[-1].start()].strip(), title[places[-1].end() :].strip()
    if head and _is_site(folded(tail), sites):
        return head
    head, tail = title[: places[0].start()].strip(), title[places[0].end() :].strip()
    return tail if tail and _is_site(folded(head), sites) else None


def _is_site(part: str, sites: list[str]) -> bool:
    joined = part.replace(" ", "")
    return bool(part) and any(part == s or joined == s.replace(" ", "") for s in sites)
