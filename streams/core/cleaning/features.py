"""Numbers that tell article blocks from the others: a column a feature, for the trees of model.py.

It must not decide. Every feature is a relation (length, share, place, neighbourhood, name of the element)
and none depends on a language or a site.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from streams.core.cleaning.hints import GROUPS
from streams.core.cleaning.tables import Floats, Ints, Tables
from streams.core.cleaning.tree import ASIDE, Walked

#: Reach of the neighbourhood sums, in blocks.
_WINDOWS = (2, 6)
#: tables.tag_codes of h1 to h6, of article.
_H1, _H6, _ARTICLE = 3, 8, 19
_ENDS = (".", "!", "?", '"', "”", "…", "’", "'", ")", ":", "。", "»", ";")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the head says that blocks can be held against.

    `title` is the folded headline, `description` the folded meta description, `body` the folded start of
    JSON-LD's articleBody or an empty string.
    """

    title: str
    description: str
    body: str


class Columns:
    """Features by name, in the order they are made."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.rows: list[Any] = []

    def add(self, name: str, row: Any) -> None:
        self.names.append(name)
        self.rows.append(row)


def features(page: Walked, t: Tables, labels: list[str | None], folded: list[str], facts: Facts) -> tuple[tuple[str, ...], Floats]:
    """Names and a (features, blocks) array.

    Args:
        page: the walk's tables.
        t: the same as arrays, cut to the blocks to classify.
        labels: what each of these blocks is by its wording, or None.
        folded: their folded texts.
        facts: what the head says.
    """
    c = Columns()
    texts = [page.texts[i] for i in t.look.tolist()]
    _of_text(c, texts, t)
    _of_words(c, labels, folded, facts)
    _of_containers(c, t)
    _of_hints(c, t)
    _of_signature(c, page, t)
    _of_place(c, t, folded, facts)
    _of_headings(c, t, labels)
    _of_articles(c, page, t)
    return tuple(c.names), np.array(c.rows, np.float32)


def _of_text(c: Columns, texts: list[str], t: Tables) -> None:
    n = len(texts)
    words = np.fromiter((s.count(" ") for s in texts), np.float32, n) + 1
    commas = np.fromiter((s.count(",") for s in texts), np.float32, n)
    stops = np.fromiter((s.count(". ") for s in texts), np.float32, n)
    ends = np.fromiter((s.endswith(_ENDS) for s in texts), np.bool_, n)
    full = np.fromiter((s[-1] in ".!?\"”" for s in texts), np.bool_, n)
    capital = np.fromiter((s[0].isupper() for s in texts), np.bool_, n)
    shout = np.fromiter((s[:40].isupper() for s in texts), np.bool_, n)
    lines = np.fromiter((s.count("\n") for s in texts), np.float32, n)
    digits = np.fromiter((s[0].isdigit() for s in texts), np.bool_, n)
    cut = np.fromiter((s.endswith(("...", "…", "[…]", "[...]", "»", "→", "Read more", "More")) for s in texts), np.bool_, n)
    quoted = np.fromiter((s[0] in "\"“'‘«(" for s in texts), np.bool_, n)
    title_case = np.fromiter((s[:60].istitle() for s in texts), np.bool_, n)
    c.add("chars", np.log1p(t.chars))
    c.add("words", words)
    c.add("word_length", t.chars / words)
    c.add("link_share", t.linked / t.chars)
    c.add("commas", commas / words)
    c.add("sentences", stops + full)
    c.add("ends", ends)
    c.add("full_stop", full)
    c.add("capital", capital)
    c.add("shout", shout)
    c.add("lines", lines)
    c.add("digit_first", digits)
    c.add("title_case", title_case)
    c.add("cut_off", cut)
    c.add("quoted", quoted)
    c.add("is_paragraph", t.mass > 0)


_WORDED = ("related", "caption", "byline", "date", "notice")


def _of_words(c: Columns, labels: list[str | None], folded: list[str], facts: Facts) -> None:
    n = len(labels)
    for label in _WORDED:
        c.add(f"worded_{label}", np.fromiter((x == label for x in labels), np.bool_, n))
    c.add("worded_other", np.fromiter((x is not None and x not in _WORDED for x in labels), np.bool_, n))
    described = facts.description
    c.add("is_description", np.fromiter((bool(described) and len(s) > 30 and (s[:120] in described or described[:120] in s) for s in folded), np.bool_, n))
    body = facts.body
    if body:
        c.add("in_body", np.fromiter((1.0 if s[:60] in body else -1.0 for s in folded), np.float32, n))
    else:
        c.add("in_body", np.zeros(n, np.float32))
    c.add("is_title", np.fromiter((len(s) > 8 and (s == facts.title or s in facts.title) for s in folded), np.bool_, n))
    seen: dict[str, int] = {}
    for s in folded:
        seen[s] = seen.get(s, 0) + 1
    c.add("twice", np.fromiter((seen[s] > 1 for s in folded), np.bool_, n))


def _of_containers(c: Columns, t: Tables) -> None:
    total = max(t.c_mass[0], 1.0)
    host = t.host
    above = t.c_parent[host]
    two = t.c_parent[above]
    for name, at in (("self", t.where), ("host", host), ("above", above), ("two", two)):
        chars = t.c_chars[at]
        c.add(f"{name}_chars", np.log1p(chars))
        c.add(f"{name}_linked", t.c_linked[at] / np.maximum(chars, 1))
        c.add(f"{name}_mass", t.c_mass[at] / total)
        c.add(f"{name}_blocks", t.c_blocks[at])
        c.add(f"{name}_paragraphs", t.c_paragraphs[at] / np.maximum(t.c_blocks[at], 1))
        c.add(f"{name}_average", chars / np.maximum(t.c_blocks[at], 1))
    c.add("tag", t.tag)
    c.add("host_tag", t.c_tag[host])
    c.add("above_tag", t.c_tag[above])
    c.add("depth", t.c_depth[t.where])
    c.add("page_mass", np.full(len(host), np.log1p(total)))
    c.add("page_paragraphs", np.full(len(host), t.c_paragraphs[0]))


def _of_hints(c: Columns, t: Tables) -> None:
    inherited, own = t.c_bits[t.where], t.own_bits[t.where] | t.own_bits[t.host]
    for i, name in enumerate(GROUPS):
        c.add(f"in_{name}", (inherited >> i) & 1)
    for name in ("caption", "author", "date", "headline", "standfirst", "card", "related", "promo", "content", "article", "body", "quote", "correction"):
        c.add(f"own_{name}", (own >> GROUPS.index(name)) & 1)
    c.add("in_aside", (inherited & ASIDE) > 0)


def _of_signature(c: Columns, page: Walked, t: Tables) -> None:
    """Blocks of the same make: same tags and classes of their own element and its parent."""
    number: dict[Any, int] = {}
    names, tag, parent = page.names, page.tag, page.parent
    made = [number.setdefault((tag[w], names[w], tag[p := parent[w]], names[p]), len(number)) for w in t.where.tolist()]
    make = np.array(made, np.int64)
    mass, chars, linked, blocks = (np.bincount(make, x) for x in (t.mass, t.chars, t.linked, np.ones(len(made))))
    c.add("make_mass", mass[make] / max(float(mass.sum()), 1.0))
    c.add("make_blocks", blocks[make])
    c.add("make_average", chars[make] / blocks[make])
    c.add("make_linked", linked[make] / np.maximum(chars[make], 1))
    hosts, at = np.unique(t.host, return_inverse=True)
    direct = np.bincount(at, t.mass, len(hosts))
    c.add("direct_mass", direct[at] / max(float(direct.sum()), 1.0))
    c.add("direct_rank", direct[at] / max(float(direct.max()), 1.0))
    c.add("direct_blocks", np.bincount(at)[at])


def _of_place(c: Columns, t: Tables, folded: list[str], facts: Facts) -> None:
    n = len(t.where)
    at = np.arange(n, dtype=np.float32)
    main = _main(t)
    inside = (t.where >= main) & (t.where <= t.c_end[main])
    strong = np.flatnonzero((t.mass > 0) & inside)
    if not len(strong):
        strong = np.array([int(np.argmax(t.chars))])
    first, last = strong[0], strong[-1]
    heading = next((i for i, s in enumerate(folded) if len(s) > 8 and s == facts.title), -1)
    c.add("in_main", inside)
    c.add("main_depth", t.c_depth[t.where] - t.c_depth[main])
    c.add("main_linked", np.full(n, t.c_linked[main] / max(t.c_chars[main], 1.0)))
    c.add("from_first", np.clip(at - first, -20, 20))
    c.add("to_last", np.clip(last - at, -20, 20))
    c.add("place", at / n)
    c.add("blocks", np.full(n, n, np.float32))
    done = np.cumsum(t.mass)
    c.add("mass_before", (done - t.mass) / max(float(done[-1]), 1.0))
    c.add("from_heading", np.clip(at - heading, -10, 40) if heading >= 0 else np.full(n, 60.0))
    _of_neighbours(c, t, inside)


def _of_headings(c: Columns, t: Tables, labels: list[str | None]) -> None:
    """The last heading before each block, and the last line that by its wording announces furniture."""
    n = len(t.where)
    at = np.arange(n)
    is_heading = (t.tag >= _H1) & (t.tag <= _H6)
    last = np.maximum.accumulate(np.where(is_heading, at, -1))
    before = np.concatenate(([-1], last[:-1]))
    known = before >= 0
    c.add("since_heading", np.where(known, np.minimum(at - before, 30), 40))
    c.add("heading_level", np.where(known, t.tag[before], 0))
    c.add("heading_linked", np.where(known, t.linked[before] / t.chars[before], -1))
    c.add("heading_same_host", np.where(known, t.host[before] == t.host, -1))
    c.add("heading_next", np.append(is_heading[1:], False))
    ends = t.c_end[t.c_parent[t.where]]
    for name, some in (("related", ("related", "promo", "advertisement", "tags")), ("comments", ("comments",))):
        mark = np.fromiter((x in some for x in labels), np.bool_, n)
        last = np.concatenate(([-1], np.maximum.accumulate(np.where(mark, at, -1))[:-1]))
        found = last >= 0
        c.add(f"since_{name}", np.where(found, np.minimum(at - last, 30), 40))
        c.add(f"within_{name}", found & (t.where <= ends[last]))
    linked = (t.linked > 0.8 * t.chars) & (t.chars < 200)
    c.add("linked_before", np.concatenate(([0], np.cumsum(linked)[:-1])) / n)


def _of_articles(c: Columns, page: Walked, t: Tables) -> None:
    """Repeated cards, and which `<article>` a block stands in."""
    number: dict[Any, int] = {}
    tags = page.tag
    made = np.fromiter((number.setdefault((tags[i], name), len(number)) for i, name in enumerate(page.names)), np.int64, len(tags))
    times = np.bincount(made)
    host, above = t.host, t.c_parent[t.host]
    for name, at in (("host", host), ("above", above), ("two", t.c_parent[above])):
        c.add(f"{name}_times", np.minimum(times[made[at]], 60))
    is_article = (t.c_tag == _ARTICLE).tolist()
    inside = [0] * len(is_article)
    for i, above_i in enumerate(page.parent):
        inside[i] = i if is_article[i] else inside[above_i]
    within = np.array(inside, np.int64)[t.where]
    c.add("articles", np.full(len(within), sum(is_article)))
    c.add("article_mass", np.where(within > 0, t.c_mass[within] / max(t.c_mass[0], 1.0), -1))


def _main(t: Tables) -> int:
    """The deepest container with most of the page's paragraph mass: such containers form one chain."""
    return int(np.flatnonzero(t.c_mass >= MAIN_MASS * max(t.c_mass[0], 1.0))[-1]) if t.c_mass[0] > 0 else 0


