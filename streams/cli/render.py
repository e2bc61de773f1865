"""A withdrawal event for a person's eyes: actor → object, stage, date, the sentence with its trigger marked."""

from __future__ import annotations

import textwrap
from typing import Any

import click

WIDTH = 100
#: Stand for the trigger's ends while lines are wrapped; `safe` lets neither through from a page.
_OPEN, _CLOSE = "\x01", "\x02"
_BOLD, _PLAIN = "\x1b[1m", "\x1b[22m"


def event_block(record: dict[str, Any], *, color: bool) -> str:
    """Several lines for one record of topic `withdrawals`; control characters of pages never reach the terminal.

    Args:
        record: as it is on the wire.
        color: for a terminal, the trigger in bold; else it stands in guillemets.

    Raises:
        KeyError, TypeError: it is no such record.
    """
    head = f"{safe(record['actor']['name'])} → {safe(record['object']['name'])}"
    lines = [f"{_style(head, color, bold=True)}  {_style(' · '.join(_facts(record)), color, fg='cyan')}"]
    sentence = _marked(record["evidence"])
    lines += [
        _with_marks(line, color)
        for line in textwrap.wrap(sentence, WIDTH, initial_indent="    ", subsequent_indent="    ")
    ]
    lines.append(_style(safe(f"    {_source(record)}  rule {record['evidence']['rule']}"), color, dim=True))
    return "\n".join(lines)


def _facts(record: dict[str, Any]) -> list[str]:
    facts = [record["stage"].upper() if record["main"] else record["stage"], record["form"].replace("_", "-")]
    if record.get("date"):
        facts.append(f"{record['date']['value']} (“{record['date']['text']}”)")
    if record.get("effective"):
        facts.append(f"effective {record['effective']['value']}")
    facts += ["main" if record["main"] else "background", f"sure {record['confidence']:.2f}"]
    return [safe(fact) for fact in facts]


def _marked(evidence: dict[str, Any]) -> str:
    """The sentence, its trigger between marks; both spans count from the start of the same field."""
    sentence = evidence["sentence"]
    start, end = (position - evidence["span"][0] for position in evidence["trigger_span"])
    if not 0 <= start < end <= len(sentence):
        return safe(sentence)
    return f"{safe(sentence[:start])}{_OPEN}{safe(sentence[start:end])}{_CLOSE}{safe(sentence[end:])}"


def _with_marks(line: str, color: bool) -> str:
    opening, closing = (_BOLD, _PLAIN) if color else ("«", "»")
    return line.replace(_OPEN, opening).replace(_CLOSE, closing)


def _source(record: dict[str, Any]) -> str:
    article = record.get("article") or {}
    parts = [article.get("publisher"), article.get("agency")]
    named = " / ".join(part for part in parts if part)
    return f"{named + ', ' if named else ''}{article.get('url', '')}"


def _style(text: str, color: bool, **style: Any) -> str:
    return click.style(text, **style) if color else text


def safe(text: str) -> str:
    """Text of hostile pages for a terminal, on one line: spaces of any kind are spaces, control characters a sign."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)
