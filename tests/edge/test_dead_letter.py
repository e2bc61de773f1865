from __future__ import annotations

from streams.core.outcome import Message, Reject, RejectReason
from streams.edge.dead_letter import MAX_DETAIL, MAX_TRACE, Origin, dead_letter_headers, is_ours

ORIGIN = Origin("clean", "pages-raw", 3, 17, "1.2.3", "group")
MESSAGE = Message(
    "pages-raw", b"k", b"v", (("url", b"https://a.example"), ("url", b"twice"), ("odd", b"\xff"), ("null", None))
)


def test_the_original_headers_come_first_and_unchanged() -> None:
    headers = dead_letter_headers(MESSAGE, Reject(RejectReason.BINARY, "junk"), ORIGIN)
    assert headers[:4] == MESSAGE.headers
    assert all(is_ours(name) for name, _ in headers[4:])


def test_the_envelope_says_who_where_and_why() -> None:
    told = dict(dead_letter_headers(MESSAGE, Reject(RejectReason.BINARY, "junk"), ORIGIN))
    assert told["streams.error.reason"] == b"binary"
    assert told["__streams.errors.offset"] == b"17"
    assert told["__streams.errors.message"] == b"junk"
    assert told["streams.error.version"] == b"1.2.3"


def test_a_long_trace_is_cut_and_its_last_line_is_the_message() -> None:
    trace = "a defect of ours\n" + "x" * 9_000 + "\nKeyError: 'é'" + "y" * 600
    told = dict(dead_letter_headers(MESSAGE, Reject(RejectReason.STEP_ERROR, trace), ORIGIN))
    assert len(told["__streams.errors.stacktrace"]) <= MAX_TRACE
    assert told["__streams.errors.message"].startswith(b"KeyError")
    assert len(told["__streams.errors.message"]) <= MAX_DETAIL
