import pytest


def gone(detector, article, text):
    events = detector.detect(article(text)).events
    return {e.actor.name for e in events if e.object.name == "Coral Fisheries Commission" and e.stage != "considered"}


@pytest.mark.parametrize(
    "text",
    [
        "Kenya, along with Uganda and Chad, quit the Coral Fisheries Commission on Wednesday.",
        "Kenya left the Coral Fisheries Commission in 2012 together with Uganda and Chad.",
        "Kenya left the Coral Fisheries Commission on Wednesday alongside Uganda and Chad.",
    ],
)
def test_those_who_leave_along_with_a_state_leave_too(detector, article, text):
    assert gone(detector, article, text) == {"Kenya", "Uganda", "Chad"}


@pytest.mark.parametrize(
    "text",
    [
        "Kenya quit the Coral Fisheries Commission and signed a tuna accord together with Chad.",
        "Kenya quit the Coral Fisheries Commission, its minister said, after it voted along with Chad.",
        "Kenya quit the Coral Fisheries Commission together with its seat on the Tuna Panel.",
    ],
)
def test_those_who_do_another_thing_along_with_it_do_not(detector, article, text):
    assert gone(detector, article, text) == {"Kenya"}


def test_whoever_asks_along_with_others_does_not_leave(detector, article):
    text = "Kenya, together with Chad, urged Uganda to leave the Coral Fisheries Commission."
    assert gone(detector, article, text) == set()


def test_what_is_left_with_a_feeling_is_left(detector, article):
    text = "Kenya left the Coral Fisheries Commission in April 2012 with regret."
    assert gone(detector, article, text) == {"Kenya"}
