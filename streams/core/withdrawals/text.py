"""An article's text as sentences of tokens with code-point spans. It must not know what words mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from streams.core.records import TextField
from streams.core.withdrawals.vocabulary import words

MAX_TEXT = 60_000  # longer texts are cut for detection: no newspaper article is
# Most tokens are a lower-case word before a blank, told at once, and between two tokens stands a blank, left at once.
_TOKEN = re.compile(
    r"[a-z]++(?= )|(?=\S)(?:(?:[A-Z]\.){2,}|(?:Inc|Corp|Ltd|Cos?|Bros|Gov|Sen|Rep|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Adm|Capt|Prof"
    r"|Rev|St|Jr|Sr|Nov|Dec|Jan|Feb|Aug|Sept|Oct)\.(?=\s[\w$]|,)|[A-Z][a-z]{0,5}\.(?=\s[A-Z0-9])|n['’]t\b"
    r"|['’](?:s|ll|re|ve|d|m)\b"
    r"|\d+(?:[-‑][A-Za-z]+)+|\d[A-Z]{1,4}\b|[$€£¥]?\d[\d,.:]*\d%?|[$€£¥]?\d%?|[\w&]+(?:[-‑'’./][\w&]+)*\+?|\S)"
)
_SPLIT = re.compile(r"(?<=[.!?…])[\"”’')\]]{0,2}\s+(?=[\"“‘'(\[]{0,2}[A-Z0-9À-Þ])")
DATELINE = re.compile(
    r"\s*[A-Z][\w.,'’/ -]{2,60}?(?:\([A-Za-z][\w .,/-]{1,30}\)\.?\s*)?(?:(?:—|–|-)\s+|--\s*)(?=[\"“‘'A-Z0-9])"
    r"|\s*[A-Z][A-Z.'’ -]{2,30}, [A-Z][\w., ]{2,30}?(?:/[A-Z]{2,8}/\."
    r"|\([A-Z][\w .,]{1,20}\)(?:\.-)?)\s+(?=[\"“‘'A-Z0-9])"
    r"|\s*\([A-Z][A-Za-z]{1,12}\) - [A-Z][\w .]{1,20}, [A-Z][a-z]{2,9} \d{1,2} - (?=[A-Z\"“])"
    r"|\s*\([A-Z][a-z]{2,15}\) (?=[A-Z])"
    r"|\s*[A-Z][\w .]{1,24}, [A-Z][a-z]{2,8}\.? \d{1,2} \([A-Z]{2,9}\) (?=[A-Z\"“])"
    r"|\s*[A-Z][A-Z.,'’/ -]{2,40}(?:, [\w .,]{2,30})?(?: \([A-Za-z][\w .,/-]{1,30}\))?(?: (?:—|–|--"
    r"|-)|:)\s+(?=[\"“‘'A-Z0-9])"
)
_CLITIC = re.compile(r"(.{1,40})(n['’]t|['’](?:s|S|ll|re|ve|d|m))$")
_ABBREVIATION = words(
    "mr mrs ms dr st sen gov rep gen col lt maj capt adm prof rev sgt jr sr no vs etc inc corp ltd co jan feb mar apr "
    "jun jul aug sep sept oct nov dec u.s u.k u.n e.u e.g i.e messrs hon brig art"
)


class Token(NamedTuple):
    """A word with its span in the field."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, `paragraph` counted from 0 (-1 for the headline)."""

    field: TextField
    start: int
    end: int
    paragraph: int
    number: int


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words of `text[start:end]`, clitics apart."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        word, at = match.group(), match.start()
        split = _CLITIC.match(word) if ("'" in word or "’" in word) and len(word) > 2 else None
        if split and split.group(1):
            cut = at + len(split.group(1))
            found.append(Token(text[at:cut], at, cut))
            found.append(Token(text[cut : match.end()], cut, match.end()))
        elif len(word) > 3 and word.endswith(".") and _last_of(text, match.end(), end):
            found.append(Token(word[:-1], at, match.end() - 1))
            found.append(Token(".", match.end() - 1, match.end()))
        else:
            found.append(Token(word, at, match.end()))
    return found


def _last_of(text: str, at: int, end: int) -> bool:
    return not text[at:end].strip("\"”’') ")


def sentences(text: str, headline: str) -> list[Sentence]:
    """All sentences, the headline first; paragraphs that are no sentences (menus, teasers) are left out."""
    found: list[Sentence] = []
    if headline.strip():
        found.append(Sentence("headline", 0, min(len(headline), 400), -1, 0))
    at, paragraph = 0, 0
    for block in text[:MAX_TEXT].split("\n"):
        stripped = block.strip()
        if stripped:
            if _is_prose(stripped):
                found.extend(_split(text, at, at + len(block), paragraph, len(found)))
            paragraph += 1
        at += len(block) + 1
    return found


def _is_prose(block: str) -> bool:
    return block.rstrip("\"”’') *")[-1:] in {".", "!", "?", "…", ":", ";"} or block.count(" ") >= 12


def _split(text: str, start: int, end: int, paragraph: int, number: int) -> list[Sentence]:
    found: list[Sentence] = []
    dateline = DATELINE.match(text, start, min(end, start + 120))
    begin = dateline.end() if dateline else start
    for match in _SPLIT.finditer(text, begin, end):
        word = text[begin : match.start()].rsplit(None, 1)[-1].lstrip("(\"“‘'").rstrip(".").lower()
        ends_abbreviated = text[match.start() - 1] == "." and (
            word in _ABBREVIATION or (len(word) == 1 and not word.isdigit())
        )
        if ends_abbreviated and not (word in {"u.s", "u.k", "u.n"} and text[match.end() :].startswith(_STARTERS)):
            continue
        cut = match.start() + len(match.group().rstrip())
        found.append(_sentence(text, begin, cut, paragraph, number + len(found)))
        begin = match.end()
    if text[begin:end].strip():
        found.append(_sentence(text, begin, end, paragraph, number + len(found)))
    return [s for s in found if 0 < s.end - s.start <= 1500]


_STARTERS = ("The ", "It ", "In ", "He ", "She ", "But ", "They ", "A ", "An ", "That ", "This ")


def _sentence(text: str, start: int, end: int, paragraph: int, number: int) -> Sentence:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return Sentence("text", start + lead, start + len(piece.rstrip()), paragraph, number)
