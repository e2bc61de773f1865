"""Which actor may leave which kind of thing, and what kind of event that is. The last word on wrong senses."""

from __future__ import annotations

from streams.core.records import Kind
from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.names import COMPANY, INSTITUTION, NAME, OBJECT, PARTY, PERSON, STATE
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

COMMITMENTS = ("treaty", "organization", "agreement")
_RACES = words("race contest running nomination candidacy contention campaign ballot primary")


def admit(actor: Actor, target: Target, trigger: Trigger, *, business: bool, contest: bool) -> tuple[Kind | None, str]:
    """The event's kind, or None and the reason (of `rejections.REASONS`)."""
    reason = _senseless(actor, target, trigger, business=business)
    if reason:
        return None, reason
    if target.type == STATE or trigger.link == "place":
        return _place(actor, trigger, business=business)
    if trigger.predicate.frame == "support" and target.kind != "coalition" and target.head not in _GOVERNING:
        return None, "wrong_sense"
    if target.type == PERSON:
        return _from_person(actor, target, trigger, business=business)
    if actor.entity.type == PERSON:
        return _person(actor, target, trigger, contest=contest)
    reason = _unfit(target, trigger)
    return (None, reason) if reason else _group(actor, target, trigger)


_GOVERNING = words("government coalition alliance cabinet")
_HOLDING_ON = words("hold stick cling hang")
_CLOSING = words("end conclude close finish wrap complete")
_MEETINGS = words("summit conference meeting session congress gathering")
_DROPPING = words("drop ditch dump cut sever part axe")


def _senseless(actor: Actor, target: Target, trigger: Trigger, *, business: bool) -> str:
    """What no actor may leave by this trigger, with the reason."""
    predicate, kind = trigger.predicate, target.kind
    if target.type == "described" and not _tellable(target, actor, business=business):
        return "unknown_object"
    if (
        predicate.frame in ("end", "suspend", "refuse", "expire")
        and not target.through
        and target.type in (NAME, COMPANY, INSTITUTION)
        and kind not in ("treaty", "agreement", "talks")
    ):
        return "unknown_object"
    if actor.through_person and trigger.link == "bare" and predicate.lemma in ("quit", "resign", "retire"):
        return "person_resigns"
    if predicate.lemma in _CLOSING and target.head in _MEETINGS:
        return "wrong_sense"  # "ended their yearly summit": it was over
    if predicate.lemma == "be" and kind == "deal":
        return "wrong_sense"
    if predicate.lemma in _HOLDING_ON and predicate.frame == "stay" and kind not in COMMITMENTS:
        return "wrong_sense"
    unnamed = target.type == "described" and not any(word[:1].isupper() for word in target.name.split())
    if predicate.contests and (kind not in ("contest", "talks") or unnamed):
        return "wrong_sense"
    if target.entity is not None and target.entity.key == actor.entity.key:
        return "actor_is_object"
    if actor.entity.type == OBJECT and actor.entity.kind in ("treaty", "agreement", "contest", "talks"):
        return "no_actor"  # no paper and no games leave anything
    if target.key.startswith("d:prize:") and actor.entity.type in (OBJECT, PERSON):
        return "no_actor"
    return ""


def _from_person(actor: Actor, target: Target, trigger: Trigger, *, business: bool) -> tuple[Kind | None, str]:
    """A party leaves an alliance with a leader, a sponsor a star; nobody else leaves a person."""
    allied = target.through in ("cooperation", "alliance", "partnership", "coalition")
    if allied and actor.entity.type in (PARTY, NAME):
        return "coalition", ""
    dropped = trigger.predicate.lemma in _DROPPING and actor.entity.type in (COMPANY, NAME)
    return ("deal", "") if dropped and business else (None, "object_is_person")


def _unfit(target: Target, trigger: Trigger) -> str:
    """What ends instruments ends no body; who suspends a body suspends another."""
    predicate = trigger.predicate
    if predicate.instruments and target.kind not in ("treaty", "agreement") and target.id not in ("icc", "coe"):
        return "wrong_sense"
    if target.kind != "organization" or target.through:
        return ""
    if predicate.frame == "suspend" and not trigger.noun:
        return "suspended_by_other"
    return "wrong_sense" if predicate.frame == "end" and not predicate.instruments and target.type != OBJECT else ""


_PLAIN_HEADS = words(
    "grid community area zone network system service office group body club exchange board bank currency membership "
    "house circle chapter register registry facility movement campaign plan plans project projects program programme "
    "scheme initiative pledge code regime declaration business operations market markets sector industry presence "
    "operation church society foundation trust front institution entity center centre academy record sale"
)


_CURRENCIES = words("ruble rouble euro sterling franc dollar yen peso rand mark dinar gold")


