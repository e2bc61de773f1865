"""Who wrote it: persons, desks and organisations of the byline, each once, in the byline's order.

It must not take a box about another story's author, nor prefer the site's own name to a person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from streams.core.metadata.bylines import (
    family_name_first,
    from_field,
    from_lead,
    from_view,
    has_lead,
    is_person,
    split_byline,
)
from streams.core.metadata.evidence import Evidence
from streams.core.metadata.reading import Reading
from streams.core.records import Author, Signal

MOST_AUTHORS = 12
_WEAK = 0.8  # trust below which a source is not even asked once a person is found
_FIRST_LINES = 5
_FARTHEST = 15  # signals from the headline; a byline farther off is a card's
_PERSON = 0.6  # trust below which a person's name gives way to the site's
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d min")
_LONGEST_LINE = 80  # characters of a byline without a mark
_LONGEST_BYLINE = 120  # characters; what is longer and does not begin with a name tells of a person
_LONGEST_DATE = 40
_LONGEST_LEAD = 20
_OPENING_LINES = 2
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
_NOT_OWN = re.compile(
    r"comment|description|\bbio\b", re.IGNORECASE
)  # classes of readers' names and of what a person is
_OF_PICTURE = re.compile(
    r"(?:photos?|photography|pictures?|images?|illustrations?|fotos?|bild) ?(?:by|von|:)", re.IGNORECASE
)
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
    """What reading a byline needs; a page repeats its bylines, so what each was cut into is kept."""

    reading: Reading
    sites: frozenset[str]
    split: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def names(self, signals: list[Signal], source: str) -> tuple[Author, ...]:
        """The names in the signals, each once; the site's own name only where it stands alone."""
        found: dict[str, Author] = {}
        for s in signals:
            if "://" in s.value[:12] or _NOT_OWN.search(s.context) or _OF_PICTURE.match(s.value):
                continue
            if s.value not in self.split:
                self.split[s.value] = tuple(split_byline(s.value, self.reading))
            for i, part in enumerate(self.split[s.value]):
                if source in _SEEN:
                    led = i == 0 and has_lead(s.value, self.reading)
                    marked = part == s.value and "author" in s.context
                    author = from_view(part, source, self.reading, alone=led or marked)
                else:
                    author = from_field(part, source, self.reading, first=i == 0)
                if not author and not found and source in _SEEN and len(s.value) > _LONGEST_BYLINE:
                    break
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
    best = _in_full(_best(found), found)
    chosen = {n.name.casefold() for n in best.names}
    others = (a for a in found if {n.name.casefold() for n in a.names} != chosen)
    rivals = dict.fromkeys(Signal(a.source, ", ".join(n.name for n in a.names)) for a in others)
    return Authors(best.names, best.source, best.confidence, tuple(rivals)[:5])


def _best(found: list[Authors]) -> Authors:
    """The most trusted that names a person; a weak one gives way to the site's own name, not to a nameless desk."""
    best = max(found, key=lambda a: a.confidence)
    least = 0.0 if any(n.kind == "desk" for n in best.names) else _PERSON
    persons = [a for a in found if a.confidence >= least and any(n.kind == "person" for n in a.names)]
    return max(persons, key=lambda a: a.confidence) if persons else best


def _in_full(best: Authors, found: list[Authors]) -> Authors:
    """A lone given name gives way to the source that has the same person's whole name."""
    first, *others = (n.name.casefold() for n in best.names)
    if others or " " in first:
        return best
    named = (a for a in found if any(n.name.casefold().startswith(first + " ") for n in a.names if n.kind == "person"))
    return next(named, best)


