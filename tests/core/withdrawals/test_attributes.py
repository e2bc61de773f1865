"""Stages, dates and effects of made-up events, one class of wording a line; published on Thursday 2019-05-16."""

import pytest

COUNCIL = "the Copper Exporters' Council"
STAGES = {
    "reversed": [
        "Uganda pulled out of the Lake Fisheries Organization in 1998 and was let back in in 2003.",
        "Chad gave notice in 2010 that it would leave the Sahel Locust Commission. It withdrew the notice in 2012.",
        "Malta said in January it was leaving the Sardine Agreement. The decision was reversed by the cabinet on Tuesday.",
        "Fiji announced in March that it would leave the Pacific Tuna Commission but changed its mind a week later.",
        "Fiji and Tonga left the Pacific Tuna Commission in 2009. Both returned in 2015.",
        "Norway said on Wednesday it had revoked its decision to leave the Arctic Whale Commission.",
        f"Zambia on Tuesday backed away from its decision to leave {COUNCIL}.",
    ],
    "effective": [
        "Fiji left the Pacific Tuna Commission in 2009. Samoa asked to be readmitted last week.",
        "Fiji left the Pacific Tuna Commission in 2009 and will not be readmitted, its officials said.",
        f"Zambia announced its immediate withdrawal from {COUNCIL} on Tuesday.",
        f"Zambia's withdrawal from {COUNCIL} became final on Tuesday.",
        f"He recalled that Zambia had left {COUNCIL} in 2011.",
    ],
    "denied": [
        f"Parliament in Lusaka on Tuesday voted down a motion to take Zambia out of {COUNCIL}.",
        f"Zambia's president on Tuesday refused to sign a bill ending the country's membership of {COUNCIL}.",
        f"Zambia on Tuesday ruled out leaving {COUNCIL}.",
        f"Zambia has decided against leaving {COUNCIL}, a spokesman said on Tuesday.",
        f"Zambia on Tuesday backed away from its threat to leave {COUNCIL}.",
    ],
    "considered": [
        f"Parliament in Lusaka on Tuesday began debating a motion to take Zambia out of {COUNCIL}.",
        f"Zambia on Tuesday did not rule out leaving {COUNCIL}.",
        f"Zambia on Tuesday refused to rule out leaving {COUNCIL}.",
        f"Zambia has until June to leave {COUNCIL}, and its government is weighing the step.",
        f"He recalled that Zambia had threatened in 2011 to leave {COUNCIL}.",
    ],
    "announced": [
        f"Parliament in Lusaka on Tuesday passed a motion to take Zambia out of {COUNCIL}.",
        f"Zambia's president on Tuesday signed a bill ending the country's membership of {COUNCIL}.",
        f"Zambia said on Tuesday it would notify {COUNCIL} of its withdrawal next week.",
        f"He recalled that Zambia had announced in 2011 that it would leave {COUNCIL}.",
    ],
    "notified": [
        "Zambia handed the denunciation of the Copper Pact to the United Nations on Tuesday.",
        "Zambia on Tuesday wrote to the depositary to denounce the Copper Pact.",
        f"Zambia gave notice last May that it was leaving {COUNCIL}.",
        f"Zambia has left {COUNCIL}. The denunciation was lodged with the secretary-general on Tuesday.",
        f"Zambia is leaving {COUNCIL}. Its secretariat said it had been informed of the decision in writing on Tuesday.",
    ],
}


@pytest.mark.parametrize(("stage", "text"), [(stage, text) for stage, texts in STAGES.items() for text in texts])
def test_a_stage_is_read_from_the_words_around_the_act(detector, article, stage, text):
    stages = [e.stage for e in detector.detect(article(text, published="2019-05-16")).events]
    assert stage in stages
    assert len(set(stages)) == 1


@pytest.mark.parametrize(
    ("text", "when", "effect"),
    [
        (f"Zambia left {COUNCIL} in 2011. Kenya left it the next year.", "2012", "2012"),
        (f"Kenya left {COUNCIL} on 6 May 2014. Zambia went later that month.", "2014-05", "2014-05"),
        (f"Kenya left {COUNCIL} in May 2014. Zambia had left it a month earlier.", "2014-04", "2014-04"),
        (f"Zambia has left {COUNCIL}, which it joined in 2003.", "2019-05-16", "2019-05-16"),
        (f"Zambia, which joined in 2003, left {COUNCIL} in 2011.", "2011", "2011"),
        (f"Zambia said on Tuesday that it had left {COUNCIL} on Monday.", "2019-05-13", "2019-05-13"),
        (f"Zambia will leave {COUNCIL} in October, its government said on Monday.", "2019-05-13", "2019-10"),
        (f"Zambia is leaving {COUNCIL} at midnight on Saturday, it said on Monday.", "2019-05-13", "2019-05-18"),
        (f"Zambia said on Monday it would leave {COUNCIL} at the end of the year.", "2019-05-13", "2019-12-31"),
        (
            f"Zambia on Monday gave notice that it was leaving {COUNCIL}. The exit takes effect in six months.",
            "2019-05-13",
            "2019-11-13",
        ),
        (
            (
                f"Zambia has given notice that it is leaving {COUNCIL}, officials said on Wednesday. "
                "The letter was delivered on Monday."
            ),
            "2019-05-13",
            None,
        ),
        (f"LUSAKA, May 14 (Agency) - Zambia left {COUNCIL} today.", "2019-05-14", "2019-05-14"),
    ],
)
def test_a_date_is_the_act_s_and_an_effect_its_effect_s(detector, article, text, when, effect):
    events = detector.detect(article(text, published="2019-05-16")).events
    assert (when, effect) in {(e.date and e.date.value, e.effective and e.effective.value) for e in events}
