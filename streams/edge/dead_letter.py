"""The envelope of a rejected message: key, value, headers and timestamp untouched, and why, in more headers.

Names after KIP-1034 (`__streams.errors.*`), and ours (`streams.error.*`).
"""

from __future__ import annotations

from dataclasses import dataclass

from streams.core.outcome import Headers, Message, Reject

MAX_DETAIL = 512
MAX_TRACE = 4_096


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the message stood and who turned it away."""

    agent: str
    topic: str
    partition: int
    offset: int
    version: str
    group: str
    attempts: int = 1


def dead_letter_headers(message: Message, reject: Reject, origin: Origin) -> Headers:
    """The original headers, then ours. A message that comes back from a replay keeps its old ones too."""
    first, _, trace = reject.detail.partition("\n")
    ours = {
        "__streams.errors.exception": str(reject.reason),
        "__streams.errors.message": _cut(trace.strip().splitlines()[-1] if trace.strip() else first, MAX_DETAIL),
        "__streams.errors.stacktrace": _cut(reject.detail, MAX_TRACE) if trace else "",
        "__streams.errors.topic": origin.topic,
        "__streams.errors.partition": str(origin.partition),
        "__streams.errors.offset": str(origin.offset),
        "streams.error.reason": str(reject.reason),
        "streams.error.agent": origin.agent,
        "streams.error.attempts": str(origin.attempts),
        "streams.error.version": origin.version,
        "streams.error.group": origin.group,
    }
    return message.headers + tuple((name, value.encode("utf-8", "replace")) for name, value in ours.items())


def is_ours(name: str) -> bool:
    """Whether a header was put there by a rejection, not by the message's sender."""
    return name.startswith(("__streams.errors.", "streams.error."))


def _cut(text: str, limit: int) -> str:
    return text.encode("utf-8", "replace")[:limit].decode("utf-8", "ignore")
