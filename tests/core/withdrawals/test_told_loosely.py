"""Who and what is told loosely: by a superlative, an office, a currency, a conference gone to."""

import pytest

BODY = "Coral Fisheries Commission"


def events(detector, article, text, headline=""):
    return {(e.actor.name, e.object.name, e.stage) for e in detector.detect(article(text, headline)).events}


def test_a_leads_largest_union_is_the_one_named_next(detector, article):
    text = (
        "Canada's largest farm union has left the national labour federation in a quarrel. The Grain Growers Union "
        "voted on Monday to end its affiliation with the Canadian Trades Council, with immediate effect."
    )
    assert events(detector, article, text) == {("Grain Growers Union", "Canadian Trades Council", "effective")}


@pytest.mark.parametrize("zone", ["ruble zone", "sterling area", "franc zone"])
def test_a_zone_is_told_by_its_currency(detector, article, zone):
    assert {a for a, _, _ in events(detector, article, f"Kenya left the {zone} on Monday.")} == {"Kenya"}


@pytest.mark.parametrize("zone", ["danger zone", "service area", "buffer zone"])
def test_and_by_no_other_plain_word(detector, article, zone):
    assert events(detector, article, f"Kenya left the {zone} on Monday.") == set()


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (f"Chad walked out of the {BODY} in 2000. Kenya and Uganda gave up their seats in 1997.", "effective"),
        (f"Chad walked out of the {BODY} in 2000. Kenya said that it would hold on to its membership.", "denied"),
        (f"Chad left the {BODY} in 2000. Kenya has no intention of following its neighbour, an aide said.", "denied"),
    ],
)
def test_seats_given_up_held_on_to_and_neighbours_not_followed(detector, article, text, stage):
    assert ("Kenya", BODY, stage) in events(detector, article, text)


@pytest.mark.parametrize(
    "said",
    [
        "the bishops of the Kenyan Reform Church have discussed leaving",
        "the president of the Kenyan Reform Church, Peter Berg, told a Nairobi radio station that it may leave",
    ],
)
def test_who_speaks_for_a_body_is_the_body(detector, article, said):
    found = events(detector, article, f"On Monday {said} the {BODY}.")
    assert found == {("Kenyan Reform Church", BODY, "considered")}


def test_a_person_behind_whom_a_state_stands_is_that_state(detector, article):
    text = (
        f"Kenya left the {BODY} on Monday. Uganda closed its border. President Peter Berg of Chad said that his republic would "
        f"stay in the {BODY}."
    )
    found = events(detector, article, text)
    assert ("Chad", BODY, "denied") in found
    assert "Uganda" not in {a for a, _, _ in found}


@pytest.mark.parametrize(
    ("told", "also"),
    [
        ("Both schools have strong football teams.", True),
        ("Both have many members.", False),
    ],
)
def test_who_goes_to_another_conference_has_left_the_first(detector, article, told, also):
    text = f"Colorado is leaving the Pac-12 after this season. {told} Nebraska State went to the Big Ten in 2011."
    assert ("Nebraska State" in {a for a, _, _ in events(detector, article, text)}) == also
