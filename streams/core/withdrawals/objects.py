"""From the place of the object to the thing left: named, described or pointed at. It must not judge actors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from streams.core.records import TextField
from streams.core.withdrawals.context import Context
from streams.core.withdrawals.describing import buying, described_names
from streams.core.withdrawals.grammar import child, children, list_around, noun_head
from streams.core.withdrawals.names import (
    COMPANY,
    DEMONYM,
    INSTITUTION,
    NAME,
    OBJECT,
    PARTY,
    PERSON,
    STATE,
    Entity,
    Mention,
)
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.phrases import CALENDAR
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

LOOK_THROUGH = words(
    "membership participation cooperation co-operation involvement signature ratification seat commitment commitments "
    "obligations obligation role accession adherence part ties links relations contact contacts work support "
    "affiliation place engagement status collaboration subscription stake contribution contributions funding payments "
    "declaration observance compliance implementation recognition acceptance approval use association members"
)
_ANY_SUCH = words(
    "treaty pact accord agreement deal convention bloc body group grouping alliance force mission organization "
    "organisation club"
)
_FOUNDING = frozenset({"founding", "underlying", "constituent", "constitutive", "parent"})
_OWN_CONTEXT = words(
    "membership participation signature cooperation place seat role declaration ratification acceptance recognition accession"
)
_PREPS = ("of", "in", "with", "to", "from", "on", "under", "at", "for", "by")
_PLAIN_MODIFIERS = words(
    "international regional global world european african asian american main new old original landmark historic key "
    "major whole entire wider intergovernmental multilateral bilateral common so-called controversial big current "
    "ruling governing national important troubled influential powerful embattled same other said latest former "
    "existing separate broader continental own western eastern northern southern nine-member 15-member 10-member "
    "three-way"
)


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


class Objects:
    """Resolves the object places of one article."""

    def __init__(self, reading: Reading, context: Context) -> None:
        self._reading, self._context, self._data = reading, context, reading.data

    def resolve(self, parsed: Parsed, trigger: Trigger) -> list[Target]:
        """All things left at this trigger, empty where none is found."""
        if trigger.start is None:
            found = self._bare(parsed, trigger)
            return [found] if found else []
        head = self._head(parsed, trigger)
        first = self._noun(parsed, head, 0)
        if first is None:
            return []
        found = _split_partners(parsed, head, first, self._reading) or [first]
        for place in self._more(parsed, head, first, trigger):
            other = self._noun(parsed, parsed.doc[place], 0)
            if other and other.key not in {t.key for t in found}:
                found.append(replace(other, unsigned=first.unsigned, through=first.through))
        return found

    def _head(self, parsed: Parsed, trigger: Trigger) -> Any:
        assert trigger.start is not None  # noqa: S101 - the caller has looked
        place = trigger.start
        head = noun_head(parsed.doc, place)
        while place + 1 < len(parsed.words) and parsed.words[place].lower() in (
            "both",
            "all",
            "the",
            "either",
            "its",
            "their",
            "from",
            "a",
            "an",
        ):
            place += 1
        if trigger.predicate.frame == "nonmember" and parsed.mentions[place] is not None:
            return parsed.doc[place]
        head = (
            head
            if head.i > place and not (head.dep_ == "dobj" and head.i > place + 8)
            else noun_head(parsed.doc, place)
        )
        if parsed.mentions[head.i] is None and head.lower_ not in self._data.kinds and head.lower_ not in LOOK_THROUGH:
            known = next(
                (
                    i
                    for i in range(head.i + 1, min(head.i + 3, len(parsed.words)))
                    if parsed.words[i].lower() in self._data.kinds
                ),
                None,
            )
            if known is not None and all(
                parsed.words[i].islower() and parsed.words[i] not in _PREPS for i in range(head.i, known)
            ):
                return parsed.doc[known]
        if parsed.mentions[place] is not None and parsed.mentions[head.i] is None and head.i > place + 3:
            return parsed.doc[place]
        return head

    def _more(self, parsed: Parsed, head: Any, first: Target, trigger: Trigger) -> list[int]:
        """Coordinated objects, by the tree and by the flat list of names."""
        places = [c.i for c in head.conjuncts if c.i != head.i and c.pos_ in ("NOUN", "PROPN") and c.i > trigger.token]
        if parsed.mentions[first.token] is not None and first.type != STATE or first.kind in ("market", "deployment"):
            places += [p for p in list_around(parsed, first.token) if p != first.token and p > trigger.token]
        return sorted(set(places))

    def _noun(self, parsed: Parsed, head: Any, depth: int) -> Target | None:
        if depth > 4:
            return None
        lower = head.lower_
        if parsed.mentions[head.i] is not None:
            return self._mention(parsed, head)
        if head.lemma_.lower() in ("candidate", "contender"):
            return self._candidacy(parsed, head)
        if head.lemma_.lower() in ("candidacy", "candidature", "nomination"):
            return self._candidacy(parsed, head)
        if lower in LOOK_THROUGH or head.lemma_.lower() in LOOK_THROUGH:
            return self._through(parsed, head, depth)
        if lower in ("member", "party", "signatory", "part", "participant") and any(
            c.dep_ == "prep" and c.lower_ in ("of", "to", "in") and child(c, "pobj") is not None for c in head.children
        ):
            return self._through(parsed, head, depth)
        inside = self._founding(parsed, head) or self._compound(parsed, head)
        if inside:
            return inside
        if lower in ("it", "them", "which", "one"):
            entity = self._context.topic(parsed.read, parsed.spans[head.i][0])
            return self._of_entity(parsed, head.i, entity, weak=True) if entity else None
        if (
            lower in ("attempt", "effort", "proposal", "move", "intention", "quest", "plan", "plans")
            and buying(head) is not None
        ):
            return self._deal(parsed, head, lower)
        if lower in self._data.kinds or head.lemma_.lower() in self._data.kinds:
            return self._described(parsed, head, lower if lower in self._data.kinds else head.lemma_.lower())
        if head.pos_ == "PROPN" and parsed.words[head.i][:1].isupper() and parsed.words[head.i] not in CALENDAR:
            entity = self._reading.register.named(parsed.words[head.i], NAME, "")
            return self._of_entity(parsed, head.i, entity)
        return self._nested(parsed, head, depth)

    def _nested(self, parsed: Parsed, head: Any, depth: int) -> Target | None:
        """ "dozens of treaties", "two bodies: A and B", "the ruling that …"."""
        if head.lemma_.lower() in (
            "dozen",
            "number",
            "series",
            "pair",
            "kind",
            "text",
            "term",
            "provision",
            "framework",
            "structure",
            "body",
            "family",
            "rest",
            "ranks",
            "rank",
            "jurisdiction",
            "list",
            "remit",
            "orbit",
            "fold",
            "grip",
        ):
            pobj = next(
                (child(p, "pobj") for p in children(head, "prep") if p.lower_ == "of" and child(p, "pobj") is not None),
                None,
            )
            return self._noun(parsed, pobj, depth + 1) if pobj is not None else None
        apposition = child(head, "appos")
        if apposition is not None and parsed.mentions[apposition.i] is not None:
            return self._mention(parsed, apposition)
        where = next(
            (child(p, "pobj") for p in children(head, "prep") if p.lower_ == "in" and child(p, "pobj") is not None),
            None,
        )
        if where is not None and parsed.mentions[where.i] is not None and parsed.mentions[where.i].type == STATE:
            return self._mention(parsed, where)
        return None

    def _mention(self, parsed: Parsed, head: Any) -> Target | None:
        mention = parsed.mentions[head.i]
        assert mention is not None  # noqa: S101 - the caller has looked
        entity = entity_of(self._reading, mention)
        if mention.type == DEMONYM and head.head.i != head.i and head.head.i > head.i:
            return self._noun(parsed, head.head, 1) if parsed.mentions[head.head.i] is None else None
        return self._of_entity(parsed, head.i, entity)

    def _of_entity(self, parsed: Parsed, place: int, entity: Entity, *, weak: bool = False) -> Target:
        mention = parsed.mentions[place]
        span = mention.span if mention else parsed.span(place, place)
        field = parsed.read.sentence.field
        text = self._reading.text_of(span, field)
        return Target(
            entity.key,
            entity.name,
            entity.names(),
            entity.kind,
            entity.type,
            entity.id,
            text,
            span,
            field,
            place,
            entity,
            weak,
        )

    def _through(self, parsed: Parsed, head: Any, depth: int) -> Target | None:
        """Membership of what, cooperation with whom."""
        found = self._behind(parsed, head, depth) or self._left_name(parsed, head)
        if found is None and child(head, "poss", "det") is not None and head.lemma_.lower() in _OWN_CONTEXT:
            entity = self._context.topic(parsed.read, parsed.spans[head.i][0])
            found = self._of_entity(parsed, head.i, entity, weak=True) if entity else None
        if found is None:
            return None
        return replace(found, unsigned=head.lemma_.lower() == "signature", through=head.lemma_.lower())

    def _behind(self, parsed: Parsed, head: Any, depth: int) -> Target | None:
        """The thing behind the noun's own preposition, else behind one that the parser gave to the verb."""
        own = [c for c in head.children if c.dep_ == "prep" and c.lower_ in _PREPS]
        stray = [
            c
            for c in head.head.children
            if c.dep_ == "prep" and c.i > head.i and c.lower_ in ("from", "of", "to", "in", "with")
        ]
        for preposition in [*own, *stray]:
            pobj = child(preposition, "pobj")
            found = self._noun(parsed, pobj, depth + 1) if pobj is not None else None
            if found is not None and (preposition in own or found.type not in (STATE, PERSON)):
                return found
        return None

    def _candidacy(self, parsed: Parsed, head: Any) -> Target:
        """A candidacy is left like the race it is for."""
        names = described_names(parsed, head, self._reading)
        office = [w for c in head.lefts if c.dep_ in ("amod", "compound") for w in (parsed.words[c.i],)]
        races = [f"{' '.join(office)} {n}".strip() for n in ("race", "election", "contest")]
        goal = next(
            (
                child(p, "pobj")
                for p in children(head, "prep")
                if p.lower_ in ("for", "to", "in") and child(p, "pobj") is not None
            ),
            None,
        )
        sought = next(
            (
                c
                for c in children(head, "acl", "relcl", "xcomp")
                if c.lemma_.lower() in ("become", "win", "lead", "be", "unseat", "succeed")
            ),
            None,
        )
        prize = child(sought, "attr", "dobj", "oprd") if sought is not None else None
        if prize is not None:
            races += [
                " ".join(parsed.words[prize.left_edge.i : prize.right_edge.i + 1]),
                parsed.words[prize.i],
                " ".join(parsed.words[prize.left_edge.i : prize.i + 1]),
            ]
        if goal is not None:
            races += [" ".join(parsed.words[goal.left_edge.i : goal.i + 1]), parsed.words[goal.i] + " race"]
        every = tuple(dict.fromkeys([*names, *races]))
        span, field = parsed.span(head.i, head.i), parsed.read.sentence.field
        return Target(
            "d:contest:" + every[0].casefold(),
            every[0],
            every,
            "contest",
            "described",
            None,
            self._reading.text_of(span, field),
            span,
            field,
            head.i,
            None,
            False,
            "candidacy",
        )

    def _left_name(self, parsed: Parsed, head: Any) -> Target | None:
        for part in reversed(list(head.lefts)):
            mention = parsed.mentions[part.i]
            if mention is not None and mention.type not in (STATE, DEMONYM, PERSON):
                return self._of_entity(parsed, part.i, entity_of(self._reading, mention))
        return None

    def _founding(self, parsed: Parsed, head: Any) -> Target | None:
        """ "the council's statute", "the charter of the union": the paper that founds a body is the body."""
        if head.lower_ not in ("statute", "charter", "constitution", "covenant"):
            return None
        owner = child(head, "poss") or next(
            (child(p, "pobj") for p in children(head, "prep") if p.lower_ == "of" and child(p, "pobj") is not None),
            None,
        )
        return self._noun(parsed, owner, 3) if owner is not None and owner.lower_ not in ("its", "their") else None

    def _compound(self, parsed: Parsed, head: Any) -> Target | None:
        """ "the NATO alliance", "the Osgard pact": a name with its class noun."""
        kind = self._data.kinds.get(head.lower_) or self._data.kinds.get(head.lemma_.lower())
        if kind not in ("treaty", "agreement", "organization"):
            return None
        for part in reversed(list(head.lefts)):
            mention = parsed.mentions[part.i]
            if mention is None or mention.type in (STATE, DEMONYM, PERSON) or part.dep_ == "poss":
                continue
            entity = entity_of(self._reading, mention)
            if entity.type == OBJECT and not (
                head.lower_ in entity.heads
                or head.lower_
                in (
                    "treaty",
                    "pact",
                    "accord",
                    "agreement",
                    "alliance",
                    "bloc",
                    "convention",
                    "deal",
                    "group",
                    "grouping",
                )
            ):
                continue
            if entity.type == COMPANY or entity.id in ("un", "eu", "au") or part.i < head.i - 2:
                continue
            entity.heads.add(head.lower_)
            entity.kind = entity.kind or kind
            return self._of_entity(parsed, part.i, entity)
        return None

    def _described(self, parsed: Parsed, head: Any, lower: str) -> Target | None:
        kind = self._data.kinds[lower]
        if lower in ("bid", "campaign", "quest", "run", "effort", "attempt") and any(
            c.lemma_.lower() in ("become", "win", "lead", "be", "unseat", "succeed")
            for c in children(head, "acl", "relcl", "xcomp")
        ):
            return self._candidacy(parsed, head)
        if buying(head) is not None:
            return self._deal(parsed, head, lower)
        determiner = child(head, "det", "poss")
        definite = determiner is None or determiner.lower_ in (
            "the",
            "this",
            "that",
            "its",
            "their",
            "these",
            "both",
            "'s",
        )
        complement = _has_complement(parsed, head)
        modifiers = frozenset(
            c.lower_
            for c in head.lefts
            if c.dep_ in ("amod", "compound", "nmod", "nummod")
            and parsed.mentions[c.i] is None
            and c.lower_ not in _PLAIN_MODIFIERS
            and c.lower_ != head.lower_
            and not c.lower_.endswith("-member")
        )
        if definite and not complement:
            entity = self._context.antecedent(parsed.read, parsed.spans[head.i][0], lower, modifiers)
            if (
                entity is None
                and modifiers
                and all(m.isdigit() or m.endswith(("-year-old", "-led", "-nation", "-based")) for m in modifiers)
            ):
                entity = self._context.antecedent(parsed.read, parsed.spans[head.i][0], lower)
            if entity is None:
                entity = self._recent(lower, modifiers)
            if entity is None and parsed.read.sentence.field == "headline":
                entity = self._main_of(lower, kind)
            if entity is not None and entity.kind:
                return self._of_entity(parsed, head.i, entity, weak=True)
        apposition = next(
            (
                a
                for a in children(head, "appos")
                if parsed.mentions[a.i] is not None and parsed.mentions[a.i].type in (OBJECT, INSTITUTION, NAME)
            ),
            None,
        )
        if apposition is not None and kind in ("treaty", "agreement", "organization"):
            mention = parsed.mentions[apposition.i]
            assert mention is not None  # noqa: S101 - filtered above
            entity = entity_of(self._reading, mention)
            entity.kind = entity.kind or kind
            return self._of_entity(parsed, apposition.i, entity)
        if (
            kind in ("treaty", "agreement", "organization")
            and not complement
            and not modifiers
            and not _named_modifier(parsed, head)
        ):
            return None
        behind = parsed.mentions[head.i + 1] if head.i + 1 < len(parsed.mentions) else None
        if (
            behind is not None
            and behind.type in (OBJECT, INSTITUTION, NAME)
            and kind in ("treaty", "agreement", "organization", "talks", "contest")
        ):
            entity = entity_of(self._reading, behind)
            entity.kind = entity.kind or kind
            return self._of_entity(parsed, head.i + 1, entity)
        about = self._about(parsed, head, kind) if kind in ("treaty", "agreement") else None
        if about is not None:
            return about
        by_place = self._by_place(parsed, head, lower)
        if by_place is not None:
            return by_place
        if (
            kind in ("treaty", "agreement", "organization", "deployment")
            and determiner is not None
            and determiner.lower_ in ("a", "an", "one", "another", "some", "any", "each")
            and not _named_within(parsed, head)
        ):
            return self._later(parsed, head, lower, kind)
        names = described_names(parsed, head, self._reading)
        if not names:
            return None
        first, last = _extent(head)
        span = parsed.span(first, last)
        field = parsed.read.sentence.field
        key = "d:" + lower + ":" + names[0].casefold()
        return Target(
            key,
            names[0],
            names,
            kind,
            "described",
            None,
            self._reading.text_of(span, field),
            span,
            field,
            head.i,
            None,
            not complement,
            lower,
        )

    def _about(self, parsed: Parsed, head: Any, kind: str) -> Target | None:
        """ "a treaty on cluster munitions": the thing of that kind whose name has the words."""
        preposition = next(
            (
                p
                for p in children(head, "prep")
                if p.lower_ in ("on", "against", "for") and child(p, "pobj") is not None
            ),
            None,
        )
        if preposition is None or any(parsed.mentions[p.i] is not None for p in head.subtree):
            return None
        pobj = child(preposition, "pobj")
        phrase = " ".join(parsed.words[preposition.i + 1 : pobj.i + 1]).removeprefix("the ")
        if phrase.count(" ") < 1:
            return None
        entity = next(
            (
                p.entity
                for p in self._context.placed
                if p.entity.type in (OBJECT, INSTITUTION) and phrase.lower() in p.entity.name.lower()
            ),
            None,
        )
        entity = entity or self._context.known_about(phrase, kind)
        return self._of_entity(parsed, head.i, entity) if entity is not None else None

    def _by_place(self, parsed: Parsed, head: Any, lower: str) -> Target | None:
        """ "the Sierra Leone force": the named thing of that kind with that name in its own."""
        for part in head.lefts:
            mention = parsed.mentions[part.i]
            if mention is None or part.dep_ == "poss":
                continue
            for placed in self._context.placed:
                entity = placed.entity
                if (
                    entity.type in (OBJECT, INSTITUTION)
                    and mention.text in entity.name
                    and (lower in entity.heads or self._data.kinds.get(lower) == entity.kind)
                ):
                    return self._of_entity(parsed, head.i, entity, weak=True)
        return None

    def _later(self, parsed: Parsed, head: Any, lower: str, kind: str) -> Target | None:
        """ "a four-country force": the only named thing that the text goes on to call so, or none."""
        fitting = {
            p.entity.key: p.entity
            for p in self._context.placed
            if p.entity.type in (OBJECT, INSTITUTION)
            and (lower in p.entity.heads or (p.entity.kind == kind and lower in _ANY_SUCH))
            and p.entity.id not in ("un", "eu")
        }
        return self._of_entity(parsed, head.i, next(iter(fitting.values())), weak=True) if len(fitting) == 1 else None

    def _main_of(self, head: str, kind: str) -> Entity | None:
        """In a headline: the first thing that the text says is left, where kind or noun agree."""
        for key in self._context.left[:2]:
            entity = self._reading.register.entities.get(key)
            if entity is not None and (head in entity.heads or entity.kind == kind):
                return entity
        return None

    def _recent(self, head: str, modifiers: frozenset[str]) -> Entity | None:
        """The thing last left, where the noun fits though the words before it are new; a founding paper is its body."""
        for key in reversed(self._context.left[-3:]):
            entity = self._reading.register.entities.get(key)
            if entity is not None and (head in entity.heads or modifiers & _FOUNDING):
                return entity
        return None

    def _deal(self, parsed: Parsed, head: Any, lower: str) -> Target | None:
        names = described_names(parsed, head, self._reading)
        span, field = parsed.span(head.i, head.right_edge.i), parsed.read.sentence.field
        verb = buying(head)
        kind = "contest" if verb is not None and verb.lemma_.lower() == "host" else "deal"
        return Target(
            "d:deal:" + names[0].casefold(),
            names[0],
            names,
            kind,
            "described",
            None,
            self._reading.text_of(span, field),
            span,
            field,
            head.i,
            None,
            False,
            lower,
        )

    def _bare(self, parsed: Parsed, trigger: Trigger) -> Target | None:
        start = parsed.spans[trigger.token][0]
        entity = self._context.topic(parsed.read, start, same=False)
        if entity is None or not entity.mentions:
            return None
        before = [m for m in entity.mentions if m.field == parsed.read.sentence.field and m.start <= start]
        mention: Mention = before[-1] if before else entity.mentions[0]
        return Target(
            entity.key,
            entity.name,
            entity.names(),
            entity.kind,
            entity.type,
            entity.id,
            mention.text,
            mention.span,
            mention.field,
            trigger.token,
            entity,
            True,
        )


