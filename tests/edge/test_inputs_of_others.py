"""What other crawlers and extractors leave behind is read as it stands: CC-NEWS, Zyte API, Scrapy Cluster, news-please."""

from __future__ import annotations

import base64
import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from streams.core.pages import ExtractedArticle, raw_page
from streams.edge.inputs import InputError, InputPage, lines, read_articles, read_inputs
from streams.scanner import as_article, page_message

HTML = "<p>Ruritania quits the pact, ministers say — at once."
PACKED = base64.b64encode(HTML.encode()).decode()


def warc_record(kind: str, url: str, http: bytes) -> bytes:
    """One record a gzip member, as Common Crawl writes them."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2026-11-20T06:07:08Z\r\nWARC-Record-ID: <urn:uuid:{url}>\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


def answer(kind: str, body: bytes, status: str = "200 OK") -> bytes:
    """The crawler has unpacked the body and renamed the headers that spoke of it."""
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nX-Crawl-Content-Encoding: gzip\r\n"
        f"X-Crawl-Transfer-Encoding: chunked\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@pytest.fixture
def cc_news(tmp_path: Path) -> Path:
    folder = tmp_path / "CC-NEWS" / "2026" / "11"
    folder.mkdir(parents=True)
    info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:0>\r\nContent-Length: 2\r\n\r\nx\n\r\n\r\n"
    news = "https://a.example/1"
    records = [
        gzip.compress(info),
        warc_record("request", news, b"GET /1 HTTP/1.1\r\n\r\n"),
        warc_record("response", news, answer("text/html; charset=UTF-8", HTML.encode())),
        warc_record("response", "https://a.example/feed", answer("application/rss+xml", b"<rss/>")),
        warc_record("response", "https://a.example/p.jpg", answer("image/jpeg", b"\xff\xd8")),
        warc_record("response", "https://a.example/gone", answer("text/html", b"gone", "404 Not Found")),
    ]
    (folder / "CC-NEWS-20261120060708-00001.warc.gz").write_bytes(b"".join(records))
    (folder / "warc.paths.gz").write_bytes(gzip.compress(b"crawl-data/CC-NEWS/2026/11/x.warc.gz\n"))
    return tmp_path / "CC-NEWS"


def test_a_folder_of_cc_news_gives_its_pages_and_tells_of_the_rest(cc_news: Path) -> None:
    left_out: list[Path] = []
    first, gone = read_inputs([cc_news], left_out.append)
    assert first.page is not None
    assert (first.page.url, first.page.body.decode()) == ("https://a.example/1", HTML)
    assert first.page.fetched_at == "2026-11-20T06:07:08+00:00"
    assert gone.page is not None
    assert gone.page.http_status == 404
    assert [path.name.rpartition("#")[2] for path in left_out] == ["4", "5", "warc.paths.gz"]


ZYTE = {
    "url": "https://a.example/1",
    "statusCode": 200,
    "httpResponseBody": PACKED,
    "httpResponseHeaders": [
        {"name": "Content-Type", "value": "text/html; charset=utf-8"},
        {"name": "date", "value": "Fri, 20 Nov 2026 06:07:08 GMT"},
    ],
}
ZYTE_BROWSER = {"url": "https://a.example/1", "statusCode": 200, "browserHtml": HTML}
CLUSTER: dict[str, Any] = {
    "appid": "news",
    "crawlid": "c1",
    "url": "https://a.example/asked",
    "response_url": "https://a.example/1",
    "status_code": 200,
    "status_msg": "OK",
    "response_headers": {"Content-Type": ["text/html; charset=utf-8"]},
    "request_headers": {},
    "body": HTML,
    "links": [],
    "attrs": None,
    "timestamp": "2026-11-20T06:07:08.123456",
}


@pytest.mark.parametrize(
    ("record", "when", "source_id"),
    [
        (ZYTE, "2026-11-20T06:07:08+00:00", None),
        (ZYTE_BROWSER, "2020-09-13T12:26:40+00:00", None),
        (CLUSTER, "2026-11-20T06:07:08.123456+00:00", "c1"),
        ({**CLUSTER, "body": PACKED, "timestamp": "yesterday"}, "2020-09-13T12:26:40+00:00", "c1"),
    ],
    ids=["zyte", "zyte-browser", "scrapy-cluster", "scrapy-cluster-base64"],
)
@pytest.mark.parametrize("name", ["p.jsonl", "list.json", "one.json", "one.json.gz"])
def test_a_crawler_s_json_is_a_page_that_the_product_reads(
    tmp_path: Path, record: dict[str, Any], when: str, source_id: str | None, name: str
) -> None:
    text = json.dumps([record, record], indent=1) if name == "list.json" else json.dumps(record, indent=1)
    if name == "p.jsonl":
        text = f"{json.dumps(record)}\n{json.dumps(record)}\n"
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    os.utime(path, (1_600_000_000, 1_600_000_000))
    found = list(read_inputs([path]))
    assert len(found) == (1 if name.startswith("one") else 2)
    for entry in found:
        assert entry.page is not None, entry.error
        assert raw_page(page_message(entry.page)) == entry.page
        assert (entry.page.url, entry.page.body.decode(), entry.page.fetched_at, entry.source_id) == (
            "https://a.example/1",
            HTML,
            when,
            source_id,
        )


@pytest.mark.parametrize(
    "spoiled",
    [
        {**ZYTE, "httpResponseBody": "no base64!"},
        {**ZYTE, "httpResponseBody": None},
        {**ZYTE, "statusCode": "x"},
        {**ZYTE_BROWSER, "browserHtml": 7},
        {**CLUSTER, "response_url": None},
        {**CLUSTER, "body": ["x"]},
    ],
)
def test_a_broken_one_is_refused_and_the_next_is_read(tmp_path: Path, spoiled: dict[str, Any]) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text(f"{json.dumps(spoiled)}\n{json.dumps({**ZYTE, 'httpResponseHeaders': 'odd'})}\n")
    first, second = read_inputs([path])
    assert (first.page, first.reason) == (None, "malformed")
    assert second.page is not None


NEWS_PLEASE = {
    "authors": ["A. Writer"],
    "date_download": "2026-11-20 06:07:08",
    "date_publish": "2026-11-19 05:04:03",
    "description": None,
    "language": "en",
    "maintext": "Ruritania quits the pact.\nMinisters said so.",
    "source_domain": "a.example",
    "title": None,
    "title_page": "Ruritania quits",
    "url": "https://a.example/1",
}
ZYTE_ARTICLE = {
    "url": "https://a.example/asked",
    "article": {
        "url": "https://a.example/1",
        "headline": "Ruritania quits",
        "articleBody": "Ruritania quits the pact.\nMinisters said so.",
        "datePublished": "2026-11-19T05:04:03",
    },
}


def test_an_extractor_s_json_is_an_article_and_one_without_text_is_told_of(tmp_path: Path) -> None:
    data = tmp_path / "data" / "2026"
    data.mkdir(parents=True)
    (data / "a.json").write_text(json.dumps(NEWS_PLEASE, indent=2))
    (data / "b.jsonl").write_text(json.dumps({**NEWS_PLEASE, "maintext": None}) + "\n" + json.dumps(ZYTE_ARTICLE))
    (data / "c.json").write_text(json.dumps({**NEWS_PLEASE, "date_publish": "None"}))
    (data / "a.html").write_text(HTML)
    refused: list[InputPage] = []
    articles = [article for _, article in read_articles([tmp_path], refused.append)]
    wanted = ExtractedArticle(
        "https://a.example/1", "https://a.example/1", "Ruritania quits", NEWS_PLEASE["maintext"], "2026-11-19T05:04:03"
    )
    assert articles[:2] == [wanted, wanted]
    assert (articles[2].published, len(refused)) == (None, 1)
    assert refused[0].source.endswith("b.jsonl#1")
    dated = as_article(articles[0]).date_published
    assert dated is not None
    assert (dated.value, dated.precision) == ("2026-11-19T05:04:03", "second")


def test_a_json_document_that_is_too_large_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_DOCUMENT", 1_000)
    path = tmp_path / "p.json"
    path.write_text(json.dumps([ZYTE] * 10, indent=1))
    with pytest.raises(InputError, match=r"jq -c"):
        read_inputs([path])
