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
_LONGEST_SECTION = 2  # words; a longer one is as often the headline's own
_COLON = ": "  # what stands before it may be the section and still be of the headline: "Opinion: …"
_WORDS = re.compile(r"\w+")
MOST_RIVALS = 5
TITLES = ("meta:twitter:title", "title", "meta:title", "meta:dc.title", "meta:parsely-title", "meta:sailthru.title")


@dataclass(frozen=True, slots=True)
class Headlines:
    """The winner, and the distinct others in order of trust."""

    best: Named
    alternatives: tuple[str, ...]


def folded(text: str) -> str:
    """For comparing: words only, one case, typographic variants alike."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(_WORDS.findall(plain.casefold()))


def headlines(evidence: Evidence, site_names: tuple[str, ...], section: str = "") -> Headlines:
    """Candidates in order of trust, each freed of the site's name and the section, then the one that others confirm."""
    candidates = _candidates(evidence, site_names, folded(section))
    if not candidates:
        return Headlines(Named(evidence.article.headline[:LONGEST], "clean", 0.3), ())
    text, best = _choose(candidates)
    families = {s.source.partition(":")[0] for t, s in candidates if t == text}
    others: dict[str, Signal] = {}
    for t, s in candidates:
        if t != text:
            others.setdefault(t, s)
    rivals = tuple(others.values())[:MOST_RIVALS]
    confidence = round(1 - 0.3 * 0.5 ** (len(families) - 1), 3)
    return Headlines(Named(best.value, best.source, confidence, rivals), tuple(s.value for s in rivals))


def _candidates(evidence: Evidence, site_names: tuple[str, ...], section: str) -> list[tuple[str, Signal]]:
    """Each with its folded text; one that is the section's name goes where there is another."""
    found = [*evidence.of("meta:og:title", "h1"), *evidence.written("headline"), *evidence.of(*TITLES)]
    sites = {t for n in site_names if len(t := folded(n)) > 1}
    sections = {section, f"{section} news"} if 0 < len(section.split()) <= _LONGEST_SECTION else set()
    freed = {value: without_site(value, sites, sections)[:LONGEST] for value in dict.fromkeys(s.value for s in found)}
    told = {value: folded(text) for value, text in freed.items()}
    kept = [
        (told[s.value], Signal(s.source, freed[s.value], s.context))
        for s in found
        if len(told[s.value]) > 1 and told[s.value] not in sites
    ]
    others = [pair for pair in kept if pair[0] not in sections]
    return others if any(s.source != "h1" for _, s in others) else kept


def _choose(candidates: list[tuple[str, Signal]]) -> tuple[str, Signal]:
    """An h1 that another source begins with or repeats is what the reader sees; else the most trusted."""
    others = [t for t, s in candidates if s.source != "h1"]
    for text, signal in candidates:
        if signal.source == "h1" and len(text) > 8 and any(text in o or (len(o) > 15 and o in text) for o in others):
            return text, signal
    return candidates[0]


def without_site(title: str, sites: set[str], sections: set[str]) -> str:
    """`Russia quits court | World | Kolm Brief` -> `Russia quits court`; `sites` and `sections` are folded names."""
    title = " ".join(title.split())
    for _ in range(3):
        cut = _cut_once(title, sites, sections)
        if cut is None:
            return title
        title = cut
    return title


def _cut_once(title: str, sites: set[str], sections: set[str]) -> str | None:
    places = list(_SEPARATOR.finditer(title))
    if not places:
        return None
    head, tail = title[: places[-1].start()].strip(), title[places[-1].end() :].strip()
    if head and (_is_site(part := folded(tail), sites) or (part in sections and places[-1][0] != _COLON)):
        return head
    head, tail = title[: places[0].start()].strip(), title[places[0].end() :].strip()
    part = folded(head)
    return tail if tail and (_is_site(part, sites) or (part in sections and places[0][0] != _COLON)) else None


def _is_site(part: str, sites: set[str]) -> bool:
    joined = part.replace(" ", "")
    return part in sites or (bool(joined) and any(joined == s.replace(" ", "") for s in sites))
