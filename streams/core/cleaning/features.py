"""Numbers that tell article blocks from the others: a row a feature, for the trees of model.py.

It must not decide. Every feature is a relation (length, share, place, neighbourhood, name of the element)
and none depends on a language or a site. Training picks from all; see docs/cleaning.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from streams.core.cleaning.hints import GROUPS
from streams.core.cleaning.tables import ARTICLE, H1, H6, Floats, Ints, Tables
from streams.core.cleaning.tree import ASIDE, Walked

_ENDS = (".", "!", "?", '"', "”", "…", "’", "'", ")", ":", "。", "»", ";")
_STOPS = frozenset('.!?"”')
_CUT = ("...", "…", "[…]", "[...]", "»", "→", "Read more", "More")
#: Share of the paragraph mass that the main container must keep.
_MAIN_MASS = 0.65
_FAR, _NEVER = 30, 40
_TELLING = 30
#: Wordings that announce other stories, then comments; any other label, and none.
_RELATED, _COMMENTS, OTHER = 1, 5, 6
CODES = {None: 0, "related": 1, "promo": 2, "advertisement": 3, "tags": 4, "comments": 5}
#: Bits of the hint groups, then the one of `<aside>`.
_BITS = (*range(len(GROUPS)), ASIDE.bit_length() - 1)
_LEVELS = ("self", "host", "above", "two")
_SUMS = ("chars", "linked", "mass", "blocks", "paragraphs")
NAMES = (
    "commas", "ends", "full_stop", "cut_off", "twice", "is_description", "link_share", "chars",
    "worded", "worded_related",
    *(f"{what}_of_{level}" for what in _SUMS for level in _LEVELS),
    "tag", "host_tag", "above_tag", "depth", "page_mass", "page_paragraphs",
    *(f"in_{group}" for group in GROUPS), "in_aside",
    "make_mass", "make_blocks", "make_average", "make_linked",
    "direct_mass", "direct_rank", "direct_blocks", "host_times", "above_times", "two_times", "articles", "article_mass",
    "in_main", "main_depth", "main_linked", "from_first", "to_last", "place", "blocks", "mass_before", "from_heading",
    "since_heading", "heading_level", "heading_same_host", "since_related", "within_related", "since_comments",
    "within_comments", "linked_before",
    "tag_before", "tag_after", "chars_before", "chars_after", "linked_share_before", "same_host_after",
    "linked_2_around", "linked_6_around",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What the head says that blocks can be held against: the headline and the meta description, folded."""

    title: str
    description: str

    @property
    def described(self) -> str:
        """The description where it is long enough to be told from a few words."""
        return self.description if len(self.description) > _TELLING else ""


@dataclass(frozen=True, slots=True)
class Told:
    """Of each block, whether it stands twice, is the description; the one that is the headline, or -1."""

    twice: list[bool]
    described: list[bool]
    heading: int


def told_of(texts: Sequence[str], folds: Sequence[str], facts: Facts) -> Told:
    """What the words of these blocks tell the features."""
    times = Counter(folds)
    described = facts.described
    return Told(
        [times[fold] > 1 for fold in folds],
        [bool(described) and len(text) > _TELLING and (fold[:120] in described or described[:120] in fold)
         for text, fold in zip(texts, folds, strict=True)],
        folds.index(facts.title) if len(facts.title) > 8 and facts.title in times else -1,
    )  # fmt: skip


def features(page: Walked, t: Tables, told: Told, codes: bytes) -> Floats:
    """An array (len(NAMES), blocks).

    Args:
        page: the walk's tables.
        t: the same as arrays, cut to the blocks to classify.
        told: what the words of these blocks tell.
        codes: of each, the one of its wording's label.
    """
    out = np.empty((len(NAMES), len(t.where)), np.float32)
    labels = np.frombuffer(codes, np.uint8)
    row = 0
    for rows in (
        _of_words([page.texts[i] for i in t.look.tolist()], told),
        (t.linked / t.chars, np.log1p(t.chars), labels > 0, labels == _RELATED),
        *_of_containers(t),
        _of_make(page, t),
        _of_place(t, told.heading),
        _of_headings(t, labels),
        *_of_neighbours(t),
    ):
        if isinstance(rows, np.ndarray):  # at once: a row at a time costs .4 ms a page
            out[row : row + len(rows)] = rows
        else:
            for i, values in enumerate(rows):
                out[row + i] = values
        row += len(rows)
    return out


def _of_words(texts: list[str], told: Told) -> Any:
    rows = [
        (
            text.count(",") / (text.count(" ") + 1),
            text.endswith(_ENDS),
            text[-1] in _STOPS,
            text.endswith(_CUT),
            twice,
            described,
        )
        for text, twice, described in zip(texts, told.twice, told.described, strict=True)
    ]
    return np.array(rows, np.float32).T