def _split_partners(parsed: Parsed, head: Any, first: Target, reading: Reading) -> list[Target]:
    """ "the tax treaties with Kuwait and Ostia" are two."""
    if first.type != "described" or head.tag_ != "NNS":
        return []
    pobj = next(
        (child(p, "pobj") for p in children(head, "prep") if p.lower_ == "with" and child(p, "pobj") is not None), None
    )
    places = (
        [p for p in [pobj.i, *(c.i for c in pobj.conjuncts)] if parsed.mentions[p] is not None]
        if pobj is not None
        else []
    )
    if len(places) < 2:
        return []
    noun = head.lemma_
    stems = list(
        dict.fromkeys(
            " ".join(
                w for w in parsed.words[c : head.i] if w.lower() not in ("the", "its", "their", "both", "all", "two")
            )
            for c in range(head.left_edge.i, head.i + 1)
        )
    )
    found = []
    for place in places:
        mention = parsed.mentions[place]
        assert mention is not None  # noqa: S101 - filtered above
        names = tuple(
            dict.fromkeys(
                f"{s} {n} with {w}".strip()
                for s in stems
                for n in (noun, parsed.words[head.i])
                for w in (entity_of(reading, mention).name, mention.text)
            )
        )
        found.append(replace(first, key="d:" + names[0].casefold(), name=names[0], names=names))
    return found


