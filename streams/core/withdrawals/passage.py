"""What of an article the second reader is shown: sentences, names with types, triggers, and how these hang together.

It must not judge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from streams.core.withdrawals.names import COMPANY, DEMONYM, INSTITUTION, NAME, OBJECT, PARTY, PERSON, STATE
from streams.core.withdrawals.naming_types import Read
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.subjects import subject_tokens
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.wordpiece import pieces

DESCRIBED = "described"
TYPES = ("none", STATE, DEMONYM, OBJECT, INSTITUTION, COMPANY, PERSON, NAME, PARTY, DESCRIBED)
FRAMES = (
    "none", "leave", "end", "suspend", "refuse", "expire", "unsign", "return", "stay", "nonmember", "notice", "follow",
    "support", "doubt", "sentence",
)  # fmt: skip
MAX_PIECES = 400  # of a passage: the model's work grows with its square
MAX_MENTIONS = 36
MAX_TRIGGERS = 10
MAX_SENTENCES = 8  # without a trigger that may tell a pair as a whole
MAX_TRIPLES = 14_000  # of actor, object and trigger: the model's memory grows with them
A_NAMING = 8  # namings of one thing that are looked at
_START, _END = "[CLS]", "[SEP]"
_NEEDED = (OBJECT, INSTITUTION, STATE, PARTY, COMPANY, NAME)
ACTORS = frozenset({STATE, DEMONYM, OBJECT, INSTITUTION, COMPANY, PERSON, NAME, PARTY})
OBJECTS = frozenset({STATE, OBJECT, INSTITUTION, COMPANY, NAME, PARTY, PERSON, DESCRIBED})
REACH = 5  # sentences between two mentions that the model tells apart
_WHOLE = FRAMES.index("sentence")
SUBJECT, OBJECT_OF = 13, 14  # beside the steps of `_apart`, 0 to 12


@dataclass(slots=True)
class Passage:
    """What the model reads: pieces with their types (as in `TYPES`), and the mentions and triggers among them.

    Attributes:
        pieces: ids of word pieces.
        types: the type of the name that each piece is of; 0 for none.
        marks: 1 for a piece of a trigger, else 0.
        origins: of each piece, its word's (field, start).
        spans: of each mention, its pieces [first, last).
        kinds: of each mention, its type.
        sentences: of each mention, the number of its sentence.
        keys: of each mention, the key of the thing it names.
        fired: of each trigger, its pieces [first, last); a sentence without one is a trigger as a whole.
        frames: of each trigger, its frame (as in `FRAMES`).
        places: of each trigger, the number of its sentence.
        numbers: of each trigger, its place among the triggers given; of a sentence, `whole` of its number.
        tied: of (mention, trigger) in one sentence, what the grammar has the mention be: `SUBJECT` or `OBJECT_OF`.
    """

    pieces: list[int] = field(default_factory=list)
    types: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    origins: list[tuple[str, int]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    fired: list[tuple[int, int]] = field(default_factory=list)
    frames: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    tied: dict[tuple[int, int], int] = field(default_factory=dict)


def passage_of(
    reading: Reading,
    triggers: Sequence[tuple[Parsed, Trigger]],
    things: Sequence[Target],
    vocabulary: Mapping[str, int],
) -> Passage:
    """The passage of an article: its sentences with triggers, those before, the lead, and where a name first stands.

    `things` are those that only a description tells.
    """
    fired: dict[int, list[Fired]] = {}
    for number, (parsed, trigger) in enumerate(triggers):
        told = Fired(number, trigger.predicate.frame, *parsed.spans[trigger.token], *_ties(parsed, trigger))
        fired.setdefault(_order(parsed.read), []).append(told)
    reads = sorted(reading.reads, key=_order)
    described = [(t.field, *t.span, t.key) for t in things]
    passage = Passage()
    whole_ones: list[tuple[int, int, int]] = []
    _put(passage, [vocabulary[_START]])
    for one in _chosen(reading, reads, set(fired)):
        ids = [pieces(token.text, vocabulary) for token in one.tokens]
        if len(passage.pieces) + sum(map(len, ids)) + 1 > MAX_PIECES:
            break
        begin = len(passage.pieces)
        _sentence(passage, reading, one, ids, fired.get(_order(one), []), described)
        if _order(one) not in fired and len(passage.pieces) > begin:
            whole_ones.append((begin, len(passage.pieces), _order(one)))
        _put(passage, [vocabulary[_END]])
    room = MAX_TRIPLES // max(1, len(passage.spans)) ** 2 - len(passage.fired)
    for first, last, order in whole_ones[: max(0, min(MAX_SENTENCES, room))]:
        _fire(passage, (first, last), _WHOLE, order, whole(order))
    return passage


class Fired(NamedTuple):
    """A trigger: its number, frame, span in the field, and where the names begin that are its subjects and objects."""

    number: int
    frame: str
    start: int
    end: int
    subjects: frozenset[int]
    objects: frozenset[int]


def _ties(parsed: Parsed, trigger: Trigger) -> tuple[frozenset[int], frozenset[int]]:
    subjects = subject_tokens(parsed, trigger)
    named = [(i, m.start) for i, m in enumerate(parsed.mentions) if m is not None]
    objects = [
        start for i, start in named if trigger.start is not None and i not in subjects and _under(parsed, i, trigger)
    ]
    return frozenset(start for i, start in named if i in subjects), frozenset(objects)


def _under(parsed: Parsed, place: int, trigger: Trigger) -> bool:
    """Whether a name is the trigger's object phrase, its head, or hangs on it."""
    return trigger.start in _upward(parsed, place, trigger) or place in _upward(parsed, trigger.start or 0, trigger)


