"""On whose site the words stand, and in which country. It must not say whose words they are: `agency.py` does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from streams.core.metadata.addresses import site_of
from streams.core.metadata.data import KnownPublisher, MetadataData
from streams.core.metadata.evidence import Evidence
from streams.core.records import Named, Signal

_PARTS = re.compile(
    r" ?(?: [-–—|:»·•]{1,2} |: |[|©•]|\. |\(c\)|copyright|\b(?:19|20)\d\d\b(?:-\d{4})?|::) ?", re.IGNORECASE
)
_SHORTEST_STEM = 4  # letters
_SHORTEST_HEAD = 20
_NO_LETTERS = bytes(n for n in range(128) if not chr(n).isalnum())
_LONGEST_NAME = 60  # characters
METAS = (
    "meta:og:site_name",
    "meta:application-name",
    "meta:publisher",
    "meta:dc.publisher",
    "meta:dcterms.publisher",
    "meta:itemprop:publisher",
    "meta:apple-mobile-web-app-title",
    "meta:copyright",
)


def known(host: str, data: MetadataData) -> KnownPublisher | None:
    """The gazetteer's entry for the host or the nearest domain above it."""
    labels = host.casefold().split(".")
    for i in range(max(1, len(labels) - 1)):
        if found := data.publishers.get(".".join(labels[i:])):
            return found
    return None


def publisher(evidence: Evidence, data: MetadataData) -> Named | None:
    """The gazetteer first, then what the page says of itself, then the host's own name at little confidence."""
    candidates = _candidates(evidence, data)
    if not candidates:
        return None
    trust, best = candidates[0]
    rivals = {s.value.casefold(): s for _, s in candidates if s.value.casefold() != best.value.casefold()}
    agree = sum(s.value.casefold() == best.value.casefold() for _, s in candidates)
    return Named(best.value, best.source, round(1 - (1 - trust) * 0.7 ** (agree - 1), 3), tuple(rivals.values())[:5])


def _candidates(evidence: Evidence, data: MetadataData) -> list[tuple[float, Signal]]:
    entry = known(evidence.host, data)
    found = [(0.99, Signal("gazetteer", entry.name, entry.domain))] if entry else []
    found += [(0.9, s) for s in evidence.of("meta:og:site_name")]
    found += [(0.88, s) for s in evidence.written("publisher.name")]
    found += [(0.85, s) for kind, s in evidence.jsonld.get("name", ()) if kind in ("NewsMediaOrganization", "WebSite")]
    found += [(0.8, s) for s in evidence.of(*METAS[1:])]
    found += [(0.75, s) for s in _like_host(evidence)]
    found += [(0.7, s) for kind, s in evidence.jsonld.get("name", ()) if kind in ("Organization", "Corporation")]
    found += [(0.5, s) for s in _behind_headline(evidence)]
    host = evidence.host.removeprefix("www.")
    found += [(0.3, Signal("host", host))] if host else []
    return [(t, s) for t, s in found if 1 < len(s.value) <= 120 and "://" not in s.value]


def _like_host(evidence: Evidence) -> Iterator[Signal]:
    """Parts of title, copyright and short lines that spell the host: `Northhaven Herald` on northhavenherald."""
    stem = _joined(stem_of(evidence.host))
    if len(stem) < _SHORTEST_STEM:
        return
    told = [*evidence.of("title", "credit"), *[s for s in evidence.lines() if len(s.value) <= _LONGEST_NAME]]
    joined = "\n".join([s.value for s in told]).casefold()
    if stem.isascii() and stem.encode() not in _letters(joined):
        return
    folded = joined.replace(" ", "").split("\n")
    for s, letters in zip(told, folded, strict=False):
        if stem[:_SHORTEST_STEM] not in letters and (
            s.value.isascii() or (stem.isascii() and stem.encode() not in _letters(letters))
        ):
            continue
        for part in _PARTS.split(s.value[:400]):
            if _joined(part) in (stem, "the" + stem):
                yield Signal(s.source, part.strip(" .,|"))


def _behind_headline(evidence: Evidence) -> Iterator[Signal]:
    """`Russia quits court - KWVT-TV Ridgeway`: what a title or first line has behind the headline itself."""
    heads: set[str] = set()
    for s in (*evidence.of("title"), *evidence.lines()[:3]):
        head, separator, tail = s.value.rpartition(" - ")
        if not separator:
            head, separator, tail = s.value.rpartition(" | ")
        if separator and 1 < len(tail) <= 60:
            heads = heads or {h.value.casefold() for h in evidence.of("h1", "meta:og:title", "line")}
            if len(head) > _SHORTEST_HEAD and head.casefold() in heads:
                yield Signal(s.source, tail)


def _letters(folded: str) -> bytes:
    """The ASCII letters and digits of folded text, run together, those under accents too."""
    plain = folded if folded.isascii() else unicodedata.normalize("NFKD", folded)
    return plain.encode("ascii", "ignore").translate(None, _NO_LETTERS)


def _joined(text: str) -> str:
    folded = text.casefold()
    return "".join(filter(str.isalnum, folded if folded.isascii() else unicodedata.normalize("NFKD", folded)))


def stem_of(host: str) -> str:
    """The name in a host: `www.kolm-brief.co.uk` -> `kolm-brief`."""
    return site_of(host).partition(".")[0]


def site_names(evidence: Evidence, named: Named | None) -> tuple[str, ...]:
    """Every name the site may put behind its headlines."""
    host = evidence.host.removeprefix("www.")
    own = [named.value, *(s.value for s in named.rivals)] if named else []
    handles = [s.value.lstrip("@") for s in evidence.of("meta:twitter:site")]
    return tuple(dict.fromkeys([*own, *handles, host, stem_of(host)]))


@dataclass(frozen=True, slots=True)
class Country:
    """ISO 3166-1 alpha-3, or None where nothing tells."""

    code: str | None
    source: str
    confidence: float


def country(evidence: Evidence, data: MetadataData) -> Country:
    """The publisher's: the gazetteer's, else that of a country's own top-level domain."""
    entry = known(evidence.host, data)
    if entry and entry.country:
        return Country(entry.country, "gazetteer", 0.99)
    code = data.country_of_tld.get(evidence.host.rpartition(".")[2])
    return Country(code, "host" if code else "", 0.8 if code else 0.0)
