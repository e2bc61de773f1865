from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.core.withdrawals.rejections import REASONS
from streams.core.withdrawals.verify import verify

RUSSIA = """Russia is walking away from the International Criminal Court, the tribunal in The Hague that was set up to try the world's gravest crimes.

President Vladimir Putin on Wednesday signed a decree to withdraw Russia's signature from the Rome Statute, the treaty on which the court is built.

Russia is not the first to change its mind. The United States, which also signed in 2000, withdrew its signature in 2002 under President George W. Bush.

South Africa, Gambia and Burundi have all announced this year that they are pulling out of the court. Officials there say that it goes after Africans."""


def pairs(detection):
    return {(e.actor.name, e.object.name): e for e in detection.events}


def test_the_typical_page_gives_its_five_events_at_their_stages(detector, article):
    found = pairs(detector.detect(article(RUSSIA, "Russia quits International Criminal Court")))
    court = "International Criminal Court"
    assert set(found) == {(a, court) for a in ("Russia", "United States", "South Africa", "Gambia", "Burundi")}
    assert found["Russia", court].main
    assert found["Russia", court].stage == "announced"
    assert found["Russia", court].date.value == "2016-11-16"
    assert found["United States", court].date.value == "2002"
    assert {found[a, court].stage for a in ("South Africa", "Gambia", "Burundi")} == {"announced"}
    assert found["Burundi", court].date.value == "2016"


def test_a_founding_treaty_is_a_name_of_its_body(detector, article):
    event = detector.detect(article("Burundi withdrew from the Rome Statute on Friday.")).events[0]
    assert event.object.id == "icc"
    assert "International Criminal Court" in event.object.names


def test_every_span_slices_to_the_text_it_quotes(detector, article):
    one = article("« Café » — " + RUSSIA, "Russia quits International Criminal Court")
    enriched = replace(one, events=detector.detect(one).events)
    assert enriched.events
    assert verify(enriched) == []


def test_a_moved_span_is_a_fault(detector, article):
    one = article(RUSSIA)
    event = detector.detect(one).events[0]
    moved = replace(
        event, evidence=replace(event.evidence, span=(event.evidence.span[0] + 1, event.evidence.span[1] + 1))
    )
    assert any("evidence" in fault for fault in verify(replace(one, events=(moved,))))


def test_without_a_date_of_publication_relative_dates_stay_unknown(detector, article):
    event = detector.detect(
        article("Kenya withdrew from the Coral Fisheries Commission on Friday.", published=None)
    ).events[0]
    assert event.date is None


def test_a_year_stays_a_year(detector, article):
    event = detector.detect(article("Kenya withdrew from the Coral Fisheries Commission in 2002.")).events[0]
    assert (event.date.value, event.date.precision) == ("2002", "year")


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Kenya told the Coral Fisheries Commission that it would leave.", {"Kenya"}),
        (
            "Kenya quit the Coral Fisheries Commission. Prices rose. Chad told the commission that it would leave.",
            {"Chad"},
        ),
        (
            "Kenya quit the Coral Fisheries Commission. Chad was out of the door on May 6. Mali went later.",
            {"Chad", "Mali"},
        ),
        ("Kenya has given the six months' notice required to leave the Coral Fisheries Commission.", {"Kenya"}),
        ("Kenya quit the Coral Fisheries Commission in 2001. The last to go was Chad, in 2013.", {"Chad"}),
        ("Seven banks including Citron Bank left the Coral Fisheries Commission in May.", {"Citron Bank"}),
        ("The mayor of Porto said the city would quit the Coral Fisheries Commission.", {"Porto"}),
        ("The diocese of Lyon has left the Coral Fisheries Commission.", {"diocese of Lyon"}),
        ("Kenya and Chad were among the countries that left the Coral Fisheries Commission.", {"Kenya", "Chad"}),
        ("The British Mountaineering Council quit the Coral Fisheries Commission.", {"British Mountaineering Council"}),
        ("Kenya and Chad are consulting on a joint withdrawal from the Coral Fisheries Commission.", {"Kenya", "Chad"}),
    ],
)
def test_who_leaves_is_found_where_the_clause_does_not_say_what(detector, article, text, actors):
    found = {
        e.actor.name for e in detector.detect(article(text)).events if e.object.name == "Coral Fisheries Commission"
    }
    assert actors <= found


def test_treaties_with_two_partners_are_two(detector, article):
    found = detector.detect(article("Kenya annulled its treaties of alliance with Chad and Mali on Saturday.")).events
    assert {(e.actor.name, e.object.name) for e in found} == {("Kenya", f"treaty with {s}") for s in ("Chad", "Mali")}


@pytest.mark.parametrize(
    "text",
    [
        "Five U.S. states dropped out of the Coral Fisheries Commission in 2011.",
        "Kenya withdrew its troops and its ambassador, and the bank withdrew old notes from circulation under an agreement.",
        "The Coral Fisheries Commission suspended Kenya on Friday.",
        "Maria Silva resigned from the Coral Fisheries Commission on Friday.",
        "If Kenya left the Coral Fisheries Commission, prices would rise.",
        "Kenya denounced the attack as a breach of the treaty.",
        "Orders from Kenya were withdrawn, the Coral Fisheries Commission said.",
        "Doctors urge smokers to quit; the exit poll gave the union a lead.",
    ],
)
def test_other_senses_are_no_events(detector, article, text):
    assert detector.detect(article(text)).events == ()


def test_what_is_turned_down_carries_a_reason_of_the_closed_set(detector, article):
    text = "Maria Silva resigned from the Coral Fisheries Commission. If Kenya left the Commission, prices would rise. Kenya never left the Coral Fisheries Commission."
    rejected = detector.detect(article(text)).rejected
    assert rejected
    assert {r.reason for r in rejected} <= REASONS


def test_the_same_article_gives_the_same_events(detector, article):
    assert detector.detect(article(RUSSIA)) == detector.detect(article(RUSSIA))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.lists(
        st.sampled_from(
            [
                "Kenya",
                "quit",
                "the",
                "treaty",
                "with",
                "from",
                "out of",
                "(",
                ")",
                "“",
                ",",
                ".",
                "\n",
                "NATO",
                "in 2015",
                "Union",
                "'s",
                "’",
                "withdrew",
                "not",
                "İ",
                "—",
                "who",
                "and",
                "it",
                "notice",
                "membership",
                ":",
                "A.",
                "$5bn",
            ]
        ),
        max_size=60,
    )
)
def test_no_text_breaks_the_detector(detector, article, words):
    one = article(" ".join(words), " ".join(words[:8]))
    assert verify(replace(one, events=detector.detect(one).events)) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Orbis Telecom will stop selling phones in Kenya and Chad, the company said as sales fell.",
            {"Kenya", "Chad"},
        ),
        ("Orbis Telecom has closed its Danish stores, the company said.", {"Denmark"}),
        ("Kenya will stop selling oil in Chad, a company said as sales fell.", set()),
        ("Orbis Telecom opened its Danish stores, the company said as sales rose.", set()),
    ],
)
def test_a_company_leaves_the_market_where_it_stops_its_trade(detector, article, text, places):
    found = detector.detect(article(text)).events
    assert {e.object.name for e in found if e.kind == "market"} == places


def test_what_a_description_tells_first_goes_by_the_name_told_later(detector, article):
    text = "Kenya terminated a key defence pact that lets troops in. The Visiting Forces Agreement dates from 1998."
    assert [e.object.name for e in detector.detect(article(text)).events] == ["Visiting Forces Agreement"]
