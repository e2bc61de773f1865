"""Markup that must not be parsed -> lines of text, by one linear pass. It makes no tree, so nothing can nest."""

from __future__ import annotations

import html
import re

_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|table|tr|td|section|article|header|footer|br|blockquote|pre|figure|figcaption|title|option)\b",
    re.IGNORECASE,
)
_LONGEST = 2_000_000
_PIECES = 100_000


def strip_markup(text: str) -> tuple[str, bool]:
    """The text between tags, a line a block, and whether the page is longer than what is read of it.

    Entities are decoded; scripts and styles are left out.
    """
    out: list[str] = []
    skipping = ""
    for piece in text[:_LONGEST].split("<", _PIECES)[:_PIECES]:
        tag, closed, rest = piece.partition(">")
        name = tag[:12].lower()
        if skipping:
            if not name.startswith("/" + skipping):
                continue
            skipping = ""
        elif name.startswith(("script", "style", "noscript", "svg", "textarea", "template")) and out:
            skipping = next(
                s for s in ("script", "style", "noscript", "svg", "textarea", "template") if name.startswith(s)
            )
            continue
        if not closed:
            rest = piece if not out else ""
        if _BLOCK.match("<" + name):
            out.append("\n")
        out.append(rest)
    return html.unescape("".join(out)), len(text) > _LONGEST or text.count("<") >= _PIECES
