"""What the page says about its dates, each saying with the rule that read it and how far that rule is to be trusted.

It must not choose between them; `dates.py` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from streams.core.metadata.data import Labels, MetadataData
from streams.core.metadata.evidence import WRITING, Evidence
from streams.core.metadata.layout import Place
from streams.core.metadata.moments import Moment, make, parse_machine
from streams.core.metadata.spoken_dates import LONGEST, Setting, read, weekday_before
from streams.core.records import Signal

Role = Literal["published", "modified", "either"]


@dataclass(frozen=True, slots=True)
class Clue:
    """One dated saying. `rule` is what the record's `source` shows; `family` tells independent witnesses apart."""

    moment: Moment
    role: Role
    rule: str
    family: str
    trust: float
    signal: Signal


# Trust is the share of pages of the tuning half where the source alone gave the right day (docs/metadata.md).
_PUBLISHED_METAS: tuple[tuple[str, float], ...] = (
    ("meta:article:published_time", 0.95),
    ("meta:og:article:published_time", 0.95),
    ("meta:og:published_time", 0.94),
    ("meta:og:publish_date", 0.94),
    ("meta:og:pubdate", 0.94),
    ("meta:itemprop:datepublished", 0.8),
    ("meta:datepublished", 0.92),
    ("meta:parsely-pub-date", 0.94),
    ("meta:sailthru.date", 0.94),
    ("meta:cxenseparse:publishtime", 0.94),
    ("meta:cxenseparse:recs:publishtime", 0.94),
    ("meta:article.published", 0.94),
    ("meta:article:published", 0.94),
    ("meta:published-date", 0.92),
    ("meta:published_date", 0.92),
    ("meta:publish-date", 0.92),
    ("meta:publish_date", 0.92),
    ("meta:publication_date", 0.92),
    ("meta:publication-date", 0.92),
    ("meta:publishdate", 0.92),
    ("meta:publisheddate", 0.92),
    ("meta:published-time", 0.92),
    ("meta:published_time", 0.92),
    ("meta:published", 0.9),
    ("meta:pubdate", 0.92),
    ("meta:date-pub", 0.92),
    ("meta:shareaholic:article_published_time", 0.92),
    ("meta:citation_publication_date", 0.92),
    ("meta:citation_online_date", 0.92),
    ("meta:citation_date", 0.9),
    ("meta:dc.date.issued", 0.92),
    ("meta:dcterms.issued", 0.92),
    ("meta:dcterms.available", 0.9),
    ("meta:prism.publicationdate", 0.92),
    ("meta:dc.date", 0.8),
    ("meta:dcterms.date", 0.85),
    ("meta:date", 0.88),
    ("meta:displaydate", 0.9),
    ("meta:govuk:first-published-at", 0.94),
    ("meta:govuk:public-updated-at", 0.7),
    ("meta:rnews:datepublished", 0.92),
    ("meta:bt:pubdate", 0.92),
    ("meta:originalpublicationdate", 0.92),
    ("meta:dc.date.created", 0.85),
    ("meta:dcterms.created", 0.8),
)
_MODIFIED_METAS: tuple[tuple[str, float], ...] = (
    ("meta:article:modified_time", 0.85),
    ("meta:og:article:modified_time", 0.85),
    ("meta:og:updated_time", 0.85),
    ("meta:og:modified_time", 0.85),
    ("meta:article:updated_time", 0.85),
    ("meta:itemprop:datemodified", 0.85),
    ("meta:datemodified", 0.85),
    ("meta:last-modified", 0.85),
    ("meta:last-updated", 0.85),
    ("meta:lastmod", 0.85),
    ("meta:dc.date.modified", 0.85),
    ("meta:dcterms.modified", 0.85),
    ("meta:updated", 0.85),
    ("meta:govuk:updated-at", 0.85),
    ("meta:http-equiv:last-modified", 0.85),
    ("meta:shareaholic:article_modified_time", 0.85),
)
METAS: dict[str, tuple[Role, float]] = {
    **{name: ("published", trust) for name, trust in _PUBLISHED_METAS},
    **{name: ("modified", trust) for name, trust in _MODIFIED_METAS},
}
JSONLD: tuple[tuple[str, Role, dict[str, float]], ...] = (
    # "" stands for any other type of written piece
    ("datePublished", "published", {"NewsArticle": 0.93, "WebPage": 0.6, "": 0.78}),
    ("dateCreated", "published", {"": 0.6}),
    ("uploadDate", "published", {"VideoObject": 0.6}),
    ("dateModified", "modified", {"WebPage": 0.8, "": 0.9}),
)
_OF_A_LIST = 0.55
_BAR = re.compile(r" ?[|•·;\n] ?|(?<=[a-z]{3})\. (?=[A-Z])")
_MOST_PARTS = 6
_DATE_LINE, _DATE_ELEMENT = 6, 8  # words
_LABEL_WORDS = frozenset({"on", "at", "date", "last", "am", "le", "el", "il", "op"})
_LONGEST_LABEL = 24  # characters
_CLASSES = frozenset({"published", "datepublished", "pubdate", "posted"})  # words of a class that mean publication
_OTHERS = " comments"  # the cleaner's label of readers' words
_FARTHER = 0.3
_STEP, _ADJACENT = 0.015, 3  # of trust lost a signal beyond the third from the headline
_LISTED = 3  # as many different days without a label are the entries of a list
_AWAY: dict[Place | None, float] = {"after": 0.0, "before": 0.06, None: 0.15}
URL_DAY, _URL_DAY_UNSURE, URL_MONTH = 0.92, 0.7, 0.6
_LABELLED = 0.05  # what a label near the headline adds
VISIBLE = {"time": 0.86, "posted": 0.88, "byline": 0.87, "dateline": 0.85, "line": 0.84}
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})([/_-]?)(\d{2})\2(\d{2})(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})[/-](0[1-9]|1[0-2])/")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")


