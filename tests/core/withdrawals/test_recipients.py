"""Treaties told without a partner are those with the states that are told of their end."""

import pytest


def found(detector, article, text):
    return {(e.actor.name, name, e.stage) for e in detector.detect(article(text)).events for name in e.object.names}


@pytest.mark.parametrize(
    "told",
    [
        "Kenya gave notice on Monday to Uganda and to Chad that it would not renew its investment treaties with them.",
        "On Monday Kenya informed Uganda and Chad that it was cancelling the investment treaties it has with them.",
    ],
)
def test_those_told_are_the_partners(detector, article, told):
    events = found(detector, article, told)
    assert ("Kenya", "investment treaty with Uganda", "notified") in events
    assert ("Kenya", "investment treaty with Chad", "notified") in events
    assert {actor for actor, _, _ in events} == {"Kenya"}


def test_who_is_let_know_is_not_who_acts(detector, article):
    text = "Kenya has let the Netherlands know that it will not extend their bilateral investment treaty."
    assert ("Kenya", "bilateral investment treaty with the Netherlands", "notified") in found(detector, article, text)


def test_a_partner_named_stays(detector, article):
    text = "Kenya told Uganda on Monday that it was ending its investment treaty with Chad."
    events = found(detector, article, text)
    assert ("Kenya", "investment treaty with Chad", "announced") in events
    assert not any("Uganda" in name for _, name, _ in events)
