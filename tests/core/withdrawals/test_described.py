import pytest


def left(detector, article, text):
    return {(e.actor.name, e.object.name) for e in detector.detect(article(text)).events}


@pytest.mark.parametrize(
    ("before", "told", "name"),
    [
        ("The Coral Security Treaty was signed in 1992.", "the security treaty", "Coral Security Treaty"),
        ("The Straits Customs Convention dates from 1964.", "the customs convention", "Straits Customs Convention"),
    ],
)
def test_a_thing_told_by_words_of_its_name_is_that_thing(detector, article, before, told, name):
    text = f"{before} Kenya has never signed it. Chad and Uganda left {told} in 1999."
    assert left(detector, article, text) == {("Chad", name), ("Uganda", name)}


def test_words_that_no_name_has_are_no_name(detector, article):
    text = "The Coral Security Treaty was signed in 1992. Chad left the fisheries treaty in 1999."
    assert ("Chad", "Coral Security Treaty") not in left(detector, article, text)


def test_a_treaty_told_by_its_subject_is_the_one_named_for_it(detector, article):
    text = (
        "Chad has given notice that it is leaving the main international treaty against narcotics. "
        "The Single Convention on Narcotic Drugs was signed in 1961."
    )
    assert left(detector, article, text) == {("Chad", "Single Convention on Narcotic Drugs")}


def test_two_treaties_of_one_subject_leave_it_open(detector, article):
    text = (
        "Chad is leaving the treaty against narcotics. "
        "The Single Convention on Narcotic Drugs and the Ostia Treaty on Narcotic Plants are from 1961."
    )
    assert not {name for _, name in left(detector, article, text)} & {"Ostia Treaty on Narcotic Plants"}