def _upward(parsed: Parsed, place: int, trigger: Trigger) -> list[int]:
    """A token and those above it, below the trigger."""
    found = [place]
    token = parsed.doc[place]
    while len(found) < 5 and token.head.i not in (token.i, trigger.token):
        token = token.head
        found.append(token.i)
    return found


def _order(one: Read) -> int:
    return 0 if one.sentence.field == "headline" else one.sentence.number + 1


def whole(order: int) -> int:
    """The number, below zero, by which a sentence goes that tells a pair without a trigger; and back."""
    return -1 - order


def sentence_of(reading: Reading, number: int) -> Read:
    """The sentence of such a number."""
    return next(one for one in reading.reads if _order(one) == whole(number))


def _chosen(reading: Reading, reads: Sequence[Read], fired: set[int]) -> list[Read]:
    places = {_order(one): i for i, one in enumerate(reads)}
    at = {places[n] for n in fired if n in places}
    keep = {0, 1} | at | {i - 1 for i in at}
    homes: dict[str, set[int]] = {}
    for i, one in enumerate(reads):
        for _, _, mention in one.mentions:
            entity = entity_of(reading, mention)
            if entity.type in _NEEDED:
                homes.setdefault(entity.key, set()).add(i)
    for where in homes.values():
        if not where & keep:
            keep.add(min(where))
    return [one for i, one in enumerate(reads) if i in keep]


def _put(passage: Passage, ids: Sequence[int], origin: tuple[str, int] = ("", -1)) -> None:
    passage.pieces += ids
    passage.types += [0] * len(ids)
    passage.marks += [0] * len(ids)
    passage.origins += [origin] * len(ids)


