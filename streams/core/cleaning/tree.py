"""What the walk makes of a page: flat tables of blocks and of the elements they stand in. Values only."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from streams.core.cleaning.hints import GROUPS

BIT = {name: 1 << i for i, name in enumerate(GROUPS)}
HIDDEN = 1 << 30
ASIDE = 1 << 31


@dataclass(slots=True)
class Walked:
    """Flat tables, a column each. Of blocks: texts to furniture; of containers: parent to names.

    A container has its parent, its tag's number, its own hint bits, the last number of its subtree, its depth
    and its class attribute, or a number that stands for it. `furniture` is a tag's name where a whole element was
    taken as one block. `links` (block, address, text) are the walk's own; whoever wants them asks the reader.
    """

    texts: list[str] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    where: list[int] = field(default_factory=list)
    link_chars: list[int] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    tag: list[int] = field(default_factory=list)
    bits: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)
    names: list[Hashable] = field(default_factory=list)
    links: list[tuple[int, str, str]] = field(default_factory=list)
    cut_short: bool = False
    table_count: int = 0

    def within(self, container: int, tag: int) -> bool:
        """Whether a container is, or stands in, one of that tag."""
        while container and self.tag[container] != tag:
            container = self.parent[container]
        return self.tag[container] == tag
