"""Files -> pages: every kind that is read, every way in which one can be broken."""

from __future__ import annotations

import base64
import gzip
import json
import os
from pathlib import Path

import pytest

from streams.core.pages import MAX_BODY_BYTES
from streams.edge.inputs import InputError, InputPage, lines, read_articles, read_inputs
from streams.edge.inputs.encoding import decode_body
from streams.edge.inputs.files import said_address

PAGE = {"url": "https://a.example/1", "fetched_at": "2020-01-01T00:00:00Z", "body": "<p>hello"}


def read(*paths: Path) -> list[InputPage]:
    return list(read_inputs(paths))


def write_lines(path: Path, *records: object) -> Path:
    text = "\n".join(record if isinstance(record, str) else json.dumps(record) for record in records)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def response(url: str, http: bytes, kind: str = "response") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2020-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def http(body: bytes, *headers: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", *headers, "", ""]).encode() + body


def test_a_packed_page_is_read_with_its_own_address_and_the_time_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "0001.html.gz"
    path.write_bytes(gzip.compress(b'<link rel="canonical" href="https://a.example/x"><p>hello'))
    os.utime(path, (1_600_000_000, 1_600_000_000))
    (found,) = read(path)
    assert found.page is not None
    assert (found.page.url, found.page.fetched_at) == ("https://a.example/x", "2020-09-13T12:26:40+00:00")
    assert found.page.body.endswith(b"hello")


@pytest.mark.parametrize(
    ("head", "address"),
    [
        (b"<link href='https://a.example/x?a=1&amp;b=2' rel=canonical>", "https://a.example/x?a=1&b=2"),
        (b'<meta content="https://a.example/og" property="og:url"/>', "https://a.example/og"),
        (b'<meta property=og:url content=https://b.example><LINK REL="Canonical" HREF="https://a.example/x">', None),
        (b'<link rel="canonical" href="/x">', None),
        (b'<link rel="stylesheet" href="https://a.example/x.css">', None),
        (b"<link " * 10_000, None),
        (b"<link " + b"rel=" * 15_000, None),
    ],
)
def test_the_address_is_the_page_s_own_word_where_that_is_an_address(head: bytes, address: str | None) -> None:
    wanted = "https://a.example/x" if b"LINK REL" in head else address
    assert said_address(head) == wanted


def test_pages_without_an_address_get_different_ones_even_if_their_files_are_named_alike(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.html").write_text("<p>hello")
    addresses = {found.page.url for found in read(tmp_path) if found.page}
    assert addresses == {f"https://file.invalid/{tmp_path.name}/{folder}/index.html" for folder in "ab"}
    assert len({p.page.url for p in read(tmp_path / "a" / "index.html", tmp_path / "b" / "index.html") if p.page}) == 2


def test_a_folder_is_walked_by_name_and_other_files_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.html", "a.txt", "sub/c.htm"):
        (tmp_path / name).write_text("<p>hello")
    write_lines(tmp_path / "truth.jsonl", {"id": "1", "url": "https://a.example", "text": "x"})
    write_lines(tmp_path / "pages.jsonl", PAGE)
    (tmp_path / "notes.md").write_text("no page")
    (tmp_path / "loop").symlink_to(tmp_path)
    skipped: list[Path] = []
    names = [found.source.removeprefix(f"{tmp_path}/") for found in read_inputs([tmp_path], skipped.append)]
    assert names == ["a.txt", "b.html", "pages.jsonl#1", "sub/c.htm"]
    assert [path.name for path in skipped] == ["notes.md", "truth.jsonl"]


def test_a_feed_gives_address_time_and_type_and_its_folder_is_not_read_twice(tmp_path: Path) -> None:
    feed = tmp_path / "deep" / "feed.toml"
    (tmp_path / "deep" / "pages").mkdir(parents=True)
    (tmp_path / "deep" / "pages" / "a.html").write_text("<p>hello")
    entry = 'file = "pages/a.html"\n'
    told = (
        'url = "https://a.example/x"\nfetched_at = "2020-01-01T00:00:00Z"\ncontent_type = "text/plain"\nstatus = 404\n'
    )
    missing = '[[page]]\nfile = "pages/none.html"\nurl = "https://a.example/none"\n'
    feed.write_text(f"[[page]]\n{entry}{told}[[page]]\n{entry}{missing}")
    skipped: list[Path] = []
    first, second = read_inputs([tmp_path], skipped.append)
    assert first.page is not None
    assert (first.page.url, first.page.content_type, first.page.http_status) == (
        "https://a.example/x",
        "text/plain",
        404,
    )
    assert second.page is None
    assert "none.html" in str(second.error)
    assert len(skipped) == 1


@pytest.mark.parametrize("text", ["page = 3", "[[page]]\nurl='x'", "[[page]]\nfile='../x.html'\nurl='u'", "not toml"])
def test_a_broken_feed_is_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "feed.toml").write_text(text)
    with pytest.raises(InputError, match="feed"):
        read(tmp_path)


@pytest.mark.parametrize("name", ["p.jsonl", "p.ndjson", "p.json", "p.jsonl.gz"])
def test_lines_of_raw_pages_keep_their_ids_and_a_broken_line_does_not_stop_the_rest(tmp_path: Path, name: str) -> None:
    packed = {**PAGE, "id": 7, "body": None, "body_base64": base64.b64encode(b"\xff\x00").decode()}
    path = write_lines(tmp_path / name, PAGE, "", "{broken", "[1]", {"id": "n", "url": "u"}, packed)
    found = read(path)
    assert [(p.source.rpartition("#")[2], p.page is not None, p.source_id) for p in found] == [
        ("1", True, None),
        ("3", False, None),
        ("4", False, None),
        ("5", False, "n"),
        ("6", True, "7"),
    ]
    assert found[-1].page is not None
    assert found[-1].page.body == b"\xff\x00"
    assert all(p.reason == "malformed" and p.error for p in found if p.page is None)


def test_a_line_that_is_too_long_is_one_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_LINE", 200)
    path = write_lines(tmp_path / "p.jsonl", PAGE, {**PAGE, "body": "x" * 5_000}, PAGE)
    assert [(p.source.rpartition("#")[2], p.reason) for p in read(path)] == [
        ("1", None),
        ("2", "too_large"),
        ("3", None),
    ]


def test_lines_without_an_end_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_LINE", 200)
    monkeypatch.setattr(lines, "MAX_RUN", 1_000)
    path = write_lines(tmp_path / "p.jsonl.gz", PAGE, "x" * 100_000)
    assert [(p.page is None, p.reason) for p in read(path)] == [(False, None), (True, "malformed")]


def test_a_packed_file_that_breaks_off_gives_what_came_before_and_says_where(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl.gz"
    records = [{**PAGE, "body": os.urandom(40_000).hex()} for _ in range(30)]
    whole = gzip.compress("\n".join(json.dumps(r) for r in records).encode())
    path.write_bytes(whole[: len(whole) // 2])
    found = read(path)
    assert len(found) > 5
    assert all(p.page for p in found[:-1])
    assert f"after line {len(found) - 1}" in str(found[-1].error)


def test_named_lines_that_are_no_pages_are_an_error_that_says_what_a_line_needs(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "truth.jsonl", *[{"id": "1", "url": "https://a.example", "text": "x"}] * 3)
    with pytest.raises(InputError, match=r"no raw page in its first 3 lines.*body_base64.*--format articles"):
        read(path)


@pytest.mark.parametrize("packed", [False, True])
def test_a_warc_gives_its_responses_decoded_and_nothing_else(tmp_path: Path, packed: bool) -> None:
    body = b"<p>hello</p>" * 20
    chunked = b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
    records = [
        response("https://a.example/request", b"GET / HTTP/1.1\r\n\r\n", "request"),
        response("https://a.example/plain", http(body)),
        response("https://a.example/chunked", http(chunked, "Transfer-Encoding: chunked")),
        response("https://a.example/gzip", http(gzip.compress(body), "Content-Encoding: gzip")),
        response("https://a.example/stale", http(body, "Content-Encoding: gzip", "Transfer-Encoding: chunked")),
        response("https://a.example/cut", http(gzip.compress(body)[:-9], "Content-Encoding: gzip")),
    ]
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(b"".join(gzip.compress(record) if packed else record for record in records))
    found = read(path)
    assert [p.source.rpartition("#")[2] for p in found] == ["2", "3", "4", "5", "6"]
    assert [p.page.body for p in found if p.page] == [body] * 5
    assert {(p.page.content_type, p.page.http_status) for p in found if p.page} == {("text/html", 200)}
    assert {p.page.fetched_at for p in found if p.page} == {"2020-01-01T00:00:00+00:00"}


def test_a_warc_that_breaks_off_gives_what_came_before_and_says_where(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(response("https://a.example/1", http(b"<p>x")) + b"junk\r\n\r\n")
    first, last = read(path)
    assert first.page is not None
    assert (last.page, last.reason) == (None, "malformed")
    assert "after record 1" in str(last.error)


def test_bodies_are_bounded_whatever_they_unpack_to(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * (64 << 20))
    (tmp_path / "bomb.html.gz").write_bytes(bomb)
    (tmp_path / "bomb.warc").write_bytes(response("https://a.example/b", http(bomb, "Content-Encoding: gzip")))
    assert [len(p.page.body) for p in read(tmp_path) if p.page] == [MAX_BODY_BYTES + 1] * 2
    assert len(decode_body(b"x" * 100, "", "gzip, gzip, gzip, gzip, gzip", 10)) == 10


def test_a_broken_packed_page_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(b"no gzip at all")
    (tmp_path / "b.html").write_text("<p>hello")
    first, second = read(tmp_path)
    assert first.reason == "malformed"
    assert second.page is not None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.html", None, "no file or folder"),
        ("picture.png", b"\x89PNG", "not a kind that is read"),
        ("a.warc", b"hello\n" * 10, "no readable WARC"),
        ("a.warc.gz", b"", "no WARC record"),
        ("a.jsonl.gz", b"no gzip", "cannot read"),
    ],
)
def test_a_named_input_that_cannot_be_read_is_one_line(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=said) as caught:
        read_inputs([tmp_path / name])  # before the first page is asked for
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_with_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"")
    with pytest.raises(InputError, match="nothing in it"):
        read(tmp_path)


def test_extracted_articles_are_read_and_a_wrong_line_is_named(tmp_path: Path) -> None:
    good = {"id": "1", "url": "https://a.example", "title": "t", "text": "x"}
    path = write_lines(tmp_path / "a.jsonl", good, {**good, "text": None})
    articles = read_articles([path])
    source, article = next(articles)
    assert (source, article.id, article.published) == (f"{path}#1", "1", None)
    with pytest.raises(InputError, match=r"a.jsonl#2: .*text.*a line needs id, url, title and text"):
        next(articles)
