"""Who wrote it: persons, desks and organisations of the byline, each once, in the byline's order.

It must not take a box about another story's author, nor prefer the site's own name to a person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from streams.core.metadata.bylines import family_name_first, from_field, from_view, has_lead, is_person, split_byline
from streams.core.metadata.evidence import Evidence
from streams.core.metadata.reading import Reading
from streams.core.records import Author, Signal

MOST_AUTHORS = 12
_WEAK = 0.8  # trust below which a source is not even asked once a person is found
_FIRST_LINES = 5
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d min")
_LONGEST_LINE = 80  # characters of a byline without a mark
METAS = (
    "meta:parsely-author",
    "meta:sailthru.author",
    "meta:author",
    "meta:article:author",
    "meta:article:author_name",
    "meta:og:article:author",
    "meta:dc.creator",
    "meta:dcterms.creator",
    "meta:byl",
    "meta:itemprop:author",
)
_CITATIONS = ("meta:citation_author", "meta:citation_authors")
_SEEN = frozenset({"byline", "line"})  # sources that readers see, where other words stand too
_WRITTEN_BY = frozenset({"written by", "author", "by", "verfasst von", "écrit par", "escrito por", "scritto da"})


@dataclass(frozen=True, slots=True)
class Authors:
    """The byline's names, the source that gave them, how sure, and what other sources said."""

    names: tuple[Author, ...]
    source: str
    confidence: float
    rivals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class _Reader:
    """What reading a byline needs."""

    reading: Reading
    sites: frozenset[str]

    def names(self, signals: list[Signal], source: str) -> tuple[Author, ...]:
        """The names in the signals, each once; the site's own name only where it stands alone."""
        found: dict[str, Author] = {}
        for s in signals:
            if "://" in s.value[:12] or "comment" in s.context.casefold():
                continue
            for i, part in enumerate(split_byline(s.value, self.reading)):
                if source in _SEEN:
                    led = i == 0 and has_lead(s.value, self.reading)
                    marked = part == s.value and "author" in s.context
                    author = from_view(part, source, self.reading, alone=led or marked)
                else:
                    author = from_field(part, source, self.reading, first=i == 0)
                if author and author.name.casefold() in self.sites:
                    author = Author(author.name, "organization", source)
                if author:
                    found.setdefault(author.name.casefold(), author)
            if found and source in _SEEN:
                break
        names = tuple(found.values())[:MOST_AUTHORS]
        persons = tuple(a for a in names if a.name.casefold() not in self.sites)
        return persons or names


def authors(evidence: Evidence, reading: Reading, sites: tuple[str, ...]) -> Authors:
    """The most trusted source that names a person; else the most trusted one that names a desk or the site."""
    reader = _Reader(reading, frozenset(n for s in sites for n in (s.casefold(), s.casefold().removeprefix("the "))))
    found: list[Authors] = []
    signed = False
    for trust, source, signals in _sources(evidence, reading):
        if signed and trust < _WEAK:
            break
        names = reader.names(signals, source) if signals else ()
        if names:
            found.append(Authors(names, source, trust, ()))
            signed = signed or any(n.kind == "person" for n in names)
    if not found:
        return Authors((), "", 0.0, ())
    persons = [a for a in found if any(n.kind == "person" for n in a.names)]
    best = max(persons or found, key=lambda a: a.confidence)
    chosen = {n.name.casefold() for n in best.names}
    others = (a for a in found if {n.name.casefold() for n in a.names} != chosen)
    rivals = dict.fromkeys(Signal(a.source, ", ".join(n.name for n in a.names)) for a in others)
    return Authors(best.names, best.source, best.confidence, tuple(rivals)[:5])


def _sources(evidence: Evidence, reading: Reading) -> Iterator[tuple[float, str, list[Signal]]]:
    near = [s for s in evidence.of("byline", "line") if evidence.place(s) == "after"]
    yield 0.95, "byline", [s for s in near if has_lead(s.value, reading)]
    yield 0.94, "line", _led(evidence, reading)
    yield 0.92, "jsonld:author.name", list(evidence.written("author.name", "author"))
    ids = {s.value for s in evidence.written("author.@id")}
    people = [s for kind, s in evidence.jsonld.get("name", ()) if kind == "Person"]
    yield 0.9, "jsonld:Person.name", [s for s in people if s.context in ids]
    for name in METAS:
        yield 0.85, name, list(evidence.of(name))
    for name in _CITATIONS:
        yield 0.88, name, [Signal(s.source, family_name_first(s.value)) for s in evidence.of(name)]
    yield 0.8, "byline", [s for s in evidence.of("byline") if evidence.place(s)]
    yield 0.7, "byline", list(evidence.of("byline"))
    labels = [s.value.casefold() for s in evidence.of("meta:twitter:label1")]
    if labels and labels[0] in _WRITTEN_BY:
        yield 0.85, "meta:twitter:data1", list(evidence.of("meta:twitter:data1"))
    yield 0.65, "line", [s for s in evidence.of("line") if has_lead(s.value, reading)]
    yield 0.6, "jsonld:Person.name", people if len(people) == 1 else []
    yield 0.5, "line", _beside_date(evidence, reading)


def _led(evidence: Evidence, reading: Reading) -> list[Signal]:
    """The line after one that says "By" and no more."""
    lines = list(evidence.of("line"))
    for line, after in pairwise(lines):
        led = line.value.casefold().rstrip(" :") in reading.bare_leads
        if led and len(after.value) <= _LONGEST_LINE and from_view(after.value, "line", reading):
            return [after]
    return []


def _beside_date(evidence: Evidence, reading: Reading) -> list[Signal]:
    """A line just below the headline that begins with a person's name, with a date in it or right behind it."""
    lines = sorted((s for s in evidence.of("line", "posted") if evidence.place(s) == "after"), key=evidence.order)
    for line, after in pairwise((*lines[:_FIRST_LINES], Signal("", ""))):
        parts = list(split_byline(line.value, reading)) if len(line.value) <= _LONGEST_LINE else []
        persons = [p for p in parts if is_person(p) and not _is_job(p, reading)]
        dated = (
            after.source == "posted"
            or _YEAR.search(line.value)
            or (len(after.value) <= 40 and _YEAR.search(after.value))
        )
        if line.source == "line" and dated and persons and persons[0] == parts[0]:
            return [Signal("line", ", ".join(persons), line.context)]
    return []


def _is_job(part: str, reading: Reading) -> bool:
    labels = reading.data.labels
    return any(w.casefold() in labels.roles or w.casefold() in labels.never for w in part.split())
