"""What is left, as one value. No behaviour."""

from __future__ import annotations

from dataclasses import dataclass

from streams.core.records import TextField
from streams.core.withdrawals.names import Entity


@dataclass(frozen=True, slots=True)
class Target:
    """What is left. `entity` is None for a thing only described; `names` then tell it."""

    key: str
    name: str
    names: tuple[str, ...]
    kind: str
    type: str
    id: str | None
    text: str
    span: tuple[int, int]
    field: TextField
    token: int
    entity: Entity | None = None
    weak: bool = False
    head: str = ""
    unsigned: bool = False
    through: str = ""
