"""What stands around a descriptive noun: partners, complements, names inside. Small questions, no judgement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from streams.core.withdrawals.grammar import child, children
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.vocabulary import words


def split_partners(parsed: Parsed, head: Any, first: Target, reading: Reading) -> list[Target]:
    """As in "the tax treaties with Kuwait and Ostia" are two."""
    if first.type != "described" or head.tag_ != "NNS":
        return []
    near = [
        head,
        *(child(p, "pobj") for p in children(head, "prep") if p.lower_ == "of"),
    ]  # "treaties of alliance with"
    with_whom = [child(p, "pobj") for n in near if n is not None for p in children(n, "prep") if p.lower_ == "with"]
    pobj = next((p for p in with_whom if p is not None), None)
    places = (
        [p for p in [pobj.i, *(c.i for c in pobj.conjuncts)] if parsed.mentions[p] is not None]
        if pobj is not None
        else []
    )
    if len(places) < 2:
        return []
    noun = head.lemma_
    stems = list(
        dict.fromkeys(
            " ".join(
                w for w in parsed.words[c : head.i] if w.lower() not in ("the", "its", "their", "both", "all", "two")
            )
            for c in range(head.left_edge.i, head.i + 1)
        )
    )
    found = []
    for place in places:
        mention = parsed.mentions[place]
        assert mention is not None  # noqa: S101 - filtered above
        names = tuple(
            dict.fromkeys(
                f"{s} {n} with {w}".strip()
                for s in stems
                for n in (noun, parsed.words[head.i])
                for w in (entity_of(reading, mention).name, mention.text)
            )
        )
        found.append(replace(first, key="d:" + names[0].casefold(), name=names[0], names=names))
    return found


_NO_PARTNER = words("effect immediate")


def has_complement(head: Any) -> bool:
    for preposition in children(head, "prep"):
        pobj = child(preposition, "pobj")
        if (
            preposition.lower_ in ("with", "on", "for", "between", "against", "to")
            and pobj is not None
            and pobj.pos_ not in ("NUM", "PRON")
            and pobj.lower_ not in _NO_PARTNER
        ):
            return True
        if (
            preposition.lower_ == "of"
            and pobj is not None
            and pobj.pos_ != "NUM"
            and pobj.lemma_.lower() not in ("year", "decade", "month", "day")
        ):
            return True
    signed = next(
        (
            c
            for c in head.rights
            if c.dep_ in ("relcl", "acl")
            and c.lemma_.lower()
            in ("sign", "reach", "strike", "conclude", "agree", "make", "negotiate", "have", "ink", "seal")
        ),
        None,
    )
    return signed is not None and any(p.lower_ == "with" for p in children(signed, "prep"))


def named_within(parsed: Parsed, head: Any) -> bool:
    return any(c.i != head.i and parsed.words[c.i][:1].isupper() for c in head.lefts) or any(
        parsed.mentions[part.i] is not None for part in head.subtree if part.i - head.i < 10
    )


def named_modifier(parsed: Parsed, head: Any) -> bool:
    return any(parsed.mentions[c.i] is not None for c in head.lefts)


def extent(head: Any) -> tuple[int, int]:
    first, last = head.i, head.i
    for part in head.lefts:
        if part.dep_ not in ("det", "predet", "punct"):
            first = min(first, part.left_edge.i)
    for part in head.rights:
        if (
            part.dep_ == "prep"
            and part.lower_ in ("with", "on", "for", "between", "of", "against", "to")
            and part.right_edge.i - head.i < 12
            and not any(c.lower_ in _NO_PARTNER for c in part.children)
        ):
            edge = next(
                (i for i in range(part.i, part.right_edge.i) if head.doc[i].lower_ == ","), part.right_edge.i + 1
            )
            last = max(last, edge - 1)
            break
    return first, last
