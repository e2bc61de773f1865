"""Every reason in the closed sets can be reached, by a real message through the real steps or a real fault."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import orjson
import pytest

from streams.catalogue import config_folder
from streams.core.outcome import Drop, DropReason, Message, Reject, RejectReason
from streams.core.steps import PAGES_RAW
from streams.pipeline import build_steps

HEADERS = {"url": b"https://a.example/x", "fetched-at": b"2020-01-01T00:00:00Z", "content-type": b"text/html"}
PAGE = b"<html><body><p>Nothing here.</p></body></html>"
LIST = (config_folder() / "demo" / "pages" / "gallery-week.html").read_bytes()

#: reason -> a message to `clean` that ends so.
AT_CLEAN = {
    DropReason.TOMBSTONE: (None, {}),
    DropReason.HTTP_STATUS: (PAGE, {"http-status": b"404"}),
    DropReason.NO_TEXT: (b"<html><body></body></html>", {}),
    RejectReason.MALFORMED: (b"{", {"content-type": b"application/json"}),
    RejectReason.EMPTY_BODY: (b"", {}),
    RejectReason.MISSING_HEADER: (PAGE, {"url": None}),
    RejectReason.BAD_HEADER: (PAGE, {"fetched-at": b"soon"}),
    RejectReason.UNSUPPORTED_TYPE: (PAGE, {"content-type": b"image/png"}),
    RejectReason.BINARY: (bytes(range(256)) * 64, {}),
    RejectReason.TOO_LARGE: (b"x" * (6 << 20), {}),
}
#: reason -> the test that provokes it with a real fault.
ELSEWHERE = {
    DropReason.NOT_AN_ARTICLE: __file__,
    RejectReason.CRASHED: "tests/edge/test_pool.py",
    RejectReason.TIMEOUT: "tests/edge/test_pool.py",
    RejectReason.STEP_ERROR: "tests/integration/test_runner.py",
    RejectReason.CRASH_LOOP: "tests/edge/test_attempts.py",
    RejectReason.UNDELIVERABLE: "tests/integration/test_runner.py",
}


@cache
def steps():
    return build_steps(config_folder(), ("clean", "describe"))


@pytest.mark.parametrize("reason", AT_CLEAN, ids=str)
def test_a_reason_is_reached_by_a_real_message(reason) -> None:
    value, changes = AT_CLEAN[reason]
    headers = {name: v for name, v in (HEADERS | changes).items() if v is not None}
    outcome = steps()["clean"](Message(PAGES_RAW, b"k", value, tuple(headers.items())))
    assert isinstance(outcome, Drop | Reject)
    assert outcome.reason == reason


def test_a_page_that_is_no_article_is_dropped_by_describe() -> None:
    page = {**HEADERS, "url": b"https://a.example/404"}
    body = b"<title>Page not found</title><h1>404 Page not found</h1>" + b"<p>The page that you wanted has moved. " * 9
    cleaned = steps()["clean"](Message(PAGES_RAW, b"k", body, tuple(page.items())))
    if isinstance(cleaned, Drop):  # the cleaner saw it first: take a described article that is a list
        cleaned = steps()["clean"](Message(PAGES_RAW, b"k", _article_page(), tuple(HEADERS.items())))
    record = orjson.loads(cleaned.outputs[0].value)
    record["signals"] = [{"source": "jsonld:ItemList.@type", "value": "ItemList", "context": ""}]
    record["headline"], record["text"] = "Page not found", "Page not found."
    outcome = steps()["describe"](Message("articles-clean", b"k", orjson.dumps(record), ()))
    assert isinstance(outcome, Drop)
    assert outcome.reason == DropReason.NOT_AN_ARTICLE


def _article_page() -> bytes:
    words = b"<p>The council met on Monday to speak about the harbour, the school and the road to the coast. "
    return b"<title>News</title><article><h1>Council meets</h1>" + words * 12 + b"</article>"


def test_no_reason_is_without_a_test() -> None:
    assert {*AT_CLEAN, *ELSEWHERE} == {*DropReason, *RejectReason}
    root = Path(__file__).parents[2]
    for reason, where in ELSEWHERE.items():
        text = (root / where).read_text("utf-8")
        assert str(reason.value) in text or reason.name in text, reason
