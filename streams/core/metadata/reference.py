"""The reference page of every field that describing fills, with its sources in order of trust, made from the rules.

It returns the page's text; `tests/core/metadata/write_reference.py` writes it, and a test keeps it current.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from streams.core.metadata import addresses, authors, clues, headline, publisher, shown, syndication, topics
from streams.core.metadata.page_kind import NOT_DETECTED


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the article record. `sources` are in order of trust, each with its trust where it has one."""

    name: str
    meaning: str
    absent: str
    sources: tuple[tuple[str, float | None], ...]


_AUTHORS = (
    ("a byline below the headline or first in the text, with “By” or its like first or behind a date", 0.95),
    ("the line after a lone “By”", 0.94),
    ("`jsonld:author.name`", 0.92),
    ("`jsonld:WebPage.author.name`", 0.9),
    ("`jsonld:Person.name`, referred to by `@id`", 0.9),
    ("`meta:citation_author`", 0.88),
    *((f"`{m}`", 0.85) for m in authors.METAS),
    ("`byline` near the headline", 0.8),
    ("any `byline`", 0.7),
    ("any line that begins with “By”", 0.65),
    ("a name just below the headline with a date beside or behind it", 0.5),
)
_AGENCY = (
    ("dateline", 0.97),
    ("`jsonld:sourceOrganization`, `copyrightHolder`", 0.9),
    ("byline and author fields", 0.9),
    ("an unlisted wire whose initials stand in the dateline", 0.9),
    ("canonical address on an agency's host", 0.88),
    ("credit and copyright lines", 0.85),
    ("the page's own host", 0.8),
    ("an unlisted wire's name", 0.6),
    ("“AFP reports” in the opening", 0.4),
)
_PUBLISHER = (
    ("gazetteer, by host", 0.99),
    ("`meta:og:site_name`", 0.9),
    ("`jsonld:publisher.name`", 0.88),
    ("`jsonld:WebSite.name`", 0.85),
    *((f"`{m}`", 0.8) for m in publisher.METAS[1:]),
    ("a part of title, copyright or line that spells the host", 0.75),
    ("what stands behind the headline in the title", 0.5),
    ("the host itself", 0.3),
)
_COUNTRY = (("gazetteer, by host", 0.99), ("a country's own top-level domain", 0.8))


def fields() -> tuple[Field, ...]:
    """All of them, in the record's order."""
    return (*_named_fields(), *_dated_fields(), *_filed_fields())


def _named_fields() -> tuple[Field, ...]:
    return (
        Field(
            "canonical_url",
            "The page's address in one spelling: no fragment, no tracking parameters.",
            "never",
            (
                ("`link:canonical`, of the same site and not its front page", addresses.CLAIMED),
                ("the address of the fetch", addresses.ADDRESS),
            ),
        ),
        Field(
            "headline",
            "The headline as readers see it, without the site's name and the section.",
            "never",
            _plain(
                "an `h1` that another source repeats or begins with",
                "`meta:og:title`",
                "`h1`",
                "`jsonld:headline`",
                *_ticked(headline.TITLES),
                "the cleaner's guess",
            ),
        ),
        Field(
            "alternative_headlines",
            "Other headlines that the page gives, at most five.",
            "empty",
            _plain("the headline's losers"),
        ),
        *_read_fields(),
    )


def _read_fields() -> tuple[Field, ...]:
    return (
        Field(
            "language",
            "ISO 639-1 code of the text's own language.",
            "null where neither text nor page tells",
            _plain("the text's script", "its commonest words", "`html:lang`, where the text leaves it open"),
        ),
        Field(
            "page_kind",
            f"What the page is. These kinds do not go on to detection: {', '.join(sorted(NOT_DETECTED))}.",
            "never",
            _plain(
                "wording of error pages and walls, on short pages only",
                "an archive's host",
                "a live blog's notice",
                "`jsonld:@type`",
                "the address's path",
                "wording of headline, title, the line above the headline, or the section; a press wire in the dateline",
                "no prose in the text, or many dates",
                "`article`",
            ),
        ),
    )