def clues(evidence: Evidence, data: MetadataData, setting: Setting) -> Iterator[Clue]:
    """All of them, in no order of worth."""
    yield from _from_jsonld(evidence, data, setting)
    yield from _from_metas(evidence, data, setting)
    yield from _from_url(evidence)
    yield from _from_visible(evidence, data, setting)


def _parsed(text: str, data: MetadataData, setting: Setting) -> Moment | None:
    """A value meant for programs, or a date in words where a program wrote one."""
    return parse_machine(text) or next(iter(read(text, data.calendar, setting)), None)


def _from_jsonld(evidence: Evidence, data: MetadataData, setting: Setting) -> Iterator[Clue]:
    for path, role, trust in JSONLD:
        for kind, s in evidence.jsonld.get(path, ()):
            worth = trust.get(kind, trust.get("") if kind in WRITING else None)
            if worth and (moment := _parsed(s.value, data, setting)):
                yield Clue(moment, role, f"jsonld:{kind}.{path}", "jsonld", worth, s)


def _from_metas(evidence: Evidence, data: MetadataData, setting: Setting) -> Iterator[Clue]:
    for source, (role, trust) in METAS.items():
        for s in evidence.by_source.get(source, ()):
            if moment := _parsed(s.value, data, setting):
                yield Clue(moment, role, source, "meta", trust, s)


def _from_url(evidence: Evidence) -> Iterator[Clue]:
    for url in dict.fromkeys((evidence.article.url, evidence.article.canonical_url)):
        address = Signal("url", url[:1000])
        path = url.partition("://")[2].partition("?")[0][:1000]
        if m := _URL_DAY.search(path):
            moment = make(Moment(int(m[1]), int(m[3]), int(m[4])))
            if moment:
                yield Clue(moment, "published", "url", "url", URL_DAY if m[2] == "/" else _URL_DAY_UNSURE, address)
                return
        if m := _URL_MONTH.search(path):
            yield Clue(Moment(int(m[1]), int(m[2])), "published", "url", "url", URL_MONTH, address)
            return


def _from_visible(evidence: Evidence, data: MetadataData, setting: Setting) -> Iterator[Clue]:
    """What readers see. A date without a word beside it counts near the headline only: it may be another page's."""
    plain: dict[Place, list[Clue]] = {"after": [], "before": []}
    others = {s.value for s in evidence.of("line") if s.context.endswith(_OTHERS)}
    for s in evidence.of("time", "posted", "byline", "dateline", "line"):
        place = evidence.place(s)
        if s.value in others or (s.source in ("line", "byline") and not (place or _may_be_labelled(s, data.labels))):
            continue
        for moment, said in _dated(s, data, setting, near=place is not None):
            role = _label_before(s, evidence, data.labels) if said == "either" and place else said
            trust = VISIBLE[s.source] + (_LABELLED if role == "published" and place else -_AWAY[place])
            trust -= _STEP * max(0, evidence.distance(s) - _ADJACENT) if place and role == "either" else 0.0
            clue = Clue(moment, role, s.source, "visible", trust, s)
            if role != "either":
                yield clue
            elif place:
                plain[place].append(clue)
    for found in plain.values():
        yield from _nearest_first(sorted(found, key=lambda c: evidence.order(c.signal)), evidence)


