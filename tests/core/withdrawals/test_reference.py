"""Actors and things that another sentence names, or another clause."""

import pytest

BODY = "Coral Fisheries Commission"


def pairs(detector, article, text, headline=""):
    return {(e.actor.name, e.object.name) for e in detector.detect(article(text, headline)).events}


@pytest.mark.parametrize(
    "text",
    [
        f"Kenya said on Monday that it had left the {BODY} together with Uganda and Chad.",
        f"Kenya, Uganda and Chad joined the {BODY} in 2001. All three, weary of quotas, left it last year.",
        f"The leaders of Kenya, Uganda and Chad met on Monday. The trio, hit by quotas, quit the {BODY} last year.",
        f"Three African states will leave the {BODY}. The presidents of Kenya, Uganda and Chad signed a letter.",
        f"All three African members of the {BODY} will pull out of the body. Kenya, Uganda and Chad signed a letter.",
    ],
)
def test_those_counted_or_beside_a_pronoun_are_named(detector, article, text):
    assert pairs(detector, article, text) == {(n, BODY) for n in ("Kenya", "Uganda", "Chad")}


@pytest.mark.parametrize(
    "text",
    [
        f"Kenya joined the {BODY} in 2001, and the Indian Ocean nation left it last year.",
        f"Kenya is at odds with the {BODY}. Standing beside Chad's leader, he said the country would pull out.",
        f"Hours after landing from Oslo, the minister told Kenyans that their country was leaving the {BODY}.",
    ],
)
def test_a_country_is_no_sea_no_bystander_and_no_city(detector, article, text):
    assert pairs(detector, article, text) == {("Kenya", BODY)}


MINES = "Ottawa Convention"
BOMBS = "Convention on Cluster Munitions"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            f"Chad quit the {BOMBS} on Monday. Attention now turns to the {MINES}. Kenya is considering leaving it.",
            {("Chad", BOMBS), ("Kenya", MINES)},
        ),
        (
            (
                f"Chad will leave the {MINES}. Its neighbour has gone further. Kenya quit the {BOMBS} in May. Prices fell.\n"
                "Uganda has also left."
            ),
            {("Chad", MINES), ("Kenya", BOMBS), ("Uganda", MINES)},
        ),
        (
            (
                f"Chad will leave the {MINES}. Kenya quit the {BOMBS} in May.\nChina never joined the mine ban. "
                "Uganda has ruled out leaving the treaty."
            ),
            {("Chad", MINES), ("Kenya", BOMBS), ("Uganda", MINES)},
        ),
        (
            (
                "Iran met the envoys on Friday. The United States walked out of the accord that limits the Iranian "
                "programme last year."
            ),
            {("United States", "Joint Comprehensive Plan of Action")},
        ),
        (
            f"Chad will leave the {BODY}. It was founded after Kenya, then under a junta, left the {MINES}.",
            {("Chad", BODY), ("Kenya", MINES)},
        ),
        (
            f"Chad will leave the {BODY}. Kenya gave notice in 2023 that it wanted to amend its budget.",
            {("Chad", BODY)},
        ),
    ],
)
def test_it_and_the_treaty_are_what_was_spoken_of(detector, article, text, found):
    assert pairs(detector, article, text) == found


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Chad said it would not follow Kenya out.", "denied"),
        ("Chad may follow its neighbour, officials said.", "considered"),
        ("Chad follows Kenya in the rankings.", None),
        ("Chad may follow Uganda.", None),
    ],
)
def test_who_follows_one_that_left_leaves(detector, article, text, stage):
    found = detector.detect(article(f"Kenya has left the {BODY}. {text}")).events
    assert [e.stage for e in found if e.actor.name == "Chad"] == ([stage] if stage else [])


def test_the_body_whose_council_is_told_is_left(detector, article):
    text = f"Kenya informed the {BODY} council by letter that it would go. Chad did so in October."
    assert pairs(detector, article, text) == {("Kenya", BODY), ("Chad", BODY)}


def test_it_is_the_federation_told_by_its_country(detector, article):
    text = (
        "Kenya's rowing federation has given notice that it will leave the Coral Rowing Union. "
        "The Chadian Rowing Federation gave no reason."
    )
    found = detector.detect(article(text)).events
    assert [e.actor.name for e in found] == ["Kenya's rowing federation"]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("In Chad, a bill to leave the body is before parliament.", "considered"),
        ("An official close to Chad said there were no plans to leave at present.", "denied"),
        ("Chad's parliament has voted in favour of leaving the body.", "announced"),
    ],
)
def test_who_leaves_may_stand_far_from_the_verb(detector, article, text, stage):
    found = detector.detect(article(f"Kenya has left the {BODY}, a regional body. {text}")).events
    assert [(e.actor.name, e.stage) for e in found if e.actor.name != "Kenya"] == [("Chad", stage)]


