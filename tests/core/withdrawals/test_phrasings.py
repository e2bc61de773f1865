import tomllib
from pathlib import Path

import pytest

GROUPS = tomllib.loads(Path(__file__).with_name("phrasings.toml").read_text("utf-8"))


def _told(detector, article, sentence: str) -> list[tuple[tuple[str, ...], tuple[str, ...], str]]:
    found = detector.detect(article(sentence, published="2021-06-16")).events
    return [(e.actor.names, e.object.names, e.stage) for e in found]


def _is(event, said: str) -> bool:
    actors, objects, stage = event
    actor, thing, wanted = said.split(" > ")
    named = any(actor in name for name in actors) and any(thing in name for name in objects)
    return named and stage == wanted


@pytest.mark.parametrize("group", GROUPS)
def test_each_way_of_telling_it_tells_what_it_must_and_nothing_more(detector, article, group):
    wrong = []
    for sentence, wanted in GROUPS[group].items():
        told, said = _told(detector, article, sentence), [w for w in wanted.split("; ") if w]
        if len(told) != len(said) or not all(any(_is(event, one) for event in told) for one in said):
            wrong.append((sentence, told))
    assert wrong == []
