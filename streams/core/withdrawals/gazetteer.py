"""Known names found in one scan of the text. It must not guess: unknown names are `phrases.py`'s business."""

from __future__ import annotations

from ahocorasick_rs import AhoCorasick, MatchKind

from streams.core.withdrawals.data import KnownObject, State, WithdrawalsData
from streams.core.withdrawals.names import DEMONYM, OBJECT, PERSON, STATE, Entity

_OPPOSITE = {"North": "South", "South": "North"}
_PLAIN = str.maketrans({"’": "'", "\u00a0": " ", "‑": "-", "\n": " ", "\t": " "})


def plain(text: str) -> str:
    """The text with typographic apostrophes, hyphens and blanks made plain; same length."""
    return text.translate(_PLAIN)


class Gazetteer:
    """All surfaces of states, leaders and known objects.

    Args:
        data: the detector's data.
    """

    def __init__(self, data: WithdrawalsData) -> None:
        self._states = {state.code: state for state in data.states}
        self._objects = {known.id: known for known in data.objects}
        surfaces: dict[str, tuple[str, str]] = {}
        self._needs: dict[str, str] = {}
        for name, code in data.leaders:
            surfaces.setdefault(plain(name), (PERSON, code))
        for known in data.objects:
            for name in (known.name, *known.aliases, *known.founding):
                surface, _, needed = plain(name).partition("@")
                for form in spellings(surface):
                    surfaces.setdefault(form, (OBJECT, known.id))
                    if needed:
                        self._needs[form] = needed
        for state in data.states:
            for name in (state.name, *state.aliases, *state.metonyms):
                surfaces.setdefault(plain(name), (STATE, state.code))
            first, _, second = state.name.partition(" ")
            if first in ("North", "South") and f"{_OPPOSITE[first]} {second}" in {s.name for s in data.states}:
                surfaces.setdefault(first, (STATE, state.code))
                self._needs[first] = state.name
            for name in state.demonyms:
                surfaces.setdefault(plain(name), (DEMONYM, state.code))
        self._surfaces = surfaces
        self._patterns = list(surfaces)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> list[tuple[int, int, str, str]]:
        """(start, end, type, id) of each known name that stands as words, in order."""
        found: list[tuple[int, int, str, str]] = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(plain(text)):
            if (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum()):
                continue
            if text[end : end + 1] in "-‑" and text[end + 1 : end + 2].isalpha() and text[end - 1] != ".":
                continue
            needed = self._needs.get(self._patterns[pattern])
            if needed and needed not in text:
                continue
            kind, key = self._surfaces[self._patterns[pattern]]
            found.append((start, end, kind, key))
        return found

    def lookup(self, name: str) -> tuple[str, str] | None:
        """(type, id) of a name, or None."""
        return self._surfaces.get(plain(name))

    def entity(self, kind: str, key: str) -> Entity:
        """The entity of a known name, with all its names."""
        if kind == OBJECT:
            return _object_entity(self._objects[key])
        return state_entity(self._states[key])

    def about(self, phrase: str, kind: str) -> Entity | None:
        """The only known treaty or body with that phrase in a name: "cluster munitions"."""
        phrase = phrase.lower()
        found = [
            known
            for known in self._objects.values()
            if any(phrase in name.lower() for name in (known.name, *known.aliases))
            and (known.kind == kind or {known.kind, kind} <= {"treaty", "agreement"})
        ]
        return _object_entity(found[0]) if len(found) == 1 else None

    def of_state(self, state: str, head: str) -> str | None:
        """The id of the only known treaty or agreement of that noun that has the state in a name."""
        found = [
            known.id
            for known in self._objects.values()
            if known.kind in ("treaty", "agreement")
            and head in known.heads
            and any(f" {state} " in f" {name} " for name in (known.name, *known.aliases))
        ]
        return found[0] if len(found) == 1 else None

    def state(self, code: str) -> State | None:
        """The state of a code."""
        return self._states.get(code)


_INSTRUMENTS = frozenset({"Treaty", "Convention", "Protocol", "Pact", "Accord", "Agreement", "Statute", "Charter"})
_SPELT = (
    ("Organization", "Organisation"),
    ("Labour", "Labor"),
    ("Centre", "Center"),
    ("Defence", "Defense"),
    ("Programme", "Program"),
    ("Co-operation", "Cooperation"),
    ("United Nations ", "U.N. "),
    ("United Nations ", "UN "),
    ("Rouble ", "Ruble "),
    ("rouble ", "ruble "),
)


def folded(name: str) -> str:
    """One form for all spellings of a name."""
    for old, new in _SPELT:
        name = name.replace(new, old)
    return plain(name).casefold()


def spellings(name: str) -> list[str]:
    """A name as others write it: British or American, without inner articles, its letters with full stops."""
    found = [name]
    if 2 < len(name) <= 6 and name.isalpha() and name.isupper():
        found.append(".".join(name) + ".")
    for pair in _SPELT:
        for old, new in (pair, pair[::-1]):
            found += [form.replace(old, new) for form in found if old in form and " " in form and new not in form]
    found += [f"{a} {b.lower()}" for a, _, b in (form.rpartition(" ") for form in found) if a and b in _INSTRUMENTS]
    found += [form.replace(" of the ", " of ").replace(" for the ", " for ") for form in found if " the " in form]
    return list(dict.fromkeys(found))


def _object_entity(known: KnownObject) -> Entity:
    aliases = [name.partition("@")[0] for name in (*known.aliases, *known.founding)]
    return Entity("o:" + known.id, known.name, OBJECT, known.id, known.kind, set(known.heads), aliases)


def state_entity(state: State) -> Entity:
    """A state with every name, and "X government" as one of them."""
    aliases = [*state.aliases, *state.metonyms]
    return Entity("s:" + state.code, state.name, STATE, state.code, "state", {"country", "nation", "state"}, aliases)
