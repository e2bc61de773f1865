"""Keeps pages away from the parser that would keep it busy for minutes. It must not judge content.

HTML5 tree building is quadratic in the attributes of one tag (30,000 take lexbor 2.7 s), in formatting elements
that are never closed (1,200 take .4 s) and in nesting depth (60,000 take 8 s). Real pages stay far below the caps.
"""

from __future__ import annotations

import re

#: Of 972 real pages the largest has 22,000 tags and the deepest 86 levels.
MAX_TAGS = 60_000
MAX_DEPTH = 1_000
MAX_FORMATTING = 600
#: 8,000 attributes take lexbor .2 s; they need at least this many characters without a tag's end.
MAX_ATTRIBUTES = 8_000
_LONG_TAG = 16_000
#: Values may hold a tag's end, but then each has its own equals sign.
_MANY_VALUES = 20_000

_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|table|tbody|tr|td|th|ul|ol|dl|li|dd|dt|blockquote|center|form|fieldset|main|header|"
    r"details|figure|nav|aside|footer|a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u|svg|g|math|mrow|mi|object|"
    r"template|select|optgroup|button|label|ruby|address|pre|h[1-6]|ins|del|[a-z]{1,12}-[a-z-]{1,24}|applet|marquee|dir|"
    r"menu|listing|frameset|foreignobject|desc|mtext|ms|mn|mo|q|sub|sup|var|kbd|cite|abbr|p)(?=[\s/>])",
    re.IGNORECASE,
)
_FORMATTING = re.compile(r"<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE)
_TAG_START = re.compile(r"<[a-z]", re.IGNORECASE)
_ATTRIBUTE_RUN = re.compile(
    rf"<[a-z][^\s/>]{{0,200}}+(?:[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+))?){{{MAX_ATTRIBUTES}}}",
    re.IGNORECASE,
)


def refusal(html: str) -> str | None:
    """Why the page must not be parsed, or None. Linear in the page's length."""
    tags = html.count("<")
    if tags > MAX_TAGS:
        return f"{tags} tags"
    unclosed = tags - 2 * html.count("</")  # an upper bound: void elements, comments and scripts count too
    if unclosed > MAX_FORMATTING and _height(_FORMATTING, html) > MAX_FORMATTING:
        return "formatting elements that are never closed"
    if unclosed > MAX_DEPTH and _height(_NESTING, html) > MAX_DEPTH:
        return f"nested deeper than {MAX_DEPTH}"
    return _too_many_attributes(html) if len(html) > _LONG_TAG else None


def _too_many_attributes(html: str) -> str | None:
    found = any(len(piece) > _LONG_TAG and _long_tag(piece) for piece in html.split(">"))
    if found or (html.count("=") > _MANY_VALUES and _ATTRIBUTE_RUN.search(html)):
        return f"about {MAX_ATTRIBUTES} attributes in one tag or more"
    return None


def _long_tag(piece: str) -> bool:
    """Whether a stretch without `>` holds a tag with too many names: each needs a space or a slash before it."""
    start = _TAG_START.search(piece)
    if start is None:
        return False
    tag = piece[start.start() :]
    return len(tag) > _LONG_TAG and len(tag.split()) + tag.count("/") > MAX_ATTRIBUTES


def _height(pattern: re.Pattern[str], html: str) -> int:
    height = highest = 0
    for slash in pattern.findall(html):
        height += -1 if slash else 1
        if height < 0:
            height = 0
        elif height > highest:
            highest = height
    return highest
