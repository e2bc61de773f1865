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
