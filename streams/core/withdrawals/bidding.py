"""Cities that bid to host games: the prize is what they drop out of, and a capital is a city. It judges nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.names import NAME, STATE
from streams.core.withdrawals.reading import Reading
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.vocabulary import words

_EVENT = r"(?:Olympics|Olympic Games|Games|World Cup|Expo|European Championship|Asian Games)"
_SORT = r"(?:(?:Summer|Winter|Youth|Commonwealth|Asian|European|Pan American|Women['’]s|Rugby|FIFA) ){0,2}"
_PRIZE = re.compile(
    r"\b(?:bid|bids|race|contest|candidacy|candidature|bidding|application|running|quest)"
    rf"(?: for| to (?:host|stage|hold)) (?:the )?(?P<name>(?P<year>\d{{4}}) {_SORT}{_EVENT})"
)
_BIDS = words("race contest bid bids bidding candidacy candidature application running quest campaign competition")
_HOSTS = frozenset({"olympics-games", "commonwealth-games", "asian-games", "worldcup", "ioc", "cgf", "fifa"})


class Bidding:
    """The prize that an article's cities bid for, if they do."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        found = _PRIZE.search(reading.fields["text"]) or _PRIZE.search(reading.fields["headline"])
        self._names = _names(found) if found else ()
        self._year = found["year"] if found else ""

    def prize(self, target: Target) -> Target:
        """The prize where the target is the race for it, or the body that gives it."""
        if not self._names or not self._is_race(target):
            return target
        names = tuple(dict.fromkeys([*self._names, *(target.names if target.type == "described" else ())]))
        return replace(
            target, key=f"d:prize:{self._names[0].casefold()}", name=names[0], names=names, kind="contest",
            type="described", id=None, entity=None, head="games",
        )  # fmt: skip

    def _is_race(self, target: Target) -> bool:
        other = re.search(r"\b(?:19|20)\d\d\b", target.text)
        if other and other.group() != self._year:
            return False
        return target.head in _BIDS or (target.entity is not None and (target.id or "") in _HOSTS and target.weak)

    def city(self, actor: Actor, target: Target) -> Actor:
        """The capital itself where it stands for no state."""
        entity, said = actor.entity, actor.mention.text
        if not target.key.startswith("d:prize:") or entity.type != STATE or said == entity.name:
            return actor
        known = {w for w in entity.names()[1:] if w == said}
        return replace(actor, entity=self._reading.register.named(said, NAME, "")) if known else actor


def _names(found: re.Match[str]) -> tuple[str, ...]:
    """As in "2022 Winter Olympics": with its shorter names and those of the race."""
    full, year = found["name"], found["year"]
    event = full.removeprefix(f"{year} ")
    twin = {"Olympics": "Games", "Games": "Olympics"}.get(event.rsplit(maxsplit=1)[-1])
    forms = [full]
    if twin and "Commonwealth" not in event:
        forms.append(" ".join([*full.split()[:-1], twin]))
    last = event.rsplit(maxsplit=1)[-1]
    forms += [f"{year} {last}", f"race for the {full}", f"bid for the {full}", f"{event}", f"{year} Olympic bid"]
    return tuple(dict.fromkeys(forms))
