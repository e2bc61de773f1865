"""Pages whose HTML is already stripped: the article among the lines of a whole page.

It must not see markup. The body is the run of lines with the most running text; what stands outside
it, or is furniture by its wording, is labelled and left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from streams.core.cleaning.judged import Row
from streams.core.cleaning.notices import folded
from streams.core.cleaning.wording import Said, Wording, as_read

MAX_LINES = 10_000
_LONGEST_LINE = 20_000
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]»]{0,3}$|[:;][\"'”’]{0,2}$")
_SITE = re.compile(r"\s[-|–—·:»]\s")
_RELATED_HEAD = re.compile(
    r"(?:more|latest|top|other|recent|popular|related|trending|must|most|recommended)\b[^.]{0,34}$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_QUITE_LONG = 60
#: How far above the text a headline may stand, in lines that are nothing by their wording; and its fewest words.
_HEADLINE_REACH, _HEADLINE_WORDS = 4, 4
_MOST_TEASERS = 12


def read_lines(text: str) -> tuple[list[str], bool]:
    """The page's lines, hard-wrapped paragraphs joined again, at most MAX_LINES; and whether that left any out."""
    raw = text.split("\n", MAX_LINES)
    lines = [" ".join(line[:_LONGEST_LINE].split()) for line in raw[:MAX_LINES]]
    cut_short = len(raw) > MAX_LINES or max(map(len, raw)) > _LONGEST_LINE
    return _joined(lines) if _hard_wrapped(lines) else [line for line in lines if line], cut_short


def _hard_wrapped(lines: Sequence[str]) -> bool:
    """Whether most lines break in mid-sentence at about one width, in paragraphs set apart by empty lines."""
    full = [line for line in lines if len(line) > 40]
    if len(full) < 8 or "" not in lines:
        return False
    width = median(len(line) for line in full)
    cut = sum(not _SENTENCE_END.search(line) for line in full)
    return 45 <= width <= 100 and cut > 0.6 * len(full) and max(map(len, full)) < 1.4 * width


def _joined(lines: Sequence[str]) -> list[str]:
    out: list[str] = []
    open_paragraph = False
    for line in lines:
        if line and open_paragraph:
            out[-1] += " " + line
        elif line:
            out.append(line)
        open_paragraph = bool(line) and len(line) > 40
    return out


def headline_of(lines: Sequence[str]) -> str:
    """The first line that stands twice (once with the site's name, as a title has it); "" where none does."""
    shorts = [line for line in lines[:200] if 12 <= len(line) <= 200]
    for i, line in enumerate(shorts[:4]):
        head = _SITE.split(line)[0]
        if len(head) >= 12 and any(folded(other) == folded(head) for other in shorts[i + 1 :]):
            return head
    return ""


def headline_above(rows: Sequence[Row]) -> str:
    """The longest of the few unlabelled lines right above the text that could be a headline; "" where none could."""
    start = next((i for i, row in enumerate(rows) if row.kept and _SENTENCE_END.search(row.text)), 0)
    near = [row.text for row in rows[:start] if row.label in ("other", "text")][-_HEADLINE_REACH:]
    fit = [line for line in near if len(line) <= 200 and "|" not in line and not line.endswith((".", ":", ";"))]
    words, line = max(((len(_WORD.findall(line)), line) for line in fit), default=(0, ""))
    return line if words >= _HEADLINE_WORDS else ""


def judge(lines: Sequence[str], wording: Wording) -> list[Row]:
    """One row a line, kept where it is taken for the article's text."""
    said = wording.read_all([as_read(line) for line in lines])
    labels: list[str | None] = [s.label for s in said]
    _spread_related(lines, labels)
    weights = [_weight(line, label) for line, label in zip(lines, labels, strict=True)]
    start, end = _best_run(weights)
    end = _cut_at_list(lines, labels, start, end)
    return [
        _row(i, line, said[i], labels[i], inside=start <= i < end, weight=weights[i]) for i, line in enumerate(lines)
    ]


def _spread_related(lines: Sequence[str], labels: list[str | None]) -> None:
    """The lines below a heading of other stories are such stories, as long as they are no sentences."""
    inside = 0
    for i, line in enumerate(lines):
        if labels[i] == "related" or (len(line) < 40 and _RELATED_HEAD.match(line) and not _SENTENCE_END.search(line)):
            inside, labels[i] = _MOST_TEASERS, labels[i] or "related"
        elif inside and labels[i] is None and 25 <= len(line) <= 140 and not _SENTENCE_END.search(line):
            labels[i] = "related"
            inside -= 1
        elif labels[i] is None:
            inside = 0


def _weight(line: str, label: str | None) -> float:
    if label:
        return -6.0 if label not in ("caption", "notice", "advertisement", "byline", "date") else -2.0
    words = line.count(" ") + 1
    if _SENTENCE_END.search(line):
        return min(words, 60) - 4.0
    return min(words, 40) * 0.5 - 2.0 if len(line) > 2 * _QUITE_LONG else -3.0


def _best_run(weights: Sequence[float]) -> tuple[int, int]:
    """The run of highest sum (Kadane)."""
    best = (0.0, 0, 0)
    total, start = 0.0, 0
    for i, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, i
        total += weight
        if total > best[0]:
            best = (total, start, i + 1)
    return best[1], best[2]


def _cut_at_list(lines: Sequence[str], labels: Sequence[str | None], start: int, end: int) -> int:
    """A heading of other stories or of comments in the second half ends the article."""
    total = sum(len(line) for line in lines[start:end])
    seen = 0
    for i in range(start, end):
        over = labels[i] == "comments" or (
            len(lines[i]) < 40 and bool(_RELATED_HEAD.match(lines[i])) and not _SENTENCE_END.search(lines[i])
        )
        if over and seen > 0.6 * total:
            return i
        seen += len(lines[i])
    return end


def _row(number: int, line: str, said: Said, label: str | None, *, inside: bool, weight: float) -> Row:
    sentence = len(line) >= 25 and bool(_SENTENCE_END.search(line))
    kept = inside and label is None and (sentence or len(line) <= 2 * _QUITE_LONG or weight > 0)
    return Row(
        text=line,
        keep=0.9 if kept and sentence else 0.6 if kept else 0.2,
        kept=kept,
        label=label or ("text" if kept else "other"),  # type: ignore[arg-type]  # labels come from closed sets
        why="its wording" if label else "the run of text",
        number=number,
        said=said,
    )
