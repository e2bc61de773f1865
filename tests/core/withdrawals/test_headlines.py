"""What a headline says more loosely than its story is not a second event."""

from __future__ import annotations

import pytest

from tests.core.withdrawals.test_reference import pairs


@pytest.mark.parametrize(
    ("headline", "text", "told"),
    [
        (
            "Moravian Brethren leave Alliance of Free Churches",
            "The Moravian Brethren Synod said on Tuesday that it was leaving the Alliance of Free Churches.",
            {("Moravian Brethren Synod", "Alliance of Free Churches")},
        ),
        (
            "Harbour town quits League of Northern Ports",
            "The Town of Kestrel Harbour has left the League of Northern Ports, its council said on Monday.",
            {("Town of Kestrel Harbour", "League of Northern Ports")},
        ),
    ],
)
def test_a_shorter_name_in_the_headline_is_the_one_of_the_lead(detector, article, headline, text, told) -> None:
    found = pairs(detector, article, text, headline)
    assert len(found) == 1
    assert found <= told


def test_another_leaver_in_the_headline_stays_an_event_of_its_own(detector, article) -> None:
    text = "Ostia has left the League of Northern Ports, its mayor said on Monday."
    found = pairs(detector, article, text, "France quits League of Northern Ports after Ostia")
    assert ("France", "League of Northern Ports") in found


@pytest.mark.parametrize(
    "text",
    [
        "Austria said on Thursday it would pull its 380 soldiers out of the Golan Heights.",
        "Kenya brought its last peacekeepers home from the Tarim Valley on Monday.",
    ],
)
def test_soldiers_leave_a_place_as_a_deployment(detector, article, text) -> None:
    assert [e.kind for e in detector.detect(article(text)).events] == ["deployment"]
