"""When a predicted event is a labelled one: the law of the gold set's own scorer."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

COMMITMENTS = frozenset({"treaty", "organization", "agreement"})


def norm(text: str) -> str:
    """Plain lower-case words without article."""
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().casefold()
    plain = re.sub(r"[^a-z0-9 ]+", " ", plain)
    return re.sub(r"^(the|a|an) ", "", re.sub(r"\s+", " ", plain).strip())


def names(value: str | list[str] | None) -> set[str]:
    """All normal forms of a name or a list of names."""
    return {norm(v) for v in ([value] if isinstance(value, str) else value or []) if norm(v)}


def same_actor(gold: dict[str, Any], predicted: dict[str, Any]) -> bool:
    """By code, else by any name."""
    if gold.get("actor_id") and predicted.get("actor_id") == gold["actor_id"]:
        return True
    return bool(names(gold["actor"]) & names(predicted.get("actor")))


def same_object(gold: dict[str, Any], predicted: dict[str, Any]) -> bool:
    """By any name."""
    return bool(names(gold["object"]) & names(predicted.get("object")))


def date_ok(gold: dict[str, Any], predicted: dict[str, Any]) -> bool:
    """Right to the precision of the gold date; null wants null."""
    wanted, got = gold.get("date"), predicted.get("date")
    return (not got) if not wanted else bool(got) and got[: len(wanted)] == wanted
