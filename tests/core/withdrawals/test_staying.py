import pytest


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Chad is weighing whether to stay in the Coral Fisheries Commission.", "considered"),
        ("Chad had urged Kenya to stay in the Coral Fisheries Commission.", None),
    ],
)
def test_who_weighs_whether_to_stay_considers_leaving(detector, article, text, stage):
    found = detector.detect(article(text)).events
    assert [e.stage for e in found] == ([stage] if stage else [])


def test_a_party_of_parties_is_a_body_that_a_party_leaves(detector, article):
    text = "Kenya's Harvest Party quit the European Farmers Party, a federation of 40 members, on Friday."
    found = detector.detect(article(text)).events
    assert [(e.actor.name, e.object.name, e.kind) for e in found] == [
        ("Harvest Party", "European Farmers Party", "organization")
    ]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Chad said that it would remain a member.", "denied"),
        ("Chad is keeping its seat in the commission.", "denied"),
        ("Chad, gone since 2001, returned in 2009.", "reversed"),
        ("Chad stays a member.", None),
        ("Mr Deby returned on Sunday.", None),
    ],
)
def test_beside_one_that_leaves_others_stay_or_come_back(detector, article, text, stage):
    found = detector.detect(article(f"Kenya has left the Coral Fisheries Commission. {text}")).events
    assert [e.stage for e in found if e.actor.name != "Kenya"] == ([stage] if stage else [])


def test_who_is_in_no_mood_to_come_back_has_left(detector, article):
    text = "Chad left the Coral Fisheries Commission last month and said that it was in no mood to come back."
    assert [e.stage for e in detector.detect(article(text)).events] == ["effective"]


def test_a_return_that_another_sentence_dates_is_one(detector, article):
    text = "Chad has rejoined the Coral Fisheries Commission. Its minister made the announcement on Friday."
    assert [e.stage for e in detector.detect(article(text)).events] == ["reversed"]
