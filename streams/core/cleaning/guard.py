"""Keeps pages away from the parser that would keep it busy for minutes. It must not judge content.

HTML5 tree building is quadratic in nesting depth, in the attributes of one tag and in formatting
elements that are never closed: 500 KB of `<div>` takes lexbor 25 s. Real pages stay far below the caps.
"""

from __future__ import annotations

import re

#: Of 972 real pages the deepest has 86 levels; beyond 10,000 tags a page is looked at more closely.
MAX_TAGS = 60_000
MAX_DEPTH = 1_000
MAX_FORMATTING = 600
MAX_ATTRIBUTES = 2_000
_COUNTED_ABOVE = 1_500
_LONG_PAGE = 150_000

_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|table|tbody|tr|td|th|ul|ol|dl|li|dd|dt|blockquote|center|form|fieldset|main|header|"
    r"details|figure|nav|aside|footer|a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u|svg|g|math|mrow|mi|object|"
    r"template|select|optgroup|button|label|ruby|address|pre|h[1-6]|ins|del|[a-z]{1,12}-[a-z-]{1,24}|applet|marquee|dir|"
    r"menu|listing|frameset|foreignobject|desc|mtext|ms|mn|mo|q|sub|sup|var|kbd|cite|abbr|p)(?=[\s/>])",
    re.IGNORECASE,
)
_FORMATTING = re.compile(r"<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE)
_ATTRIBUTE_RUN = re.compile(
    r"<[a-z][^\s/>]{0,200}+(?:[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+))?){2000}",
    re.IGNORECASE,
)


def refusal(html: str) -> str | None:
    """Why the page must not be parsed, or None. Linear in the page's length, some .05 ms on most pages."""
    tags = html.count("<")
    if tags > MAX_TAGS:
        return f"{tags} tags"
    if tags > _COUNTED_ABOVE and (reason := _too_deep(html, tags)):
        return reason
    if len(html) > _LONG_PAGE and _ATTRIBUTE_RUN.search(html):
        return f"more than {MAX_ATTRIBUTES} attributes in one tag"
    return None


def _too_deep(html: str, tags: int) -> str | None:
    """Open tags less closed ones, at their highest; unclosed `<p>` and `<li>` count, since they may not nest."""
    unclosed = tags - 2 * html.count("</")  # an upper bound: void elements, comments and scripts count too
    if unclosed < MAX_FORMATTING:
        return None
    if _height(_FORMATTING, html) > MAX_FORMATTING:
        return "formatting elements that are never closed"
    if unclosed >= MAX_DEPTH and _height(_NESTING, html) > MAX_DEPTH:
        return f"nested deeper than {MAX_DEPTH}"
    return None


def _height(pattern: re.Pattern[str], html: str) -> int:
    height = highest = 0
    for slash in pattern.findall(html):
        height += -1 if slash else 1
        if height < 0:
            height = 0
        elif height > highest:
            highest = height
    return highest