def _of_containers(t: Tables) -> list[Any]:
    total = max(t.c_mass[0], 1.0)
    above = t.c_parent[t.host]
    two = t.c_parent[above]
    chars, linked, mass, blocks, paragraphs = t.c_sums[:, np.concatenate((t.where, t.host, above, two))]
    n = len(t.where)
    some = np.maximum(blocks, 1)
    sums = np.concatenate((np.log1p(chars), linked / np.maximum(chars, 1), mass / total, blocks, paragraphs / some))
    bits = (t.c_bits[t.where] >> np.array(_BITS)[:, None]) & 1
    kinds = np.array((t.tag, t.c_tag[t.host], t.c_tag[above], t.c_depth[t.where]))
    page = np.repeat([[np.log1p(total)], [t.c_sums[4, 0]]], n, 1)
    return [sums.reshape(-1, n), kinds, page, bits]


def _of_make(page: Walked, t: Tables) -> list[Any]:
    """Blocks of the same make (tags and classes of their own element and its parent), repeated cards, articles."""
    ids: dict[Hashable, int] = {}
    names = np.array([ids.setdefault(name, len(ids)) for name in page.names]) * 64 + t.c_tag
    _, made = np.unique(names, return_inverse=True)
    times = np.minimum(np.bincount(made), 60)[made]
    _, make = np.unique(made[t.where] * len(made) + made[t.c_parent[t.where]], return_inverse=True)
    blocks, chars = np.bincount(make)[make], np.bincount(make, t.chars)[make]
    mass, linked = np.bincount(make, t.mass)[make], np.bincount(make, t.linked)[make]
    direct, every = np.bincount(t.host, t.mass), max(float(t.mass.sum()), 1.0)
    above = t.c_parent[t.host]
    within = t.c_article[t.where]
    return [
        mass / every, blocks, chars / blocks, linked / np.maximum(chars, 1),
        direct[t.host] / every, direct[t.host] / max(float(direct.max()), 1.0), np.bincount(t.host)[t.host],
        times[t.host], times[above], times[t.c_parent[above]],
        np.full(len(make), np.count_nonzero(t.c_tag == ARTICLE)),
        np.where(within > 0, t.c_mass[within] / max(t.c_mass[0], 1.0), -1),
    ]  # fmt: skip


def _of_place(t: Tables, heading: int) -> list[Any]:
    n = len(t.where)
    at = np.arange(n)
    main = main_container(t)
    inside = (t.where >= main) & (t.where <= t.c_end[main])
    strong = np.flatnonzero((t.mass > 0) & inside)
    first, last = (strong[0], strong[-1]) if len(strong) else (int(np.argmax(t.chars)),) * 2
    done = np.cumsum(t.mass)
    return [
        inside, t.c_depth[t.where] - t.c_depth[main], np.full(n, t.c_sums[1, main] / max(t.c_sums[0, main], 1.0)),
        np.clip(at - first, -20, 20), np.clip(last - at, -20, 20), at / n, np.full(n, n),
        (done - t.mass) / max(float(done[-1]), 1.0), np.clip(at - heading, -10, 40) if heading >= 0 else np.full(n, 60),
    ]  # fmt: skip


def main_container(t: Tables) -> int:
    """The deepest container with most of the page's paragraph mass: such containers form one chain."""
    return int(np.flatnonzero(t.c_mass >= _MAIN_MASS * t.c_mass[0])[-1]) if t.c_mass[0] > 0 else 0


def _of_headings(t: Tables, labels: NDArray[np.uint8]) -> list[Any]:
    """The last heading before each block, and the last line that by its wording announces furniture."""
    n = len(t.where)
    at = np.arange(n)
    before = _last((t.tag >= H1) & (t.tag <= H6), at)
    known = before >= 0
    rows = [
        np.where(known, np.minimum(at - before, _FAR), _NEVER), np.where(known, t.tag[before], 0),
        np.where(known, t.host[before] == t.host, -1),
    ]  # fmt: skip
    ends = t.c_end[t.c_parent[t.where]]
    for marked in ((labels >= _RELATED) & (labels < _COMMENTS), labels == _COMMENTS):
        last = _last(marked, at)
        rows += [np.where(last >= 0, np.minimum(at - last, _FAR), _NEVER), (last >= 0) & (t.where <= ends[last])]
    linked = (t.linked > 0.8 * t.chars) & (t.chars < 200)
    return [*rows, (np.cumsum(linked) - linked) / n]


def _last(mark: Any, at: Ints) -> Any:
    """The number of the last marked block before each, or -1."""
    last = np.maximum.accumulate(np.where(mark, at, -1))
    return np.concatenate(([-1], last[:-1]))


def _of_neighbours(t: Tables) -> list[Any]:
    n = len(t.where)
    out = np.full((6, n), -1.0)
    log = np.log1p(t.chars)
    out[0, 1:], out[1, :-1] = t.tag[:-1], t.tag[1:]
    out[2, 1:], out[3, :-1] = log[:-1], log[1:]
    out[4, 1:], out[5, :-1] = t.linked[:-1] / t.chars[:-1], t.host[:-1] == t.host[1:]
    total = np.zeros(n + 1)
    np.cumsum(t.linked, out=total[1:])
    at = np.arange(n)
    around = [total[np.minimum(at + k + 1, n)] - total[np.maximum(at - k, 0)] - t.linked for k in (2, 6)]
    return [out, np.array(around)]
