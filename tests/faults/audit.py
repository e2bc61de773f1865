"""Reads every topic after the faults and holds it against what the corpus must lead to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from streams.catalogue.topics import DEAD_LETTER_SUFFIX
from streams.core.outcome import Headers
from streams.core.steps import ARTICLES_CLEAN, ARTICLES_DESCRIBED, ARTICLES_ENRICHED, PAGES_RAW
from streams.edge.dead_letter import is_ours
from streams.edge.kafka_config import KafkaConfig
from streams.edge.reading import Stored, read_topics
from tests.faults.corpus import Expected, fingerprint, identity_of, number_of

#: A page's headers and time.
Envelope = tuple[Headers, int]
#: Topics written under their page's key: within one, order must hold from agent to agent.
ORDERED = (PAGES_RAW, ARTICLES_CLEAN, ARTICLES_DESCRIBED, ARTICLES_ENRICHED)


@dataclass
class TopicAudit:
    """Counts of one topic. `differing`: a key or value other than expected, so also differing duplicates."""

    topic: str
    expected: int
    found: int = 0
    lost: int = 0
    repeated: int = 0
    differing: int = 0
    out_of_place: int = 0
    examples: list[str] = field(default_factory=list)


def audit(config: KafkaConfig, prefix: str, wanted: Expected, topics: Iterable[str]) -> list[TopicAudit]:
    """All topics; one that should be empty is looked into too."""
    pages: dict[bytes, list[Envelope]] = {}
    for one in read_topics(config, [prefix + PAGES_RAW]):
        pages.setdefault(identity_of(one.value or b""), []).append((one.headers, one.timestamp))
    return [_one(config, prefix, topic, wanted.get(topic, {}), pages) for topic in topics]


def _one(
    config: KafkaConfig,
    prefix: str,
    topic: str,
    wanted: dict[bytes, tuple[bytes, bytes]],
    pages: dict[bytes, list[Envelope]],
) -> TopicAudit:
    account = TopicAudit(topic, len(wanted))
    seen: set[bytes] = set()
    last: dict[bytes | None, int] = {}
    for message in read_topics(config, [prefix + topic]):
        account.found += 1
        name = identity_of(message.value or b"")
        if wanted.get(name) != (message.key, fingerprint(message.value or b"")) or not _untouched(
            message, topic, pages.get(name, [])
        ):
            account.differing += 1
            account.examples.append(f"differs: {message.origin} {(message.value or b'')[:60]!r}")
        if name in seen:
            account.repeated += 1
            continue
        seen.add(name)
        if topic in ORDERED:
            number = number_of(message.value or b"")
            if number < last.get(message.key, -1):
                account.out_of_place += 1
                account.examples.append(f"out of place: {message.origin} {number} after {last[message.key]}")
            last[message.key] = max(number, last.get(message.key, -1))
    lost = wanted.keys() - seen
    account.lost = len(lost)
    account.examples += [f"lost: {name.decode()}" for name in sorted(lost, key=number_of)[:5]]
    del account.examples[8:]
    return account


def _untouched(letter: Stored, topic: str, pages: list[Envelope]) -> bool:
    """Whether a dead letter has its page's own headers and time."""
    if topic != PAGES_RAW + DEAD_LETTER_SUFFIX:
        return True
    theirs = tuple(header for header in letter.headers if not is_ours(header[0]))
    return (theirs, letter.timestamp) in pages
