"""Keeps pages away from the parser that would keep it busy for minutes. It must not judge content.

HTML5 tree building is quadratic in the attributes of one tag (30,000 take lexbor 2.7 s), in formatting elements
that are never closed (1,200 take .4 s) and in nesting depth (60,000 take 8 s). Real pages stay far below the caps.
"""

from __future__ import annotations

import re
from typing import NamedTuple, Protocol

import numpy as np

#: Of 972 real pages the largest has 22,000 tags and the deepest 86 levels.
MAX_TAGS = 60_000
MAX_DEPTH = 1_000
MAX_FORMATTING = 600
#: 8,000 attributes take lexbor .2 s; they need at least this many characters without a tag's end.
MAX_ATTRIBUTES = 8_000
_LONG_TAG = 16_000
_OPEN, _SLASH = b"</"
#: From so many tags on, even elements that are closed may nest so deep that it hurts.
_MANY_TAGS, _VERY_MANY_TAGS = 3_000, 8_000

_NESTING = re.compile(
    rb"<(/?)(?:div|span|section|article|table|ul|ol|dl|blockquote|center|form|fieldset|main|header|"
    rb"details|figure|nav|aside|footer|a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u|svg|g|math|mrow|mi|object|"
    rb"template|select|button|label|ruby|address|pre|h[1-6]|ins|del|[a-z]{1,12}-[a-z-]{1,24}|applet|marquee|dir|"
    rb"menu|listing|frameset|foreignobject|desc|mtext|ms|mn|mo|q|sub|sup|var|kbd|cite|abbr)(?=[\s/>])",
    re.IGNORECASE,
)
_FORMATTING = re.compile(rb"<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE)
_ATTRIBUTE = rb"[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+))?"
_START = re.compile(rb"<[a-z][^\s/>]{0,200}+(?:%s)*+" % _ATTRIBUTE, re.IGNORECASE)
_TOO_MANY = re.compile(rb"<[a-z][^\s/>]{0,200}+(?:%s){%d}" % (_ATTRIBUTE, MAX_ATTRIBUTES), re.IGNORECASE)
#: A tag starts inside another only in its names and values. Where tags do so all over, no more of them is read.
_MOST_READ_TWICE = 4


class Scan(NamedTuple):
    """Tags, closing ones, stretches that may be a tag of too many attributes; how high elements stand, where asked."""

    tags: int
    closing: int
    suspect: int
    formatting: int = 0
    nesting: int = 0


class Counts(Protocol):
    """Who counts: this module, or native/guard.c and bytes.c."""

    def scan(self, html: bytes, deep: bool) -> Scan:
        """See `Scan`."""
        ...

    def has_too_many_attributes(self, html: bytes) -> bool:
        """Whether a tag has, or tags run into one another so that nobody can tell."""
        ...


def scan(html: bytes, deep: bool) -> Scan:
    """The counts in Python; native/guard.c has the compiled one."""
    at = np.flatnonzero(np.frombuffer(html + b"<", np.uint8) == _OPEN)
    closing = np.count_nonzero(np.frombuffer(html + b"<<", np.uint8)[at + 1] == _SLASH)
    long = np.flatnonzero(np.diff(at) > _LONG_TAG + 1).tolist()
    suspect = sum(_is_suspect(html[at[i] + 1 : at[i + 1]]) for i in long)
    heights = (_height(_FORMATTING, html), _height(_NESTING, html)) if deep else (0, 0)
    return Scan(len(at) - 1, int(closing), suspect, *heights)


def refusal(html: bytes, counts: Counts) -> str | None:
    """Why the page, in an encoding that keeps ASCII as it is, must not be parsed, or None. Linear in its length."""
    tags, closing, suspect, _, _ = counts.scan(html, False)
    if tags > MAX_TAGS:
        return f"{tags} tags"
    unclosed = tags - 2 * closing  # an upper bound: void elements, comments and scripts count too
    may_format = unclosed > MAX_FORMATTING or tags > _MANY_TAGS
    may_nest = unclosed > MAX_DEPTH or tags > _VERY_MANY_TAGS
    if may_format or may_nest:
        high = counts.scan(html, True)
        if may_format and high.formatting > MAX_FORMATTING:
            return "formatting elements inside each other"
        if may_nest and high.nesting > MAX_DEPTH:
            return f"nested deeper than {MAX_DEPTH}"
    if (suspect or unclosed > MAX_FORMATTING or tags > _VERY_MANY_TAGS) and counts.has_too_many_attributes(html):
        return f"more than {MAX_ATTRIBUTES} attributes in one tag, or tags within tags"
    return None


def has_too_many_attributes(html: bytes) -> bool:
    """Whether a tag has, or tags so run into one another that nobody can tell without reading much of it again."""
    left = _MOST_READ_TWICE * len(html)
    at = html.find(b"<")
    while at >= 0:
        if start := _START.match(html, at):
            size = start.end() - at
            left -= size
            if left < 0 or (size > _LONG_TAG and _TOO_MANY.match(html, at)):
                return True
        at = html.find(b"<", at + 1)
    return False


def _is_suspect(piece: bytes) -> bool:
    """Whether a long stretch from one `<` to the next may be a tag of too many names or values."""
    return piece[:1].isalpha() and (piece.find(b">", 0, _LONG_TAG) < 0 or piece.count(b"=") > MAX_ATTRIBUTES)


def _height(pattern: re.Pattern[bytes], html: bytes) -> int:
    height = highest = 0
    for slash in pattern.findall(html):
        height += -1 if slash else 1
        if height < 0:
            height = 0
        elif height > highest:
            highest = height
    return highest
