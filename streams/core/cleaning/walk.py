"""One pass over the parsed page, without recursion: text blocks, the containers they stand in, and body signals.

It must not decide what is article and what is not. Inline elements extend the block being read, block
elements close it. Containers are numbered in preorder, so that a subtree is a range of numbers.
"""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from streams.core.cleaning.elements import Elements
from streams.core.cleaning.finds import Finds
from streams.core.cleaning.hints import Hints
from streams.core.cleaning.tags import Tags
from streams.core.cleaning.tree import ASIDE, BIT, HIDDEN, Walked

MAX_BLOCKS = 10_000
MAX_LINKS = 5_000
MAX_NODES = 200_000
_FURNITURE_SHOWN = 300
_FURNITURE_READ = 2_000_000
_LINE_BREAK = "\x1e"
#: A short block without a letter or digit is a bullet, an icon or a zero-width space.
_LONGEST_ORNAMENT = 6
_MOST_APART = 16
#: More text than anyone links to one address: the page forgot to close an `<a>`, and the parser reopens it everywhere.
_LONGEST_LINK = 600
#: Menus have many short links to "#".
_SHORTEST_LINKED = 80
_INTERESTING = BIT["author"] | BIT["date"] | BIT["breadcrumb"]
_NAMING = frozenset({"role", "itemprop", "data-testid", "data-component"})
_LINK, _BLOCK = 1, 2


