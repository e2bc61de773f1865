"""What the detector knows, as frozen values. It must not read files: `catalogue/withdrawals.py` fills them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class State:
    """One state: `code` is ISO 3166-1 alpha-3 (or the former code of a state that is no more)."""

    code: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    metonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownObject:
    """A body, treaty or agreement with an identity. `heads` are the nouns a text may call it by."""

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    heads: frozenset[str]
    founding: tuple[str, ...] = ()
    notice: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb (with its particle or fixed words) and how what is left hangs on it.

    `frame` is one of leave, end, suspend, refuse, expire, unsign, return, stay, nonmember.
    """

    lemma: str
    frame: str
    links: tuple[str, ...]
    words: tuple[str, ...] = ()
    form: str = "withdrawal"
    cause: bool = False
    need_cause: bool = False
    need_possessive: bool = False
    weak: bool = False
    instruments: bool = False
    contests: bool = False
    nouns: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The name that evidence carries."""
        return "+".join((self.lemma, *self.words)) + f":{self.frame}"


@dataclass(frozen=True, slots=True)
class WithdrawalsData:
    """All data of the detector, read once at start."""

    states: tuple[State, ...]
    leaders: tuple[tuple[str, str], ...]
    objects: tuple[KnownObject, ...]
    predicates: tuple[Predicate, ...]
    kinds: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    governors: Mapping[str, str]
    forms: Mapping[str, tuple[str, ...]]
    weights: Mapping[str, float] = field(default_factory=dict)
    version: str = ""