#: Share of the paragraph mass that the main container must keep.
MAIN_MASS = 0.65


def _of_neighbours(c: Columns, t: Tables, inside: Any) -> None:
    log = np.log1p(t.chars)
    share = t.linked / t.chars
    for step in (1, 2, 3):
        c.add(f"chars_{step}_before", _shifted(log, step))
        c.add(f"chars_{step}_after", _shifted(log, -step))
    for step in (1, 2):
        c.add(f"linked_{step}_before", _shifted(share, step))
        c.add(f"linked_{step}_after", _shifted(share, -step))
        c.add(f"tag_{step}_before", _shifted(t.tag.astype(np.float32), step))
        c.add(f"tag_{step}_after", _shifted(t.tag.astype(np.float32), -step))
    same = t.host
    c.add("same_host_before", _shifted(same.astype(np.float32), 1) == same)
    c.add("same_host_after", _shifted(same.astype(np.float32), -1) == same)
    for reach in _WINDOWS:
        c.add(f"mass_{reach}_before", _before(t.mass, reach))
        c.add(f"mass_{reach}_after", _before(t.mass[::-1], reach)[::-1])
        c.add(f"linked_{reach}_around", (_before(t.linked, reach) + _before(t.linked[::-1], reach)[::-1]))


def _shifted(row: Any, step: int) -> NDArray[np.float32]:
    out = np.full(len(row), -1.0, np.float32)
    if step > 0:
        out[step:] = row[:-step]
    else:
        out[:step] = row[-step:]
    return out


