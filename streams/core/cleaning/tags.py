"""The HTML elements that cleaning tells apart, and lexbor's numbers for them. It must not know pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

_TEXT_NODE = 2  # lexbor's LXB_TAG__TEXT
_COMMENT_NODE = 4  # LXB_TAG__EM_COMMENT

#: Their text is never the page's.
SILENT = (
    "script", "style", "noscript", "svg", "iframe", "template", "select", "textarea", "object", "audio", "video",
    "canvas", "math", "noframes", "noembed", "button", "datalist", "map", "head", "frameset", "input", "applet",
)  # fmt: skip
#: Furniture by its very tag; one block each, for the account of what was removed.
FURNITURE = ("nav", "footer", "menu", "dialog")
INLINE = (
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr", "ruby", "rt", "rp", "rb",
)  # fmt: skip
#: Tags without attributes worth reading.
PLAIN = ("b", "i", "em", "strong", "u", "s", "br", "sub", "sup", "wbr", "hr", "tbody", "tr", "thead")
#: A block's own tag, as the classifier sees it; anything else counts as "div".
BLOCK_TAGS = (
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "td",
    "th",
    "blockquote",
    "pre",
    "dt",
    "dd",
    "figcaption",
    "br",
    "section",
    "article",
    "header",
    "caption",
    "main",
    "form",
    "center",
)
_REST = (
    "ul",
    "ol",
    "dl",
    "table",
    "tbody",
    "thead",
    "tr",
    "img",
    "hr",
    "figure",
    "picture",
    "body",
    "html",
    "details",
    "summary",
    "hgroup",
    "address",
    "aside",
    "fieldset",
    "meta",
    "link",
    "title",
)


@dataclass(frozen=True, slots=True)
class Tags:
    """lexbor's number of each known element, and the sets that the walk asks for."""

    number: Mapping[str, int]
    name: Mapping[int, str]
    skipped: frozenset[int]
    furniture: frozenset[int]
    unusual: frozenset[int]
    inline: frozenset[int]
    plain: frozenset[int]
    asked: frozenset[int]
    anchor: int
    line_break: int
    aside: int
    time: int
    text: int


def read_tags() -> Tags:
    """Ask lexbor itself, since its numbers change between versions."""
    tree = LexborHTMLParser("<p>")
    names = dict.fromkeys((*SILENT, *FURNITURE, *INLINE, *PLAIN, *BLOCK_TAGS, *_REST))
    number = {name: tree.create_node(name).tag_id for name in names}

    def of(tags: tuple[str, ...]) -> frozenset[int]:
        return frozenset(number[t] for t in tags if t in number)

    return Tags(
        number=number,
        name={v: k for k, v in number.items()},
        skipped=of(SILENT) | {_COMMENT_NODE},
        furniture=of(FURNITURE),
        unusual=of((*FURNITURE, "br", "hr")),
        inline=of(INLINE),
        plain=of(PLAIN),
        asked=of(("h1", "address")),
        anchor=number["a"],
        line_break=number["br"],
        aside=number["aside"],
        time=number["time"],
        text=_TEXT_NODE,
    )
