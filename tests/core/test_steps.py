"""Each step turns one message into exactly one outcome, with deterministic keys and headers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from streams.core import codec
from streams.core.errors import BadMessage
from streams.core.outcome import Drop, DropReason, Emit, Message, Reject, RejectReason
from streams.core.pages import page_headers
from streams.core.records import (
    Article,
    Claim,
    Evidence,
    Named,
    Notice,
    Party,
    RawPage,
    RejectedCandidate,
    Signal,
    Versions,
    Withdrawal,
)
from streams.core.steps import article_reference, clean_step, describe_step, detect_step, new_article

PAGE = RawPage("https://www.a.example/x?utm_source=y", "2020-01-02T03:04:05Z", "text/html", b"<p>x</p>")
BARE = new_article(PAGE, "https://www.a.example/x", "Russia left the court.", Versions("0"))
ARTICLE = replace(BARE, headline="Russia leaves", signals=(Signal("h1", "Russia leaves"),), clean_confidence=0.9)
PARTY = Party("Russia", "RUS", "state", "Russia", (0, 6), "text", ("Russia",))
EVIDENCE = Evidence("Russia left the court.", (0, 22), "text", "left", (7, 11), "leave")
EVENT = Withdrawal(
    "e1", ARTICLE.id, PARTY, replace(PARTY, name="ICC"), "treaty", "effective", "withdrawal", True, "asserted",
    Claim(None, False), None, None, EVIDENCE, 0.9,
)  # fmt: skip
REFUSED = RejectedCandidate(ARTICLE.id, "sport", "They left the pitch.", (0, 20), "text", "left", "leave")


def page_message(**headers: bytes) -> Message:
    more = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Message("pages-raw", b"k", PAGE.body, page_headers(PAGE) + more, 1_500)


def article_message(article: Article = ARTICLE, topic: str = "articles-clean") -> Message:
    return Message(topic, b"k", codec.encode(article), (("streams-received-at", b"7"), ("secret", b"x")), 1_500)


def emitted(outcome: object) -> Emit:
    assert isinstance(outcome, Emit), outcome
    return outcome


def test_clean_writes_one_article_keyed_by_its_host_without_www() -> None:
    (output,) = emitted(clean_step(lambda _: ARTICLE)(page_message())).outputs
    assert (output.topic, output.key) == ("articles-clean", b"a.example")
    assert codec.decode(output.value, Article) == ARTICLE


def test_headers_are_cloudevents_of_the_pages_time_not_of_the_moment() -> None:
    (output,) = emitted(clean_step(lambda _: ARTICLE)(page_message())).outputs
    headers = dict(output.headers)
    assert headers["ce_specversion"] == b"1.0"
    assert headers["ce_id"] == ARTICLE.id.encode()
    assert datetime.fromisoformat(headers["ce_time"].decode()) == datetime.fromisoformat(PAGE.fetched_at)
    assert headers["content-type"] == b"application/json"


def test_a_pages_arrival_is_stamped_once_and_carried_on_and_nothing_else_is() -> None:
    (first,) = emitted(clean_step(lambda _: ARTICLE)(page_message(traceparent=b"00-a"))).outputs
    assert dict(first.headers)["streams-received-at"] == b"1500"
    assert dict(first.headers)["traceparent"] == b"00-a"
    (second,) = emitted(describe_step(lambda a: a, frozenset())(article_message())).outputs
    assert dict(second.headers)["streams-received-at"] == b"7"
    assert "secret" not in dict(second.headers)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (Message("pages-raw", b"k", None), DropReason.TOMBSTONE),
        (page_message(http_status=b"404"), DropReason.HTTP_STATUS),
        (page_message(http_status=b"503"), DropReason.HTTP_STATUS),
        (page_message(), DropReason.NO_TEXT),
    ],
)
def test_a_page_without_an_article_is_dropped_and_counted(message: Message, reason: DropReason) -> None:
    assert clean_step(lambda _: None)(message) == Drop(reason)


def test_a_page_that_the_cleaner_refuses_is_rejected_with_its_words() -> None:
    def refuse(_: RawPage) -> Article:
        raise BadMessage("binary", "starts with PK")

    assert clean_step(refuse)(page_message()) == Reject(RejectReason.BINARY, "starts with PK")


def test_a_defect_is_not_taken_for_a_bad_page() -> None:
    def broken(_: RawPage) -> Article:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        clean_step(broken)(page_message())


def test_describe_keys_by_article_and_drops_what_detection_must_not_read() -> None:
    step = describe_step(lambda a: replace(a, signals=None, page_kind="list"), frozenset({"list"}))
    outcome = step(article_message())
    assert isinstance(outcome, Drop)
    assert outcome.reason == DropReason.NOT_AN_ARTICLE
    (output,) = emitted(
        describe_step(lambda a: replace(a, signals=None), frozenset({"list"}))(article_message())
    ).outputs
    assert output.key == ARTICLE.id.encode()


def test_fields_are_tallied_found_or_not_by_the_first_part_of_their_source_only() -> None:
    described = replace(ARTICLE, language="en", sources=(("language", "html:lang", 1.0),))
    tallies = emitted(describe_step(lambda _: described, frozenset())(article_message())).tallies
    labels = dict(tally.labels for tally in tallies)
    assert labels["language"] == "html"
    assert labels["agency"] == "none"
    assert labels["headline"] == "found"


@pytest.mark.parametrize("step", [describe_step(lambda a: a, frozenset()), detect_step(lambda _: ((), ()), "r1")])
@pytest.mark.parametrize("value", [b"", b"{", b"[]", b'{"id": 1}'])
def test_a_record_that_is_none_is_malformed_at_every_agent(step, value: bytes) -> None:
    outcome = step(Message("articles-clean", b"k", value))
    assert isinstance(outcome, Reject)
    assert outcome.reason == RejectReason.MALFORMED


def test_detect_writes_the_article_its_events_and_what_was_refused_in_that_order() -> None:
    outcome = emitted(detect_step(lambda _: ((EVENT,), (REFUSED,)), "r1")(article_message(topic="articles-described")))
    assert [output.topic for output in outcome.outputs] == ["articles-enriched", "withdrawals", "withdrawals-rejected"]
    enriched, event, _ = outcome.outputs
    record = codec.decode(enriched.value, Article)
    assert record.events == (EVENT,)
    assert record.versions.rules == "r1"
    assert event.key == b"e1"
    assert codec.decode(event.value, Withdrawal).article == article_reference(ARTICLE)
    assert [(tally.metric, tally.labels) for tally in outcome.tallies] == [
        ("withdrawals", ("treaty", "effective")),
        ("candidates_rejected", ("sport",)),
    ]


def test_an_article_without_events_says_so() -> None:
    (output,) = emitted(detect_step(lambda _: ((), ()), "r1")(article_message())).outputs
    assert codec.decode(output.value, Article).events == ()


def test_a_second_pass_gives_the_same_bytes_under_the_same_keys() -> None:
    step = detect_step(lambda _: ((EVENT,), (REFUSED, replace(REFUSED, span=(21, 30)))), "r1")
    first, second = emitted(step(article_message())), emitted(step(article_message()))
    assert first == second
    assert len({output.key for output in first.outputs}) == len(first.outputs)


def test_a_reference_names_each_notice_once() -> None:
    notices = (Notice("paywall", "a"), Notice("update", "b"), Notice("paywall", "c"))
    told = article_reference(replace(ARTICLE, notices=notices, agency=Named("Reuters", "credit")))
    assert told.notices == ("paywall", "update")
    assert (told.agency, told.publisher, told.url) == ("Reuters", None, ARTICLE.canonical_url)
