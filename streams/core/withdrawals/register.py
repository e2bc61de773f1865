"""The things one article names, each once, however it names them. It must not look at grammar."""

from __future__ import annotations

from streams.core.withdrawals.gazetteer import Gazetteer, folded
from streams.core.withdrawals.names import COMPANY, INSTITUTION, NAME, OBJECT, PARTY, PERSON, Entity, Mention
from streams.core.withdrawals.phrases import is_acronym
from streams.core.withdrawals.vocabulary import words

GENERIC = {
    "organization": {"body", "organization", "organisation", "group", "grouping", "institution"},
    "treaty": {"treaty", "pact", "accord", "agreement", "instrument", "text", "document"},
    "agreement": {"agreement", "pact", "accord", "deal", "arrangement", "text"},
}
_REALMS = frozenset(
    {
        "Kingdom",
        "Republic",
        "Principality",
        "Sultanate",
        "State",
        "Federation",
        "Emirate",
        "Duchy",
        "Grand Duchy",
        "Islamic Republic",
        "Democratic Republic",
        "Province",
        "City",
        "University",
        "Diocese",
        "Archdiocese",
    }
)
_CUTS = words("of for on in to against by from with concerning relating")
_SMALL = words("of for on the and in to against de & with")

_SHORTENED = frozenset({PERSON, COMPANY, NAME, INSTITUTION, PARTY})


class Register:
    """Entities by key, and by every name the article has used so far."""

    def __init__(self, gazetteer: Gazetteer, kinds: dict[str, str]) -> None:
        self._gazetteer = gazetteer
        self._kinds = kinds
        self.entities: dict[str, Entity] = {}
        self._by_name: dict[str, str] = {}
        self._moved: dict[str, str] = {}

    def get(self, key: str) -> Entity:
        """The entity of a mention's key, through any merging."""
        return self.entities[self._moved.get(key, key)]

    def known(self, kind: str, key: str) -> Entity:
        """The entity of a gazetteer hit; a leader's is a person whose id is the state's code."""
        if kind == PERSON:
            raise KeyError(key)
        prefix = ("o:" if kind == OBJECT else "s:") + key
        if prefix not in self.entities:
            self.entities[prefix] = self._gazetteer.entity(kind, key)
        return self.entities[prefix]

    def named(self, text: str, kind: str, head: str, state: str | None = None) -> Entity:
        """The entity of a name that no list holds, new or met before."""
        name = text.removeprefix("the ").removeprefix("The ").replace("\n", " ")
        spelt = folded(name)
        met = self._by_name.get(spelt) or self._partial(name, kind)
        if met:
            self._by_name.setdefault(spelt, met)
            entity = self.entities[met]
            if entity.type == NAME and kind not in (NAME, INSTITUTION):
                entity.type = kind
            return entity
        return self._new(name, kind, head, state)

    def _new(self, name: str, kind: str, head: str, state: str | None) -> Entity:
        key = "n:" + name.casefold()
        found = self._kinds.get(head, "") if head else ""
        heads = {head} | GENERIC.get(found, set()) if head else set()
        if head == "bank" or name.rsplit(maxsplit=1)[-1] in ("Bank", "Bancorp"):
            heads |= {"lender", "bank", "company", "group"}
        parts = name.split(" of ", 1)
        entity_aliases = [parts[1].removeprefix("the ")] if len(parts) == 2 and parts[0] in _REALMS else []
        if kind == COMPANY:
            heads |= {"company", "firm", "group"}
        if kind in (INSTITUTION, PARTY, NAME):
            entity_aliases += short_forms(name)
        entity = Entity(key, name, kind, state, found, heads, entity_aliases)
        self.entities[key] = entity
        self._by_name[folded(name)] = key
        return entity

    def _partial(self, name: str, kind: str) -> str | None:
        """An earlier, longer name of the same thing.

        "Kraft" after "Kraft Heinz", "Tuna Commission" after "Pacific …".
        """
        words, acronym = name.split(), is_acronym(name)
        for key, entity in reversed(self.entities.items()):
            longer = entity.name.split()
            if entity.type == OBJECT and kind == INSTITUTION and _begins(words, longer):
                return key
            if entity.type not in _SHORTENED:
                continue
            if len(words) >= len(longer):
                continue
            if entity.type == PERSON and len(words) == 1 and words[0] in (longer[-1], longer[0]):
                return key
            if entity.type in (COMPANY, NAME, PARTY) and words == longer[: len(words)] and len(name) > 3:
                return key
            if entity.type in (NAME, PARTY) and words == longer[-1:] and name.endswith("s") and len(name) > 4:
                return key  # "the Tigers" after "the Tamil Tigers"
            if entity.type == INSTITUTION and kind == INSTITUTION and len(words) > 1 and words == longer[-len(words) :]:
                return key
            if acronym and initials(entity.name, name):
                return key
        return None

    def alias(self, entity: Entity, name: str) -> None:
        """Let `name` mean `entity` from here on."""
        self._by_name[folded(name)] = entity.key
        if name not in entity.aliases and name != entity.name:
            entity.aliases.append(name)

    def find(self, name: str) -> Entity | None:
        """The entity the article has given this name."""
        key = self._by_name.get(folded(name))
        return self.entities.get(key) if key else None

    def merge(self, kept: Entity, gone: Entity) -> None:
        """Let everything said of `gone` be said of `kept`."""
        if kept.key == gone.key:
            return
        for name in (gone.name, *gone.aliases):
            self.alias(kept, name)
        kept.heads |= gone.heads
        kept.kind = kept.kind or gone.kind
        for mention in gone.mentions:
            kept.mentions.append(Mention(mention.start, mention.end, mention.field, mention.text, kept.type, kept.key))
        self.entities.pop(gone.key, None)
        self._moved[gone.key] = kept.key
        for key, target in list(self._moved.items()):
            if target == gone.key:
                self._moved[key] = kept.key
        for name, key in list(self._by_name.items()):
            if key == gone.key:
                self._by_name[name] = kept.key


def short_forms(name: str) -> list[str]:
    """A long name cut before each of its own prepositions, two words at least.

    "Trier Convention" of the "Trier Convention on the Carriage of Live Animals".
    """
    parts = name.split()
    return [" ".join(parts[:i]) for i in range(2, len(parts)) if parts[i] in _CUTS and parts[i - 1] not in _SMALL]


def initials(name: str, acronym: str) -> bool:
    """Whether the acronym's letters are the initials of the name's words."""
    letters = [c for c in acronym.upper() if c.isalpha()]
    words = [w for w in name.replace("-", " ").split() if w]
    big = [w[0].upper() for w in words if w.lower() not in _SMALL]
    every = [w[0].upper() for w in words]
    return len(letters) >= 2 and (letters in (big, every))


def _begins(words: list[str], longer: list[str]) -> bool:
    """As in "the Optional Protocol" after "the Optional Protocol to the Torture Convention"."""
    size = len(words)
    return 1 < size < len(longer) and words == longer[:size] and longer[size] in _CUTS
