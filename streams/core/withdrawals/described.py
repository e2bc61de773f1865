"""Things told by description.

"the treaty on cluster munitions", "a bid to buy Ostia Dairy", "the Sierra Leone force". It must not judge actors.
"""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.complements import extent, has_complement, named_modifier, named_within
from streams.core.withdrawals.context import Context
from streams.core.withdrawals.describing import buying, described_names, kind_of, races_told, told_state
from streams.core.withdrawals.foretold import STEM, named_ahead
from streams.core.withdrawals.grammar import child, children
from streams.core.withdrawals.law import COMMITMENTS
from streams.core.withdrawals.names import INSTITUTION, NAME, OBJECT, Entity
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.targets import described_target, entity_target, telling_modifiers
from streams.core.withdrawals.vocabulary import words

ANY_OF_KIND = {
    "organization": words(
        "association body club group grouping bloc organization organisation institution alliance agency union "
        "fellowship league pact"
    ),
    "treaty": words("treaty pact accord convention agreement instrument protocol"),
    "agreement": words("agreement pact accord deal arrangement treaty"),
    "coalition": words("coalition alliance government"),
}


FOUNDING = frozenset({"founding", "underlying", "constituent", "constitutive", "parent"})


_DEFINITE = frozenset({"the", "this", "that", "its", "their", "these", "both", "'s"})

#: What makes a table one of talks.
_TALKED_AT = frozenset({"negotiating", "bargaining", "peace", "conference"})


def _behind_comma(parsed: Parsed, head: Any) -> Any | None:
    """As in "the bank's arbitration centre, ICSID,": the name between commas, where the parser saw no apposition."""
    after = parsed.mentions[head.i + 2] if head.i + 3 < len(parsed.words) else None
    between = after is not None and parsed.words[head.i + 1] == "," and parsed.words[head.i + 3] in (",", ".")
    return parsed.doc[head.i + 2] if between and after is not None and after.type in (OBJECT, INSTITUTION) else None


def _located(head: Any) -> bool:
    return any(p.lower_ in ("in", "with", "between") for p in children(head, "prep"))


