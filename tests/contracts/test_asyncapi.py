"""The AsyncAPI document is one by its specification's own words, and says what the plan says."""

from __future__ import annotations

import warnings
from typing import Any

import jsonschema_rs
import orjson
import pytest
import yaml

from streams.agents import AGENTS
from streams.catalogue import config_folder
from streams.catalogue.topics import load_topics

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the library's field `schema` hides one of pydantic's
    from asyncapi3 import AsyncAPI3

FOLDER = config_folder()
DOCUMENT: dict[str, Any] = yaml.safe_load((FOLDER / "asyncapi.yaml").read_text("utf-8"))
TOPICS = load_topics(FOLDER)


def at(reference: str) -> Any:
    """What a reference points to: in the document, or a file beside it."""
    file, _, path = reference.partition("#")
    found = orjson.loads((FOLDER / file).read_bytes()) if file else DOCUMENT
    for part in filter(None, path.split("/")):
        found = found[part]
    return found


def references(data: Any) -> list[str]:
    if isinstance(data, list):
        return [found for part in data for found in references(part)]
    if isinstance(data, dict):
        ours = [data["$ref"]] if isinstance(data.get("$ref"), str) else []
        return ours + [found for name, part in data.items() if name != "examples" for found in references(part)]
    return []


def test_it_is_an_asyncapi_document_and_a_wrong_word_makes_it_none() -> None:
    AsyncAPI3.model_validate(DOCUMENT)
    for spoil in ("channels", "operations"):
        first = next(iter(DOCUMENT[spoil]))
        wrong = {**DOCUMENT, spoil: {**DOCUMENT[spoil], first: {**DOCUMENT[spoil][first], "adress": 1, "action": "x"}}}
        with pytest.raises(ValueError, match=r"adress|action"):
            AsyncAPI3.model_validate(wrong)


def test_every_reference_leads_somewhere() -> None:
    found = references(DOCUMENT)
    assert len(found) > 30
    for reference in found:
        assert at(reference)


def test_every_topic_is_a_channel_with_its_partitions_and_its_schema() -> None:
    assert DOCUMENT["channels"].keys() == TOPICS.keys()
    for name, topic in TOPICS.items():
        channel = DOCUMENT["channels"][name]
        assert channel["address"] == name
        assert channel["bindings"]["kafka"]["partitions"] == topic.partitions
        message = at(channel["messages"]["record"]["$ref"])
        if not topic.is_dead_letter:
            assert at(message["payload"]["schema"]["$ref"])["title"] == topic.schema


def test_every_agent_s_reading_and_writing_is_an_operation() -> None:
    said = {
        (one["action"], one["channel"]["$ref"].rsplit("/", 1)[1], name.split("-")[0])
        for name, one in DOCUMENT["operations"].items()
    }
    plans = AGENTS.values()
    assert said == {
        *(("receive", plan.reads, plan.name) for plan in plans),
        *(("send", topic, plan.name) for plan in plans for topic in (*plan.writes, plan.reads + "-dlq")),
    }


def test_its_examples_fit_their_schemas() -> None:
    shown = [message for message in DOCUMENT["components"]["messages"].values() if "examples" in message]
    assert {message["name"] for message in shown} >= {"pages-raw", "streams.withdrawal.rejected"}
    for message in shown:
        validator = jsonschema_rs.validator_for(at(message["payload"]["schema"]["$ref"]))
        for example in message["examples"]:
            validator.validate(example["payload"])
