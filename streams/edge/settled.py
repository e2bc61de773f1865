"""Which messages of a partition are done: all before a mark, and runs above it. It must not talk to Kafka.

The mark is a group's committed offset, the runs its metadata, so a filter may settle letters out of
order and none of them comes twice. Kafka takes 4,096 bytes of metadata (`offset.metadata.max.bytes`),
some 800 runs; what does not fit counts as not settled, and may be put back again, never lost.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

#: Characters of metadata, below the broker's limit.
ROOM = 4_000
_RUN = re.compile(r"(\d{1,18})\+(\d{1,18})")


class Settled:
    """Offsets that are done; grows only."""

    def __init__(self, mark: int = 0, runs: Iterable[tuple[int, int]] = ()) -> None:
        self._starts, self._ends = [0], [max(0, mark)]
        for start, end in runs:
            self.add(start, end)

    @classmethod
    def read(cls, mark: int, metadata: str | None) -> Settled:
        """From a committed offset. Metadata of another make counts as none."""
        runs, at = [], mark
        for told in (metadata or "").split(",") if metadata else ():
            match = _RUN.fullmatch(told)
            if match is None:
                return cls(mark)
            start = at + int(match[1])
            at = start + int(match[2])
            runs.append((start, at))
        return cls(mark, runs)

    @property
    def mark(self) -> int:
        """The first offset that is not done."""
        return self._ends[0]

    @property
    def metadata(self) -> str:
        """The runs above the mark as gap+length, as many as fit."""
        told, size, at = [], 0, self.mark
        for start, end in zip(self._starts[1:], self._ends[1:], strict=True):
            run = f"{start - at}+{end - start}"
            size += len(run) + 1
            if size > ROOM:
                break
            told.append(run)
            at = end
        return ",".join(told)

    def __contains__(self, offset: int) -> bool:
        return offset < self._ends[bisect_right(self._starts, offset) - 1]

    def add(self, start: int, end: int | None = None) -> None:
        """Count `start`, or all from `start` to before `end`, as done."""
        end = start + 1 if end is None else end
        first = bisect_right(self._starts, start) - 1
        if self._ends[first] < start:
            first += 1
        last = bisect_right(self._starts, end)
        if first < last:
            start, end = min(start, self._starts[first]), max(end, self._ends[last - 1])
        self._starts[first:last], self._ends[first:last] = [start], [end]
