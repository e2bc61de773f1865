"""What a step says about one message: exactly one of `Emit`, `Drop` or `Reject`.

The reasons are closed sets, since they become metric labels and dead-letter headers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DropReason(StrEnum):
    """Why a message needs no output although nothing is wrong with it."""

    TOMBSTONE = "tombstone"  # a null value: the page was deleted upstream
    HTTP_STATUS = "http_status"  # the crawler stored an error page, status >= 400
    NO_TEXT = "no_text"  # a page without an article: list, gallery, error or login page
    NOT_AN_ARTICLE = "not_an_article"  # page_kind says that detection must not read it


class RejectReason(StrEnum):
    """Why a message goes to the dead-letter topic."""

    MALFORMED = "malformed"  # JSON that is none, or a record with wrong fields
    EMPTY_BODY = "empty_body"
    MISSING_HEADER = "missing_header"  # url or fetched-at
    BAD_HEADER = "bad_header"  # a header that does not parse
    UNSUPPORTED_TYPE = "unsupported_type"  # a content type that is no page
    BINARY = "binary"  # a body that is no text in any encoding
    TOO_LARGE = "too_large"
    CRASHED = "crashed"  # the page killed its child process, twice
    TIMEOUT = "timeout"  # the page outlived its deadline, twice
    STEP_ERROR = "step_error"  # a defect of ours that this page brought to light
    CRASH_LOOP = "crash_loop"  # the whole worker died in it, three times
    UNDELIVERABLE = "undeliverable"  # an output that Kafka refuses for its size


#: As Kafka has them: in order, a name may come again, and a value may be null.
Headers = tuple[tuple[str, bytes | None], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """What Kafka carries, as a step sees it. `timestamp` is in ms since the epoch."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers = ()
    timestamp: int = 0

    def header(self, name: str) -> str | None:
        """The last header of that name as text, or None where it is missing or null."""
        for key, value in reversed(self.headers):
            if key == name and value is not None:
                return value.decode("utf-8", "replace")
        return None


@dataclass(frozen=True, slots=True)
class Output:
    """One message to write, to the topic of that name in the catalogue."""

    topic: str
    key: bytes
    value: bytes
    headers: Headers = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """A number a step wants counted: a metric's name, its labels from closed sets, the amount."""

    metric: str
    labels: tuple[str, ...]
    amount: float = 1.0


@dataclass(frozen=True, slots=True)
class Emit:
    outputs: tuple[Output, ...]
    tallies: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True)
class Drop:
    reason: DropReason
    tallies: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    reason: RejectReason
    detail: str


Outcome = Emit | Drop | Reject
