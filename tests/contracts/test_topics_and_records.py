"""Every topic has a schema, an example and, where it is read, a dead-letter twin with room for headers."""

from __future__ import annotations

import jsonschema_rs
import orjson
import pytest

from streams.agents import AGENTS
from streams.catalogue import config_folder
from streams.catalogue.topics import DEAD_LETTER_SUFFIX, load_topics
from streams.core.outcome import Message
from streams.core.pages import raw_page

FOLDER = config_folder()
TOPICS = load_topics(FOLDER)


def schema(name: str) -> dict:
    return orjson.loads((FOLDER / "schemas" / f"{name}.schema.json").read_bytes())


def example(name: str) -> dict:
    return orjson.loads((FOLDER / "schemas" / f"{name}.example.json").read_bytes())


@pytest.mark.parametrize("topic", TOPICS.values(), ids=str)
def test_every_topic_has_a_schema_and_an_example_that_fits_it(topic) -> None:
    jsonschema_rs.validator_for(schema(topic.schema)).validate(example(topic.schema))


@pytest.mark.parametrize("name", sorted({topic.schema for topic in TOPICS.values()}))
def test_an_example_that_lacks_a_required_field_or_has_a_wrong_type_fails(name: str) -> None:
    validator = jsonschema_rs.validator_for(schema(name))
    for field in schema(name)["required"]:
        spoiled = example(name)
        spoiled.pop(field, None)
        assert not validator.is_valid(spoiled), field
        assert not validator.is_valid({**example(name), field: {"no": "such"}}), field


def test_every_topic_read_has_a_twin_that_holds_its_largest_message_and_our_headers() -> None:
    for topic in TOPICS.values():
        assert (topic.name + DEAD_LETTER_SUFFIX in TOPICS) == bool(topic.read_by)
        if topic.read_by:
            assert TOPICS[topic.name + DEAD_LETTER_SUFFIX].max_message_bytes >= topic.max_message_bytes + 16_384


def test_agents_and_catalogue_tell_the_same_story() -> None:
    for topic in TOPICS.values():
        if topic.is_dead_letter:
            continue
        assert topic.read_by == next((name for name, plan in AGENTS.items() if plan.reads == topic.name), None)
        assert topic.written_by == next((name for name, plan in AGENTS.items() if topic.name in plan.writes), None)


STAGES = ("article-clean", "article-described", "article-enriched")


@pytest.mark.parametrize("stage", STAGES)
def test_an_example_fits_no_stage_but_its_own(stage: str) -> None:
    fits = [name for name in STAGES if jsonschema_rs.validator_for(schema(name)).is_valid(example(stage))]
    assert fits == [stage]


@pytest.mark.parametrize("field", ["kind", "stage", "form"])
def test_a_word_outside_a_closed_set_is_refused(field: str) -> None:
    validator = jsonschema_rs.validator_for(schema("withdrawal"))
    assert not validator.is_valid({**example("withdrawal"), field: "exit"})


def test_the_examples_of_an_article_and_its_event_belong_together() -> None:
    article, event = example("article-enriched"), example("withdrawal")
    assert event["article_id"] == article["id"]
    assert event["event_id"] in {one["event_id"] for one in article["events"]}
    start, end = event["evidence"]["span"]
    assert article[event["evidence"]["field"]][start:end] == event["evidence"]["sentence"]


def test_the_example_of_a_raw_page_is_one_that_the_product_reads() -> None:
    value = (FOLDER / "schemas" / "raw-page.example.json").read_bytes()
    assert raw_page(Message("pages-raw", None, value, (("content-type", b"application/json"),))).body
