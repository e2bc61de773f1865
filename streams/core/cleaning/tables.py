"""A walked page as arrays: what every container holds, and which blocks are worth a closer look.

It must not know words or weights. A subtree is a range of container numbers, so that its sums are
differences of one cumulative sum.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from streams.core.cleaning.tree import Walked

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Doubles = NDArray[np.float64]

#: A paragraph, for mass: at least this long and little linked.
PARAGRAPH_CHARS = 80
PARAGRAPH_LINKED = 0.35
#: A container that holds this share of the page's paragraphs is never condemned by its name.
MAIN_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Tables:
    """Columns by block (n) and by container (c). Sums of containers include their subtrees.

    `c_sums` has the rows characters, linked characters, paragraph mass, blocks, paragraphs; `c_mass` is its third;
    `c_article` is the number of the `<article>` a container stands in, or 0.

    `look` are the numbers of the blocks to classify; every other array by block is already cut to these.
    """

    look: Ints
    chars: Floats
    linked: Floats
    where: Ints
    tag: Ints
    host: Ints
    c_parent: Ints
    c_end: Ints
    c_depth: Ints
    c_tag: Ints
    c_sums: Doubles
    c_mass: Doubles
    c_bits: Ints
    c_article: Ints
    mass: Floats


#: Elements whose parent is their block's host come first, the others follow; 0 is any other element.
_ORDER = (
    "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "blockquote", "figcaption", "caption", "pre", "td", "th",
    "div", "section", "article", "main", "header", "form", "center", "ul", "ol", "dl", "table", "tr", "figure", "body",
    "details", "summary", "aside", "tbody",
)  # fmt: skip
_LEAVES = 16
H1, H6 = 3, 8
ARTICLE = 19
_MOST_ARTICLES = 1_000


def tag_codes(number: Mapping[str, int]) -> Ints:
    """An array that maps lexbor's numbers, which change between its versions, to ours, which the weights know."""
    out = np.zeros(max(number.values()) + 2, np.int64)
    for i, name in enumerate(_ORDER):
        out[number[name]] = i + 1
    return out


def tables(page: Walked, negative: int, codes: Ints) -> Tables | None:
    """The arrays, or None for a page without any block outside furniture.

    Args:
        page: the walk's tables.
        negative: hint bits that speak for everything inside an element.
        codes: by lexbor's tag number, our own; see `tag_codes`.
    """
    n = len(page.texts)
    count = len(page.tag)
    free = np.fromiter((not f for f in page.furniture), np.bool_, n)
    if not free.any():
        return None
    chars = np.fromiter(map(len, page.texts), np.float32, n) * free
    linked = np.array(page.link_chars, np.float32)
    where = np.array(page.where, np.int64)
    paragraph = (chars >= PARAGRAPH_CHARS) & (linked < chars * PARAGRAPH_LINKED)
    mass = chars * paragraph
    end = np.array(page.end, np.int64)
    parent = np.array(page.parent, np.int64)
    sums = _subtree_sums(where, end, count, chars, linked * free, mass, free, paragraph)
    bits = _bits(page, parent, sums[2], negative)
    look = np.flatnonzero(free & ~_link_list(chars, linked, where, parent, sums))
    if not len(look):
        look = np.flatnonzero(free)
    where = where[look]
    c_tag = codes[np.minimum(np.array(page.tag, np.int64), len(codes) - 1)]
    leaf = (c_tag > 0) & (c_tag <= _LEAVES)
    return Tables(
        look=look, chars=chars[look], linked=linked[look], where=where, tag=c_tag[where],
        host=np.where(leaf[where], parent[where], where), c_parent=parent, c_end=end,
        c_depth=np.array(page.depth, np.int64), c_tag=c_tag, c_sums=sums, c_mass=sums[2], c_bits=bits,
        c_article=_articles(c_tag, end), mass=mass[look],
    )  # fmt: skip


def _subtree_sums(where: Ints, end: Ints, count: int, *columns: Any) -> Doubles:
    """Rows of sums over each container's subtree."""
    out = np.empty((len(columns), count))
    for i, column in enumerate(columns):
        total = np.zeros(count + 1)
        np.cumsum(np.bincount(where, column, count), out=total[1:])
        out[i] = total[end + 1] - total[:-1]
    return out


def _bits(page: Walked, parent: Ints, mass: Doubles, negative: int) -> Ints:
    """Own and inherited bits, freed of condemnation where the container holds the article."""
    own = np.array(page.bits, np.int64)
    own[mass >= MAIN_SHARE * max(mass[0], 1.0)] &= ~negative
    out = own.tolist()
    for i, above in enumerate(parent.tolist()):
        out[i] |= out[above]  # preorder: a parent comes before its children
    return np.array(out, np.int64)


def _articles(c_tag: Ints, end: Ints) -> Ints:
    """The innermost `<article>` around each container: later ones, being inside, overwrite."""
    out = np.zeros(len(c_tag), np.int64)
    for i in np.flatnonzero(c_tag == ARTICLE)[:_MOST_ARTICLES].tolist():
        out[i : end[i] + 1] = i
    return out


def _link_list(chars: Any, linked: Any, where: Ints, parent: Ints, sums: Doubles) -> Any:
    """Short links among links, in a place without a paragraph: menus and lists of other stories."""
    host = parent[parent[where]]
    dense = sums[1][host] > 0.7 * sums[0][host]
    many = sums[3][host] >= 3
    return (linked > 0.8 * chars) & (chars < 200) & dense & many & (sums[4][host] == 0)
