"""The cleaner: a fetched page -> `Cleaned`. It puts the rooms of this folder in order and decides nothing itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from streams.core.cleaning import guard, opinion, plaintext
from streams.core.cleaning.bait import drop_bait
from streams.core.cleaning.classify import Seen, confidence, doubt, rows_of, see
from streams.core.cleaning.cleaned import Cleaned, Source
from streams.core.cleaning.data import CleaningData
from streams.core.cleaning.decode import Decoded, decoded, unpack
from streams.core.cleaning.dress import dress, in_order, label_rows, line_signals
from streams.core.cleaning.extras import data_tables, standfirst
from streams.core.cleaning.features import Facts
from streams.core.cleaning.finds import Finds, placed
from streams.core.cleaning.head import canonical
from streams.core.cleaning.headline import headline_of
from streams.core.cleaning.hints import Hints
from streams.core.cleaning.judged import Row, unread
from streams.core.cleaning.labels import LineLabels
from streams.core.cleaning.native.reading import Pass
from streams.core.cleaning.notices import Notices, folded
from streams.core.cleaning.pure import PurePass
from streams.core.cleaning.reader import Reader
from streams.core.cleaning.stripped import strip_markup
from streams.core.cleaning.tables import Floats, tag_codes
from streams.core.cleaning.tags import read_tags
from streams.core.cleaning.tree import Walked
from streams.core.cleaning.wording import Wording
from streams.core.records import Link, RawPage, Signal

_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|div|p|table|title|meta|article|span|br|h1)\b", re.IGNORECASE)
#: Fewer characters than this are no article: of 972 true texts the shortest has 165.
SHORTEST = 60
#: Text-only and stripped pages have no markup to be sure by, and of a page cut short nobody knows the rest.
TEXT_ONLY_CONFIDENCE = 0.8
STRIPPED_CONFIDENCE = 0.3
_MOST_LINKS = 200
#: Its callbacks would only copy a chosen option's text.
_PARSING = LexborDocumentOptions.WO_EVENTS.value
_MARKUP_WITHIN = 300_000


@dataclass(frozen=True, slots=True)
class _Page:
    """An HTML page as read: everything later steps ask for, the tree itself no longer among it."""

    walked: Walked
    head: list[Signal]
    found: list[tuple[int, Signal]]
    headline: str
    described: str
    seen: Seen | None


class Cleaner:
    """Holds what is the same for every page; `clean` may be called any number of times, one at a time."""

    def __init__(self, data: CleaningData) -> None:
        self._tags = read_tags()
        hints = Hints(data.hints)
        self._wording = Wording(LineLabels(data.lines), Notices(data.notices))
        self._model = data.model
        parts = self._tags, tag_codes(self._tags.number), hints, data.model.trees
        self._reader: Reader = Pass(data.library, *parts) if data.library else PurePass(*parts)

    def clean(self, page: RawPage, *, explain: bool = False) -> Cleaned:
        """The page's article; `blocks` only where `explain` asks for them.

        Raises:
            BadMessage: `binary`, `too_large`.
        """
        body = unpack(page.body)
        html = decoded(body, page.content_type, self._reader.is_utf_8)
        if not _is_markup(html.utf_8, page.content_type):
            return self._plain(html.text, page, "text_only", explain=explain)
        if guard.refusal(html.utf_8, self._reader):
            stripped, cut_short = strip_markup(html.text)
            return self._plain(stripped, page, "stripped", explain=explain, cut_short=cut_short)
        return self._html(html, page, explain=explain)

    def examine(self, page: RawPage) -> tuple[Floats, list[str]] | None:
        """The features of an HTML page's blocks and their texts: what training learns from."""
        read = self._read(decoded(unpack(page.body), page.content_type).utf_8)
        if read.seen is None:
            return None
        return self._reader.features(read.seen.labels), [read.walked.texts[i] for i in read.seen.look]

    def _read(self, html: bytes) -> _Page:
        tree = LexborHTMLParser(html, options=_PARSING)
        head = self._reader.head(tree).signals()
        finds = Finds()
        walked = self._reader.walk(tree, finds)
        finds.finish(walked)
        headline = headline_of(head, finds.found)
        described = next((s.value for s in head if s.source in ("meta:og:description", "meta:description")), "")
        facts = Facts(folded(headline), folded(described))
        seen = see(self._reader, walked, self._wording, facts)
        found = placed(finds.found, seen.bits) if seen is not None else finds.found
        return _Page(walked, head, found, headline, facts.description, seen)

    def _html(self, html: Decoded, page: RawPage, *, explain: bool) -> Cleaned:
        read = self._read(html.utf_8)
        seen, model = read.seen, self._model
        p = model.trees.probabilities(self._reader.score(seen.labels)) if seen is not None else None
        rows = rows_of(read.walked, seen, p, model.threshold, self._tags.name)
        unsure, kept = doubt(p, seen.sizes, model.threshold) if seen is not None and p is not None else (0.0, 0)
        sure = confidence(unsure, model.confidence) if seen is not None else 0.0
        source: Source = "classifier"
        if unsure > model.second_opinion_above:
            other = opinion.blended(rows, opinion.second_opinion(html.text, kept), model.threshold)
            if other is not None:
                rows, source = other, "second_opinion"
        linked = self._reader.links(bytes([row.kept for row in rows]))
        links = tuple([Link(href, " ".join(text.split())) for href, text in linked[:_MOST_LINKS]])
        if read.walked.cut_short:
            rows.append(unread(len(rows)))
            sure = min(sure, STRIPPED_CONFIDENCE)
        return self._finish(rows, page, read, links, source=source, sure=sure, explain=explain)

    def _plain(self, text: str, page: RawPage, source: Source, *, explain: bool, cut_short: bool = False) -> Cleaned:
        lines, cut_lines = plaintext.read_lines(text)
        rows = plaintext.judge(lines, self._wording)
        sure = TEXT_ONLY_CONFIDENCE if source == "text_only" else STRIPPED_CONFIDENCE
        if cut_short or cut_lines:
            rows.append(unread(len(rows)))
            sure = STRIPPED_CONFIDENCE
        headline = plaintext.headline_of(lines) or plaintext.headline_above(rows)
        read = _Page(Walked(), [], [], headline, "", None)
        return self._finish(rows, page, read, (), source=source, sure=sure, explain=explain)

    def _finish(
        self,
        rows: list[Row],
        page: RawPage,
        read: _Page,
        links: tuple[Link, ...],
        *,
        source: Source,
        sure: float,
        explain: bool,
    ) -> Cleaned:
        label_rows(rows, read.headline, self._wording)
        drop_bait(rows)
        lead = None
        if read.seen is not None:
            lead = standfirst(rows, read.seen.bits, read.described)
        dressed = dress(rows, explain=explain)
        text = dressed.text if len(dressed.text) >= SHORTEST else ""
        return Cleaned(
            headline=read.headline or next((r.text[:200] for r in rows if r.kept), ""),
            canonical_url=canonical(page.url, read.head),
            text=text,
            notices=dressed.notices,
            removed=dressed.removed,
            confidence=round(sure, 4) if text else 0.0,
            captions=dressed.captions,
            standfirst=lead,
            tables=data_tables(read.walked, self._tags.number) if text else (),
            links=links,
            signals=in_order(read.head, read.found + line_signals(rows, read.seen.crediting if read.seen else b"")),
            blocks=dressed.blocks,
            source=source,
        )


def _is_markup(html: bytes, content_type: str) -> bool:
    """Whether to parse it: a text/plain page may still be HTML that its server mislabelled."""
    found = _MARKUP.search(html, 0, _MARKUP_WITHIN)
    if content_type[:10].lower() == "text/plain":
        return bool(found) and html.lstrip()[:1] == b"<"
    return bool(found)
