"""Hostile pages from harmless ones: each mutation is a way in which real pages, or attackers, have broken parsers."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable

from tests.core.cleaning.bad_pages import BAD_PAGES, STORY

_MOST_BYTES = 400_000
TAGS = b"div p span b i a table tr td ul li svg math select option template script style textarea title body html form h1 figure nav footer br font noscript iframe object frameset plaintext ruby x-y time article".split()
PIECES = (
    b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b'"', b"'", b"=", b"/", b"&", b"&#x", b"&#0;", b"\0", b"\x1e", b"\xff",
    b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xc3", b"{", b"[", b'"@type":"NewsArticle",', b"\\ud800", b"\xe2\x80\x8b", b"\xe2\x80\xae",
    b"display:none", b' class="comment"', b' class="byline"', b"<time datetime=", b"Posted: ", b"(CNN) -- ", "©".encode(), b"\n\n", b"\r",
    b"This website uses cookies", b"Correction: ", b"<script type=application/ld+json>", b"<meta charset=", b"utf-7", b"<link rel=canonical href=",
)  # fmt: skip
Mutation = Callable[[bytes, random.Random], bytes]


def cut(page: bytes, pick: random.Random) -> bytes:
    a, b = sorted(pick.randrange(len(page) + 1) for _ in range(2))
    return page[:a] + page[b:]


def repeat(page: bytes, pick: random.Random) -> bytes:
    a = pick.randrange(len(page) + 1)
    piece = page[a : a + pick.choice((1, 5, 20, 200))]
    return page[:a] + piece * pick.choice((2, 50, 2_000)) + page[a:]


def insert(page: bytes, pick: random.Random) -> bytes:
    a = pick.randrange(len(page) + 1)
    return page[:a] + pick.choice(PIECES) * pick.choice((1, 1, 1, 30, 3_000)) + page[a:]


def nest(page: bytes, pick: random.Random) -> bytes:
    a = pick.randrange(len(page) + 1)
    tags = pick.choices(TAGS, k=pick.choice((1, 2, 3)))
    run = b"".join(b"<" + t + (b" id=%d" % pick.randrange(9) if pick.random() < 0.3 else b"") + b">" for t in tags)
    return page[:a] + run * pick.choice((1, 10, 500, 5_000)) + page[a:]


def flip(page: bytes, pick: random.Random) -> bytes:
    out = bytearray(page)
    for _ in range(pick.choice((1, 10, 200))):
        if out:
            out[pick.randrange(len(out))] = pick.randrange(256)
    return bytes(out)


def splice(page: bytes, pick: random.Random) -> bytes:
    other = pick.choice(tuple(BAD_PAGES.values()))[:50_000]
    a, b = pick.randrange(len(page) + 1), pick.randrange(len(other) + 1)
    return page[:a] + other[b : b + pick.choice((100, 5_000, 50_000))] + page[a:]


def encode(page: bytes, pick: random.Random) -> bytes:
    return pick.choice((gzip.compress, zlib.compress, _utf_16, _cut_gzip))(page)


def _utf_16(page: bytes) -> bytes:
    return page.decode("utf-8", "replace").encode("utf-16")


def _cut_gzip(page: bytes) -> bytes:
    return gzip.compress(page)[:-20]


MUTATIONS: tuple[Mutation, ...] = (cut, repeat, insert, insert, nest, nest, flip, splice, encode)


def hostile_page(seed: int) -> bytes:
    """The same page for the same seed, so that a finding can be repeated."""
    pick = random.Random(seed)
    page = STORY
    for _ in range(pick.randrange(1, 7)):
        page = pick.choice(MUTATIONS)(page, pick)[:_MOST_BYTES]
    return page
