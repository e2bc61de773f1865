"""The detector's front door: gate, read, parse, find, merge, report. It must do no I/O and keep no state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ahocorasick_rs import AhoCorasick, MatchKind

from streams.core.records import Article, RejectedCandidate, Withdrawal
from streams.core.withdrawals.candidates import Finder
from streams.core.withdrawals.context import Context
from streams.core.withdrawals.data import WithdrawalsData
from streams.core.withdrawals.followup import more
from streams.core.withdrawals.gazetteer import Gazetteer
from streams.core.withdrawals.merging import merge
from streams.core.withdrawals.parsed import Parse, parse_all
from streams.core.withdrawals.reading import Read, read
from streams.core.withdrawals.reporting import report_events, report_rejected

MAX_PARSED = 60  # sentences an article: longer lists of triggers are no news article


@dataclass(frozen=True, slots=True)
class Detection:
    """The events of an article and the candidates turned down."""

    events: tuple[Withdrawal, ...] = ()
    rejected: tuple[RejectedCandidate, ...] = ()


class Detector:
    """Finds withdrawal events.

    Args:
        data: lexicons and gazetteers.
        parse: sentences as lists of words into spaCy Docs of the same words.
    """

    def __init__(self, data: WithdrawalsData, parse: Parse) -> None:
        self._data, self._parse = data, parse
        self._gazetteer = Gazetteer(data)
        self._gate = AhoCorasick(sorted(data.words["gate"]), matchkind=MatchKind.Standard)
        self._gate_words = sorted(data.words["gate"])

    def detect(self, article: Article) -> Detection:
        """All events of an article; deterministic, and free of side effects."""
        if not self._fires(article.text) and not self._fires(article.headline):
            return Detection()
        reading = read(article.text, article.headline, self._data, self._gazetteer)
        chosen = [one for one in reading.reads if self._worth(reading.text_of((one.sentence.start, one.sentence.end), one.sentence.field))][:MAX_PARSED]
        if not chosen:
            return Detection()
        context = Context(reading, self._gazetteer)
        anchor = _anchor(article)
        finder = Finder(reading, context, anchor)
        candidates = [c for parsed in parse_all(chosen, self._parse) for c in finder.find(parsed)]
        candidates += more(reading, candidates, anchor)
        groups, refused = merge(candidates, anchor)
        events = report_events(article, reading, context, groups, anchor)
        rejected = report_rejected(article, reading, [*(c for c in candidates if c.reason), *refused])
        return Detection(tuple(events), tuple(rejected))

    def _fires(self, text: str) -> bool:
        return bool(self._gate.find_matches_as_indexes(text.lower())) if text else False

    def _worth(self, sentence: str) -> bool:
        return self._fires(sentence)


def _anchor(article: Article) -> date | None:
    if article.date_published is None:
        return None
    try:
        return date.fromisoformat(article.date_published.value[:10])
    except ValueError:
        return None


__all__ = ["Detection", "Detector", "Read"]
