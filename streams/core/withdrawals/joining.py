"""Names that a sentence itself ties together: bracketed acronyms and appositions. It must not find names."""

from __future__ import annotations

from streams.core.withdrawals.data import WithdrawalsData
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
from streams.core.withdrawals.naming_types import Read
from streams.core.withdrawals.phrases import is_acronym
from streams.core.withdrawals.register import Register, initials
from streams.core.withdrawals.text import Token
from streams.core.withdrawals.vocabulary import words

_TRADES = words(
    "company firm carrier airline lender maker carmaker automaker retailer miner insurer manufacturer brewer grocer "
    "drugmaker chipmaker supplier conglomerate giant chain shipper utility"
)


_STYLED = ["which", "calls", "itself"]


class Joiner:
    """Joins entities of one article's register."""

    def __init__(self, register: Register, data: WithdrawalsData) -> None:
        self.register, self.data = register, data

    def define(self, one: Read) -> None:
        """Bracketed names: "Pacific Tuna Commission (PTC)"."""
        for index, (first, last, mention) in enumerate(one.mentions):
            after = [t.text for t in one.tokens[last : last + 3]]
            self._styled(one, index)
            self._initialled(one, index)
            self._branch(mention, after)
            if len(after) == 3 and (after[0], after[2]) == ("<", ">"):  # a ticker: part of the phrase, not of the name
                one.mentions[index] = (first, last + 3, mention)
            if (len(after) == 3 and after[0] == "(" and after[2] == ")" and index + 1 < len(one.mentions)) or (
                len(after) >= 2
                and after[0] == ","
                and index + 1 < len(one.mentions)
                and is_acronym(one.mentions[index + 1][2].text)
                and one.mentions[index + 1][0] <= last + 2
                and len(mention.text.split()) > 2
                and (after[1] == "the" or one.mentions[index + 1][0] == last + 1)
            ):
                self._same(one, index, index + 1)
            elif len(after) >= 2 and after[0] == "," and after[1] in ("or", "known") and index + 1 < len(one.mentions):
                nxt = one.mentions[index + 1]
                if nxt[0] <= last + 4 and _short_for(nxt[2].text, mention.text):
                    self._same(one, index, index + 1)

    def _styled(self, one: Read, index: int) -> None:
        """As in "the Coral League, which calls itself the "League of Lagoons"": one body by two names."""
        if index + 1 >= len(one.mentions):
            return
        (_, last, owner), (first, _, style) = one.mentions[index], one.mentions[index + 1]
        between = [t.text.lower() for t in one.tokens[last:first] if t.text.isalpha()]
        if owner.type not in (OBJECT, INSTITUTION) or style.type != INSTITUTION or between[:3] != _STYLED:
            return
        if len(between) <= len(_STYLED) + 1:
            self._rename(one, index + 1, self.register.get(owner.key))

    def _initialled(self, one: Read, index: int) -> None:
        """As in "…, known by its Spanish initials ALT", "the confederation, known as the CUT"."""
        first, _, short = one.mentions[index]
        before = [t.text.lower() for t in one.tokens[max(0, first - 6) : first]]
        if not is_acronym(short.text) or short.type not in (INSTITUTION, NAME) or "known" not in before:
            return
        if {"initials", "acronym"} & set(before):
            owner = next((m for _, _, m in reversed(one.mentions[:index]) if m.type in (OBJECT, INSTITUTION)), None)
            kept = self.register.get(owner.key) if owner is not None else None
        else:
            said = before[: before.index("known")]
            noun = said[-2] if said[-1:] == [","] and len(said) > 1 else ""
            bodies = (e for e in reversed(self.register.entities.values()) if e.type in (OBJECT, INSTITUTION))
            kept = next((e for e in bodies if noun in e.heads and not is_acronym(e.name)), None)
        self._rename(one, index, kept)

    def _rename(self, one: Read, index: int, kept: Entity | None) -> None:
        gone = self.register.get(one.mentions[index][2].key)
        if kept is None or kept.key == gone.key or gone.type == OBJECT:
            return
        self.register.merge(kept, gone)
        _call(one, index, kept)

    def _branch(self, mention: Mention, after: list[str]) -> None:
        """As in "Janata Dal (Secular)": the bracket is part of the name, and the name goes without it too."""
        if len(after) < 3 or (after[0], after[2]) != ("(", ")") or not after[1].istitle() or " " not in mention.text:
            return
        if mention.type in (INSTITUTION, NAME, PARTY):
            self.register.alias(self.register.get(mention.key), f"{mention.text} ({after[1]})")

    def _same(self, one: Read, left: int, right: int) -> None:
        a, b = one.mentions[left][2], one.mentions[right][2]
        if a.key == b.key or a.type in (DEMONYM, STATE) or not (_short_for(b.text, a.text) or is_acronym(a.text)):
            return
        kept, gone = self.register.get(a.key), self.register.get(b.key)
        if kept.key == gone.key:
            return
        if gone.type == OBJECT and kept.type != OBJECT and initials(kept.name, b.text):
            gone = self.register.named(b.text, INSTITUTION, "")
        elif gone.type == OBJECT:
            kept, gone = gone, kept
        if gone.type in (OBJECT, STATE, PERSON) or kept.type == PERSON:
            return
        self.register.merge(kept, gone)
        for place in (left, right):
            _call(one, place, kept)

    def describe(self, one: Read) -> None:
        """Appositions lend a name their noun: "Osgard, the regional trade bloc," and "the trade bloc Osgard"."""
        for first, last, mention in one.mentions:
            entity = self.register.get(mention.key)
            if entity.type in (STATE, DEMONYM, PERSON):
                continue
            noun = _apposed(one.tokens, last) or (one.tokens[first - 1].text.lower() if first else "")
            if noun in ("ruling", "governing") and entity.type in (NAME, INSTITUTION) and not entity.kind:
                entity.kind, entity.heads = "coalition", entity.heads | {"coalition", "alliance"}
            if noun in self.data.kinds or noun in self.data.words["actors"]:
                entity.heads.add(noun)
                if entity.type == NAME and noun in _TRADES:
                    entity.type = COMPANY
                if not entity.kind and noun in self.data.kinds and entity.type in (INSTITUTION, NAME):
                    entity.kind = self.data.kinds[noun]


def _call(one: Read, place: int, entity: Entity) -> None:
    """Let a mention be one of that entity."""
    first, last, old = one.mentions[place]
    one.mentions[place] = (first, last, Mention(old.start, old.end, old.field, old.text, entity.type, entity.key))


def _short_for(short: str, name: str) -> bool:
    """An acronym, be it written as a word: "the Desertec Industrial Initiative, or Dii"."""
    return is_acronym(short) or (2 < len(short) < 9 and initials(name, short))


def _apposed(after: list[Token], last: int) -> str:
    if last + 2 >= len(after) or after[last].text not in (",", "(", "-", "—", "–"):
        return ""
    if after[last + 1].text.lower() not in ("a", "an", "the", "which"):
        return ""
    noun = ""
    for word in after[last + 2 : last + 9]:
        if word.text in ("'s", "’s"):
            noun = ""
            continue
        if not word.text[0].islower() or word.text in (
            "that",
            "which",
            "of",
            "for",
            "with",
            "in",
            "based",
            "whose",
            "and",
            "to",
        ):
            break
        noun = word.text
    return noun
