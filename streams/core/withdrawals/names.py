"""Who and what an article names: mentions with spans, and the entities behind them. It must not parse grammar."""

from __future__ import annotations

from dataclasses import dataclass, field

from streams.core.records import TextField

STATE, DEMONYM, OBJECT, INSTITUTION = "state", "demonym", "object", "institution"
COMPANY, PERSON, NAME, PARTY = "company", "person", "name", "party"


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming of an entity: `key` finds it in the article's register."""

    start: int
    end: int
    field: TextField
    text: str
    type: str
    key: str

    @property
    def span(self) -> tuple[int, int]:
        """Start and end in the field."""
        return (self.start, self.end)


@dataclass(slots=True)
class Entity:
    """What the mentions of one article say of one thing; private to one detection."""

    key: str
    name: str
    type: str
    id: str | None = None
    kind: str = ""
    heads: set[str] = field(default_factory=set)
    aliases: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def names(self) -> tuple[str, ...]:
        """All names, the canonical one first, none twice."""
        found = dict.fromkeys([self.name, *self.aliases, *(m.text for m in self.mentions if m.type != DEMONYM)])
        return tuple(found)[:40]