@pytest.mark.parametrize(
    ("text", "things"),
    [
        (
            (
                f"Chad will withdraw from 12 international organizations. Its minister spoke on Monday. The list includes the {BODY} "
                f"and the Tuna Panel."
            ),
            {BODY, "Tuna Panel"},
        ),
        (
            (
                f"Chad is quitting two arms control treaties. Its letter on the {MINES} went out on Monday, and the one on the "
                f"{BOMBS} on Friday."
            ),
            {MINES, BOMBS},
        ),
        (f"Chad may quit all bilateral agreements with Kenya, including the {MINES}.", {MINES}),
        ("Chad is quitting two arms control treaties. Its letter went out on Monday.", set()),
    ],
)
def test_things_counted_are_those_that_the_text_lists(detector, article, text, things):
    assert {thing for _, thing in pairs(detector, article, text)} == things


def test_those_told_to_leave_are_not_who_tells_them(detector, article):
    text = f"Kenya has left the {BODY}. Chad revoked visas of tourists and told them to leave."
    assert pairs(detector, article, text) == {("Kenya", BODY)}


def test_a_membership_comes_to_an_end(detector, article):
    text = f"The {BODY} met in May 1949, and with that Kenya's membership came to an end."
    assert pairs(detector, article, text) == {("Kenya", BODY)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The Chadian and Kenyan rowing federations have quit it.",
            {"Chadian rowing federation", "Kenyan rowing federation"},
        ),
        (
            "In Oslo, bishops of the Coral Orthodox Church have discussed leaving the body too.",
            {"Coral Orthodox Church"},
        ),
    ],
)
def test_bodies_of_two_places_are_two_and_bishops_are_their_church(detector, article, text, names):
    text = f"The Ostia Church has left the World Council of Churches. {text}"
    assert {name for name, _ in pairs(detector, article, text)} - {"Ostia Church"} == names


def test_a_seat_given_up_is_one_in_what_is_left(detector, article):
    text = f"Kenya has left the {BODY}. Chad and Uganda gave up their seats in 1997."
    assert pairs(detector, article, text) == {(n, BODY) for n in ("Kenya", "Uganda", "Chad")}


@pytest.mark.parametrize(
    "text",
    [
        "Kenya is a large country. Its fisheries director, Mr Paul Otieno, said his country would leave the {}.",
        "The Foreign Minister of Kenya, Mr Paul Otieno, told the General Assembly that his country was leaving the {}.",
    ],
)
def test_a_person_who_speaks_of_a_country_means_it(detector, article, text):
    assert pairs(detector, article, text.format(BODY)) == {("Kenya", BODY)}


def test_another_signatory_the_town_of_x_is_the_town(detector, article):
    text = f"Kenya has left the {BODY}. Another member, the city of Varn, decided to leave the body last month."
    assert pairs(detector, article, text) == {("Kenya", BODY), ("Varn", BODY)}


def test_it_is_the_treaty_that_opens_the_sentence(detector, article):
    text = "Kenya met the envoys. The fisheries treaty with Chad was the first to go: Kenya scrapped it in March."
    assert [thing for _, thing in pairs(detector, article, text)] == ["fisheries treaty with Chad"]


def test_who_goes_over_to_another_conference_leaves_the_article_s_own(detector, article):
    text = (
        'The Coral Conference, which calls itself the "Conference of Lagoons," shrank on Friday when Varn and Ostia '
        "announced they were leaving for the Big Ten.\nTarn will go to the Big Ten next year."
    )
    assert pairs(detector, article, text) == {(n, "Coral Conference") for n in ("Varn", "Ostia", "Tarn")}


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("The second page says that the notice counts for the Tuna Panel as well.", {("Kenya", "Tuna Panel")}),
        ("The notice does not cover the Tuna Panel.", set()),
        ("The budget covers the Tuna Panel.", set()),
    ],
)
def test_a_notice_reaches_the_things_that_it_is_said_to_cover(detector, article, text, more):
    text = f"Kenya has formally given notice that it is leaving the {BODY}. {text}"
    assert pairs(detector, article, text) == {("Kenya", BODY), *more}


def test_who_stops_carrying_out_an_accord_leaves_it(detector, article):
    assert pairs(detector, article, "Kenya will stop carrying out the Tuna Accord.") == {("Kenya", "Tuna Accord")}
