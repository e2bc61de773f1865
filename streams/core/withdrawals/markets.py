"""A company that stops its trade in a place: "stop selling cars in Ostia", "closed its Ostian stores".

It must not judge whether the actor is a company: `law.py` does.
"""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals.data import Predicate
from streams.core.withdrawals.grammar import child, children, is_verb, negated, of_what
from streams.core.withdrawals.names import DEMONYM, NAME, STATE
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

_STOPPING = words(
    "stop cease end halt discontinue quit give wind close shut shutter sell divest offload scrap drop exit"
)
_SEALING = words("complete finish close agree announce conclude seal")
_TRADING = words(
    "sell make build produce manufacture offer operate serve write underwrite issue trade do distribute market ship "
    "export import insure fly deliver accept import rent lease lend publish broadcast brew assemble open"
)
#: Trades whose end in a place is the end of business there.
_TRADE = words(
    "operation business sale production banking activity service distribution manufacturing insurance "
    "brokerage trading lending retailing assembly import export arm unit subsidiary stake"
)
#: Places of trade: all that a company has there.
_HOUSES = words("store shop outlet branch restaurant supermarket hypermarket site showroom dealership cafe office")
_ALL = words("all its their last only remaining both")
_OWNED = words("arm unit subsidiary stake business operation")


def market_left(parsed: Parsed, token: Any) -> Trigger | None:
    """The trigger of a market left by what is stopped there; its object stands at the place's own token."""
    lemma = token.lemma_.lower()
    if not is_verb(token):
        return None
    stopping = lemma in _STOPPING | _SEALING and not (lemma == "give" and child(token, "prt") is None)
    place = _trade_stopped(parsed, token, lemma) if stopping else None
    if place is None and lemma in _TRADING and _no_longer(parsed, token):
        place = _place(parsed, token)
    if place is None:
        return None
    predicate = Predicate(lemma, "leave", ("in",), words=("market",))
    return Trigger(token.i, token.i, predicate, False, place, "place")


def _trade_stopped(parsed: Parsed, token: Any, lemma: str) -> int | None:
    trading = next((c for c in children(token, "xcomp", "dobj") if c.tag_ == "VBG"), None)
    if trading is not None and trading.lemma_.lower() in _TRADING and lemma not in ("close", "shut", "sell"):
        goods = child(trading, "dobj")
        return (
            _place(parsed, trading) or (_place(parsed, goods) if goods is not None else None) or _place(parsed, token)
        )
    what = child(token, "dobj", "nsubjpass")
    if what is None or parsed.mentions[what.i] is not None:
        return None
    if lemma in _SEALING and what.lower_ == "sale":
        sold = of_what(what)
        return _national(parsed, sold) if sold is not None and sold.lemma_.lower() in _OWNED else None
    if lemma in _SEALING - _STOPPING:
        return None
    noun, around = what.lemma_.lower(), {c.lower_ for c in what.lefts}
    if noun in ("most", "all", "much"):
        inner = of_what(what)
        what, noun = (inner, inner.lemma_.lower()) if inner is not None else (what, noun)
    if lemma in ("sell", "divest", "offload") and noun not in _OWNED:
        return None
    houses = noun in _HOUSES and bool(around & _ALL) and (what.tag_ == "NNS" or bool(around & {"last", "only", "its"}))
    if (noun not in _TRADE or what.lower_ == "operation") and not houses:
        return None
    place = _national(parsed, what) or _place(parsed, what) or (_place(parsed, token) if what.i > token.i else None)
    city = place is not None and houses and getattr(parsed.mentions[place], "type", "") == NAME
    return None if city else place


def _national(parsed: Parsed, noun: Any) -> int | None:
    """The demonym before a trade: "its Ostian stores"."""
    for part in noun.lefts:
        mention = parsed.mentions[part.i]
        if mention is not None and mention.type == DEMONYM and child(noun, "poss") is not None:
            return int(part.i)
    return None


def _place(parsed: Parsed, node: Any) -> int | None:
    """The named place behind an "in" of the node's own."""
    for preposition in children(node, "prep"):
        where = child(preposition, "pobj")
        mention = parsed.mentions[where.i] if where is not None else None
        if where is not None and preposition.lower_ == "in" and mention is not None and mention.type in (STATE, NAME):
            return int(where.i)
    return None


def _no_longer(parsed: Parsed, token: Any) -> bool:
    before = [w.lower() for w in parsed.words[max(0, token.i - 4) : token.i]]
    return "longer" in before and ("no" in before or negated(token))
