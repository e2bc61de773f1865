"""What the article has spoken of before a place: antecedents for "the court", "it", "the country". Pure look-ups."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from streams.core.withdrawals.gazetteer import Gazetteer
from streams.core.withdrawals.groups import COMPANIES, FALLBACK, GROUPS, PLACES, TOLD
from streams.core.withdrawals.names import (
    COMPANY,
    DEMONYM,
    INSTITUTION,
    NAME,
    OBJECT,
    PERSON,
    STATE,
    Entity,
    Mention,
)
from streams.core.withdrawals.naming_types import Read
from streams.core.withdrawals.reading import Reading, entity_of

_SPELT = {"organisation": ("organization",), "organization": ("organisation",)}
OWNED_REACH = 5  # sentences


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention with its order in reading (headline first)."""

    order: tuple[int, int]
    mention: Mention
    entity: Entity


class Context:
    """Look-ups over all mentions of one article, in reading order."""

    def __init__(self, reading: Reading, gazetteer: Gazetteer) -> None:
        self._gazetteer, self._fields = gazetteer, reading.fields
        self.placed: list[Placed] = []
        for one in reading.reads:
            for first, _, mention in one.mentions:
                self.placed.append(Placed((one.sentence.number, first), mention, entity_of(reading, mention)))
        self.placed.sort(key=lambda p: p.order)
        self.main_state = self._main_state(reading)
        self.left: list[str] = []
        self.actor: Entity | None = None
        self.business = False

    def _main_state(self, reading: Reading) -> Entity | None:
        counts: Counter[str] = Counter()
        for placed in self.placed:
            if placed.mention.type in (STATE, DEMONYM):
                counts[placed.entity.key] += 4 if placed.order[0] == 0 else 2 if placed.order[0] <= 2 else 1
        home = "s:" + reading.dateline if reading.dateline else ""
        if home:
            counts[home] += 5
        if not counts:
            return None
        key = counts.most_common(1)[0][0]
        found = next((p.entity for p in self.placed if p.entity.key == key), None)
        return found or next(
            (p.entity for k, _ in counts.most_common(4) for p in self.placed if p.entity.key == k), None
        )

    def before(self, read: Read, token_start: int) -> list[Placed]:
        """Mentions before a code point of a sentence, the nearest first."""
        number = read.sentence.number
        return [
            p
            for p in reversed(self.placed)
            if p.order[0] < number
            or (p.order[0] == number and p.mention.start < token_start and p.mention.field == read.sentence.field)
        ]

    def antecedent(
        self, read: Read, token_start: int, head: str, modifiers: frozenset[str] = frozenset()
    ) -> Entity | None:
        """The last thing that may be called "the {modifiers} {head}"; else the only such thing later in the text."""
        fitting = [
            p
            for p in self.before(read, token_start)
            if p.entity.type not in (STATE, PERSON)
            and {head, *_SPELT.get(head, ())} & p.entity.heads
            and _fits(p.entity, modifiers)
        ]
        recent = next((key for key in reversed(self.left) if any(p.entity.key == key for p in fitting)), None)
        near = fitting[0] if fitting else None
        if near is not None and near.order[0] >= read.sentence.number - 1 and near.entity.key in self.left:
            recent = near.entity.key
        for placed in fitting:
            if placed.entity.key == recent or (recent is None and _own_head(placed.entity, head)):
                return placed.entity
        if fitting:
            return fitting[0].entity
        later = {
            p.entity.key: p.entity
            for p in self.placed
            if p.entity.type not in (STATE, PERSON)
            and {head, *_SPELT.get(head, ())} & p.entity.heads
            and _fits(p.entity, modifiers)
        }
        return next(iter(later.values())) if len(later) == 1 else None

    def worded(self, read: Read, token_start: int, phrase: str) -> Entity | None:
        """The last thing named in a name that has these very words: "the security treaty" of a collective one."""
        said = f" {phrase.lower()} "
        before = self.before(read, token_start)
        return next((p.entity for p in before if p.entity.kind and said in f" {p.mention.text.lower()} "), None)

    def last_state(self, read: Read, token_start: int, sentences: int = 2) -> Entity | None:
        """The last state named within some sentences before."""
        for placed in self.before(read, token_start):
            if read.sentence.number - placed.order[0] > sentences:
                return None
            if placed.mention.type == STATE:
                return placed.entity
        return None

    def in_sentence(self, read: Read, token_start: int) -> bool:
        """Whether a treaty or body stands in the sentence before a place."""
        return any(
            p.order[0] == read.sentence.number
            and p.entity.kind in ("treaty", "organization", "agreement")
            and p.entity.type in (OBJECT, INSTITUTION)
            for p in self.before(read, token_start)
        )

    def turned_to(self, read: Read, after: int, left: str) -> Entity | None:
        """The one other thing that the sentence just before speaks of, where the thing last left is not in it."""
        number = read.sentence.number
        here = {
            p.entity.key: p.entity
            for p in self.placed
            if p.order[0] == number - 1 > after
            and p.entity.type in (OBJECT, INSTITUTION)
            and p.entity.id not in ("un", "eu")
            and p.entity.kind in ("treaty", "organization", "agreement")
        }
        return next(iter(here.values())) if len(here) == 1 and left not in here else None

    def named_here(self, read: Read, token_start: int) -> list[str]:
        """The keys of the bodies and treaties named in the sentence before a place; else those of the one before."""
        number = read.sentence.number
        found: dict[int, list[str]] = {}
        for placed in self.before(read, token_start):
            if placed.order[0] < number - 1:
                break
            if placed.entity.type in (OBJECT, INSTITUTION):
                found.setdefault(placed.order[0], []).append(placed.entity.key)
        return found.get(number) or found.get(number - 1) or []

    def titled(self, read: Read, token_start: int) -> Entity | None:
        """The headline's thing, where it is also what the sentences before speak of."""
        found = {
            p.entity.key: p.entity
            for p in self.placed
            if p.order[0] == 0
            and p.entity.type in (OBJECT, INSTITUTION)
            and p.entity.kind in ("treaty", "organization", "agreement")
        }
        topic = self.topic(read, token_start, same=False)
        return topic if topic is not None and topic.key in found and len(found) == 1 else None

    def known_about(self, phrase: str, kind: str) -> Entity | None:
        """A known treaty by its subject."""
        return self._gazetteer.about(phrase, kind)

    def known_of(self, state: str, head: str) -> str | None:
        """The only known treaty or agreement that is called "the {head}" and has the state in a name."""
        return self._gazetteer.of_state(state, head)

    def demonyms(self, state: Entity) -> list[str]:
        """The adjectives of a state."""
        known = self._gazetteer.state(state.id or "")
        return list(known.demonyms[:2]) if known else []

    def home_state(self, read: Read, token_start: int) -> Entity | None:
        """Whose "the government" is: the state that leads this sentence or the one before, else the article's."""
        for placed in self.before(read, token_start):
            distance = read.sentence.number - placed.order[0]
            if distance > 1:
                break
            if placed.mention.type == STATE and placed.order[1] <= 3 and placed.order[0] > 0:
                if self._bystander(placed):
                    continue
                return placed.entity
        return self.main_state or self.last_state(read, token_start, 3)

    def _bystander(self, placed: Placed) -> bool:
        """As in "Standing beside Ostia's president": a state that only stands by."""
        text = self._fields[placed.mention.field]
        return text[: placed.mention.start].rstrip().rsplit(None, 1)[-1:] in (["beside"], ["alongside"])

    def last_group(self, read: Read, token_start: int, head: str) -> Entity | None:
        """The last company, party or body that may be called "the {head}"."""
        fallback = None
        for placed in self.before(read, token_start):
            if placed.entity.type in GROUPS or placed.entity.type == OBJECT:
                if head in placed.entity.heads:
                    return placed.entity
                if fallback is None and placed.entity.type in FALLBACK.get(head, ()):
                    fallback = placed.entity
        return fallback

    def later_group(self, read: Read, head: str) -> Entity | None:
        """The first company, party or body in the next three sentences (or the headline) that is called so."""
        number = read.sentence.number
        for placed in self.placed:
            if (
                (0 < placed.order[0] - number <= 5 or placed.order[0] == 0)
                and placed.entity.type in GROUPS
                and head in placed.entity.heads
            ):
                return placed.entity
        titled = next((p.entity for p in self.placed if p.order[0] == 0 and p.order[1] <= 1), None)
        sorts = (COMPANY, NAME) if head in COMPANIES else (NAME,) if head in PLACES else ()
        return titled if titled is not None and number <= 3 and titled.type in sorts else None

    def owned_ahead(self, read: Read, reading: Reading) -> Entity | None:
        """As in "his Farmers Party" in the next sentences: the party or company that a leader is told to have."""
        for placed in self.placed:
            before = reading.fields[placed.mention.field][: placed.mention.start][-5:].lower()
            near = 0 <= placed.order[0] - read.sentence.number <= OWNED_REACH
            if near and placed.entity.type in GROUPS and before.endswith(("his ", "her ")):
                return placed.entity
        return None

    def topic(self, read: Read, token_start: int, *, same: bool = True) -> Entity | None:
        """What this sentence has named; else what was last left; else what the text speaks of, or its lead does."""
        for placed in self.before(read, token_start) if same else ():
            if placed.order[0] != read.sentence.number:
                break
            body = placed.entity.type in (OBJECT, INSTITUTION) and placed.mention.text not in TOLD
            if body and placed.entity.kind in ("treaty", "organization", "agreement", "talks"):
                return placed.entity
        for key in reversed(self.left):
            for placed in self.placed:
                if placed.entity.key == key and placed.entity.type != STATE:
                    return placed.entity
        return self._near(read, token_start, same=same) or self._lead()

    def _near(self, read: Read, token_start: int, *, same: bool) -> Entity | None:
        """The thing last spoken of within three sentences; the United Nations only where it is alone."""
        world: Entity | None = None
        for placed in self.before(read, token_start):
            if read.sentence.number - placed.order[0] > 3:
                break
            if not same and placed.order[0] == read.sentence.number:
                continue
            entity = placed.entity
            if entity.kind not in ("", "state") and entity.type in (OBJECT, INSTITUTION, NAME):
                if entity.id != "un":
                    return entity
                world = world or entity
        return world

    def _lead(self) -> Entity | None:
        """The lead's only thing, or the headline's."""
        lead = {
            p.entity.key: p.entity
            for p in self.placed
            if p.order[0] <= 2 and p.entity.type in (OBJECT, INSTITUTION) and p.entity.kind
        }
        headed = {p.entity.key: p.entity for p in self.placed if p.order[0] == 0 and p.entity.key in lead}
        fitting = lead if len(lead) == 1 else headed
        return next(iter(fitting.values())) if len(fitting) == 1 else None


def _called(entity: Entity, head: str) -> bool:
    return bool({head, *_SPELT.get(head, ())} & entity.heads)


def _own_head(entity: Entity, head: str) -> bool:
    """Whether the noun is the thing's own, not a word that any body may be called by."""
    return entity.type == OBJECT or head in entity.name.lower()


def _fits(entity: Entity, modifiers: frozenset[str]) -> bool:
    """Whether the words before the head noun are words of the thing's names, or say nothing."""
    if not modifiers:
        return True
    bag = " ".join([entity.name, *entity.aliases]).lower()
    return all(word[:5] in bag for word in modifiers)
