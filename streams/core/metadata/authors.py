"""Who wrote it: persons, desks and organisations of the byline, each once, in the byline's order.

It must not make a name of a date, a job, a site or a link's address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from streams.core.metadata.agency import AgencyNames, whole
from streams.core.metadata.data import Labels, MetadataData
from streams.core.metadata.evidence import Evidence
from streams.core.records import Author, Signal

MOST_AUTHORS = 12
_SPLIT = re.compile(r"\s?[;|/•·&+]\s?|,\s(?:and\s)?|\s(?:and|und|et|och|og|with|mit|avec|con|и|та)\s")
_CUT = re.compile(
    r"\s?(?:\||•|·|—|–| - |\bon\b|\bposted\b|\bpublished\b|\bupdated\b|\blast\b|\breviewed\b|\bedited\b|\bmedically\b|\bfact|\bread more\b|@|\d{1,2}[:/.]\d|\d+ min|\b(?:19|20)\d{2}\b|\bfollow\b|\bsee\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\.?")
_NOT_A_NAME = re.compile(r"https?://|www\.|[@{}<>=\[\]#%]|\d{3,}")


@dataclass(frozen=True, slots=True)
class Authors:
    """The byline's names, the source that gave them, how sure, and what other sources said."""

    names: tuple[Author, ...]
    source: str
    confidence: float
    rivals: tuple[Signal, ...]


def authors(evidence: Evidence, data: MetadataData, agencies: AgencyNames, sites: tuple[str, ...]) -> Authors:
    """The first source, in order of trust, whose value holds a name."""
    rivals: list[Signal] = []
    winner: Authors | None = None
    for trust, source, signals in _sources(evidence, data):
        names = _all_names(signals, source, data, agencies, sites)
        if names and winner is None:
            winner = Authors(names, source, trust, ())
        elif names and winner and {n.name.casefold() for n in names} != {n.name.casefold() for n in winner.names}:
            rivals.append(Signal(source, ", ".join(n.name for n in names)))
    if winner is None:
        return Authors((), "", 0.0, ())
    return Authors(winner.names, winner.source, winner.confidence, tuple(dict.fromkeys(rivals))[:5])


def _sources(evidence: Evidence, data: MetadataData) -> Iterator[tuple[float, str, list[Signal]]]:
    ids = {s.value for s in evidence.written("author.@id")}
    people = [s for kind, s in evidence.jsonld.get("name", ()) if kind == "Person"]
    yield 0.92, "jsonld:author.name", list(evidence.written("author.name", "author"))
    yield 0.9, "jsonld:Person.name", [s for s in people if s.context in ids]
    for name in ("meta:parsely-author", "meta:sailthru.author", "meta:author", "meta:article:author", "meta:article:author_name", "meta:dc.creator", "meta:citation_author", "meta:byl", "meta:itemprop:author"):
        yield 0.85, name, list(evidence.of(name))
    yield 0.8, "byline", list(evidence.of("byline"))
    lead = tuple(w + " " for w in data.labels.by)
    yield 0.7, "line", [s for s in evidence.of("line") if s.value.casefold().startswith(lead)][:1]
    labels = [s.value.casefold() for s in evidence.of("meta:twitter:label1")]
    if labels and labels[0] in ("written by", "author", "by"):
        yield 0.85, "meta:twitter:data1", list(evidence.of("meta:twitter:data1"))
    if len(people) == 1:
        yield 0.6, "jsonld:Person.name", people


def _all_names(signals: list[Signal], source: str, data: MetadataData, agencies: AgencyNames, sites: tuple[str, ...]) -> tuple[Author, ...]:
    found: dict[str, Author] = {}
    for s in signals:
        for name in split_byline(s.value, data.labels):
            author = _classified(name, source, data.labels, agencies, sites)
            if author:
                found.setdefault(author.name.casefold(), author)
        if source in ("byline", "line") and found:
            break
    return tuple(found.values())[:MOST_AUTHORS]


def split_byline(text: str, labels: Labels) -> Iterator[str]:
    """`By Ann Lee and Bo Ek, AP | Nov 16` -> `Ann Lee`, `Bo Ek`, `AP`."""
    text = " ".join(text[:300].split())
    text = _lead_cut(text, labels)
    text = _CUT.sub("", text)
    for part in _SPLIT.split(text):
        part = _lead_cut(part.strip(" ,.;:()-–—\"'"), labels)
        if part:
            yield part


def _lead_cut(text: str, labels: Labels) -> str:
    """Without "By", "Von", "Written by:", the longest first."""
    folded = text.casefold()
    for lead in labels.by:
        if folded.startswith(lead) and len(folded) > len(lead) and folded[len(lead)] in " :":
            return text[len(lead) :].lstrip(" :")
    return text


def _classified(name: str, source: str, labels: Labels, agencies: AgencyNames, sites: tuple[str, ...]) -> Author | None:
    words = _WORD.findall(name)
    folded = [w.casefold().strip(".") for w in words]
    if not words or len(words) > 7 or not 2 <= len(name) <= 80 or _NOT_A_NAME.search(name):
        return None
    if name.casefold() in labels.nobody or all(w in labels.roles for w in folded):
        return None
    if next(whole(name, agencies), None):
        return Author(name, "organization", source)
    if any(w in labels.desks for w in folded):
        return Author(name, "desk", source)
    if name.casefold() in {s.casefold() for s in sites}:
        return Author(name, "organization", source)
    return Author(name, "person", source)
