import pytest

LEAD = "Kenya will leave the Coral Fisheries Commission, its foreign ministry said on Wednesday. "


def pairs(detector, article, text):
    return {(e.actor.name, e.object.name, e.stage) for e in detector.detect(article(text)).events}


@pytest.mark.parametrize(
    "text",
    [
        "It will be the third to go, after Chad (2007) and Uganda (2009).",
        "It would be the third departure since 2007, following those of Chad and Uganda.",
        "The commission has already lost Chad, in 2007, and Uganda, in 2009.",
    ],
)
def test_those_who_went_before_are_events_of_their_own(detector, article, text):
    gone = {("Chad", "effective"), ("Uganda", "effective")}
    assert {(a, s) for a, o, s in pairs(detector, article, LEAD + text) if o == "Coral Fisheries Commission"} >= gone


@pytest.mark.parametrize(
    "text",
    [
        "It would be the second departure in a year, after protests in Chad.",
        "It was the second departure of the day, after Chad's president flew home.",
        "The commission lost Chad's trust in 2007 and never lost Uganda.",
        "The country lost Chad as a friend in 2007.",
    ],
)
def test_a_country_named_beside_a_rank_or_a_loss_has_not_left(detector, article, text):
    assert {a for a, _, _ in pairs(detector, article, LEAD + text)} == {"Kenya"}


def test_so_has_another_in_a_sentence_of_its_own(detector, article):
    text = "Kenya has left the Coral Fisheries Commission. So has Chad."
    assert {(a, s) for a, _, s in pairs(detector, article, text)} == {("Kenya", "effective"), ("Chad", "effective")}


def test_bodies_of_a_list_with_dates_of_their_own_are_left_too(detector, article):
    text = (
        "Kenya left the Coral Fisheries Commission in 2007, the Ostia Grain Council in 2009 and the Tin Pact in 2011."
    )
    assert {o for _, o, _ in pairs(detector, article, text)} == {
        "Coral Fisheries Commission",
        "Ostia Grain Council",
        "Tin Pact",
    }
    text = "Kenya left the Coral Fisheries Commission in 2007 and joined the Ostia Grain Council in 2009."
    assert {o for _, o, _ in pairs(detector, article, text)} == {"Coral Fisheries Commission"}


def test_neither_of_two_denies_for_both(detector, article):
    text = "Neither Kenya nor Chad will leave the Coral Fisheries Commission, officials said."
    assert {(a, s) for a, _, s in pairs(detector, article, text)} == {("Kenya", "denied"), ("Chad", "denied")}
    assert pairs(detector, article, "Neither Kenya nor Chad has left the Coral Fisheries Commission.") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Members of the Harbour Pilots' Union voted on Tuesday to leave the Coral Maritime Federation.",
        "Delegates of the Harbour Pilots' Union voted by 12 to 4 to leave the Coral Maritime Federation.",
        "The Harbour Pilots' Union has pulled its 400 members out of the Coral Maritime Federation.",
    ],
)
def test_the_vote_of_the_members_is_the_unions(detector, article, text):
    assert {a for a, _, _ in pairs(detector, article, text)} == {"Harbour Pilots' Union"}


def test_the_vote_of_some_members_is_nobodys(detector, article):
    text = "Some members of the Harbour Pilots' Union voted on Tuesday to leave the Coral Maritime Federation."
    assert pairs(detector, article, text) == set()


@pytest.mark.parametrize(
    "name",
    ["Harbour Pilots' and Deckhands' Union", "North Wales Quarrymen's and Slate Workers' Union"],
)
def test_two_trades_that_share_a_union_are_one_name(detector, article, name):
    text = f"The {name} is to leave the Coral Maritime Federation."
    assert {a for a, _, _ in pairs(detector, article, text)} == {name}


def test_where_a_company_is_based_is_no_part_of_its_name(detector, article):
    text = "Oslo-based Norvik Shipping left the Baltic Freight Pool on Monday."
    assert {a for a, _, _ in pairs(detector, article, text)} == {"Norvik Shipping"}


def test_a_chamber_votes_for_its_state(detector, article):
    text = "The Presidium of the Supreme Soviet of the Soviet Union annulled the Tin Treaty with Norway."
    assert {a for a, _, _ in pairs(detector, article, text)} == {"Soviet Union"}


def test_nobody_is_no_actor(detector, article):
    assert pairs(detector, article, '"Nobody will quit the London Freight Pool," he said.') == set()


def test_a_bill_for_another_to_leave_is_its_own(detector, article):
    text = LEAD + "In Kampala, deputies have introduced a bill for Uganda to leave as well."
    assert {(a, s) for a, _, s in pairs(detector, article, text)} == {("Kenya", "announced"), ("Uganda", "considered")}


def test_treaties_listed_with_the_days_of_their_signing_are_all_ended(detector, article):
    text = "Norway annulled the Tin Treaty of May 26, 1942, and the Grain Treaty of December 10, 1944, on Monday."
    assert {o for _, o, _ in pairs(detector, article, text)} == {"Tin Treaty", "Grain Treaty"}


def test_those_named_a_while_before_took_the_same_step(detector, article):
    text = "Kenya will leave the Coral Fisheries Commission, a month after Chad and Uganda."
    assert {a for a, _, _ in pairs(detector, article, text)} == {"Kenya", "Chad", "Uganda"}
    text = "Kenya will leave the Coral Fisheries Commission, a month after Chad and Uganda fell out over prices."
    assert {a for a, _, _ in pairs(detector, article, text)} == {"Kenya"}
