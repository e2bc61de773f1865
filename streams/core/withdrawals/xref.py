"""The event in related vocabularies: CAMEO and PLOVER codes, ISO 3166. A table, no judgement.

CAMEO (Schrodt 2012) has no code for leaving a treaty: 163 ("reduce or break relations: reduce or stop…") and its
neighbours come closest. PLOVER (Halterman et al. 2023) has the event types REJECT, THREATEN, COOPERATE and others.
"""

from __future__ import annotations

from streams.core.withdrawals.names import STATE, Entity

_CAMEO = {
    "considered": "130",  # threaten, not specified below
    "announced": "120",  # reject, not specified below
    "notified": "128",  # defy norms, law
    "effective": "160",  # reduce relations, not specified below
    "reversed": "050",  # engage in diplomatic cooperation, not specified below
    "denied": "051",  # praise or endorse
}
_CAMEO_KIND = {"talks": "1246", "deployment": "0874", "agreement": "160", "treaty": "160"}
_PLOVER = {
    "considered": "THREATEN",
    "announced": "REJECT",
    "notified": "REJECT",
    "effective": "REJECT",
    "reversed": "COOPERATE",
    "denied": "SUPPORT",
}


def xref(actor: Entity, kind: str, stage: str, form: str) -> tuple[tuple[str, str], ...]:
    """(vocabulary, code) pairs; "iso3166-1" only where the actor is a state of today."""
    codes = [
        ("cameo", _CAMEO_KIND.get(kind, _CAMEO[stage]) if stage == "effective" else _CAMEO[stage]),
        ("plover", _PLOVER[stage]),
        ("form", form),
    ]
    if actor.type == STATE and actor.id:
        codes.append(("iso3166-1", actor.id))
    return tuple(codes)
