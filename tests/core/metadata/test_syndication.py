"""Ten sites print one text: one cluster. Two writers tell one event: two clusters. In any order, on any worker."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys

import pytest

from streams.core.metadata.syndication import SHARED, keys_of
from tests.core.metadata.wire import EXAMPLE, STORIES, agreement, clusters, copies


def shared(first: str, second: str) -> int:
    return len({*keys_of(first)} & {*keys_of(second)})


@pytest.mark.parametrize(("edited", "kept"), [(0.0, 1.0), (0.02, 0.5), (0.05, 0.5), (0.05, 0.3), (0.1, 0.7)])
def test_copies_with_edits_and_cuts_fall_together_and_rival_stories_apart(edited: float, kept: float) -> None:
    for seed in range(5):
        made = copies(seed, edited=edited, kept=kept)
        precision, recall = agreement(made, clusters({c.id: keys_of(c.text) for c in made}))
        assert precision == 1.0
        assert recall >= 0.95


def test_two_writers_on_one_event_are_two_sources() -> None:
    assert shared(STORIES["court"], STORIES["court-rival"]) < SHARED // 2


def test_no_two_of_our_own_stories_are_near_the_threshold() -> None:
    names = sorted(STORIES)
    assert max(shared(STORIES[a], STORIES[b]) for a in names for b in names if a < b) < SHARED // 2


def test_ten_copies_count_as_one_source_of_an_event_in_the_consumers_example(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    event = {"main": True, "actor": {"name": "Russia"}, "object": {"name": "the court"}, "stage": "announced"}
    made = [c for c in copies(1, edited=0.05, kept=0.5) if c.story in ("court", "court-rival")]
    lines = [json.dumps({"id": c.id, "wire_keys": keys_of(c.text), "events": [event]}) for c in made]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join([*lines, lines[0]])))
    EXAMPLE["main"]()
    assert capsys.readouterr().out == "2\tof\t20\tRussia\tthe court\tannounced\n"


def test_the_example_names_the_number_of_keys_that_the_code_does() -> None:
    assert EXAMPLE["SHARED"] == SHARED


def test_clusters_do_not_depend_on_order() -> None:
    made = copies(3, edited=0.05, kept=0.5)
    expected = clusters({c.id: keys_of(c.text) for c in made})
    for seed in range(4):
        shuffled = random.Random(seed).sample(made, len(made))
        assert clusters({c.id: keys_of(c.text) for c in shuffled}) == expected


def test_another_worker_gives_the_same_keys() -> None:
    text = STORIES["court"]
    code = "import sys; from streams.core.metadata.syndication import keys_of; print(*keys_of(sys.stdin.read()))"
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        told = subprocess.run(
            [sys.executable, "-c", code], input=text, capture_output=True, text=True, env=environment, check=True
        )
        assert tuple(told.stdout.split()) == keys_of(text)


def test_the_keys_of_a_text_are_pinned_since_records_of_last_year_are_compared_with_todays() -> None:
    assert keys_of(" ".join(f"word{i}" for i in range(40)))[:3] == ("0458e8eb", "05c10737", "0e83f869")


def test_a_copy_cut_to_its_first_third_is_still_a_copy() -> None:
    text = STORIES["court"]
    assert shared(text, text[: len(text) // 3]) >= SHARED


def test_case_dashes_and_quotation_marks_change_nothing() -> None:
    plain = STORIES["court-rival"]
    assert keys_of(plain) == keys_of(plain.replace('"', "”").replace("'", "’").upper())


def test_a_text_too_short_has_no_keys() -> None:
    assert keys_of("Russia quits the court.") == ()