def _tellable(target: Target, actor: Actor, *, business: bool) -> bool:
    """Whether a thing that is only described is described enough to be told from others."""
    if target.kind == "market":
        return (
            business
            and actor.entity.type in (COMPANY, NAME, INSTITUTION)
            and target.head in ("business", "market", "sector", "industry")
            and " " in target.name
        )
    if target.head in ("plan", "plans") and " for " in target.name:
        return False
    if target.kind == "organization" and target.name.islower() and f"{target.head}s" in target.name.split():
        return False  # "its seats on local labour councils"
    if target.head in _PLAIN_HEADS:
        told = target.name.split()
        return any(w[:1].isupper() or w.lower() in _CURRENCIES for w in told)  # "the ruble zone" is one thing
    return True


def _place(actor: Actor, trigger: Trigger, *, business: bool) -> tuple[Kind | None, str]:
    gives_up = (
        trigger.predicate.lemma in ("give", "end", "sell", "stop", "cease", "discontinue")
        and business
        and actor.entity.type != STATE
    )
    if trigger.predicate.frame != "leave" and not gives_up:
        return None, "object_is_place"
    if actor.troops:
        return "deployment", ""
    if (
        actor.entity.type == COMPANY
        or (actor.entity.type == NAME and business)
        or (business and "bank" in actor.entity.heads)
        or (actor.entity.type in (NAME, INSTITUTION) and not trigger.predicate.weak)
    ):
        return "market", ""
    return None, "object_is_place"


def _person(actor: Actor, target: Target, trigger: Trigger, *, contest: bool) -> tuple[Kind | None, str]:
    if target.kind == "agreement" and target.type == "described" and not actor.through_person:
        return "deal", ""
    if trigger.link == "bare" and (trigger.noun or (trigger.predicate.weak and target.kind != "contest")):
        return None, "weak_context"
    if target.type == "described" and target.head in _RACES:
        return "contest", ""
    if target.kind == "deal" and target.head in ("bid", "campaign") and not target.key.startswith("d:deal:"):
        return "contest", ""
    if target.kind in ("contest", "deal"):
        return target.kind, ""  # type: ignore[return-value]
    if target.type == NAME and not target.weak and trigger.link != "bare" and trigger.predicate.frame == "leave":
        return ("contest", "") if not trigger.predicate.weak and contest else (None, "person_resigns")
    return None, "person_resigns"


_TRADE = words("investment purchase sale advertising business")


def _group(actor: Actor, target: Target, trigger: Trigger) -> tuple[Kind | None, str]:
    """A state, company, party or body leaves what is no place and no person."""
    kind, head, who = target.kind, target.head, actor.entity.type
    if _never(kind, head, who, trigger, target_is_prize=target.key.startswith("d:prize:")):
        return None, "wrong_sense"
    moved = actor.troops or trigger.predicate.words == ("troops",)
    if trigger.predicate.words == ("troops",) and kind in ("treaty", "agreement"):
        return None, "wrong_sense"
    if not kind and moved and target.type == NAME and who != PERSON:
        return "deployment", ""
    if kind in ("organization", "coalition") and head in ("alliance", "coalition", "government") and who == NAME:
        return "coalition", ""
    if kind == "agreement" and target.type == "described" and who == COMPANY:
        return "deal", ""
    if kind == "organization" and who == PARTY and head in (*_GOVERNING, "front"):
        return "coalition", ""
    if kind == "coalition" and who == STATE:
        return ("organization", "") if head == "coalition" else (None, "wrong_sense")
    if kind in (*COMMITMENTS, "talks", "coalition", "deployment", "market", "deal", "contest"):
        return kind, ""  # type: ignore[return-value]
    return _unkinded(actor, target, trigger)


def _never(kind: str, head: str, who: str, trigger: Trigger, *, target_is_prize: bool) -> bool:
    """Senses that no such actor's leaving has."""
    predicate = trigger.predicate
    if kind == "deal" and who == STATE and head in _TRADE:
        return True
    if predicate.lemma in ("boycott", "stay") and predicate.frame == "leave" and kind not in ("contest", "talks"):
        return True
    if kind != "contest" or target_is_prize:
        return False
    if predicate.frame in ("end", "suspend") and head not in ("campaign", "bid", "candidacy", "run"):
        return True
    return who == STATE and head in ("campaign", "vote", "race", "season", "match")


def _unkinded(actor: Actor, target: Target, trigger: Trigger) -> tuple[Kind | None, str]:
    """A name whose head noun tells no kind: the verb must."""
    predicate, who = trigger.predicate, actor.entity.type
    if target.type in (INSTITUTION, NAME) and not predicate.weak:
        return "organization", ""
    headed = target.entity is not None and (
        target.entity.heads or (predicate.frame == "leave" and trigger.link != "bare")
    )
    if target.type == INSTITUTION and headed:
        return "organization", ""
    if target.type in (COMPANY, NAME) and predicate.words == ("ties",) and who in (COMPANY, NAME, INSTITUTION):
        return "deal", ""
    if target.type == COMPANY and predicate.frame in ("leave", "end"):
        return "deal", ""
    return None, "unknown_object"
