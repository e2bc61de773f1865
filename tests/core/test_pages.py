"""A page comes in two forms, and both give the same record or the same clear refusal."""

from __future__ import annotations

import base64

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.core.errors import BadMessage
from streams.core.outcome import Message, RejectReason
from streams.core.pages import MAX_BODY_BYTES, MAX_URL, json_message, media_type, page_headers, raw_page
from streams.core.records import RawPage

PAGE = RawPage("https://a.example/x", "2020-01-02T03:04:05Z", "text/html; charset=utf-8", b"<p>\xc3\xa9</p>", 200)
JSON = (("content-type", b"application/json"),)


def in_headers(page: RawPage = PAGE, **changes: bytes | None) -> Message:
    headers = dict(page_headers(page)) | {name.replace("_", "-"): value for name, value in changes.items()}
    return Message("pages-raw", None, page.body, tuple((k, v) for k, v in headers.items() if v is not None))


def in_json(**changes: object) -> Message:
    data = orjson.loads(json_message(PAGE)) | changes
    return Message("pages-raw", None, orjson.dumps({k: v for k, v in data.items() if v is not ...}), JSON)


def refusal(message: Message) -> str:
    with pytest.raises(BadMessage) as told:
        raw_page(message)
    return told.value.reason


def test_both_forms_give_the_same_page() -> None:
    assert raw_page(in_headers()) == raw_page(in_json()) == PAGE


@given(st.binary(min_size=1, max_size=200), st.integers(100, 999))
def test_the_body_comes_through_byte_for_byte_in_both_forms(body: bytes, status: int) -> None:
    page = RawPage(PAGE.url, PAGE.fetched_at, PAGE.content_type, body, status)
    assert raw_page(in_headers(page)) == page
    assert raw_page(Message("pages-raw", None, json_message(page), JSON)) == page


def test_json_is_known_by_its_brace_where_no_header_says_anything() -> None:
    assert raw_page(Message("pages-raw", None, b"  \n" + json_message(PAGE))) == PAGE


def test_a_body_as_text_is_utf8() -> None:
    assert raw_page(in_json(body_base64=..., body="<p>é</p>")).body == PAGE.body


@pytest.mark.parametrize("value", ["text/html", ["text/html", "text/plain"]])
def test_a_header_in_json_may_be_a_list_as_crawlers_write_it(value: object) -> None:
    assert raw_page(in_json(headers={"Content-Type": value})).content_type == "text/html"


def test_a_page_without_status_was_fetched_well_and_one_without_type_is_html() -> None:
    page = raw_page(in_headers(http_status=None, content_type=None))
    assert (page.http_status, page.content_type) == (200, "")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"url": None}, "missing_header"),
        ({"url": b""}, "missing_header"),
        ({"fetched_at": None}, "missing_header"),
        ({"url": b"ftp://a.example/x"}, "bad_header"),
        ({"url": b"https://"}, "bad_header"),
        ({"url": b"https://[::1/x"}, "bad_header"),
        ({"url": b"https://a.example/" + b"x" * MAX_URL}, "bad_header"),
        ({"fetched_at": b"yesterday"}, "bad_header"),
        ({"fetched_at": b"2020-01-02T03:04:05"}, "bad_header"),
        ({"http_status": b"ok"}, "bad_header"),
        ({"http_status": "²00".encode()}, "bad_header"),
        ({"content_type": b"image/png"}, "unsupported_type"),
    ],
)
def test_a_wrong_header_is_refused(changes: dict[str, bytes | None], reason: str) -> None:
    assert refusal(in_headers(**changes)) == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"url": ...}, "malformed"),
        ({"url": 7}, "malformed"),
        ({"body_base64": ...}, "malformed"),
        ({"body_base64": "no base 64!"}, "malformed"),
        ({"status": "200"}, "malformed"),
        ({"body_base64": ""}, "empty_body"),
        ({"url": "mailto:a@a.example"}, "bad_header"),
        ({"headers": {"content-type": "video/mp4"}}, "unsupported_type"),
    ],
)
def test_a_wrong_field_is_refused(changes: dict[str, object], reason: str) -> None:
    assert refusal(in_json(**changes)) == reason


@pytest.mark.parametrize("value", [None, b""])
def test_an_empty_message_is_refused(value: bytes | None) -> None:
    assert refusal(Message("pages-raw", None, value)) == "empty_body"


def test_the_limit_of_bytes_is_exact() -> None:
    assert raw_page(in_headers(RawPage(PAGE.url, PAGE.fetched_at, "", b"x" * MAX_BODY_BYTES)))
    assert refusal(in_headers(RawPage(PAGE.url, PAGE.fetched_at, "", b"x" * (MAX_BODY_BYTES + 1)))) == "too_large"


def test_a_body_that_unpacks_above_the_limit_is_refused_in_json_too() -> None:
    big = base64.b64encode(b"x" * (MAX_BODY_BYTES + 1)).decode()
    assert refusal(in_json(body_base64=big)) == "too_large"


def test_a_media_type_loses_its_parameters_and_capitals() -> None:
    assert media_type(" Text/HTML ; charset=x") == "text/html"


def reason_or_none(message: Message) -> str | None:
    try:
        raw_page(message)
    except BadMessage as error:
        return error.reason
    return None


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_any_text_is_an_address_or_a_refusal(url: str) -> None:
    assert reason_or_none(in_json(url=url)) in {None, "bad_header"}


NAMES = st.sampled_from(["url", "fetched-at", "content-type", "http-status"])


@given(st.dictionaries(NAMES, st.binary(max_size=30)), st.binary(max_size=60))
def test_any_message_is_a_page_or_a_refusal(headers: dict[str, bytes], body: bytes) -> None:
    told = reason_or_none(Message("pages-raw", None, body, tuple(headers.items())))
    assert told in {None, *map(str, RejectReason)}