class Described:
    """Resolves descriptions within one article."""

    def __init__(self, reading: Reading, context: Context) -> None:
        self._reading, self._context, self._data = reading, context, reading.data

    def resolve(self, parsed: Parsed, head: Any, lower: str) -> Target | None:
        """The thing a descriptive noun stands for; `lower` is the noun as the kinds know it."""
        kind = kind_of(head, lower, self._data.kinds)
        if lower == "table" and not any(word.lower_ in _TALKED_AT for word in head.lefts):
            return None
        if lower in ("bid", "campaign", "quest", "run", "effort", "attempt") and any(
            c.lemma_.lower() in ("become", "win", "lead", "be", "unseat", "succeed")
            for c in children(head, "acl", "relcl", "xcomp")
        ):
            return self.candidacy(parsed, head)
        if buying(head) is not None:
            return self.deal(parsed, head, lower)
        determiner = child(head, "det", "poss")
        definite = determiner is None or determiner.lower_ in _DEFINITE
        complement = has_complement(head)
        modifiers = telling_modifiers(parsed, head)
        pointed = self._pointed(parsed, head, lower, modifiers) if definite and not complement else None
        if pointed is not None:
            return pointed
        paper = kind in ("treaty", "agreement")
        apposed = self._apposed(parsed, head, kind) or (
            self._ruled(parsed, head, lower) if paper and definite else None
        )
        if apposed is not None:
            return apposed
        plain = kind in COMMITMENTS and not complement and not modifiers
        if plain and not named_modifier(parsed, head):
            return self._ahead(parsed, head, lower, kind) if child(head, "relcl", "acl") is not None else None
        known = self._known(parsed, head, lower, kind)
        if known is not None:
            return known
        vague = determiner is not None and determiner.lower_ in ("a", "an", "one", "another", "some", "any", "each")
        if vague and kind in ("treaty", "agreement", "organization", "deployment"):
            later = self._ahead(parsed, head, lower, kind) if not complement else None
            loose = kind in ("organization", "deployment") and not _located(head)
            if later is not None or loose or not named_within(parsed, head):
                return later
        told = child(head, "relcl") is not None and not complement and kind in COMMITMENTS
        ahead = self._ahead(parsed, head, lower, kind) if told else None
        return ahead or self._fresh(parsed, head, lower, kind, weak=not complement)

    def _ruled(self, parsed: Parsed, head: Any, lower: str) -> Target | None:
        """As in "the accord that limits the Iranian programme", where only one is known."""
        state = told_state(parsed, head)
        known = self._context.known_of(entity_of(self._reading, state).name, lower) if state is not None else None
        entity = self._reading.register.known(OBJECT, known) if known is not None else None
        return entity_target(self._reading, parsed, head.i, entity) if entity is not None else None

    def _pointed(self, parsed: Parsed, head: Any, lower: str, modifiers: frozenset[str]) -> Target | None:
        """As in "the court", "the 2015 deal": something named before, or left before."""
        titled = parsed.read.sentence.field == "headline" and not modifiers
        entity = self._main_of(lower, self._data.kinds[lower]) if titled else None
        entity = entity or self._context.antecedent(parsed.read, parsed.spans[head.i][0], lower, modifiers)
        if (
            entity is None
            and modifiers
            and all(m.isdigit() or m.endswith(("-year-old", "-led", "-nation", "-based")) for m in modifiers)
        ):
            entity = self._context.antecedent(parsed.read, parsed.spans[head.i][0], lower)
        if entity is None and modifiers:
            first = min(c.i for c in head.lefts if c.lower_ in modifiers)
            entity = self._context.worded(parsed.read, parsed.spans[head.i][0], parsed.said(first, head.i))
        entity = entity or self._recent(lower, modifiers)
        if entity is None and parsed.read.sentence.field == "headline":
            entity = self._main_of(lower, self._data.kinds[lower])
        if entity is not None and entity.kind:
            return entity_target(self._reading, parsed, head.i, entity, weak=True)
        return None

    def _apposed(self, parsed: Parsed, head: Any, kind: str) -> Target | None:
        apposition = next(
            (
                a
                for a in children(head, "appos")
                if parsed.mentions[a.i] is not None and parsed.mentions[a.i].type in (OBJECT, INSTITUTION, NAME)
            ),
            None,
        )
        apposition = apposition if apposition is not None else _behind_comma(parsed, head)
        if apposition is not None and kind in COMMITMENTS:
            mention = parsed.mentions[apposition.i]
            assert mention is not None  # noqa: S101 - filtered above
            entity = entity_of(self._reading, mention)
            entity.kind = entity.kind or kind
            return entity_target(self._reading, parsed, apposition.i, entity)
        return None

    def _behind(self, parsed: Parsed, head: Any, kind: str) -> Target | None:
        """As in "the regional grouping Osgard": the name right behind its noun."""
        behind = parsed.mentions[head.i + 1] if head.i + 1 < len(parsed.mentions) else None
        if (
            behind is not None
            and behind.type in (OBJECT, INSTITUTION, NAME)
            and kind in ("treaty", "agreement", "organization", "talks", "contest")
        ):
            entity = entity_of(self._reading, behind)
            entity.kind = entity.kind or kind
            return entity_target(self._reading, parsed, head.i + 1, entity)
        return None

    def _fresh(self, parsed: Parsed, head: Any, lower: str, kind: str, *, weak: bool) -> Target | None:
        names = described_names(parsed, head, self._reading)
        if not names:
            return None
        span = parsed.span(*extent(head))
        return described_target(
            self._reading, parsed, head.i, names, key=lower, kind=kind, word=lower, span=span, weak=weak
        )

    def _about(self, parsed: Parsed, head: Any, kind: str) -> Target | None:
        """As in "a treaty on cluster munitions": the thing of that kind whose name has the words."""
        preposition = next(
            (
                p
                for p in children(head, "prep")
                if p.lower_ in ("on", "against", "for") and child(p, "pobj") is not None
            ),
            None,
        )
        pobj = child(preposition, "pobj") if preposition is not None else None
        if preposition is None or pobj is None or any(parsed.mentions[p.i] is not None for p in head.subtree):
            return None
        phrase = parsed.said(preposition.i + 1, pobj.i).removeprefix("the ").lower()
        stems = [word[:STEM] for word in phrase.split() if len(word) > 3]
        fitting = {
            p.entity.key: p.entity
            for p in self._context.placed
            if stems and p.entity.kind == kind and all(f" {stem}" in f" {p.entity.name.lower()}" for stem in stems)
        }
        entity = next(iter(fitting.values())) if len(fitting) == 1 else None
        if entity is None and " " in phrase:
            entity = self._context.known_about(phrase, kind)
        return entity_target(self._reading, parsed, head.i, entity) if entity is not None else None

    def _by_place(self, parsed: Parsed, head: Any, lower: str) -> Target | None:
        """As in "the Sierra Leone force": the named thing of that kind with that name in its own."""
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
                    return entity_target(self._reading, parsed, head.i, entity, weak=True)
        return None

    def _known(self, parsed: Parsed, head: Any, lower: str, kind: str) -> Target | None:
        """A name right behind the noun, or a thing whose own name has the words around it."""
        about = self._about(parsed, head, kind) if kind in ("treaty", "agreement") else None
        return self._behind(parsed, head, kind) or about or self._by_place(parsed, head, lower)

    def _ahead(self, parsed: Parsed, head: Any, lower: str, kind: str) -> Target | None:
        return named_ahead(self._reading, self._context, parsed, head, (lower, kind))

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
            if entity is not None and (
                head in entity.heads
                or modifiers & FOUNDING
                or (not modifiers and head in ANY_OF_KIND.get(entity.kind, ()))
            ):
                return entity
        return None

    def deal(self, parsed: Parsed, head: Any, lower: str) -> Target | None:
        names = described_names(parsed, head, self._reading)
        span = parsed.span(head.i, head.right_edge.i)
        verb = buying(head)
        kind = "contest" if verb is not None and verb.lemma_.lower() == "host" else "deal"
        return described_target(self._reading, parsed, head.i, names, key="deal", kind=kind, word=lower, span=span)

    def candidacy(self, parsed: Parsed, head: Any) -> Target:
        """A candidacy is left like the race it is for."""
        names = described_names(parsed, head, self._reading)
        office = [w for c in head.lefts if c.dep_ in ("amod", "compound") for w in (parsed.words[c.i],)]
        races = [f"{' '.join(office)} {n}".strip() for n in ("race", "election", "contest")]
        stray = [t for t in parsed.doc[head.i + 1 : head.i + 2] if t.lower_ in ("for", "to")]
        goal = next(
            (
                child(p, "pobj")
                for p in [*children(head, "prep"), *stray]
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
                parsed.said(prize.left_edge.i, prize.right_edge.i),
                parsed.words[prize.i],
                parsed.said(prize.left_edge.i, prize.i),
            ]
        if goal is not None:
            races += [parsed.said(goal.left_edge.i, goal.i), parsed.words[goal.i] + " race"]
        if goal is None and prize is None:
            races += races_told(self._reading.fields["text"])
        every = tuple(dict.fromkeys([*names, *races]))
        span = parsed.span(head.i, head.i)
        return described_target(
            self._reading, parsed, head.i, every, key="contest", kind="contest", word="candidacy", span=span
        )
