"""The cleaner: a fetched page -> `Cleaned`. It puts the rooms of this folder in order and decides nothing itself."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from streams.core.cleaning import guard, plaintext, rules
from streams.core.cleaning.cleaned import Cleaned
from streams.core.cleaning.data import CleaningData
from streams.core.cleaning.decode import to_text
from streams.core.cleaning.dress import dress, in_order, label_rows, line_signals
from streams.core.cleaning.finds import Finds
from streams.core.cleaning.head import canonical, head_signals, normalised
from streams.core.cleaning.headline import headline_of
from streams.core.cleaning.hints import Hints
from streams.core.cleaning.judged import Row
from streams.core.cleaning.labels import LineLabels
from streams.core.cleaning.notices import Notices
from streams.core.cleaning.stripped import strip_markup
from streams.core.cleaning.tags import read_tags
from streams.core.cleaning.walk import walk
from streams.core.records import Link, RawPage, Signal

_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|table|title|meta|article|span|br|h1)\b", re.IGNORECASE)
#: Fewer characters than this are no article: of 972 true texts the shortest has 165.
SHORTEST = 60


class Cleaner:
    """Holds what is the same for every page; `clean` may be called any number of times, one at a time."""

    def __init__(self, data: CleaningData) -> None:
        self._tags = read_tags()
        self._hints = Hints(data.hints)
        self._lines = LineLabels(data.lines)
        self._notices = Notices(data.notices)
        self._model = data.model

    def clean(self, page: RawPage) -> Cleaned:
        """The page's article.

        Raises:
            BadMessage: `binary`, `too_large`.
        """
        text = to_text(page.body, page.content_type)
        if not _is_markup(text, page.content_type):
            return self._plain(text, page, [], "text_only")
        refused = guard.refusal(text)
        if refused:
            return self._plain(strip_markup(text), page, [], "stripped")
        return self._html(LexborHTMLParser(text), page)

    def _html(self, tree: LexborHTMLParser, page: RawPage) -> Cleaned:
        signals = head_signals(tree)
        finds = Finds(self._tags)
        body = tree.body
        if body is None:
            return self._plain("", page, signals, "classifier")
        walked = walk(body, self._tags, self._hints, finds)
        bits = rules.inherited(walked, self._hints.negative)
        rows = rules.rows_of(walked, rules.simple_keep(walked), bits, self._tags.name)
        for row in rows:
            if row.kept and (row.tag in ("figcaption",) or bits[walked.where[row.number]] & (self._hints.negative | 1 << 31)):
                row.kept = False
                row.label = rules.label_of(bits[walked.where[row.number]], row.tag, row.linked / len(row.text))
        headline = headline_of(signals, finds.found)
        links = tuple(Link(u, t) for b, u, t in walked.links if b < len(rows) and rows[b].kept)[:200]
        return self._finish(rows, page, headline, signals, finds.found, links, "classifier", 0.8)

    def _plain(self, text: str, page: RawPage, signals: list[Signal], source: str) -> Cleaned:
        lines = plaintext.read_lines(text)
        rows = plaintext.judge(lines, self._lines, self._notices)
        return self._finish(rows, page, plaintext.headline_of(lines), signals, [], (), source, 0.6)

    def _finish(self, rows: list[Row], page: RawPage, headline: str, head: list[Signal], body: list[tuple[int, Signal]], links: tuple[Link, ...], source: str, confidence: float) -> Cleaned:
        label_rows(rows, headline, self._lines, self._notices)
        dressed = dress(rows, self._notices, None)
        text = dressed.text if len(dressed.text) >= SHORTEST else ""
        return Cleaned(
            headline=headline or _first_line(rows),
            canonical_url=canonical(page.url, head) if head else normalised(page.url),
            text=text,
            notices=dressed.notices,
            removed=dressed.removed,
            confidence=confidence if text else 0.0,
            captions=dressed.captions,
            standfirst=dressed.standfirst,
            links=links,
            signals=in_order(head, body + line_signals(rows)),
            blocks=dressed.blocks,
            source=source,  # type: ignore[arg-type]
        )


def _first_line(rows: list[Row]) -> str:
    return next((r.text[:200] for r in rows if r.kept), "")


def _is_markup(text: str, content_type: str) -> bool:
    """Whether to parse it: a text/plain page may still be HTML that its server mislabelled."""
    kind = content_type.split(";", 1)[0].strip().lower()
    found = _MARKUP.search(text, 0, 20_000)
    if kind == "text/plain":
        return bool(found) and text.lstrip()[:1] == "<"
    return bool(found)
