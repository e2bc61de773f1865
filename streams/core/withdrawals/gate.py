"""One cheap scan that says whether an article could hold an event, and which sentences are worth a parse.

It errs towards reading: what it lets through is judged later, what it stops is never seen again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

STRONG, WEAK, HINT, SOFT, NAMED, NEAR, LATER = 1, 2, 4, 8, 16, 32, 64
# Code points between a trigger and a hint of something left.
STRONG_REACH, WEAK_REACH, SOFT_REACH, NEAR_REACH = 220, 90, 70, 30


class _Words:
    """Words and phrases with their classes, found where they stand alone."""

    def __init__(
        self,
        classed: Iterable[tuple[Iterable[str], int]],
        capitals: frozenset[str] = frozenset(),
        kind: Implementation | None = None,
    ) -> None:
        classes: dict[str, int] = {}
        for words, bit in classed:
            for word in words:
                # With its blank, or "association with" would swallow the "withdrew" of "the association withdrew".
                key = f"{word} " if word.endswith(" with") else word
                classes[key] = classes.get(key, 0) | bit
        self._capitals = frozenset(i for i, word in enumerate(classes) if word in capitals and classes[word] == HINT)
        self._classes = list(classes.values())
        self._automaton = AhoCorasick(list(classes), matchkind=MatchKind.LeftmostLongest, implementation=kind)

    def find(self, text: str, lower: str, begin: int, until: int) -> Iterator[tuple[int, int, int]]:
        """(start, end, classes) of each word in a stretch of the text, in order."""
        size, classes, capitals = len(lower), self._classes, self._capitals
        window = lower if not begin and until >= size else lower[begin:until]
        for pattern, first, last in self._automaton.find_matches_as_indexes(window):
            start, end = first + begin, last + begin
            if start and lower[start - 1].isalpha() and lower[start].isalpha():
                continue
            if end < size and lower[end].isalpha() and lower[end - 1].isalpha():
                continue
            if pattern in capitals and not _capital(text[start:end]):
                continue
            yield start, end, classes[pattern]


class Gate:
    """Triggers (strong or weak) beside hints of something that can be left.

    Args:
        strong, weak, hints, soft: lower-case words and phrases; a soft hint counts only close to a strong trigger
            or in a name ("Monetary Zone").
        named: hints that count only in a name.
        capitals: hints that count only where the text has them in capitals ("WHO", "Unesco").
        near: places, which count only right beside a trigger.
        later: words that never open an article, but have a sentence read where the article is open.
    """

    def __init__(
        self,
        strong: Iterable[str],
        weak: Iterable[str],
        hints: Iterable[str],
        soft: Iterable[str] = (),
        capitals: Iterable[str] = (),
        *,
        named: Iterable[str] = (),
        near: Iterable[str] = (),
        later: Iterable[str] = (),
    ) -> None:
        strong, weak = list(strong), list(weak)
        # The one that scans whole articles: the largest and quickest automaton.
        self._opening = _Words([(strong, STRONG), (weak, WEAK)], kind=Implementation.DFA)
        self._any = _Words([(strong, STRONG), (weak, WEAK), (later, LATER)])
        self._hints = _Words([(hints, HINT), (soft, SOFT), (named, NAMED), (near, NEAR)], frozenset(capitals))

    def opens(self, text: str) -> bool:
        """Whether a strong trigger stands near a hint, or a weak one right beside it."""
        lower = _lower(text)
        return any(
            self._beside(text, lower, start, end, strong=bool(classes & STRONG))
            for start, end, classes in self._opening.find(text, lower, 0, len(lower))
        )

    def _beside(self, text: str, lower: str, start: int, end: int, *, strong: bool) -> bool:
        reach = STRONG_REACH if strong else WEAK_REACH
        for at, until, classes in self._hints.find(text, lower, max(0, start - reach), end + reach):
            gap = max(at - end, start - until)
            if classes & HINT or (gap <= NEAR_REACH and classes & NEAR and at >= end):
                return True
            if classes & SOFT and strong and gap <= SOFT_REACH:
                return True
            if classes & (SOFT | NAMED) and (strong or at >= end) and gap <= SOFT_REACH and _in_a_name(text, at, until):
                return True
        return False

    def triggers(self, text: str) -> bool:
        """Whether any trigger stands in the text, of an article that is open."""
        lower = _lower(text)
        return next(self._any.find(text, lower, 0, len(lower)), None) is not None


def _capital(said: str) -> bool:
    """As in "WHO", "Unesco": short acronyms are words too ("Who"), longer ones are often written as names."""
    return said.isupper() or (len(said) > 3 and said[0].isupper())


def _in_a_name(text: str, at: int, until: int) -> bool:
    """Whether a class noun ends or begins a name: the "Zone" of "Monetary Zone", the "Tour" of "Tour of Flanders"."""
    if not text[at].isupper() or at < 3 or text[at - 1] != " ":
        return False
    if text.startswith(" of ", until) and text[until + 4 : until + 5].isupper():
        return True
    before = text.rfind(" ", max(0, at - 20), at - 1) + 1
    return text[before].isupper() and (text[at - 2].islower() or text[at - 2] in "'’")


def _lower(text: str) -> str:
    """Lower-case with every code point in its place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