def _has_complement(parsed: Parsed, head: Any) -> bool:
    for preposition in children(head, "prep"):
        pobj = child(preposition, "pobj")
        if (
            preposition.lower_ in ("with", "on", "for", "between", "against", "to")
            and pobj is not None
            and pobj.pos_ not in ("NUM", "PRON")
        ):
            return True
        if (
            preposition.lower_ == "of"
            and pobj is not None
            and pobj.pos_ != "NUM"
            and pobj.lemma_.lower() not in ("year", "decade", "month", "day")
        ):
            return True
    signed = next(
        (
            c
            for c in head.rights
            if c.dep_ in ("relcl", "acl")
            and c.lemma_.lower()
            in ("sign", "reach", "strike", "conclude", "agree", "make", "negotiate", "have", "ink", "seal")
        ),
        None,
    )
    return signed is not None and any(p.lower_ == "with" for p in children(signed, "prep"))


def _named_within(parsed: Parsed, head: Any) -> bool:
    return any(c.i != head.i and parsed.words[c.i][:1].isupper() for c in head.lefts) or any(
        parsed.mentions[part.i] is not None for part in head.subtree if part.i - head.i < 10
    )


def _named_modifier(parsed: Parsed, head: Any) -> bool:
    return any(parsed.mentions[c.i] is not None for c in head.lefts)


def _extent(head: Any) -> tuple[int, int]:
    first, last = head.i, head.i
    for part in head.lefts:
        if part.dep_ not in ("det", "predet", "punct"):
            first = min(first, part.left_edge.i)
    for part in head.rights:
        if (
            part.dep_ == "prep"
            and part.lower_ in ("with", "on", "for", "between", "of", "against", "to")
            and part.right_edge.i - head.i < 12
        ):
            last = max(last, part.right_edge.i)
            break
    return first, last


__all__ = ["COMPANY", "PARTY", "Objects", "Target"]