def _before(row: Any, reach: int) -> Any:
    """The sum of the `reach` values before each."""
    total = np.concatenate(([0.0], np.cumsum(row)))
    at = np.arange(len(row))
    return total[at] - total[np.maximum(at - reach, 0)]


def second_features(first: Floats, probability: Floats, t: Tables) -> Floats:
    """The first stage's features with what it thought of the neighbours, the same host and the same make."""
    p = probability
    rows = [p]
    for step in (1, 2, 3):
        rows += [_shifted(p, step), _shifted(p, -step)]
    hosts, at = np.unique(t.host, return_inverse=True)
    weight = np.bincount(at, t.chars)
    rows.append((np.bincount(at, p * t.chars) / weight)[at])
    rows.append((np.bincount(at, p, len(hosts)) / np.bincount(at))[at])
    sure = p > 0.5
    index = np.flatnonzero(sure)
    n = len(p)
    place = np.arange(n)
    first_kept, last_kept = (index[0], index[-1]) if len(index) else (0, n - 1)
    rows += [np.clip(place - first_kept, -20, 20), np.clip(last_kept - place, -20, 20)]
    kept = p * t.chars
    for reach in (3, 8):
        before, after = _before(kept, reach), _before(kept[::-1], reach)[::-1]
        all_before, all_after = _before(t.chars, reach), _before(t.chars[::-1], reach)[::-1]
        rows += [before / np.maximum(all_before, 1), after / np.maximum(all_after, 1), before, after]
    depth = t.c_depth[t.where]
    kept_depth = np.average(depth, weights=kept + 1e-6)
    rows.append(depth - kept_depth)
    done = np.cumsum(kept)
    rows.append((done - kept) / max(float(done[-1]), 1.0))
    rows.append(np.full(n, float(done[-1]) / max(float(t.chars.sum()), 1.0)))
    return np.concatenate((first, np.array(rows, np.float32)))


SECOND_NAMES = (
    "p", "p_1_before", "p_1_after", "p_2_before", "p_2_after", "p_3_before", "p_3_after", "p_host_mass", "p_host",
    "from_first_kept", "to_last_kept", "p_3_share_before", "p_3_share_after", "p_3_mass_before", "p_3_mass_after",
    "p_8_share_before", "p_8_share_after", "p_8_mass_before", "p_8_mass_after", "depth_to_kept", "kept_before", "kept_share",
)  # fmt: skip
