import pytest


def actors(detector, article, text):
    return {e.actor.name for e in detector.detect(article(text)).events}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            (
                "Three trading houses will leave the Ostia Grain Exchange in May. "
                "Harrow Foods, Tarn & Co. and Lint Capital said in a joint letter that its fees were too high."
            ),
            {"Harrow Foods", "Tarn & Co.", "Lint Capital"},
        ),
        (
            (
                "Two of the country's insurers said on Friday that they had left the Coral Insurance Council. "
                "Chad's Harrow Insurance and Kenya's Lint Insurance gave no reason."
            ),
            {"Harrow Insurance", "Lint Insurance"},
        ),
        (
            (
                "Kenya and two of its neighbours have pulled out of the Coral Fisheries Commission. Prices rose. "
                "Chad and Uganda sent similar letters."
            ),
            {"Kenya", "Chad", "Uganda"},
        ),
    ],
)
def test_the_counted_are_named_by_the_next_list_of_just_so_many(detector, article, text, names):
    assert actors(detector, article, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Three states will leave the Coral Fisheries Commission in May. Kenya and Chad said that they regretted it.",
        "Two companies will leave the Coral Cocoa Charter in May. Kenya and Chad said that they regretted it.",
        "Two states will leave the Coral Fisheries Commission in May. A minister flew to Kenya and Chad.",
    ],
)
def test_a_list_of_another_length_sort_or_place_names_none_of_the_counted(detector, article, text):
    assert actors(detector, article, text) == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            (
                "Kenya, Chad and Uganda left the Coral Fisheries Commission in May. Prices rose. "
                "The three also quit the Ostia Grain Council."
            ),
            {"Kenya", "Chad", "Uganda"},
        ),
        (
            "Kenya and Chad left the Coral Fisheries Commission in May. In June they quit the Ostia Grain Council.",
            {"Kenya", "Chad"},
        ),
    ],
)
def test_a_plural_that_points_back_is_those_who_left_together(detector, article, text, names):
    found = detector.detect(article(text)).events
    assert {e.actor.name for e in found if e.object.name == "Ostia Grain Council"} == names
