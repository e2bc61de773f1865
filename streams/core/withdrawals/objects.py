"""From the place of the object to the thing left: named, described or pointed at. It must not judge actors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from streams.core.withdrawals.complements import split_partners
from streams.core.withdrawals.context import Context
from streams.core.withdrawals.described import Described
from streams.core.withdrawals.describing import buying
from streams.core.withdrawals.grammar import child, children, list_around, noun_head, of_what, possessor_of
from streams.core.withdrawals.names import COMPANY, DEMONYM, NAME, OBJECT, PERSON, STATE, Mention
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.phrases import CALENDAR
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.several import is_several, listed
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.targets import entity_target, known_target, with_noun
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

LOOK_THROUGH = words(
    "membership participation cooperation co-operation involvement signature ratification seat commitment commitments "
    "obligations obligation role accession adherence part ties links relations contact contacts work support "
    "affiliation place engagement status collaboration subscription stake contribution contributions funding payments "
    "declaration observance compliance implementation operation "
    "application provisions recognition acceptance approval use association members"
)


_OWN_CONTEXT = words(
    "membership participation signature cooperation place seat role declaration ratification acceptance "
    "recognition accession work activities"
)


_PREPS = ("of", "in", "with", "to", "from", "on", "under", "at", "for", "by")


def _one_word_of_many(head: Any) -> bool:
    """As in "dropped one of the promises": what is dropped was said, not joined."""
    of = of_what(head)
    return of is not None and of.lemma_.lower() in ("promise", "pledge", "vow", "threat", "idea", "demand", "plan")


class Objects:
    """Resolves the object places of one article."""

    def __init__(self, reading: Reading, context: Context) -> None:
        self._reading, self._context, self._data = reading, context, reading.data
        self._descriptions = Described(reading, context)

    def resolve(self, parsed: Parsed, trigger: Trigger) -> list[Target]:
        """All things left at this trigger, empty where none is found."""
        if trigger.start is None:
            bare = self._bare(parsed, trigger)
            return [bare] if bare else []
        if trigger.link == "place":
            return self._places(parsed, trigger.start)
        head = self._head(parsed, trigger)
        if is_several(parsed, head, self._data.kinds):
            return listed(self._reading, parsed, head)
        first = self._noun(parsed, head, 0)
        if first is None:
            return []
        found = split_partners(parsed, head, first, self._reading) or [first]
        for place in self._more(parsed, head, first, trigger):
            other = self._noun(parsed, parsed.doc[place], 0)
            if other and other.key not in {t.key for t in found}:
                found.append(replace(other, unsigned=first.unsigned, through=first.through))
        return found

    def _places(self, parsed: Parsed, start: int) -> list[Target]:
        """The place at a token, with those coordinated to it."""
        places = sorted({start, *(c.i for c in parsed.doc[start].conjuncts if c.i > start)})
        named = [(p, parsed.mentions[p]) for p in places]
        return [entity_target(self._reading, parsed, p, entity_of(self._reading, m)) for p, m in named if m is not None]

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
        if (parsed.mentions[first.token] is not None and first.type != STATE) or first.kind in ("market", "deployment"):
            places += [p for p in list_around(parsed, first.token) if p != first.token and p > trigger.token]
        return sorted(set(places))

    def _noun(self, parsed: Parsed, head: Any, depth: int) -> Target | None:
        if depth > 4:
            return None
        lower = head.lower_
        if parsed.mentions[head.i] is not None:
            return self._mention(parsed, head)
        if lower in ("days", "weeks", "months", "years", "hours", "minutes"):  # "left the council weeks after"
            inner = next((c for c in reversed(list(head.lefts)) if c.dep_ in ("compound", "nmod")), None)
            return self._noun(parsed, inner, depth + 1) if inner is not None else None
        whose = child(head, "poss")
        own = whose is not None and whose.lower_ in ("his", "her") and head.lemma_.lower() in ("bid", "campaign", "run")
        if own or head.lemma_.lower() in ("candidate", "contender", "candidacy", "candidature", "nomination"):
            return self._descriptions.candidacy(parsed, head)
        if lower in LOOK_THROUGH or head.lemma_.lower() in LOOK_THROUGH:
            return self._through(parsed, head, depth)
        if lower in ("member", "party", "signatory", "part", "participant") and any(
            c.dep_ == "prep" and c.lower_ in ("of", "to", "in") and child(c, "pobj") is not None for c in head.children
        ):
            return self._through(parsed, head, depth)
        inside = self._founding(parsed, head) or self._compound(parsed, head)
        if inside:
            return inside
        if lower in ("it", "them", "which") or (lower == "one" and not _one_word_of_many(head)):
            entity = self._context.topic(parsed.read, parsed.spans[head.i][0])
            return entity_target(self._reading, parsed, head.i, entity, weak=True) if entity else None
        if (
            lower in ("attempt", "effort", "proposal", "move", "intention", "quest", "plan", "plans")
            and buying(head) is not None
        ):
            return self._descriptions.deal(parsed, head, lower)
        if lower in self._data.kinds or head.lemma_.lower() in self._data.kinds:
            return self._descriptions.resolve(parsed, head, lower if lower in self._data.kinds else head.lemma_.lower())
        if head.pos_ == "PROPN" and parsed.words[head.i][:1].isupper() and parsed.words[head.i] not in CALENDAR:
            entity = self._reading.register.named(parsed.words[head.i], NAME, "")
            return entity_target(self._reading, parsed, head.i, entity)
        return self._nested(parsed, head, depth)

    def _nested(self, parsed: Parsed, head: Any, depth: int) -> Target | None:
        """As in "dozens of treaties", "two bodies: A and B", "the ruling that …"."""
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
            pobj = of_what(head)
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
        return entity_target(self._reading, parsed, head.i, entity)

    def _through(self, parsed: Parsed, head: Any, depth: int) -> Target | None:
        """Membership of what, cooperation with whom."""
        found = self._behind(parsed, head, depth) or self._left_name(parsed, head)
        if found is None and child(head, "poss", "det") is not None and head.lemma_.lower() in _OWN_CONTEXT:
            entity = self._context.topic(parsed.read, parsed.spans[head.i][0])
            found = entity_target(self._reading, parsed, head.i, entity, weak=True) if entity else None
        if found is None:
            return None
        return replace(found, unsigned=head.lemma_.lower() == "signature", through=head.lemma_.lower())

    def _behind(self, parsed: Parsed, head: Any, depth: int) -> Target | None:
        """The thing behind the noun's own preposition, else behind one that the parser gave to the verb."""
        own = [c for c in head.children if c.dep_ == "prep" and c.lower_ in _PREPS]
        stray = [
            c
            for c in head.head.children
            if c.dep_ == "prep" and c.i > head.i and c.lower_ in ("from", "of", "to", "in", "with", "under")
        ]
        owed = None  # "obligations to Ostia under the treaty": the partner, where nothing else is named
        for preposition in [*own, *stray]:
            pobj = child(preposition, "pobj")
            found = self._noun(parsed, pobj, depth + 1) if pobj is not None else None
            if found is not None and found.type not in (STATE, PERSON):
                return found
            owed = owed or (found if preposition in own else None)
        return owed

    def _left_name(self, parsed: Parsed, head: Any) -> Target | None:
        for part in reversed(list(head.lefts)):
            mention = parsed.mentions[part.i]
            if mention is not None and mention.type not in (STATE, DEMONYM, PERSON):
                return entity_target(self._reading, parsed, part.i, entity_of(self._reading, mention))
        return None

    def _founding(self, parsed: Parsed, head: Any) -> Target | None:
        """As in "the council's statute", "the charter of the union": the paper that founds a body is the body."""
        if head.lower_ not in ("statute", "charter", "constitution", "covenant"):
            return None
        owner = child(head, "poss") or of_what(head)
        return self._noun(parsed, owner, 3) if owner is not None and owner.lower_ not in ("its", "their") else None

    def _compound(self, parsed: Parsed, head: Any) -> Target | None:
        """As in "the NATO alliance", "the Osgard pact": a name with its class noun."""
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
            if (
                entity.type == COMPANY
                or entity.id in ("un", "eu", "au")
                or part.i < head.i - (5 if kind == "treaty" else 2)
            ):
                continue
            entity.heads.add(head.lower_)
            entity.kind = entity.kind or kind
            return with_noun(entity_target(self._reading, parsed, part.i, entity), parsed, head)
        return None

    def _bare(self, parsed: Parsed, trigger: Trigger) -> Target | None:
        start = parsed.spans[trigger.token][0]
        whose = possessor_of(parsed, parsed.doc[trigger.token]) if trigger.noun else None
        named = whose is not None and parsed.mentions[whose.i] is not None  # "the union lost one by Ostia's withdrawal"
        entity = self._context.topic(parsed.read, start, same=named)
        if entity is None or not entity.mentions:
            return None
        before = [m for m in entity.mentions if m.field == parsed.read.sentence.field and m.start <= start]
        mention: Mention = before[-1] if before else entity.mentions[0]
        return known_target(
            entity, text=mention.text, span=mention.span, field=mention.field, token=trigger.token, weak=True
        )
