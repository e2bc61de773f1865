"""Who leaves, as one value. No behaviour."""

from __future__ import annotations

from dataclasses import dataclass

from streams.core.withdrawals.names import Entity, Mention


@dataclass(frozen=True, slots=True)
class Actor:
    """A resolved actor; `mention` is the naming that the record shows, `weak` where context was needed."""

    entity: Entity
    mention: Mention
    token: int
    weak: bool = False
    troops: bool = False
    through_person: bool = False