def _nearest_first(found: list[Clue], evidence: Evidence) -> Iterator[Clue]:
    """Of days without a label the one nearest below the headline is the page's own; many are a list's."""
    if not found:
        return
    after = evidence.place(found[0].signal) == "after"
    own = found[0] if after else found[-1]
    if len({c.moment.date for c in found}) >= _LISTED and not (after and evidence.distance(own.signal) <= _ADJACENT):
        if after:
            yield replace(own, rule=f"{own.rule}:first", trust=_OF_A_LIST)
        return
    for c in found:
        yield c if c.moment.agrees(own.moment) else replace(c, trust=c.trust - _FARTHER)


def _label_before(signal: Signal, evidence: Evidence, labels: Labels) -> Role:
    """The role that a label in an element of its own gives the date after it: `Published` | `16 July 2021`."""
    label = evidence.before.get(id(signal))
    if label is None or len(label.value) > _LONGEST_LABEL or any(map(str.isdigit, label.value)):
        return "either"
    words = {w.casefold() for w in _WORD.findall(label.value)}
    if words - labels.published - labels.updated - _LABEL_WORDS:
        return "either"
    return role_in(label.value, labels) or "either"


def _may_be_labelled(signal: Signal, labels: Labels) -> bool:
    """A cheap look before the dear one: lines far from the headline count only with a word such as "Posted"."""
    value = signal.value
    return len(value) <= LONGEST and bool(_DIGIT.search(value)) and role_in(value, labels) in ("published", "modified")


def _dated(signal: Signal, data: MetadataData, setting: Setting, *, near: bool) -> list[tuple[Moment, Role]]:
    """The signal's dates, each with the role of the words beside it or, near the headline, of the element's class."""
    own = role_in(signal.context, data.labels, machine=True)
    if own is None:
        return []
    own = own if near or signal.source == "time" else "either"
    if signal.source == "time" and signal.value and (moment := parse_machine(signal.value)):
        return [(moment, own)]
    text = signal.value or signal.context
    parts = [p for p in _BAR.split(text[:LONGEST]) if p.strip()]
    if signal.source != "time":
        most = _DATE_LINE if signal.source == "line" else _DATE_ELEMENT
        parts = [p for p in parts if _is_date_line(p, data.labels, most)]
    found = [pair for p in parts[:_MOST_PARTS] for pair in _in_part(p, own, data, setting)]
    if not found and own == "published" and setting.now and signal.source != "line":
        last = weekday_before(text, data.calendar, setting.now)
        return [(last, own)] if last else []
    return found


def _in_part(part: str, own: Role, data: MetadataData, setting: Setting) -> list[tuple[Moment, Role]]:
    """One segment's date with its role; of two dates under an "updated" the earlier is the publication's."""
    said = role_in(part, data.labels)
    if said is None:
        return []
    role = own if said == "either" else said
    moments = {m.date: m for m in list(read(part, data.calendar, setting))[:4]}
    if role == "modified" and len(moments) > 1:
        return [(moments[min(moments)], "published"), (moments[max(moments)], "modified")]
    if not moments and said == "published" and setting.now and len(part) <= _LONGEST_LABEL:
        last = weekday_before(part, data.calendar, setting.now)
        return [(last, role)] if last else []
    return [(m, role) for m in list(moments.values())[:1]]


def _is_date_line(text: str, labels: Labels, most: int) -> bool:
    """True where a line is about a date or a byline, rather than a sentence that mentions one."""
    words = _WORD.findall(text.casefold())
    if len(words) <= most:
        return True
    return len(text) <= LONGEST // 2 and (words[0] in labels.published or words[0] in labels.updated)


def role_in(words: str, labels: Labels, *, machine: bool = False) -> Role | None:
    """What words make of a date beside them; None where it is another thing's.

    Where people read both words the change is meant ("Published by us, updated …"); a class may bear both and mean
    the publication (`entry-date published updated`, as WordPress has it).
    """
    found = set(_WORD.findall(words.casefold()))
    if found & labels.elsewhere:
        return None
    updated = bool(found & labels.updated)
    published = bool(found & (_CLASSES if machine else labels.published))
    if updated and not (machine and published):
        return "modified"
    return "published" if published else "either"
