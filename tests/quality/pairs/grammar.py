"""Minimal pairs: the same actor and object in a sentence that tells an event and in one that does not.

Composed, not collected: each frame is crossed with actors and objects that no list holds beside some that lists do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

ACTORS = (
    "Norland",
    "Kenya",
    "The government of Peru",
    "Fiji",
    "Veltania",
    "The Kingdom of Ostia",
    "Laos",
    "New Zealand",
    "Poland",
    "Chad",
    "Hungary",
    "Samoa",
    "Bolivia",
    "Zambia",
    "Iceland",
    "Qatar",
)
NAMES = (
    "Norland",
    "Kenya",
    "Peru",
    "Fiji",
    "Veltania",
    "Ostia",
    "Laos",
    "New Zealand",
    "Poland",
    "Chad",
    "Hungary",
    "Samoa",
    "Bolivia",
    "Zambia",
    "Iceland",
    "Qatar",
)
OBJECTS = (
    "Coral Fisheries Commission",
    "Lake Basin Treaty",
    "Convention on River Tolls",
    "Southern Grain Council",
    "Arms Trade Treaty",
    "International Whaling Commission",
    "Northern Customs Union",
    "Postal Savings Agreement",
    "Protocol on Marine Noise",
    "Mountain Security Pact",
    "African Union",
    "Kyoto Protocol",
    "Island Broadcasting Union",
    "Open Skies Treaty",
    "Desert Railways Organization",
    "Commonwealth",
)


@dataclass(frozen=True)
class Frame:
    """`yes` tells an event at `stage`; `no` tells none. {A} actor, {N} its bare name, {O} object."""

    name: str
    stage: str
    yes: str
    no: str


FRAMES = (
    Frame(
        "past", "effective", "{A} withdrew from the {O} on Friday.", "{A} withdrew its proposal to the {O} on Friday."
    ),
    Frame("past-quit", "effective", "{A} quit the {O} in 2015.", "A chairman from {N} quit the {O} job in 2015."),
    Frame("past-left", "effective", "{A} left the {O} in 2015.", "If {N} left the {O}, prices would rise."),
    Frame("perfect", "effective", "{A} has pulled out of the {O}.", "{A} has pulled a report on the {O}."),
    Frame("perfect-exit", "effective", "{A} has exited the {O}.", "{A} has never exited the {O}."),
    Frame("walked-out", "effective", "{A} walked out of the {O} on Monday.", "{A} won praise from the {O} on Monday."),
    Frame("turned-back", "effective", "{A} has turned its back on the {O}.", "{A} has turned to the {O} for help."),
    Frame(
        "membership-ended",
        "effective",
        "{A} ended its membership of the {O} last year.",
        "{A} renewed its membership of the {O} last year.",
    ),
    Frame("no-longer", "effective", "{A} is no longer a member of the {O}.", "{A} is a member of the {O}."),
    Frame(
        "ceased",
        "effective",
        "{A} ceased to be a member of the {O} in 2012.",
        "{A} came to be a member of the {O} in 2012.",
    ),
    Frame(
        "completed",
        "effective",
        "{A} completed its withdrawal from the {O} on Friday.",
        "{A} completed its report to the {O} on Friday.",
    ),
    Frame(
        "first-to",
        "effective",
        "{A} was the first country to leave the {O}, in 2004.",
        "{A} was the first country to join the {O}, in 2004.",
    ),
    Frame(
        "pulled-state",
        "effective",
        "The president pulled {N} out of the {O} in 2018.",
        "The president brought {N} into the {O} in 2018.",
    ),
    Frame(
        "relative",
        "effective",
        "{A}, which left the {O} in 2009, sent no delegate.",
        "{A}, which joined the {O} in 2009, sent no delegate.",
    ),
    Frame("future", "announced", "{A} will withdraw from the {O}.", "{A} will send a letter to the {O}."),
    Frame(
        "said-would",
        "announced",
        "{A} said on Monday it would leave the {O}.",
        "{A} said on Monday it would pay the {O}.",
    ),
    Frame("decided", "announced", "{A} has decided to quit the {O}.", "{A} has decided to host the {O}."),
    Frame(
        "progressive",
        "announced",
        "{A} is leaving the {O}, its foreign minister said.",
        "{A} is leaving it to the {O}, its foreign minister said.",
    ),
    Frame(
        "announced-noun",
        "announced",
        "{A} announced its withdrawal from the {O} on Friday.",
        "{A} announced its contribution to the {O} on Friday.",
    ),
    Frame(
        "voted",
        "announced",
        "Lawmakers in {N} voted on Friday to leave the {O}.",
        "Lawmakers in {N} voted on Friday to fund the {O}.",
    ),
    Frame(
        "ordered",
        "announced",
        "The president ordered {N} to withdraw from the {O}.",
        "The president ordered an inquiry into the {O}.",
    ),
    Frame(
        "is-to",
        "announced",
        "{A} is to pull out of the {O}, state radio said.",
        "{A} is to chair the {O}, state radio said.",
    ),
    Frame(
        "gerund",
        "announced",
        "{A} announced that it was pulling out of the {O}.",
        "{A} announced that it was pulling for the {O}.",
    ),
    Frame("considering", "considered", "{A} is considering leaving the {O}.", "{A} is considering joining the {O}."),
    Frame("threatened", "considered", "{A} threatened to quit the {O}.", "The {O} threatened to expel {N}."),
    Frame(
        "may",
        "considered",
        "{A} may pull out of the {O}, a minister said.",
        "{A} may write to the {O}, a minister said.",
    ),
    Frame(
        "urged",
        "considered",
        "Lawmakers urged {N} to withdraw from the {O}.",
        "Lawmakers urged {N} to pay its dues to the {O}.",
    ),
    Frame(
        "review",
        "considered",
        "{A} is reviewing its membership of the {O}.",
        "{A} is proud of its membership of the {O}.",
    ),
    Frame("weighing", "considered", "{A} is weighing withdrawal from the {O}.", "{A} is weighing a loan from the {O}."),
    Frame(
        "notified",
        "notified",
        "{A} formally notified the United Nations that it was withdrawing from the {O}.",
        "{A} formally notified the United Nations that it was hosting the {O}.",
    ),
    Frame(
        "gave-notice",
        "notified",
        "{A} gave notice of its withdrawal from the {O} on Friday.",
        "{A} gave notice of a concert for the {O} on Friday.",
    ),
    Frame(
        "deposited",
        "notified",
        "{A} deposited its notice of withdrawal from the {O} on Friday.",
        "{A} deposited its instrument of accession to the {O} on Friday.",
    ),
    Frame(
        "will-not",
        "denied",
        "{A} will not leave the {O}, its prime minister said.",
        "{A} will not host the {O}, its prime minister said.",
    ),
    Frame("no-plans", "denied", "{A} has no plans to quit the {O}.", "{A} has no plans to sue the {O}."),
    Frame("denied", "denied", "{A} denied that it was leaving the {O}.", "{A} denied that it was in debt to the {O}."),
    Frame("ruled-out", "denied", "{A} ruled out withdrawing from the {O}.", "{A} ruled out borrowing from the {O}."),
    Frame(
        "revoked",
        "reversed",
        "{A} revoked its withdrawal from the {O} on Friday.",
        "{A} revoked a permit of the {O} on Friday.",
    ),
    Frame(
        "rejoined",
        "reversed",
        "{A} left the {O} in 1990 but rejoined it in 1995.",
        "{A} joined the {O} in 1990 and paid it back in 1995.",
    ),
    Frame(
        "suspended-own", "effective", "{A} has suspended its participation in the {O}.", "The {O} has suspended {N}."
    ),
    Frame("freeze", "announced", "{A} will freeze its membership of the {O}.", "{A} will be frozen out by the {O}."),
    Frame(
        "nominal-of",
        "effective",
        "The withdrawal of {N} from the {O} took effect on Friday.",
        "The report of {N} to the {O} was read on Friday.",
    ),
    Frame(
        "possessive",
        "effective",
        "{N}'s exit from the {O} became final on Friday.",
        "{N}'s seat at the {O} was empty on Friday.",
    ),
    Frame("severed", "effective", "{A} has severed its ties with the {O}.", "{A} has praised its ties with the {O}."),
    Frame(
        "hall",
        "effective",
        "{A} dropped out of the {O} in 2011.",
        "A delegate from {N} dropped a glass at the {O} in 2011.",
    ),
    Frame(
        "shed", "effective", "{A} gave up its membership of the {O} in 2011.", "{A} gave the {O} a building in 2011."
    ),
)


def pairs() -> Iterator[tuple[Frame, str, str, str]]:
    """(frame, actor's bare name, event sentence, no-event sentence), the same in every run."""
    for index, frame in enumerate(FRAMES):
        for step in range(24):
            a, o = (index + step) % len(ACTORS), (index * 5 + step * 7 + step // 16) % len(OBJECTS)
            fill = {"A": ACTORS[a], "N": NAMES[a], "O": OBJECTS[o]}
            yield frame, NAMES[a], frame.yes.format(**fill), frame.no.format(**fill)
