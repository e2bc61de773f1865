"""Cities that bid for Games."""

import pytest


def events(detector, article, text, headline=""):
    return {(e.actor.name, e.kind) for e in detector.detect(article(text, headline)).events}


GAMES = "The International Olympic Committee will choose the host next year."


@pytest.mark.parametrize(
    "act",
    [
        "has withdrawn from the race for the 2022 Winter Games",
        "is out of the running for the 2022 Winter Olympics",
        "has dropped its bid for the 2022 Games",
    ],
)
def test_a_city_leaves_the_race_and_so_do_those_that_follow(detector, article, act):
    text = f"Oslo {act}. {GAMES} Stockholm pulled out in January and Krakow in May. Lviv gave up in June."
    found = detector.detect(article(text, published="2014-10-02")).events
    assert {(e.actor.name, e.kind) for e in found} == {
        (city, "contest") for city in ("Oslo", "Stockholm", "Krakow", "Lviv")
    }
    assert all("2022 Winter Olympics" in e.object.names or "2022 Games" in e.object.names for e in found)


def test_a_capital_is_its_state_where_no_city_bids(detector, article):
    text = "Oslo has withdrawn from the Coral Fisheries Commission. Stockholm pulled out in January."
    assert events(detector, article, text) == {("Norway", "organization"), ("Sweden", "organization")}


def test_a_mayor_who_ends_a_bid_is_not_who_leaves(detector, article):
    text = (
        f"Oslo is in the race for the 2022 Winter Games. {GAMES} Its mayor, Jan Berg, agreed on Monday to end the bid."
    )
    assert not any(actor == "Jan Berg" for actor, _ in events(detector, article, text))


@pytest.mark.parametrize("named", ["Moscow Games", "1980 Olympics", "Under-19 World Cup"])
def test_an_edition_is_a_name_of_its_contest(detector, article, named):
    found = detector.detect(article(f"Kenya has pulled out of the {named}, its coach said.")).events
    assert [named in e.object.names for e in found] == [True]
