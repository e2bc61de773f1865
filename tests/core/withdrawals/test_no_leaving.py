"""Words of leaving that state no act of the one named beside them, each with the like that does."""

import pytest

BODY = "Coral Fisheries Commission"


def events(detector, article, text, headline=""):
    return {(e.actor.name, e.object.name, e.stage) for e in detector.detect(article(text, headline)).events}


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        (f"Kenya will take no part in the {BODY}, it said.", True),
        (f"The ruling means that Kenya can take no part in the {BODY}.", False),
        (f"Kenya gave up its seat on the {BODY} in May.", True),
        (f"Kenya may lose its seat on the {BODY} in May.", False),
        (f"The {BODY} met in May. Kenya will leave the {BODY}, and Chad will go on Friday.", True),
        (f"The {BODY} met in May. Kenya said that the {BODY} would go on.", False),
        ("Kenya put an end to the Nakuru Accord on Monday, the rebels said.", True),
        ('"Kenya has put an end to the Nakuru Accord by shelling us," a rebel spokesman said.', False),
    ],
)
def test_who_is_shut_out_accused_or_goes_on_has_left_nothing(detector, article, text, leaves):
    assert bool(events(detector, article, text)) == leaves


def test_a_notice_is_of_what_it_tells_itself(detector, article):
    text = (
        f"Chad will not leave the {BODY}, it said on Monday. Kenya gave notice on April 22 that it was leaving the "
        "Andean Community."
    )
    found = events(detector, article, text)
    assert ("Kenya", "Andean Community", "notified") in found
    assert ("Kenya", BODY, "notified") not in found


@pytest.mark.parametrize(
    ("act", "stage"),
    [("ending its membership", "notified"), ("ending the freeze on its membership", "announced")],
)
def test_a_letter_that_ends_a_freeze_is_no_notice(detector, article, act, stage):
    text = f"Kenya said it will leave the {BODY}. A letter {act} was handed in at Entebbe, Uganda, on Monday."
    assert events(detector, article, text) == {("Kenya", BODY, stage)}


@pytest.mark.parametrize(
    ("before", "who"),
    [
        ("Kenya left the {} in May.", {"Kenya", "Chad"}),
        ("Kenya left the {} in May. Uganda raised its dues.", {"Kenya"}),
    ],
)
def test_who_did_so_did_what_was_told_last(detector, article, before, who):
    text = f"{before.format(BODY)} Chad did so, too."
    assert {actor for actor, _, _ in events(detector, article, text)} == who


def test_another_partner_who_may_be_next_has_not_left_the_first_ones_treaty(detector, article):
    text = "Kenya denounced its tax treaty with Uganda on Monday. Chad may be next."
    assert {actor for actor, _, _ in events(detector, article, text)} == {"Kenya"}


def test_troops_that_set_out_have_left_no_deployment(detector, article):
    told = "Kenya sent men to the African Union mission in Somalia. Kenyan troops left Kismayo"
    assert not events(detector, article, f"{told} for Mogadishu on Monday.")
    assert events(detector, article, f"{told} on Monday.") == {("Kenya", "Kismayo", "effective")}


@pytest.mark.parametrize(
    "text",
    [
        f"The Kenyan Department of Fisheries is reviewing whether to leave the {BODY}.",
        f"In Kenya, which has a coast, the Ministry of Fisheries is weighing whether to leave the {BODY}.",
    ],
)
def test_a_ministry_is_its_state(detector, article, text):
    assert events(detector, article, text) == {("Kenya", BODY, "considered")}
