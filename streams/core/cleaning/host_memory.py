"""Lines that recur on a host's pages: furniture that no page alone gives away ("Closings: schools, churches …").

A line is counted by the distinct texts it stood in, not by pages, so that one story crawled again and again
teaches nothing; and a line that other hosts carry too is wire copy and is never called furniture. The state
is bounded, explicit and serialisable. It must not know Kafka, files or the clock: time is an argument.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from streams.core.cleaning.notices import folded
from streams.core.identity import digest

#: Only short lines recur as furniture; a paragraph that recurs is a story.
LONGEST_LINE = 240
_SHORTEST_LINE = 4
#: Bounds: lines a host, hosts, and texts remembered a line.
MOST_LINES, MOST_HOSTS, MOST_TEXTS = 512, 2_000, 8
#: A line is furniture from this many distinct texts of the host on, in at least this share of those seen meanwhile.
ENOUGH_TEXTS, ENOUGH_SHARE = 4, 0.25
#: Carried by this many hosts it is wire copy.
WIRE_HOSTS = 2
_MOST_SHARED = 50_000
#: Half of what a host has learned is forgotten after this many days without a page of it.
HALF_LIFE_DAYS = 30.0


@dataclass(slots=True)
class _Line:
    """`weight` is the decayed count of distinct texts; `texts` the last few, by digest."""

    weight: float = 0.0
    texts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Host:
    texts: float = 0.0
    seen: list[str] = field(default_factory=list)
    day: float = 0.0
    lines: OrderedDict[str, _Line] = field(default_factory=OrderedDict)


class HostMemory:
    """Learns from every article of a host, and says which of its lines are furniture there."""

    def __init__(self) -> None:
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._carriers: OrderedDict[str, list[str]] = OrderedDict()

    def recurring(self, host: str, lines: Iterable[str]) -> frozenset[str]:
        """Those of these lines that are furniture on this host; asked before `learn` of the same page."""
        known = self._hosts.get(host)
        if known is None or known.texts < ENOUGH_TEXTS:
            return frozenset()
        return frozenset(line for line in lines if self._is_furniture(known, _key(line)))

    def learn(self, host: str, text_digest: str, lines: Iterable[str], day: float) -> None:
        """Count the lines of one article.

        Args:
            host: the registered name or host, as the topic is keyed.
            text_digest: tells distinct texts apart, e.g. the article's text_sha256.
            lines: its short lines, of the text and of what was removed.
            day: the page's time, in days since the epoch; memory fades with it, not with the wall clock.
        """
        entry = self._entry(host, day)
        if text_digest in entry.seen:
            return
        entry.texts += 1
        entry.seen = [*entry.seen[-63:], text_digest]
        for line in dict.fromkeys(map(_key, lines)):
            if line:
                self._count(entry, line, text_digest)
                self._carry(line, host)

    def _entry(self, host: str, day: float) -> _Host:
        entry = self._hosts.setdefault(host, _Host(day=day))
        self._hosts.move_to_end(host)
        if len(self._hosts) > MOST_HOSTS:
            self._hosts.popitem(last=False)
        if day > entry.day:
            faded = 0.5 ** ((day - entry.day) / HALF_LIFE_DAYS)
            entry.texts *= faded
            for line in entry.lines.values():
                line.weight *= faded
            entry.day = day
        return entry

    def _count(self, entry: _Host, line: str, text_digest: str) -> None:
        known = entry.lines.setdefault(line, _Line())
        entry.lines.move_to_end(line)
        known.weight += 1
        known.texts = [*known.texts[-(MOST_TEXTS - 1) :], text_digest]
        if len(entry.lines) > MOST_LINES:
            weakest = min(list(entry.lines)[: MOST_LINES // 2], key=lambda name: entry.lines[name].weight)
            del entry.lines[weakest]

    def _carry(self, line: str, host: str) -> None:
        carriers = self._carriers.setdefault(line, [])
        self._carriers.move_to_end(line)
        if host not in carriers and len(carriers) < WIRE_HOSTS:
            carriers.append(host)
        if len(self._carriers) > _MOST_SHARED:
            self._carriers.popitem(last=False)

    def _is_furniture(self, entry: _Host, line: str) -> bool:
        known = entry.lines.get(line)
        if known is None or len(self._carriers.get(line, ())) >= WIRE_HOSTS:
            return False
        return known.weight >= ENOUGH_TEXTS and known.weight >= ENOUGH_SHARE * entry.texts

    def state(self) -> dict[str, Any]:
        """Everything, as JSON can carry it, for the table that outlives a restart."""
        return {"hosts": {host: self.host_state(host) for host in self._hosts}}

    def host_state(self, host: str) -> dict[str, Any]:
        """One host's part, for a table keyed by host."""
        entry = self._hosts[host]
        lines = {line: [round(known.weight, 4), known.texts] for line, known in entry.lines.items()}
        return {"texts": round(entry.texts, 4), "seen": entry.seen, "day": entry.day, "lines": lines}

    def restore(self, host: str, state: Mapping[str, Any]) -> None:
        """Take over one host's part; what it carries counts for the sharing with other hosts, too."""
        lines = OrderedDict(
            (line, _Line(float(w), list(texts))) for line, (w, texts) in list(state["lines"].items())[:MOST_LINES]
        )
        self._hosts[host] = _Host(float(state["texts"]), list(state["seen"]), float(state["day"]), lines)
        for line in lines:
            self._carry(line, host)
        if len(self._hosts) > MOST_HOSTS:
            self._hosts.popitem(last=False)


def _key(line: str) -> str:
    """A line as it is compared: folded, digits as one sign; empty where it is too long or too short to count."""
    line = " ".join(line.split())
    if not _SHORTEST_LINE <= len(line) <= LONGEST_LINE:
        return ""
    key = "".join("0" if c.isdigit() else c for c in folded(line))
    return key if len(key) <= 80 else key[:48] + digest(key)[:16]