class _Reader:
    """The block being read, the tables so far, and the elements that are still open."""

    __slots__ = (
        "allowance",
        "elements",
        "here",
        "hints",
        "href",
        "link_from",
        "linked",
        "out",
        "pieces",
        "stack",
        "table",
        "tags",
        "under",
    )

    def __init__(self, tags: Tags, hints: Hints, finds: Finds) -> None:
        self.out = Walked()
        self.tags = tags
        self.table = tags.number["table"]
        self.hints = hints
        self.elements = Elements(tags, finds)
        self.pieces: list[str] = []
        self.stack: list[tuple[LexborNode | None, int]] = []
        self.linked = 0
        self.link_from = -1
        self.href = ""
        self.here = 0
        self.allowance = _FURNITURE_READ
        self.under: dict[str, list[int]] = {}

    def read(self, body: LexborNode) -> Walked:
        """All below this element."""
        self.open(self.tags.number["body"], self.bits(body.attributes) & ~HIDDEN, "")
        self.out.parent[0] = 0
        self.run(body.first_child)
        if self.pieces:
            self.flush()
        self.out.end[0] = len(self.out.tag) - 1
        self.close_links()
        return self.out

    def run(self, node: LexborNode | None) -> None:
        """The hot loop: a visit a node."""
        pieces, stack, texts = self.pieces, self.stack, self.out.texts
        skipped, inline, block, special = self.tags.skipped, self.inline, self.block, self.special
        phrasing, unusual, text_node = self.tags.inline, self.tags.unusual, self.tags.text
        for _ in range(MAX_NODES):
            if node is None:
                if not stack:
                    return
                node, kind = stack.pop()
                if kind:
                    self.leave(kind)
                continue
            tid = node.tag_id
            if tid == text_node:
                text = node.text_content or ""
                if pieces or not text.isspace():
                    pieces.append(text)
                    if self.link_from >= 0:
                        self.linked += len(text)
                node = node.next
            elif tid in skipped:
                node = node.next
            elif tid in phrasing:
                node = inline(node, tid)
            elif tid in unusual:
                node = special(node, tid)
            else:
                node = block(node, tid)
                if len(texts) > MAX_BLOCKS:
                    break
        self.out.cut_short = True

    def inline(self, node: LexborNode, tid: int) -> LexborNode | None:
        """Enter an element that extends the block; the node to visit next."""
        child = node.first_child
        if child is None and tid != self.tags.time:
            return node.next
        kind = 0
        if tid not in self.tags.plain:
            attributes = node.attributes
            if tid == self.tags.anchor:
                kind = _LINK
                self.href = attributes.get("href") or ""
                self.link_from = len(self.pieces)
            if len(attributes) > kind or tid == self.tags.time:
                bits = self.bits(attributes)
                if bits & HIDDEN:
                    self.link_from = -1
                    return node.next
                if bits & _INTERESTING or tid == self.tags.time or "rel" in attributes:
                    self.elements.inline(node, tid, attributes, bits, len(self.out.texts))
        self.stack.append((node.next, kind))
        return child

    def special(self, node: LexborNode, tid: int) -> LexborNode | None:
        """A line break, or furniture by its very tag: it is not entered."""
        if tid == self.tags.line_break:
            if self.pieces:
                self.line_break()
        else:
            if self.pieces:
                self.flush()
            if tid in self.tags.furniture:
                self.drop(node, self.tags.name[tid])
        return node.next

    def block(self, node: LexborNode, tid: int) -> LexborNode | None:
        """Enter an element that closes the block; the node to visit next."""
        if self.pieces:
            self.flush()
        child = node.first_child
        if child is None:
            return node.next
        bits, name = 0, ""
        if tid not in self.tags.plain and (attributes := node.attributes):
            bits = self.bits(attributes)
            name = attributes.get("class") or ""
            if bits & HIDDEN:
                self.drop(node, "hidden")
                return node.next
            if bits & _INTERESTING or tid in self.tags.asked:
                self.elements.block(node, tid, attributes, bits, block=len(self.out.texts), container=len(self.out.tag))
        elif tid in self.tags.asked:
            self.elements.block(node, tid, {}, bits, block=len(self.out.texts), container=len(self.out.tag))
        if tid == self.tags.aside:
            bits |= ASIDE
        self.open(tid, bits, name)
        if child.tag_id == self.tags.text and child.next is None:
            self.pieces.append(child.text_content or "")
            if self.link_from >= 0:
                self.linked += len(self.pieces[0])
            self.flush()
            self.here = self.out.parent[self.here]
            return node.next
        self.stack.append((node.next, _BLOCK))
        return child

    def bits(self, attributes: dict[str, str | None]) -> int:
        """The hint bits of an element's names, with HIDDEN where it is not shown."""
        bits = 0
        rest = len(attributes)
        if value := attributes.get("class"):
            bits = self.hints.bits(value)
            rest -= 1
        if value := attributes.get("id"):
            bits |= self.hints.bits(value)
            rest -= 1
        return bits | self.rare_bits(attributes) if rest else bits

    def rare_bits(self, attributes: dict[str, str | None]) -> int:
        bits = 0
        for key, value in attributes.items():
            if key in _NAMING and value:
                bits |= self.hints.bits(value)
            elif key == "hidden" or (key == "style" and value and "none" in value and _hides(value)):
                bits |= HIDDEN
        return bits

    def flush(self) -> None:
        """Close the block, if it has any text."""
        pieces = self.pieces
        text = " ".join((pieces[0] if len(pieces) == 1 else _joined(pieces)).split())
        pieces.clear()
        linked, self.linked = self.linked, 0
        if _LINE_BREAK in text:
            text = "\n".join(line for part in text.split(_LINE_BREAK) if (line := part.strip()))
        size = len(text)
        if size > _LONGEST_ORNAMENT or any(map(str.isalnum, text)):
            out, here = self.out, self.here
            out.texts.append(text)
            out.tags.append(out.tag[here])
            out.where.append(here)
            if linked >= _SHORTEST_LINKED:
                self.under.setdefault(self.href, []).append(len(out.link_chars))
            out.link_chars.append(min(size, linked))
            out.furniture.append("")

    def open(self, tid: int, bits: int, name: str) -> None:
        out, here = self.out, self.here
        number = len(out.tag)
        out.depth.append(out.depth[here] + 1 if number else 0)
        out.names.append(name)
        out.parent.append(here)
        out.tag.append(tid)
        out.table_count += tid == self.table
        out.bits.append(bits)
        out.end.append(number)
        self.here = number

    def leave(self, kind: int) -> None:
        """Close a block element or a link."""
        if kind == _BLOCK:
            if self.pieces:
                self.flush()
            out, here = self.out, self.here
            out.end[here] = len(out.tag) - 1
            self.here = out.parent[here]
            return
        start, self.link_from = self.link_from, -1
        if self.href and 0 <= start < len(self.pieces) and len(self.out.links) < MAX_LINKS:
            self.out.links.append((len(self.out.texts), self.href, "".join(self.pieces[start:])[:300]))

    def close_links(self) -> None:
        """Take text for text where one address would have too much of it."""
        chars = self.out.link_chars
        for blocks in self.under.values():
            if sum(chars[i] for i in blocks) > _LONGEST_LINK:
                for i in blocks:
                    chars[i] = 0

    def drop(self, node: LexborNode, label: str) -> None:
        """A furniture element: one block, cut, so that the account of what went is whole."""
        if self.allowance <= 0:
            return
        text = node.text(separator=" ", strip=True)
        self.allowance -= len(text)
        self.elements.furniture(node, label, text)
        if label == "footer" and self.out.within(self.here, self.tags.number["article"]):
            self.elements.footer(node, self.bits, len(self.out.texts))
        if text:
            out = self.out
            out.texts.append(" ".join(text[:_FURNITURE_SHOWN].split()) or "·")
            out.tags.append(out.tag[self.here])
            out.where.append(self.here)
            out.link_chars.append(0)
            out.furniture.append(label)

    def line_break(self) -> None:
        """One `<br>` is a line break, two are a new paragraph."""
        pieces = self.pieces
        i = len(pieces) - 1
        while i >= 0 and pieces[i].isspace() and pieces[i] != _LINE_BREAK:
            i -= 1
        if i >= 0 and pieces[i] == _LINE_BREAK:
            self.flush()
        elif i >= 0:
            pieces.append(_LINE_BREAK)


def walk(body: LexborNode, tags: Tags, hints: Hints, finds: Finds) -> Walked:
    """Read the whole body. Stops at MAX_BLOCKS blocks, and then says so in `cut_short`."""
    return _Reader(tags, hints, finds).read(body)


def _joined(pieces: list[str]) -> str:
    """The texts of inline elements; a date and a name that only a style sheet keeps apart get a space."""
    if len(pieces) > _MOST_APART:
        return "".join(pieces)
    out = pieces[0]
    for piece in pieces[1:]:
        if out[-1:].isdigit() and piece[:1].isupper():
            out += " "
        out += piece
    return out


def _hides(style: str) -> bool:
    return "display:none" in style[:500].replace(" ", "").lower()
