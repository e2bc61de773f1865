"""Things and actors told again: "both bodies", "the talks", "… as well", a headline's "party"."""

import pytest

BODY, OTHER = "Coral Fisheries Commission", "Reef Survey Council"


def pairs(detector, article, text, headline=""):
    return {(e.actor.name, e.object.name) for e in detector.detect(article(text, headline)).events}


@pytest.mark.parametrize("said", [" and the {}", ", of which it has been a member since 1961, and the {} as well"])
def test_a_second_body_behind_an_aside_is_left_too(detector, article, said):
    text = f"Kenya is to leave the {BODY}{said.format(OTHER)}."
    assert pairs(detector, article, text) == {("Kenya", BODY), ("Kenya", OTHER)}


@pytest.mark.parametrize("again", ["both bodies", "the two bodies"])
def test_both_bodies_are_the_two_left_before(detector, article, again):
    text = f"Kenya is leaving the {BODY} and the {OTHER}. It follows Chad, which left {again} in 2012."
    assert pairs(detector, article, text) == {(a, b) for a in ("Kenya", "Chad") for b in (BODY, OTHER)}


def test_two_bodies_not_told_before_are_none(detector, article):
    assert pairs(detector, article, "Chad left two regional bodies in 2012, its minister said.") == set()


def test_the_talks_are_those_that_another_left(detector, article):
    text = (
        "Kenya pulled out of the negotiations on a Fisheries Investment Pact on Monday. Chad has no intention of quitting the "
        "talks, its minister said on Tuesday."
    )
    found = {e.actor.name: e.object.names for e in detector.detect(article(text)).events}
    assert set(found) == {"Kenya", "Chad"}
    assert found["Kenya"] == found["Chad"]


def test_a_headlines_party_is_the_leads(detector, article):
    filler = "\n\n".join("The roads were wet and the shops were shut." for _ in range(6))
    text = (
        "The Farmers Party said on Monday that it was leaving the National Reform Alliance.\n\n"
        f"{filler}\n\nThe Labour Party left the alliance in 2003."
    )
    found = detector.detect(article(text, "Regional party walks out of alliance")).events
    assert {e.actor.name: e.main for e in found} == {"Farmers Party": True, "Labour Party": False}


def test_a_headlines_opposition_is_not_its_state(detector, article):
    text = "The Kenyan opposition movement Harambee said on Monday that it was ending the 1992 peace accord."
    assert ("Kenya") not in {a for a, _ in pairs(detector, article, text, "Kenya opposition scraps peace accord")}


def test_a_clause_of_time_has_the_soldiers_right_before_it(detector, article):
    text = "Kenya leads the mission in Chad. The speech came four days after the last of some 300 Kenyan soldiers left Chad."
    assert ("Kenya", "Chad") in pairs(detector, article, text)
