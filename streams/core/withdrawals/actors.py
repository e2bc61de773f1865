"""From a subject token to the named actors. It must not decide whether an actor may leave an object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from streams.core.withdrawals.context import Context
from streams.core.withdrawals.grammar import child, children
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
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.subjects import subjects
from streams.core.withdrawals.vocabulary import words

_TROOPS = words(
    "troops forces soldiers peacekeepers contingent army military marines servicemen navy force battalion garrison "
    "units policemen personnel advisers combat"
)
_PRONOUN = words("it they he she we its their his her our i who itself themselves them both others my us him")
_VAGUE = words("members countries nations states critics some others parties companies people")
_VAGUE_DETS = words("any some no every another a an many several more other most few")


@dataclass(frozen=True, slots=True)
class Actor:
    """A resolved actor; `mention` is the naming that the record shows, `weak` where context was needed."""

    entity: Entity
    mention: Mention
    token: int
    weak: bool = False
    troops: bool = False
    through_person: bool = False


class Actors:
    """Resolves subject tokens of one article."""

    def __init__(self, reading: Reading, context: Context) -> None:
        self._reading, self._context = reading, context
        self._words = reading.data.words

    def resolve(self, parsed: Parsed, place: int, depth: int = 0) -> Actor | None:
        """The actor a token stands for, or None."""
        token, mention = parsed.doc[place], parsed.mentions[place]
        lower = token.lower_
        if depth > 4:
            return None
        if mention is not None:
            return self._named(parsed, token, mention, depth)
        if lower in _PRONOUN:
            return self._pronoun(parsed, token, depth)
        if token.pos_ == "PROPN" and parsed.words[place][:1].isupper() and lower not in self._words["government"]:
            return self._unlisted(parsed, token)
        if self._opens(parsed, token):
            return self._unlisted(parsed, token)
        return self._noun(parsed, token, depth)

    def _opens(self, parsed: Parsed, token: Any) -> bool:
        """A bare singular that opens the sentence is a name: no common noun stands there without an article."""
        word = parsed.words[token.i]
        bare = (
            not token.lower_.endswith("ing")
            and token.tag_ == "NN"
            and token.left_edge.i == token.i
            and token.i == 0
            and word[:1].isupper()
        )
        return (
            bare
            and token.lower_ not in self._words["government"]
            and token.lower_ not in self._words["actors"]
            and token.lower_ not in self._reading.lower
        )

    def _named(self, parsed: Parsed, token: Any, mention: Mention, depth: int) -> Actor | None:
        entity = entity_of(self._reading, mention)
        if (
            token.dep_ in ("compound", "amod", "nmod", "poss")
            and token.head.i != token.i
            and parsed.mentions[token.head.i] is None
            and token.head.i > token.i
        ):
            head = token.head.lemma_.lower()
            if head in _TROOPS or token.head.lower_ in _TROOPS:
                return Actor(entity, mention, token.i, troops=True)
        if mention.type == PERSON or entity.type == PERSON:
            return Actor(entity, mention, token.i)
        return Actor(entity, mention, token.i)

    def _unlisted(self, parsed: Parsed, token: Any) -> Actor | None:
        start, end = parsed.spans[token.i]
        text = parsed.words[token.i]
        if len(text) < 2:
            return None
        entity = self._reading.register.named(text, NAME, "")
        mention = Mention(start, end, parsed.read.sentence.field, text, NAME, entity.key)
        return Actor(entity, mention, token.i)

    def _pronoun(self, parsed: Parsed, token: Any, depth: int) -> Actor | None:
        """The subject of the clause above; else the last thing that fits in this sentence or the one before."""
        for verb in _verbs_above(token):
            for found in subjects(parsed, verb, 0):
                if found.i < token.i and found.i != token.i and found.lower_ not in _PRONOUN:
                    actor = self.resolve(parsed, found.i, depth + 1)
                    if actor and _agrees(token.lower_, actor.entity.type):
                        return Actor(actor.entity, actor.mention, actor.token, True, actor.troops, actor.through_person)
        return self._last_fitting(parsed, token)

    def _last_fitting(self, parsed: Parsed, token: Any) -> Actor | None:
        if token.lower_ in ("we", "our", "us", "i", "my"):
            return None
        start, number = parsed.spans[token.i][0], parsed.read.sentence.number
        nearest = None
        for placed in self._context.before(parsed.read, start):
            distance = number - placed.order[0]
            if distance > 3 or (distance >= 2 and nearest):
                break
            kind = placed.entity.type
            if distance == 0 and placed.order[1] > 2 and self._leads(parsed, start) is not None:
                continue
            if (
                token.lower_ in ("it", "its", "they", "their", "itself", "we", "our", "us", "them")
                and (
                    kind in (STATE, COMPANY, PARTY, NAME)
                    or (kind == INSTITUTION and placed.entity.key not in self._context.left)
                )
                and placed.mention.type != DEMONYM
            ):
                if distance and placed.order[1] > 3:
                    nearest = nearest or placed
                    continue
                return Actor(placed.entity, placed.mention, token.i, True)
            if (
                token.lower_ in ("he", "she", "his", "her", "i", "my", "who", "him")
                and kind == PERSON
                and (distance == 0 or (distance == 1 and placed.order[1] <= 5))
            ):
                return Actor(placed.entity, placed.mention, token.i, True)
        last = self._context.actor
        recent = last is not None and any(
            p.entity.key == last.key and 0 <= number - p.order[0] <= 3 for p in self._context.before(parsed.read, start)
        )
        if nearest and not recent:
            return Actor(nearest.entity, nearest.mention, token.i, True)
        if (
            last is not None
            and last.type != PERSON
            and token.lower_ in ("it", "its", "they", "their")
            and last.mentions
        ):
            return Actor(last, _nearest(last, parsed), token.i, True)
        return None

    def _leads(self, parsed: Parsed, start: int) -> Entity | None:
        """The state or company that opens the sentence: its "its" is more likely theirs than a bystander's."""
        first = parsed.read.mentions[0] if parsed.read.mentions else None
        if first is None or first[0] > 2 or first[2].start >= start or first[2].type not in (STATE, COMPANY, NAME):
            return None
        return entity_of(self._reading, first[2])

    def _noun(self, parsed: Parsed, token: Any, depth: int) -> Actor | None:
        lower = token.lower_
        troops = lower in _TROOPS
        inside = self._inside(parsed, token, troops, depth)
        if inside:
            return inside
        determiner = child(token, "det")
        if (
            determiner is not None
            and determiner.lower_ in ("a", "an")
            and lower in self._words["actors"]
            and 0 <= parsed.read.sentence.number <= 2
        ):
            later = self._context.later_group(parsed.read, lower)
            if later is not None and later.mentions:
                return Actor(later, _nearest(later, parsed), token.i, True)
        if lower in _VAGUE or (
            determiner is not None and determiner.lower_ in _VAGUE_DETS and lower not in ("government",)
        ):
            return self._apposed(parsed, token)
        if lower in self._words["government"] or lower in _TROOPS or token.lemma_.lower() in self._words["government"]:
            state = self._context.home_state(parsed.read, parsed.spans[token.i][0])
            if lower in (
                "company",
                "union",
                "party",
                "parties",
                "members",
                "member",
                "court",
                "council",
                "decision",
                "team",
            ):
                return self._group(parsed, token, lower)
            if state is not None and state.mentions:
                return Actor(state, _nearest(state, parsed), token.i, True, troops)
            return None
        if lower in self._words["actors"]:
            return self._group(parsed, token, lower)
        return self._apposed(parsed, token)

    def _inside(self, parsed: Parsed, token: Any, troops: bool, depth: int) -> Actor | None:
        """A name inside the noun phrase: "the Polish government", "Chad's army", "the president of Kenya"."""
        if not (
            troops
            or token.lower_ in self._words["government"]
            or token.lemma_.lower() in self._words["government"]
            or token.lower_ in self._words["actors"]
        ):
            return self._apposed(parsed, token) if token.dep_ != "pobj" else None
        left = [c for c in token.lefts] + [g for c in token.lefts for g in c.lefts]
        for part in sorted(left, key=lambda c: -c.i):
            mention = parsed.mentions[part.i]
            if mention is not None and part.dep_ in (
                "poss",
                "amod",
                "compound",
                "nmod",
                "nummod",
                "npadvmod",
                "dep",
                "appos",
                "advmod",
            ):
                entity = entity_of(self._reading, mention)
                owned = (
                    troops
                    or token.lower_ in self._words["government"]
                    or token.lemma_.lower() in self._words["government"]
                )
                if (
                    (entity.type in (COMPANY, PARTY, NAME, PERSON) and not troops)
                    or (
                        entity.type == INSTITUTION
                        and token.lower_
                        in (
                            "faction",
                            "wing",
                            "party",
                            "group",
                            "movement",
                            "rebels",
                            "union",
                            "club",
                            "company",
                            "board",
                            "members",
                        )
                    )
                    or (entity.type == STATE and owned)
                ):
                    return Actor(entity, mention, part.i, False, troops)
            if part.dep_ == "poss" and part.lower_ in _PRONOUN:
                found = self._pronoun(parsed, part, depth + 1)
                return Actor(found.entity, found.mention, found.token, True, troops) if found else None
        for preposition in children(token, "prep"):
            if preposition.lower_ in ("of", "in", "from"):
                pobj = child(preposition, "pobj")
                mention = parsed.mentions[pobj.i] if pobj is not None else None
                if mention is not None and entity_of(self._reading, mention).type in (STATE, COMPANY, PARTY, NAME):
                    return Actor(entity_of(self._reading, mention), mention, pobj.i, False, troops)
        return None

    def _apposed(self, parsed: Parsed, token: Any) -> Actor | None:
        for apposition in children(token, "appos"):
            mention = parsed.mentions[apposition.i]
            if mention is not None:
                return Actor(entity_of(self._reading, mention), mention, apposition.i)
        return None

    def _group(self, parsed: Parsed, token: Any, lower: str) -> Actor | None:
        found = self._context.last_group(parsed.read, parsed.spans[token.i][0], lower)
        recent = self._context.actor
        if (
            recent is not None
            and recent.type in (COMPANY, NAME, PARTY, INSTITUTION)
            and (
                found is None
                or lower not in found.heads
                or (lower in ("company", "firm", "group") and recent.type in (COMPANY, NAME))
            )
        ):
            found = recent
        if found is None:
            found = self._context.later_group(parsed.read, lower)
        if found is not None and found.mentions:
            return Actor(found, _nearest(found, parsed), token.i, True)
        return None


def _verbs_above(token: Any) -> list[Any]:
    verbs, node = [], token
    while node.head.i != node.i and len(verbs) < 4:
        node = node.head
        if node.pos_ in ("VERB", "AUX"):
            verbs.append(node)
    return verbs


def _agrees(pronoun: str, kind: str) -> bool:
    if pronoun in ("he", "she", "his", "her", "i", "my", "him", "who"):
        return kind == PERSON
    return kind != PERSON or pronoun in ("we", "our", "us", "they", "their")


def _nearest(entity: Entity, parsed: Parsed) -> Mention:
    """The mention of an entity that stands nearest before (or first after) a sentence."""
    sentence = parsed.read.sentence
    before = [m for m in entity.mentions if m.field == sentence.field and m.start <= sentence.end]
    return before[-1] if before else entity.mentions[0]


__all__ = ["INSTITUTION", "OBJECT", "Actor", "Actors"]
