"""Verbs whose subject has the act that is their object ("announced its withdrawal"), and those whose agent has not."""

from __future__ import annotations

from streams.core.withdrawals.vocabulary import words

OWNING = words(
    "announce make complete begin start plan consider threaten confirm formalize formalise trigger order delay "
    "postpone decide notify seek propose approve vote declare reverse cancel revoke rescind suspend halt abandon "
    "effect execute finalize finalise pursue weigh mull contemplate give submit file serve deposit hand send deliver "
    "lodge initiate launch set signal opt prepare draft pass adopt back endorse demand want agree move discuss debate "
    "study explore rule deny reject exclude conclude end put take mean conduct proceed go inform tell push lead "
    "hasten speed stage withdraw drop scrap shelve freeze resume carry renounce intend have favor favour support urge "
    "recommend ratify implement exercise invoke commit float negotiate avoid avert reconsider undertake stop forgo "
    "relinquish terminate review hold file tender circulate register transmit dispatch present throw table "
    "dismiss refute rebuff "
    "sign issue enact publish introduce table consult confer deliberate coordinate"
)
ANOTHERS = words("receive accept reject welcome condemn criticize criticise acknowledge see greet")