def _sources(evidence: Evidence, reading: Reading) -> Iterator[tuple[float, str, list[Signal]]]:
    below = {i for i, spot in evidence.near.items() if spot.place == "after" and spot.distance <= _FARTHEST}
    near = [*_opening(evidence), *[s for s in evidence.of("byline", "line") if id(s) in below]]
    yield 0.95, "byline", [Signal(s.source, led, s.context) for s in near if (led := from_lead(s.value, reading))]
    yield 0.94, "line", _led(evidence, reading)
    yield 0.92, "jsonld:author.name", list(evidence.written("author.name", "author"))
    yield (
        0.9,
        "jsonld:WebPage.author.name",
        [s for kind, s in evidence.jsonld.get("author.name", ()) if kind == "WebPage"],
    )
    ids = {s.value for s in evidence.written("author.@id")}
    people = [s for kind, s in evidence.jsonld.get("name", ()) if kind == "Person"]
    yield 0.9, "jsonld:Person.name", [s for s in people if s.context in ids]
    for name in METAS:
        if name in evidence.by_source:
            yield 0.85, name, evidence.by_source[name]
    for name in _CITATIONS:
        yield 0.88, name, [Signal(s.source, family_name_first(s.value)) for s in evidence.of(name)]
    yield 0.8, "byline", sorted((s for s in evidence.of("byline") if evidence.place(s)), key=evidence.distance)
    yield 0.7, "byline", list(evidence.of("byline"))
    labels = [s.value.casefold() for s in evidence.of("meta:twitter:label1")]
    if labels and labels[0] in _WRITTEN_BY:
        yield 0.85, "meta:twitter:data1", list(evidence.of("meta:twitter:data1"))
    yield 0.65, "line", [s for s in evidence.lines() if has_lead(s.value, reading)]
    yield 0.6, "jsonld:Person.name", people if len(people) == 1 else []
    yield 0.5, "line", _beside_date(evidence, reading)


def _opening(evidence: Evidence) -> Iterator[Signal]:
    """The text's first lines where they are short: a byline that the cleaner took for text."""
    *whole, _ = evidence.article.text[: (_LONGEST_LINE + 2) * _OPENING_LINES].split("\n\n")
    for line in whole[:_OPENING_LINES]:
        if len(line) <= _LONGEST_LINE and not line.endswith((".", ":", "!", "?")):
            yield Signal("text", line)


def _led(evidence: Evidence, reading: Reading) -> list[Signal]:
    """The line after one that says "By" and no more."""
    lines = evidence.lines()
    for i in [i for i, line in enumerate(lines[:-1]) if len(line.value) <= _LONGEST_LEAD]:
        after = lines[i + 1]
        led = lines[i].value.casefold().rstrip(" :") in reading.bare_leads
        if led and len(after.value) <= _LONGEST_LINE and from_view(after.value, "line", reading):
            return [after]
    return []


def _beside_date(evidence: Evidence, reading: Reading) -> list[Signal]:
    """A line just below the headline that is a person's name and has a date in it, or behind it but for a job."""
    lines = sorted(
        (s for s in evidence.of("line", "posted") if id(s) in evidence.near and evidence.place(s) == "after"),
        key=evidence.order,
    )
    for i, line in enumerate(lines[:_FIRST_LINES]):
        if line.source != "line" or len(line.value) > _LONGEST_LINE or not _is_dated(lines[i : i + 3], reading):
            continue
        parts = list(split_byline(line.value, reading))
        persons = [p for p in parts if is_person(p) and not _is_job(p, reading)]
        if persons:
            titles = " ".join((evidence.article.headline, *(s.value for s in evidence.of("title", "h1")))).casefold()
            persons = [p for p in persons if p.casefold() not in titles]
        if persons and persons[0] == parts[0]:
            return [Signal("line", ", ".join(persons), line.context)]
    return []


def _is_dated(lines: list[Signal], reading: Reading) -> bool:
    """True where the first line has a year, or the next is a date, or the one behind a line that tells a job."""
    first, *others = lines
    if _YEAR.search(first.value):
        return True
    if len(others) == 2 and others[0].source == "line" and _is_job(others[0].value, reading):
        others = others[1:]
    after = others[0] if others else Signal("", "")
    return after.source == "posted" or (len(after.value) <= _LONGEST_DATE and bool(_YEAR.search(after.value)))


def _is_job(part: str, reading: Reading) -> bool:
    labels = reading.data.labels
    words = [w.casefold().strip(".,") for w in part.split()]
    return any(w in labels.roles or w in labels.never for w in words)
