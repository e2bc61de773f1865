"""Pages that broke parsers, cleaners or workers somewhere, by name: each must end in an outcome within the deadline."""

from __future__ import annotations

import gzip
import io
import itertools
import string
import zlib

from tests.core.cleaning.story import page, paragraphs

MB = 1 << 20
STORY = page().encode()


def _names(n: int) -> list[str]:
    letters = ("".join(t) for k in range(1, 5) for t in itertools.product(string.ascii_lowercase, repeat=k))
    return list(itertools.islice(letters, n))


def _bomb(size: int) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as stream:
        for _ in range(size // MB):
            stream.write(b" " * MB)
    return out.getvalue()


def _jsonld(data: str) -> bytes:
    return page(head=f'<script type="application/ld+json">{data}</script>').encode()


def _body(markup: str) -> bytes:
    return page(paragraphs((1, markup))).encode()


NESTING = {
    "500 KB of div": b"<div>" * 100_000,
    "40,000 closed divs": b"<div>" * 20_000 + b"x" + b"</div>" * 20_000,
    "900 divs around the story": b"<div>" * 900 + STORY + b"</div>" * 900,
    "unclosed bold": b"<b>" * 50_000 + STORY,
    "bold in paragraphs, never closed": b"".join(b"<b id=%d><p>" % i for i in range(5_000)),
    "font in paragraphs, never closed": b"".join(b"<font color=c%d><p>t " % i for i in range(3_000)),
    "anchors in anchors": b"<a href=x>" * 20_000,
    "nested tables": b"<table><tr><td>" * 3_000,
    "tables in broken rows": b"<table><div>x</div><tr>y" * 2_000,
    "nested lists": b"<ul><li>" * 10_000,
    "nested svg": b"<svg><g>" * 10_000,
    "nested math": b"<math><mi>" * 10_000,
    "nested select": b"<select><option>" * 10_000,
    "nested templates": b"<template>" * 2_000,
    "nested ruby": b"<ruby><rt>" * 5_000,
    "nested blockquotes": b"<blockquote><p>quote " * 5_000,
    "nested spans with a byline class": b"<span class=byline>x " * 900,
    "nested divs with a byline class around the story": b"<div class=byline>" * 500 + STORY,
    "unknown elements": b"<x-y>" * 5_000,
    "framesets": b"<frameset>" * 5_000,
    "end tags only": b"</div></p></b>" * 20_000,
    "headings in headings": b"<h1>" * 10_000,
}
TAGS = {
    "30,000 attributes": b"<div " + " ".join(_names(30_000)).encode() + b">" + STORY,
    "attributes with angle brackets in their names": b"<div " + "< ".join(_names(30_000)).encode() + b">" + STORY,
    "attributes with tags in their values": b"<div "
    + " ".join(f'{n}="</b><b>"' for n in _names(9_000)).encode()
    + b">",
    "attributes split by slashes": b"<div " + "/".join(_names(30_000)).encode() + b">",
    "tags within tags": b"<x-y>" + b"<p/class=" * 40_000 + STORY,
    "a tag that starts in every value": b"<p class='" * 20_000 + STORY,
    "one attribute of 2 MB": b'<div class="' + b"a" * (2 * MB) + b'">' + STORY,
    "100,000 class names": b'<div class="' + " ".join(_names(100_000)).encode() + b'">' + STORY,
    "an unclosed attribute": b'<html><body><p title="never closed>' + STORY,
    "an unclosed tag": STORY + b"<div class=x" * 50,
    "100,000 open angles": b"<" * 100_000 + STORY,
    "100,000 tags": b"<p>x</p>" * 50_000,
    "angles without tags": b"< < <3 a<b 1 < 2 " * 10_000 + STORY,
}
TEXT = {
    "nothing": b"",
    "one byte": b"x",
    "spaces": b" " * MB,
    "line feeds": b"\n" * MB,
    "one line of 4 MB": b"word " * (4 * MB // 5),
    "one word of 4 MB": b"w" * (4 * MB),
    "one paragraph of 1 MB": b"<html><body><p>" + b"A sentence of the story. " * 40_000 + b"</p>",
    "20,000 short lines": b"A short line of a list\n" * 20_000,
    "line breaks only": b"<html><body>" + b"<br>" * 50_000,
    "entities": _body("<p>" + "&amp;&lt;&nbsp;&#x41;" * 50_000 + "</p>"),
    "an entity without end": _body("<p>" + "&" + "a" * 100_000 + "</p>"),
    "numeric entities of surrogates": _body("<p>&#xD800;&#xDFFF;&#0;&#x110000;&#99999999999;</p>"),
    "comments without end": STORY + b"<!--" + b"x" * MB,
    "many comments": b"<!-- x -->" * 50_000 + STORY,
    "a comment with a story": b"<!--" + STORY + b"-->",
    "CDATA": _body("<![CDATA[<p>not text</p>]]><p>after</p>"),
    "processing instructions": b"<?xml version='1.0'?><?php echo 1 ?>" * 1_000 + STORY,
    "a script that writes paragraphs": _body('<script>document.write("</p><p>written</p>")</script>'),
    "a script that is never closed": STORY.replace(b"</main>", b"<script>var a = '<p>' ;"),
    "a style that is never closed": b"<style>" + STORY,
    "a textarea around the page": b"<textarea>" + STORY,
    "a title that is never closed": b"<html><head><title>" + STORY,
    "plaintext": b"<plaintext>" + STORY,
    "noscript around the page": b"<noscript>" + STORY + b"</noscript>",
    "dashes for the dateline": _body("<p>" + "MOSCOW, A (" * 5_000 + "—</p>"),
    "hyphens and brackets": ("(" * 50_000 + ")" * 50_000 + "-" * 50_000).encode(),
    "a copyright sign a line": ("© 2020 " * 30 + "\n").encode() * 2_000,
    "a wording that almost matches, often": ("this website uses " + "very " * 100 + "\n").encode() * 2_000,
}
BYTES = {
    "null bytes in text": STORY.replace(b" ", b" \0"),
    "null bytes only": b"\0" * 100_000,
    "a PDF": b"%PDF-1.7\n" + bytes(range(256)) * 100,
    "a PNG": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100,
    "a JPEG": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 100,
    "a zip": b"PK\x03\x04" + bytes(range(256)) * 100,
    "an MP4": b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 100,
    "random bytes": bytes((i * 7919 + i // 251) % 256 for i in range(50_000)),
    "all bytes in a story": STORY + bytes(range(256)),
    "UTF-7": b"<html><head><meta charset=utf-7></head><body>+ADw-script+AD4-alert(1)+ADw-/script+AD4-" + STORY,
    "UTF-16 with a mark": b"\xff\xfe" + page().encode("utf-16-le"),
    "UTF-16 without a mark": page().encode("utf-16-le"),
    "UTF-16 big-endian": b"\xfe\xff" + page().encode("utf-16-be"),
    "UTF-16 cut in a character": b"\xff\xfe" + page().encode("utf-16-le")[:-1],
    "UTF-32": b"\xff\xfe\0\0" + page().encode("utf-32-le"),
    "declared UTF-16, sent as UTF-8": page(head='<meta charset="utf-16">').encode(),
    "an unknown charset": page(head='<meta charset="klingon-1">').encode() + b"\xe9\xe8",
    "a charset that is no text codec": page(head='<meta charset="base64">').encode() + b"\xe9\xe8",
    "a charset that is an import": page(head='<meta charset="os.path">').encode() + b"\xe9\xe8",
    "mixed encodings": STORY + "é".encode() * 50 + b"\xe9 \xff \xfe" * 5,
    "UTF-8 cut in a character": page(paragraphs((1, "<p>naïve café – “quoted”</p>"))).encode()[:-3] + b"\xe2\x80",
    "overlong UTF-8": STORY + b"\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf",
    "encoded surrogates": STORY + b"\xed\xa0\x80\xed\xbf\xbf",
    "a mark in the middle": STORY[:200] + b"\xef\xbb\xbf" + STORY[200:],
    "gzip": gzip.compress(STORY, mtime=0),
    "truncated gzip": gzip.compress(STORY, mtime=0)[:-40],
    "gzip of nothing": gzip.compress(b"", mtime=0),
    "broken gzip": b"\x1f\x8b" + b"\x00" * 200,
    "gzip twice": gzip.compress(gzip.compress(STORY, mtime=0), mtime=0),
    "zlib": zlib.compress(STORY),
    "a zip bomb": _bomb(60 * MB),
    "a zip bomb in a zip": gzip.compress(_bomb(20 * MB), mtime=0),
    "50 MB": b"<p>too much</p>" * (50 * MB // 15),
    "right-to-left marks": _body("<p>\u202eevil\u202c \u2067isolated\u2069 \u200f\u200e text of the pact</p>"),
    "look-alike letters": _body("<p>Russiа аnd the ІСС: letters of two alphabets in оne word of the pact.</p>"),
    "zero-width characters": _body("<p>" + "\u200b\u200c\u200d\ufeff" * 20_000 + "</p>"),
    "combining marks": _body("<p>Z" + "\u0300" * 50_000 + "algo</p>"),
    "emoji": _body("<p>" + "👩‍👩‍👧‍👦" * 5_000 + "</p>"),
    "private and unassigned characters": _body("<p>\ue000\U0010ffff\ufffe\uffff of the pact</p>"),
}
METADATA = {
    "JSON-LD nested deeply": _jsonld("[" * 100_000 + "]" * 100_000),
    "JSON-LD objects nested deeply": _jsonld('{"@type":"NewsArticle","author":' * 2_000 + "1" + "}" * 2_000),
    "JSON-LD of many things": _jsonld(
        "[" + ",".join('{"@type":"NewsArticle","headline":"x"}' for _ in range(20_000)) + "]"
    ),
    "JSON-LD graph in graph": _jsonld('{"@graph":[' * 500 + "{}" + "]}" * 500),
    "JSON-LD with lone surrogates": _jsonld('{"@type":"NewsArticle","headline":"\\ud800 quits \\udfff"}'),
    "JSON-LD with wrong types": _jsonld(
        '{"@type":["NewsArticle",1,null],"author":[1,[2],{"name":{"a":[null]}}],"headline":{"x":1e999},"@id":[]}'
    ),
    "JSON-LD that is no JSON": _jsonld("{'@type': NewsArticle, // comment\n}"),
    "JSON-LD with duplicate keys": _jsonld('{"@type":"NewsArticle","headline":"a","headline":"b"}'),
    "JSON-LD of 2 MB": _jsonld('{"@type":"NewsArticle","headline":"' + "x" * (2 * MB) + '"}'),
    "10,000 metas": page(head='<meta name="author" content="A">' * 10_000).encode(),
    "a meta of 1 MB": page(head='<meta name="description" content="' + "x" * MB + '">').encode(),
    "10,000 canonical links": page(head='<link rel="canonical" href="/x">' * 10_000).encode(),
    "a canonical address that is none": page(head='<link rel="canonical" href="http://[::1/%zz\\">').encode(),
    "10,000 time elements": _body("<time datetime=2020-01-01>x</time>" * 10_000),
    "10,000 headings": b"<html><body>" + b"<h1>A heading</h1>" * 10_000,
    "10,000 links": _body("".join(f'<a href="/{i}">link {i}</a> ' for i in range(10_000))),
    "a base element": page(head='<base href="javascript:alert(1)">').encode(),
    "a refresh to nowhere": page(head='<meta http-equiv="refresh" content="0;url=javascript:alert(1)">').encode(),
    "a title of line feeds": b"<title>" + b"\n" * 10_000 + b"</title>" + STORY,
    "a data table of 20,000 cells": _body("<table>" + "<tr><td>a</td><td>b</td></tr>" * 10_000 + "</table>"),
    "a body in the head": b"<html><head><body>" + STORY + b"</head>",
    "two bodies": STORY + STORY,
    "no html at all": b"<p>" + b"</p><p>".join(p.encode() for p in ("only paragraphs of a story",) * 50),
}
BAD_PAGES: dict[str, bytes] = {**NESTING, **TAGS, **TEXT, **BYTES, **METADATA}
