"""A withdrawal event for a person's eyes: actor → object, stage, date, the sentence with its trigger marked."""

from __future__ import annotations

import textwrap
from typing import Any

import click

WIDTH = 100


def event_block(record: dict[str, Any], *, color: bool) -> str:
    """Several lines for one record of topic `withdrawals`; control characters of pages never reach the terminal."""
    head = safe(f"{record['actor']['name']} → {record['object']['name']}")
    facts = [record["stage"].upper() if record["main"] else record["stage"], record["form"].replace("_", "-")]
    if record.get("date"):
        facts.append(f"{record['date']['value']} (“{safe(record['date']['text'])}”)")
    if record.get("effective"):
        facts.append(f"effective {record['effective']['value']}")
    facts += ["main" if record["main"] else "background", f"sure {record['confidence']:.2f}"]
    lines = [f"{_style(head, color, bold=True)}  {_style(' · '.join(facts), color, fg='cyan')}"]
    lines += textwrap.wrap(safe(_marked(record["evidence"])), WIDTH, initial_indent="    ", subsequent_indent="    ")
    lines.append(_style(safe(f"    {_source(record)}  rule {record['evidence']['rule']}"), color, dim=True))
    return "\n".join(lines)


def _marked(evidence: dict[str, Any]) -> str:
    """The sentence, its trigger between guillemets; both spans count from the start of the same field."""
    sentence = evidence["sentence"]
    start, end = (position - evidence["span"][0] for position in evidence["trigger_span"])
    if not 0 <= start < end <= len(sentence):
        return str(sentence)
    return f"{sentence[:start]}«{sentence[start:end]}»{sentence[end:]}"


def _source(record: dict[str, Any]) -> str:
    article = record.get("article") or {}
    parts = [article.get("publisher"), article.get("agency")]
    named = " / ".join(part for part in parts if part)
    return f"{named + ', ' if named else ''}{article.get('url', '')}"


def _style(text: str, color: bool, **style: Any) -> str:
    return click.style(text, **style) if color else text


def safe(text: str) -> str:
    """Text of hostile pages for a terminal: control characters become a replacement sign."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
