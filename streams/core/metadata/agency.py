"""Whose words these are: the news agency behind the text, from its dateline, byline, credits and copyright.

It must not take a photo's credit, a body of the same initials, or an agency that is merely quoted for the author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from streams.core.metadata.data import Agency
from streams.core.metadata.evidence import Evidence
from streams.core.records import Named, Signal

_HEAD = 220  # characters of a paragraph where a dateline can stand
_TAIL = 400  # characters at the end of the text where a credit can stand
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]|/([^()/\[\]]{2,60})/|【[^【】=]{0,20}=([^【】]{2,20})】")
_AFTER = re.compile(r"[)/\]]?[.,]?\s{0,3}(?:--|[—–:/-]|\.\s|$)")
_DASH = re.compile(r" ?(?:--|[—–]|(?<=\w)- | - ) ?")
_LONGEST_PLACE = 90  # characters of a dateline before its dash
_SPLIT = re.compile(r"\s?[/;,+&|]\s?|\s(?:and|via|with|avec|et|mit|und|con|com|met|och|og|и)\s")
# "Reuters Staff", "Associated Press Writer"
_STAFF = re.compile(
    r" (?:staff|newsroom|writers?|reporters?|correspondents?)(?: (?:writers?|reporters?))?$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:['’&.][^\W_]+)*")
_PICTURE = re.compile(
    r"\b(?:photos?|photographs?|images?|pictures?|file|getty|foto|bild|photographer|illustration|video)\b"
    r"|/ ?(?:getty|pool)",
    re.IGNORECASE,
)
_OWNING = ("©", "(c)", "copyright", "rights reserved", "reproduced", "contributed", "not be published")
_QUOTED = re.compile(
    r"\b(?:according to|told|as reported by|reports?|reported|citing|cited by|(?:says|said|quoted) (?:by )?)\b",
    re.IGNORECASE,
)
_QUOTING = ("according to", "told", "report", "cit", "says", "said", "quoted")  # parts of every wording above
_WIRED = ("wire", "agenc", "agenz", "agentur")
_METAS = (
    "meta:author",
    "meta:article:author",
    "meta:dc.creator",
    "meta:source",
    "meta:dc.source",
    "meta:parsely-author",
    "meta:sailthru.author",
)
_WIRE = re.compile(
    r"\b(?:wire|newswire|news agency|press agency|agence|agencia|agenzia|presse-agentur)\b", re.IGNORECASE
)
_NOT_NAME = re.compile(r"^by |\(c\)|©|copyright|\b(?:19|20)\d\d\b|all rights reserved.*$", re.IGNORECASE)
_SYNDICATED = ("link:canonical", "meta:syndication-source", "meta:original-source")
_LONGEST_NAME = 6  # words
_LONGEST_CREDIT = 400  # characters
_LONGEST_WHOLE = 60


@dataclass(frozen=True, slots=True)
class AgencyNames:
    """The gazetteer turned round: a name's casefolded words, the whole name so, a mark exactly as printed, a domain."""

    by_words: dict[tuple[str, ...], Agency]
    by_name: dict[str, Agency]
    by_mark: dict[str, Agency]
    by_domain: dict[str, Agency]
    first_words: frozenset[str]


