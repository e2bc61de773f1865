"""A numbered corpus and three cheap steps: what every page must lead to is computed, and then looked for.

The steps run in the real pool, runner and transport; only what they decide is made up.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Mapping

from streams.catalogue.topics import DEAD_LETTER_SUFFIX
from streams.core.outcome import Drop, DropReason, Emit, Message, Outcome, Output, Reject, RejectReason
from streams.core.steps import (
    ARTICLES_CLEAN,
    ARTICLES_DESCRIBED,
    ARTICLES_ENRICHED,
    PAGES_RAW,
    WITHDRAWALS,
    WITHDRAWALS_REJECTED,
)

INPUTS = (PAGES_RAW, ARTICLES_CLEAN, ARTICLES_DESCRIBED)
#: Keys of pages, few enough that each is met again and again: within one, order must hold.
KEYS = 97
#: How long a step sleeps, in seconds: the machine's cores shall not be the limit.
STEP_SECONDS = "FAULTS_STEP_SECONDS"
#: Pages of a corpus with poison, by their number's rest: what their child does.
POISON = {23: b"swell", 53: b"hang", 83: b"crash"}
#: The number of a page, and of one in 400 after it, that ends the whole worker at describe.
KILLER = 62

#: A page of this size leads to records of its size.
LARGE = 100_000
#: Values up to this size are kept whole in what is expected, longer ones by their digest.
WHOLE = 2_000

Expected = Mapping[str, Mapping[bytes, tuple[bytes, bytes]]]


def page(number: int, size: int, poison: Iterable[int] = ()) -> Message:
    """Page `number`: key, value and headers are a function of it, the timestamp is the sender's."""
    value = b"%d:%b:" % (number, act_of(number, poison))
    headers = (("url", b"https://a.example/%d" % number), ("odd", b"\xff\x00"), ("null", None))
    return Message(PAGES_RAW, b"k%d" % (number % KEYS), value + b"x" * max(0, size - len(value)), headers)


def act_of(number: int, poison: Iterable[int]) -> bytes:
    """What the page does to whoever works on it."""
    if KILLER in poison and number % 400 == KILLER:
        return b"end-worker"
    return POISON.get(number % 100, b"plain") if number % 100 in poison else b"plain"


def number_of(value: bytes) -> int:
    return int(value.split(b":", 1)[0].split(b".")[0])


def fingerprint(value: bytes) -> bytes:
    """The value as the audit keeps it: thousands of pages of 1 MB shall not stand in memory."""
    return value if len(value) <= WHOLE else value[:64] + hashlib.blake2b(value, digest_size=16).digest()


def identity_of(value: bytes) -> bytes:
    """What is told apart in the audit: the page's number, and which of its events."""
    return value.split(b":", 1)[0]


def clean(message: Message) -> Outcome:
    number = number_of(message.value or b"")
    _act((message.value or b"").split(b":", 2)[1])
    _sleep()
    return clean_outcome(number, message)


def clean_outcome(number: int, message: Message) -> Outcome:
    if number % 50 == 7:
        return Drop(DropReason.NO_TEXT)
    if number % 50 == 11:
        return Reject(RejectReason.MALFORMED, "numbered so")
    return Emit((_output(ARTICLES_CLEAN, message.key, b"%d" % number, message),))


def describe(message: Message) -> Outcome:
    value = message.value or b""
    number = number_of(value)
    if b":end-worker:" in value:
        os.kill(os.getpid(), 9)
    if number % 50 == 13:
        return Drop(DropReason.NOT_AN_ARTICLE)
    if number % 50 == 17:
        return Reject(RejectReason.MALFORMED, "numbered so")
    return Emit((_output(ARTICLES_DESCRIBED, message.key, b"%d" % number, message),))


def detect(message: Message) -> Outcome:
    _sleep()
    number = number_of(message.value or b"")
    outputs = [_output(ARTICLES_ENRICHED, message.key, b"%d" % number, message)]
    for event in range(2 if number % 6 == 0 else 1 if number % 3 == 0 else 0):
        name = b"%d.%d" % (number, event)
        outputs.append(_output(WITHDRAWALS, name, name, message))
    if number % 5 == 0:
        outputs.append(_output(WITHDRAWALS_REJECTED, b"%d" % number, b"%d" % number, message))
    return Emit(tuple(outputs))


STEPS: dict[str, Callable[[Message], Outcome]] = {"clean": clean, "describe": describe, "detect": detect}


def build() -> dict[str, Callable[[Message], Outcome]]:
    """For a child process to call."""
    return STEPS


def expected(count: int, size: int, poison: Iterable[int] = ()) -> Expected:
    """Every topic's identities, each with its key and value, that `count` pages must lead to."""
    found: dict[str, dict[bytes, tuple[bytes, bytes]]] = {}

    def put(topic: str, key: bytes, value: bytes) -> None:
        found.setdefault(topic, {})[identity_of(value)] = (key, fingerprint(value))

    def follow(message: Message, step: Callable[[Message], Outcome]) -> None:
        outcome = step(message)
        if isinstance(outcome, Reject):
            put(message.topic + DEAD_LETTER_SUFFIX, message.key or b"", message.value or b"")
        if isinstance(outcome, Emit):
            for output in outcome.outputs:
                put(output.topic, output.key, output.value)
                if output.topic in further:
                    follow(Message(output.topic, output.key, output.value), further[output.topic])

    further = {ARTICLES_CLEAN: _describe_alive, ARTICLES_DESCRIBED: detect}
    before = os.environ.pop(STEP_SECONDS, None)
    for number in range(count):
        message = page(number, size, poison)
        put(PAGES_RAW, message.key or b"", message.value or b"")
        if act_of(number, poison) in POISON.values():
            put(PAGES_RAW + DEAD_LETTER_SUFFIX, message.key or b"", message.value or b"")
        else:
            follow(message, lambda one: clean_outcome(number_of(one.value or b""), one))
    if before is not None:
        os.environ[STEP_SECONDS] = before
    return found


def _describe_alive(message: Message) -> Outcome:
    if b":end-worker:" in (message.value or b""):
        return Reject(RejectReason.CRASH_LOOP, "")
    return describe(message)


def _output(topic: str, key: bytes | None, name: bytes, cause: Message) -> Output:
    value = cause.value or b""
    act = b"end-worker" if b":end-worker:" in value and topic == ARTICLES_CLEAN else b"made"
    record = b":".join((name, act, topic.encode(), hashlib.sha256(value).hexdigest().encode()))
    if topic not in {WITHDRAWALS, WITHDRAWALS_REJECTED} and len(value) >= LARGE:
        record += b":" + b"y" * (len(value) - len(record) - 1)  # an article is about as long as its page
    return Output(topic, key or b"", record, (("odd", b"\xff\x00"),))


def _sleep() -> None:
    time.sleep(float(os.environ.get(STEP_SECONDS, "0")))


def _act(what: bytes) -> None:
    match what:
        case b"crash":
            ctypes.string_at(0)
        case b"hang":
            time.sleep(600)
        case b"swell":
            bytearray(8 << 30)
