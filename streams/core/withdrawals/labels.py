"""Words that open a sentence before a name and are no part of it: "Sprinter Lola Adeyinka", "Airline Kestrel"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from streams.core.withdrawals.vocabulary import words

_LABELS = words(
    "Islamist Carmaker Automaker Royalist Veteran Fellow Sister Rival Airline Retailer Oil Tech Telecoms Drugmaker "
    "Chipmaker Budget Flag Supermarket Brewer Insurer Lender Miner Broadcaster Defending Former Reigning Champion "
    "Novelist Poet Striker Actor Singer Miners Carmakers Automakers Airlines Retailers Brewers Insurers Lenders "
    "Broadcasters Chipmakers Drugmakers Rivals Neighbouring Neighboring Nearby Landlocked Beleaguered"
)


#: Nouns of bodies and firms that names begin with: "Bank Hapoalim", "Telecom Sud", "Union Neuve".
_NAMING = words(
    "telecom bank union party club team group front alliance bloc exchange network authority board fund agency body "
    "university school college church diocese council foundation association federation city town state island movement"
)
ORDINALS = words("New First Second Third Great Old One")
_TRADES = ("ist", "maker", "woman", "seller", "keeper", "grower", "dealer", "jumper", "thrower", "vaulter", "lifter")


def is_label(texts: Sequence[str], known: Mapping[str, frozenset[str]]) -> bool:
    """Whether the first of the capital words is a trade or a sort of company that the rest of them names."""
    if texts[0].lower() in known["actors"] - _NAMING or texts[0] in _LABELS or texts[0].endswith(_TRADES):
        return True
    person = len(texts) > 2 and texts[1] in known["given"] and texts[0] not in known["given"]
    return person and texts[0].endswith(("er", "or", "an", "ess", "ete", "eur"))
