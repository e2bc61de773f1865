"""A name is taken whole, and goes by its short forms too."""

import pytest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Norway has denounced the Bergen Convention on the Export of Timber and Furs by Sea, a spokesman said.",
            "Bergen Convention on the Export of Timber and Furs by Sea",
        ),
        ("Norway has denounced the Bergen Convention on the Export of Timber, it said.", "Bergen Convention"),
        (
            "Kenya will leave the Convention on Reef Fisheries of the Western Indian Ocean, the ministry said.",
            "Convention on Reef Fisheries of the Western Indian Ocean",
        ),
        (
            "Norway has denounced the Ostend convention of 1931 on pilotage, officials said.",
            "Ostend convention of 1931",
        ),
        ("Norway has denounced the Ostend convention of 1931 on pilotage, officials said.", "Ostend convention"),
        ("The Peasant Party has quit the Valley Alliance in the Obwald Cantonal Council.", "Valley Alliance"),
        ("Chad has denounced International Seafarers Convention No. 58.", "International Seafarers Convention No. 58"),
        ("Benin has quit the Gulf of Guinea Sardine Agreement, it said.", "Gulf of Guinea Sardine Agreement"),
        ("The Peasant Party has quit the TNP-led National Reform Alliance.", "National Reform Alliance"),
        ("Chad will no longer be a party to Protocol 13, it said.", "Protocol 13"),
        (
            "Chad has quit the General Federation of Labour Exchanges, it said.",
            "General Federation of Labour Exchanges",
        ),
        ("Kenya has withdrawn from the union Liga dos 12, it said.", "Liga dos 12"),
        ("Chad has quit the U.N. Reef Development Organization.", "U.N. Reef Development Organization"),
    ],
)
def test_what_is_left_is_named_in_full_and_in_short(detector, article, text, name):
    (event,) = detector.detect(article(text)).events
    assert name in event.object.names


def test_a_branch_in_brackets_is_part_of_the_name(detector, article):
    text = "The Ratna Dal (Reformist) has withdrawn from the Sagar Front, its leader said on Monday."
    (event,) = detector.detect(article(text)).events
    assert {"Ratna Dal", "Ratna Dal (Reformist)"} <= set(event.actor.names)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Mombasa Lightermen's Union has quit the Congress of Port Unions.", "Mombasa Lightermen's Union"),
        ("The Federation of Lock and Weir Keepers has quit the Grain Council.", "Federation of Lock and Weir Keepers"),
        ("New Jersey has quit the Grain Council, it said.", "New Jersey"),
        ("Prairie General, an insurer, has quit the Grain Council, it said.", "Prairie General"),
        ("General Dynamics has quit the Grain Council, it said.", "General Dynamics"),
        ("France's Belcour SA <BELC.PA> will leave the European Grain Council, it said.", "Belcour SA"),
    ],
)
def test_who_leaves_is_named_whole_and_without_its_ticker(detector, article, text, name):
    (event,) = detector.detect(article(text)).events
    assert name in event.actor.names


@pytest.mark.parametrize(
    "text",
    [
        "Peru has quit the Lake Uru Binational Authority, known by its Spanish initials ABU. Bolivia will leave the ABU.",
        "Peru has quit the Harbour Workers' Union. The union, known as the ABU, was founded here. Bolivia will leave the ABU.",
        "Peru has quit the Reef Labour Centre, it said. Bolivia will leave the Reef Labor Center.",
        "Peru has quit the United Nations Reef Fund, it said. Bolivia will leave the U.N. Reef Fund.",
    ],
)
def test_one_thing_by_two_names_is_one_thing(detector, article, text):
    events = detector.detect(article(text)).events
    assert {e.actor.name for e in events} == {"Peru", "Bolivia"}
    assert len({e.object.name for e in events}) == 1


def test_a_general_in_person_is_no_company(detector, article):
    text = "Norway has quit the Grain Council. Attorney General Anna Lund and General Ola Moe left the hall."
    assert [e.actor.name for e in detector.detect(article(text)).events] == ["Norway"]
