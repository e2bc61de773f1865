"""Words that look like leaving, and things and actors told in other words, each beside its like."""

import pytest

BODY, PACT = "Coral Fisheries Commission", "Nakuru Fisheries Accord"


def events(detector, article, text, headline=""):
    return {(e.actor.name, e.object.name, e.stage) for e in detector.detect(article(text, headline)).events}


@pytest.mark.parametrize(
    ("way", "leaves"),
    [("to a nearby hill", False), ("toward the border", False), ("into the forest", False), ("in 2012", True)],
)
def test_who_withdraws_to_a_place_has_left_no_body(detector, article, way, leaves):
    text = f"Kenya has told the {BODY} that it is unhappy with it. Chad left the {BODY} in 2010. Kenya withdrew {way}."
    assert ("Kenya" in {a for a, _, _ in events(detector, article, text)}) == leaves


def test_obligations_suspended_in_a_month_are_those_of_the_thing_spoken_of(detector, article):
    text = f"Chad completed its withdrawal from the {PACT} in May. Kenya suspended its obligations in October."
    assert {a for a, _, _ in events(detector, article, text)} == {"Chad", "Kenya"}


@pytest.mark.parametrize(
    ("said", "stage"),
    [
        ("would not follow the Chadian example", "denied"),
        ("will follow the Chadian example", "announced"),
        ("ruled out such a move", "denied"),
        ("is weighing such a move", "considered"),
    ],
)
def test_an_example_followed_or_not(detector, article, said, stage):
    text = f"Chad left the {BODY} in 2010. Kenya {said}, a spokesman said on Monday."
    assert ("Kenya", BODY, stage) in events(detector, article, text)


def test_a_regional_treaty_is_not_the_worlds(detector, article):
    headline = "Chad puts European arms treaty on hold"
    text = "Chad has signed a law that suspends its part in the Treaty on Conventional Armed Forces in Europe."
    assert {o for _, o, _ in events(detector, article, text, headline)} == {
        "Treaty on Conventional Armed Forces in Europe"
    }


def test_the_four_year_accord_is_the_one_told_before(detector, article):
    text = (
        "Kenya let its fishing agreement with Chad run out at midnight. Nairobi had refused for months to prolong the "
        "four-year accord."
    )
    assert len(events(detector, article, text)) == 1


@pytest.mark.parametrize("whose", ["Kenyan canton", "Kenyan bank", "Kenya opposition"])
def test_a_part_of_a_state_in_a_headline_is_not_the_state(detector, article, whose):
    text = "The roads were wet. The Rumbek canton council has voted on the schools pact, an agreement of 15 cantons."
    assert "Kenya" not in {a for a, _, _ in events(detector, article, text, f"{whose} quits schools pact")}


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        (f"Chad left the {BODY} in 2010. Kenya will not go the way of Chad, it said on Monday.", True),
        (f"Chad left the {BODY} in 2010. Kenya announced on March 6 that it was going.", True),
        (f"Chad left the {BODY} in 2010. Its remaining members, Kenya said, continued to lead efforts.", False),
        ("Kenya gave up its seat on the Rumbek Labour Council in May.", True),
        ("Kenyan delegates will have to give up their seats on local labour councils.", False),
    ],
)
def test_going_staying_and_seats(detector, article, text, leaves):
    assert ("Kenya" in {a for a, _, _ in events(detector, article, text)}) == leaves


def test_a_participle_that_repeats_the_leaving_is_no_second_one(detector, article):
    text = (
        f"The Rumbek Federation of Labour met in May. The Grain Growers Union has left the {BODY}, taking 300 members "
        "out of the national federation."
    )
    assert {o for _, o, _ in events(detector, article, text)} == {BODY}