def _dated_fields() -> tuple[Field, ...]:
    return (
        Field("authors", "Persons, desks and organisations of the byline, in its order.", "empty", _rated(_AUTHORS)),
        Field("agency", "Whose words these are: the news agency.", "null where nothing names one", _rated(_AGENCY)),
        Field("publisher", "On whose site the words stand.", "null where even the host is unknown", _rated(_PUBLISHER)),
        Field(
            "country", "ISO 3166-1 alpha-3 of the publisher.", "null on domains sold to all comers", _rated(_COUNTRY)
        ),
        Field(
            "date_published",
            "When the page says that it was published: value, precision, zone as given, rule, confidence, rivals.",
            "null, with `no_date_reason`",
            _dates("published"),
        ),
        Field(
            "date_modified",
            "When the page says that it was last changed; never before the publication.",
            "null",
            _dates("modified"),
        ),
    )


def _filed_fields() -> tuple[Field, ...]:
    return (
        Field(
            "section",
            "Where the page is filed.",
            "null",
            _plain(
                "`jsonld:articleSection`",
                *_ticked(topics.SECTIONS),
                "the last step of the breadcrumb but the page itself",
            ),
        ),
        Field(
            "keywords",
            "What the page is tagged with, at most thirty.",
            "empty",
            _plain("`jsonld:keywords`", *_ticked(topics.KEYWORDS)),
        ),
        Field(
            "wire_keys",
            f"At most {syndication.BINS} hashes of the text's wording: two articles with {syndication.SHARED} or more"
            " in common are copies of one text.",
            f"empty under {syndication.FEWEST_WORDS} words",
            _plain("the text"),
        ),
    )


def _plain(*sources: str) -> tuple[tuple[str, float | None], ...]:
    return tuple((s, None) for s in sources)


def _rated(sources: Iterable[tuple[str, float]]) -> tuple[tuple[str, float | None], ...]:
    return tuple(sorted(sources, key=lambda pair: -pair[1]))


def _ticked(names: Iterable[str]) -> list[str]:
    return [f"`{n}`" for n in names]


def _dates(role: str) -> tuple[tuple[str, float | None], ...]:
    """The rules of clues.py and shown.py for one role."""
    rated = [(f"`{name}`", trust) for name, (r, trust) in clues.METAS.items() if r == role]
    for path, r, trusts in clues.JSONLD:
        if r == role:
            rated += [(f"`jsonld:{kind or '(any written piece)'}.{path}`", t) for kind, t in trusts.items()]
    rated += [(f"`{source}`, near the headline", trust) for source, trust in shown.VISIBLE.items()]
    if role == "published":
        rated += [("day in the address's path", clues.URL_DAY), ("month in the address's path", clues.URL_MONTH)]
        rated += [("`text`: a date that is the text's first paragraph or a part of it", shown.TEXT)]
        rated += [("`line`: a date behind a line that says “Date” or “Published” and no more, anywhere", shown.FIELD)]
        rated += [("`notice`: what an archive notice says behind its “published”", shown.NOTICE)]
        rated += [
            ("`updated:…`: a change shown near the headline of a page that somebody signs, and no other date", 0.5),
            ("`updated:…`: one a month and more after what generic markup alone calls the publication", 0.5),
        ]
    return _rated(rated)


def page() -> str:
    """The reference as Markdown."""
    lines = [
        "# Fields that describing fills",
        "",
        "Made by `python -m tests.core.metadata.write_reference` from the rules; do not edit. Numbers are the trust in",
        "a source alone; agreement of others adds to it. How they were reached: [metadata.md](metadata.md).",
        "",
    ]
    for field in fields():
        lines += [f"## `{field.name}`", "", field.meaning, f"Absent: {field.absent}.", ""]
        lines += [f"1. {source}" + (f" ({trust:.2f})" if trust is not None else "") for source, trust in field.sources]
        lines.append("")
    return "\n".join(lines)
