"""One cheap scan that says whether an article could hold an event, and which sentences are worth a parse.

It errs towards reading: what it lets through is judged later, what it stops is never seen again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, MatchKind

STRONG, WEAK, HINT, SOFT, LATER = 1, 2, 4, 8, 16
SOFT_REACH = 70
STRONG_REACH, WEAK_REACH = 220, 90  # code points between a trigger and a hint of something left


class Gate:
    """Triggers (strong or weak) beside hints of something that can be left.

    Args:
        strong, weak, hints, soft: lower-case words and phrases; a soft hint counts only close to a strong trigger.
        capitals: hints that count only where the text has them in capitals ("WHO").
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
        later: Iterable[str] = (),
    ) -> None:
        classes: dict[str, int] = {}
        for words, bit in ((strong, STRONG), (weak, WEAK), (hints, HINT), (soft, SOFT), (later, LATER)):
            for word in words:
                # With its blank, or "association with" would swallow the "withdrew" of "the association withdrew".
                key = f"{word} " if word.endswith(" with") else word
                classes[key] = classes.get(key, 0) | bit
        capital = frozenset(capitals)
        self._capitals = frozenset(i for i, word in enumerate(classes) if word in capital and classes[word] == HINT)
        self._classes = list(classes.values())
        self._automaton = AhoCorasick(list(classes), matchkind=MatchKind.LeftmostLongest)

    def hits(self, text: str) -> Iterator[tuple[int, int, int]]:
        """(start, end, classes) of each word that stands alone in the text, in order."""
        lower = text.lower()
        if len(lower) != len(text):
            lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        size, classes, capitals = len(lower), self._classes, self._capitals
        for pattern, start, end in self._automaton.find_matches_as_indexes(lower):
            if start and lower[start - 1].isalpha() and lower[start].isalpha():
                continue
            if end < size and lower[end].isalpha() and lower[end - 1].isalpha():
                continue
            if pattern in capitals and not text[start:end].isupper():
                continue
            yield start, end, classes[pattern]

    def opens(self, text: str) -> bool:
        """Whether a strong trigger stands near a hint, or a weak one right beside it."""
        strong = weak = hint = soft = -10_000
        for start, end, classes in self.hits(text):
            if classes & HINT:
                if start - strong <= STRONG_REACH or start - weak <= WEAK_REACH:
                    return True
                hint = end
            if classes & SOFT:
                if start - strong <= SOFT_REACH:
                    return True
                soft = end
            if classes & STRONG:
                if start - soft <= SOFT_REACH or start - hint <= STRONG_REACH:
                    return True
                strong = end
            if classes & WEAK:
                if start - hint <= WEAK_REACH:
                    return True
                weak = end
        return False

    def triggers(self, text: str) -> bool:
        """Whether any trigger stands in the text, of an article that is open."""
        return any(classes & (STRONG | WEAK | LATER) for _, _, classes in self.hits(text))