def _sentence(  # noqa: PLR0917 - one fact each, all needed
    passage: Passage,
    reading: Reading,
    one: Read,
    ids: Sequence[Sequence[int]],
    fired: Sequence[Fired],
    described: Sequence[tuple[str, int, int, str]],
) -> None:
    begin = len(passage.pieces)
    starts = [begin]
    for several, token in zip(ids, one.tokens, strict=True):
        _put(passage, several, (one.sentence.field, token.start))
        starts.append(len(passage.pieces))
    begun, words_of = len(passage.spans), []
    for first, last, mention in one.mentions:
        entity = entity_of(reading, mention)
        if _mention(passage, one, (starts[first], starts[last]), mention.type, entity.key):
            words_of.append(first)
    for name, start, end, key in described:
        if name == one.sentence.field and one.sentence.start <= start < one.sentence.end:
            inside = [i for i, t in enumerate(one.tokens) if t.end > start and t.start < end]
            if inside and _mention(passage, one, (starts[inside[0]], starts[inside[-1] + 1]), DESCRIBED, key):
                words_of.append(inside[0])
    for trigger in fired:
        inside = [i for i, t in enumerate(one.tokens) if t.end > trigger.start and t.start < trigger.end]
        if inside and len(passage.fired) < MAX_TRIGGERS:
            first, last = starts[inside[0]], starts[inside[-1] + 1]
            passage.marks[first:last] = [1] * (last - first)
            frame = FRAMES.index(trigger.frame) if trigger.frame in FRAMES else 0
            _fire(passage, (first, last), frame, _order(one), trigger.number)
            for i in range(begun, len(passage.spans)):
                at = one.tokens[words_of[i - begun]].start
                if at in trigger.subjects or at in trigger.objects:
                    tie = SUBJECT if at in trigger.subjects else OBJECT_OF
                    passage.tied[i, len(passage.fired) - 1] = tie


def _fire(passage: Passage, span: tuple[int, int], frame: int, place: int, number: int) -> None:
    passage.fired.append(span)
    passage.frames.append(frame)
    passage.places.append(place)
    passage.numbers.append(number)


def _mention(passage: Passage, one: Read, span: tuple[int, int], kind: str, key: str) -> bool:
    """Whether there was room for it."""
    number = TYPES.index(kind) if kind in TYPES else 0
    passage.types[span[0] : span[1]] = [number] * (span[1] - span[0])
    if len(passage.spans) >= MAX_MENTIONS or passage.keys.count(key) >= A_NAMING:
        return False
    passage.spans.append(span)
    passage.kinds.append(number)
    passage.sentences.append(_order(one))
    passage.keys.append(key)
    return True


def arrays(passage: Passage) -> dict[str, np.ndarray]:
    """The model's inputs: `names` [mentions, pieces] and `fired` [triggers, pieces] take means over pieces."""
    mentions = passage.sentences, [first for first, _ in passage.spans]
    triggers = passage.places, [first for first, _ in passage.fired]
    away = _apart(mentions, triggers)
    for place, tie in passage.tied.items():
        away[place] = tie
    return {
        "pieces": np.array(passage.pieces, np.int64),
        "types": np.array(passage.types, np.int64),
        "marks": np.array(passage.marks, np.int64),
        "names": _means(passage.spans, len(passage.pieces)),
        "kinds": np.array(passage.kinds, np.int64),
        "fired": _means(passage.fired, len(passage.pieces)),
        "frames": np.array(passage.frames, np.int64),
        "apart": _apart(mentions, mentions),
        "away": away,
    }


def _means(spans: Sequence[tuple[int, int]], width: int) -> np.ndarray:
    pool = np.zeros((len(spans), width), np.float32)
    for row, (first, last) in enumerate(spans):
        pool[row, first:last] = 1 / (last - first)
    return pool


def _apart(left: tuple[list[int], list[int]], right: tuple[list[int], list[int]]) -> np.ndarray:
    """How far the right stand from the left: 1 to 11 by sentences; in one sentence 6 behind it, 12 before it."""
    (sentence, first), (other, other_first) = ([np.array(x, np.int64) for x in side] for side in (left, right))
    steps = np.clip(other[None, :] - sentence[:, None], -REACH, REACH) + REACH + 1
    same = other[None, :] == sentence[:, None]
    return np.where(same, np.where(other_first[None, :] > first[:, None], 6, 12), steps)
