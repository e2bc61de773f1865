"""One pass over the parsed page, without recursion: text blocks, the containers they stand in, and body signals.

It must not decide what is article and what is not. Inline elements extend the block being read, block
elements close it. Containers are numbered in preorder, so that a subtree is a range of numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborNode

from streams.core.cleaning.finds import Finds
from streams.core.cleaning.hints import GROUPS, Hints
from streams.core.cleaning.tags import TEXT_NODE, Tags

MAX_BLOCKS = 20_000
MAX_LINKS = 5_000
_MAX_NODES = 200_000
_FURNITURE_SHOWN = 300
_LINE_BREAK = "\x1e"
BIT = {name: 1 << i for i, name in enumerate(GROUPS)}
HIDDEN = 1 << 30
ASIDE = 1 << 31


@dataclass(slots=True)
class Walked:
    """Flat tables, a column each. Containers: parent, tag number, own hint bits, last number of the subtree."""

    texts: list[str] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    where: list[int] = field(default_factory=list)
    link_chars: list[int] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    tag: list[int] = field(default_factory=list)
    bits: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    links: list[tuple[int, str, str]] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    cut_short: bool = False


class _Reader:
    """The block being read, and the tables so far."""

    def __init__(self, tags: Tags, hints: Hints, finds: Finds) -> None:
        self.out = Walked()
        self.tags = tags
        self.hints = hints
        self.finds = finds
        self.pieces: list[str] = []
        self.linked = 0
        self.link_from = -1
        self.href = ""
        self.here = 0

    def flush(self) -> None:
        """Close the block, if it has any text."""
        pieces = self.pieces
        if not pieces:
            return
        raw = pieces[0] if len(pieces) == 1 else "".join(pieces)
        pieces.clear()
        text = " ".join(raw.split())
        if _LINE_BREAK in text:
            lines = (" ".join(line.split()) for line in text.split(_LINE_BREAK))
            text = "\n".join(line for line in lines if line)
        linked, self.linked = self.linked, 0
        if not text:
            return
        out = self.out
        out.texts.append(text)
        out.tags.append(out.tag[self.here])
        out.where.append(self.here)
        out.link_chars.append(min(linked, len(text)))
        out.furniture.append("")

    def open(self, tid: int, bits: int) -> None:
        out = self.out
        out.parent.append(self.here)
        self.here = len(out.tag)
        out.tag.append(tid)
        out.bits.append(bits)
        out.end.append(self.here)

    def close(self) -> None:
        out = self.out
        here = self.here
        out.end[here] = len(out.tag) - 1
        self.here = out.parent[here]

    def drop(self, node: LexborNode, label: str) -> None:
        """A furniture element: one block, cut, so that the account of what went is whole."""
        text = " ".join(node.text(separator=" ", strip=True).split())
        self.finds.furniture(node, label, text)
        if text:
            out = self.out
            out.texts.append(text[:_FURNITURE_SHOWN])
            out.tags.append(out.tag[self.here])
            out.where.append(self.here)
            out.link_chars.append(0)
            out.furniture.append(label)

    def hint_bits(self, attributes: dict[str, str | None]) -> int:
        names = ""
        for key in ("class", "id", "role", "itemprop", "data-testid", "data-component"):
            value = attributes.get(key)
            if value:
                names += " " + value
        bits = self.hints.bits(names) if names else 0
        if "hidden" in attributes or _hides(attributes.get("style")):
            bits |= HIDDEN
        return bits

    def line_break(self) -> None:
        """One `<br>` is a line break, two are a new paragraph."""
        pieces = self.pieces
        i = len(pieces) - 1
        while i >= 0 and (not pieces[i] or pieces[i].isspace()) and pieces[i] != _LINE_BREAK:
            i -= 1
        if i >= 0 and pieces[i] == _LINE_BREAK:
            self.flush()
        elif i >= 0:
            pieces.append(_LINE_BREAK)


def walk(body: LexborNode, tags: Tags, hints: Hints, finds: Finds) -> Walked:
    """Read the whole body. Stops at MAX_BLOCKS blocks, and then says so in `cut_short`."""
    reader = _Reader(tags, hints, finds)
    reader.open(tags.number["body"], reader.hint_bits(body.attributes) & ~HIDDEN)
    reader.out.parent[0] = 0
    _run(reader, body.first_child)
    reader.flush()
    reader.out.end[0] = len(reader.out.tag) - 1
    return reader.out


def _run(reader: _Reader, node: LexborNode | None) -> None:  # the hot loop: kept in one piece
    tags, pieces, out = reader.tags, reader.pieces, reader.out
    silent, furniture, inline, plain = tags.silent, tags.furniture, tags.inline, tags.plain
    br, anchor, aside, hr = tags.number["br"], tags.number["a"], tags.number["aside"], tags.number["hr"]
    stack: list[Any] = []
    nodes = 0
    while True:
        if node is None:
            if not stack:
                return
            node, kind = stack.pop()
            if kind == 2:
                reader.flush()
                reader.close()
            elif kind == 1:
                _leave_link(reader)
            continue
        nodes += 1
        if nodes > _MAX_NODES or len(out.texts) >= MAX_BLOCKS:
            out.cut_short = True
            return
        tid = node.tag_id
        if tid == TEXT_NODE:
            text = node.text_content
            if text:
                pieces.append(text)
                if reader.link_from >= 0:
                    reader.linked += len(text)
            node = node.next
            continue
        after = node.next
        if tid in silent or tid == 4:
            node = after
        elif tid == br:
            reader.line_break()
            node = after
        elif tid in inline:
            kind = 0
            if tid not in plain:
                attributes = node.attributes
                if tid == anchor:
                    kind = 1
                    reader.href = attributes.get("href") or ""
                    reader.link_from = len(pieces)
                if attributes and (len(attributes) > 1 or tid != anchor):
                    bits = reader.hint_bits(attributes)
                    if bits & HIDDEN:
                        node = after
                        continue
                    reader.finds.inline(node, tid, attributes, bits, len(out.texts))
            stack.append((after, kind))
            node = node.first_child
        elif tid in furniture and tid != aside:
            reader.flush()
            reader.drop(node, tags.name[tid])
            node = after
        elif tid == hr:
            reader.flush()
            node = after
        else:
            attributes = node.attributes if tid not in plain else {}
            bits = reader.hint_bits(attributes) if attributes else 0
            reader.flush()
            if bits & HIDDEN:
                reader.drop(node, "hidden")
                node = after
                continue
            if tid == aside:
                bits |= ASIDE
            reader.open(tid, bits)
            reader.finds.block(node, tid, attributes, bits, len(out.texts))
            stack.append((after, 2))
            node = node.first_child


def _leave_link(reader: _Reader) -> None:
    start, reader.link_from = reader.link_from, -1
    if reader.href and 0 <= start < len(reader.pieces) and len(reader.out.links) < MAX_LINKS:
        text = "".join(reader.pieces[start:])
        reader.out.links.append((len(reader.out.texts), reader.href, " ".join(text.split())[:300]))


def _hides(style: str | None) -> bool:
    if not style or "none" not in style:
        return False
    return "display:none" in style[:500].replace(" ", "").lower()