def index(agencies: tuple[Agency, ...]) -> AgencyNames:
    """Built once a describer."""
    by_words = {tuple(_words(n)): a for a in agencies for n in (a.name, *a.names) if n in a.names or " " in n}
    return AgencyNames(
        by_words=by_words,
        by_name={n.casefold(): a for a in agencies for n in (a.name, *a.names) if len(n) > 4 or n in a.names},
        by_mark={m: a for a in agencies for m in a.marks},
        by_domain={d: a for a in agencies for d in a.domains},
        first_words=frozenset(words[0] for words in by_words),
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def agency(evidence: Evidence, names: AgencyNames, site: str) -> Named | None:
    """The most trusted finding; findings of another agency are its rivals. `site` is the publisher's name."""
    found = [*_findings(evidence, names), *_unlisted(evidence, site)]
    if not found:
        return None
    best = max(found, key=lambda f: f[0])
    agree = len({f[2].source for f in found if f[1].id == best[1].id}) - 1
    rivals = {f[1].id: Signal(f[2].source, f[1].name, f[2].value[:200]) for f in found if f[1].id != best[1].id}
    confidence = round(1 - (1 - best[0]) * 0.7 ** min(agree, 4), 3)
    return Named(best[1].name, best[2].source, confidence, tuple(rivals.values()))


def _unlisted(evidence: Evidence, site: str) -> Iterator[tuple[float, Agency, Signal]]:
    """Agencies that the gazetteer lacks: "… Wire", "… News Agency"; surer where a dateline has the initials."""
    for s in (*evidence.of("byline", "credit"), Signal("publisher", site)):
        folded = s.value[:200].casefold()
        if not any(word in folded for word in _WIRED) or not _WIRE.search(folded):
            continue
        for part in _SPLIT.split(s.value[:200]):
            name = _NOT_NAME.sub("", part).strip(" .,:;—–-()[]")
            if _WIRE.search(name) and 2 <= len(name.split()) <= 5:
                initials = "".join(w[0] for w in name.split() if w[0].isupper())
                yield (
                    (0.9 if initials in _marks(evidence) else 0.6),
                    Agency(name.casefold(), name, None, (), (), (), (), ()),
                    s,
                )


def _marks(evidence: Evidence) -> set[str]:
    """The capitals in brackets in datelines and the text's opening."""
    opening = " ".join(s.value for s in (*evidence.of("dateline"), Signal("", evidence.article.text[:_HEAD])))
    return {m[1] for m in _BRACKETED.finditer(opening[: 2 * _HEAD]) if m[1] and m[1].isupper()}


def _findings(evidence: Evidence, names: AgencyNames) -> Iterator[tuple[float, Agency, Signal]]:
    text = evidence.article.text
    for s in (*evidence.of("dateline"), Signal("dateline", text[:_HEAD])):
        for a in in_dateline(s.value[:_HEAD], names):
            yield 0.97, a, s
    for s in evidence.written("sourceOrganization.name", "copyrightHolder.name", "isBasedOn.publisher.name"):
        for a in whole(s.value, names):
            yield 0.9, a, s
    read: dict[str, tuple[Agency, ...]] = {}
    for s in _bylines(evidence):
        if s.value not in read:
            read[s.value] = tuple(in_byline(s.value, names))
        yield from ((0.9, a, s) for a in read[s.value])
    for s in (*evidence.of("credit"), Signal("text", text[-_TAIL:].rpartition("\n\n")[2])):
        for a in in_credit(s.value, names):
            yield 0.85, a, s
    yield from _from_addresses(evidence, names)
    for a in in_attribution(text[: 3 * _HEAD], names):
        yield 0.4, a, Signal("text", text[: 3 * _HEAD])


def _bylines(evidence: Evidence) -> Iterator[Signal]:
    yield from evidence.written("author.name", "author", "creator.name", "creator")
    yield from evidence.of(*_METAS, "byline")


def _from_addresses(evidence: Evidence, names: AgencyNames) -> Iterator[tuple[float, Agency, Signal]]:
    for s in (*evidence.of(*_SYNDICATED), Signal("url", evidence.article.url)):
        host = s.value.partition("://")[2].partition("/")[0].casefold().removeprefix("www.")
        labels = host.split(".")
        for i in range(len(labels) - 1):
            if a := names.by_domain.get(".".join(labels[i:])):
                yield (0.8 if s.source == "url" else 0.88), a, s
                break


def in_dateline(paragraph: str, names: AgencyNames) -> Iterator[Agency]:
    """The agency of a dateline at the paragraph's start.

    `PARIS (AFP) —`, `MOSCOW, November 16. /TASS/.`, `New Delhi, Nov 16 (PTI) India`, `Accra, Nov. 16, GNA –`, `AP —`.
    """
    for m in _BRACKETED.finditer(paragraph[: 2 * _LONGEST_PLACE]):
        place = paragraph[: m.start()].strip()
        ended = _AFTER.match(paragraph, m.end()) or place[-1:].isdigit() or place.endswith(":") or m[3]
        if ended and _placelike(place):
            for part in _SPLIT.split(m[1] or m[2] or m[3]):
                yield from whole(part, names)
    head, dash, rest = _at_dash(paragraph[:_LONGEST_PLACE])
    if dash and _placelike(head):
        place, _, last = head.replace(". ", ", ").rpartition(", ")
        if place or last.isupper() or " " in last:
            yield from whole(last, names)
        yield from whole(rest.partition(". ")[0], names)


def _at_dash(opening: str) -> tuple[str, str, str]:
    found = _DASH.search(opening)
    return (opening[: found.start()].strip(), found[0], opening[found.end() :]) if found else (opening, "", "")


def _placelike(text: str) -> bool:
    """True for a dateline's place and date: few words, all with capitals or digits but particles and short months."""
    words = text.split()
    if len(text) > _LONGEST_PLACE or len(words) > 9:
        return False
    return all(not w[0].islower() or len(w.rstrip(".,")) <= 4 for w in words)


def in_byline(text: str, names: AgencyNames) -> Iterator[Agency]:
    """A byline's whole parts, or a full name in it: `Vladimir Isachenkov, Associated Press`."""
    if len(text) > 200:
        return
    found = list(_named_in(text, names))
    for part in _SPLIT.split(text.removeprefix("By ").removeprefix("by ")):
        found += whole(_STAFF.sub("", part) if " " in part else part, names)
    if found and not _PICTURE.search(text):
        yield from found


def in_credit(line: str, names: AgencyNames) -> Iterator[Agency]:
    """A line that is a credit as a whole, or a copyright or contribution line that holds a name."""
    if len(line) > _LONGEST_CREDIT:
        return
    found: list[Agency] = []
    bare = line.strip(" \t—–-()[]/|•*.")
    if len(bare) <= _LONGEST_WHOLE:
        found += whole(bare.removeprefix("By ").removeprefix("Source: "), names)
    folded = line.casefold()
    if any(word in folded for word in _OWNING):
        found += _named_in(line, names)
        found += _marked_in(line, names)
    if found and not _PICTURE.search(line):
        yield from found


def _marked_in(text: str, names: AgencyNames) -> Iterator[Agency]:
    """The agencies whose mark is one of the text's words, spelt exactly."""
    for word in text.split():
        if a := names.by_mark.get(word.strip(".,;:()\"'“”‘’")):
            yield a


def in_attribution(text: str, names: AgencyNames) -> Iterator[Agency]:
    """`…, AFP reports`, `according to the Interfax news agency`: a rewrite of its report; little confidence."""
    folded = text.casefold()
    for m in _QUOTED.finditer(text) if any(word in folded for word in _QUOTING) else ():
        near = text[max(0, m.start() - 40) : m.end() + 50]
        yield from _named_in(near, names)
        yield from _marked_in(near, names)


def whole(part: str, names: AgencyNames) -> Iterator[Agency]:
    """The agency of which the part is the whole name or mark."""
    part = part.strip(" .,:;—–-()[]/")
    found = names.by_mark.get(part) or names.by_name.get(part.casefold().removeprefix("the "))
    if found:
        yield found


def _named_in(text: str, names: AgencyNames) -> Iterator[Agency]:
    words = _words(text[:400])
    for i, word in enumerate(words):
        if word not in names.first_words:
            continue
        for n in range(min(_LONGEST_NAME, len(words) - i), 0, -1):
            if a := names.by_words.get(tuple(words[i : i + n])):
                yield a
                break
