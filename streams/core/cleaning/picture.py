"""A page beside what became of it, as one HTML file: kept green, removed red, notices yellow. It reads values only."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from streams.core.cleaning.cleaned import Block, Cleaned
from streams.core.records import RawPage

_STYLE = (
    "body{font:15px/1.45 system-ui,sans-serif;margin:0;color:#1b1b1b}"
    "header{padding:12px 20px;border-bottom:1px solid #ccc}h1{font-size:18px;margin:0 0 4px}"
    "main{display:grid;grid-template-columns:1fr 1fr;gap:0 20px;padding:12px 20px}"
    "p{margin:0 0 6px;padding:4px 8px;border-left:4px solid;white-space:pre-wrap;overflow-wrap:anywhere}"
    ".kept{background:#e9f7ec;border-color:#2e8b45}.removed{background:#fdecec;border-color:#c0392b}"
    ".notice{background:#fff7d6;border-color:#c99a00}small{color:#555;display:block;font-size:12px}"
    "@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}.kept{background:#12301a}.removed{background:#3a1614}"
    ".notice{background:#38300c}small{color:#aaa}}"
)
_MOST_BLOCKS = 5_000
_LONGEST = 4_000


def side_by_side(cleaned: Cleaned, page: RawPage) -> str:
    """A self-contained HTML page; `cleaned` must have been made with `explain=True`, for its blocks.

    Left, every block in page order, coloured; right, the article as later steps see it. Nothing of the page
    is trusted: all of its text is escaped, and there is no script, link or image.
    """
    blocks = "".join(map(_block, cleaned.blocks[:_MOST_BLOCKS]))
    article = "".join(f'<p class="kept">{escape(p[:_LONGEST])}</p>' for p in cleaned.text.split("\n\n") if p)
    notices = "".join(
        f'<p class="notice">{escape(n.text[:_LONGEST])}{_small(f"{n.kind}, {n.place} the text")}</p>'
        for n in cleaned.notices
    )
    removed = ", ".join(f"{r.count} {r.label}" for r in cleaned.removed) or "nothing"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(cleaned.headline or page.url)}</title>'
        f"<style>{_STYLE}</style><header><h1>{escape(cleaned.headline)}</h1><small>{escape(page.url)}</small>"
        f"<small>confidence {cleaned.confidence:.2f}, by {escape(cleaned.source)}; removed: {escape(removed)}</small></header>"  # noqa: E501
        f"<main><section>{blocks}</section><section>{notices}{article or '<p class=removed>no article</p>'}</section></main></html>"  # noqa: E501
    )


def _block(block: Block) -> str:
    kind = "kept" if block.kept else "notice" if block.label == "notice" else "removed"
    what = f"{block.label}, {block.why}, {block.confidence:.2f}"
    return f'<p class="{kind}">{escape(block.text[:_LONGEST])}{_small(what)}</p>'


def _small(*parts: str) -> str:
    return "".join(f"<small>{escape(part)}</small>" for part in _nonempty(parts))


def _nonempty(parts: Iterable[str]) -> Iterable[str]:
    return (part for part in parts if part)
