"""Ten sites print one text: one cluster. Two writers tell one event: two clusters. In any order, however often."""

from __future__ import annotations

import random

import pytest

from streams.core.metadata.syndication import (
    SIZE,
    WireMemory,
    clusters,
    likeness,
    parse_print,
    print_of,
    same_wire,
)
from tests.core.metadata.wire import STORIES, agreement, copies


@pytest.mark.parametrize(("edited", "kept"), [(0.0, 1.0), (0.02, 0.5), (0.05, 0.5), (0.08, 0.7)])
def test_copies_with_edits_and_cuts_fall_together_and_rival_stories_apart(edited: float, kept: float) -> None:
    for seed in range(5):
        made = copies(seed, edited=edited, kept=kept)
        precision, recall = agreement(made, clusters({c.id: print_of(c.text) for c in made}))
        assert precision == 1.0
        assert recall >= 0.95


def test_two_writers_on_one_event_are_two_sources() -> None:
    first, second = print_of(STORIES["court"]), print_of(STORIES["court-rival"])
    assert first is not None
    assert second is not None
    assert likeness(first, second) < 0.1


def test_clusters_do_not_depend_on_order() -> None:
    made = copies(3, edited=0.05, kept=0.5)
    expected = clusters({c.id: print_of(c.text) for c in made})
    for seed in range(4):
        shuffled = random.Random(seed).sample(made, len(made))
        assert clusters({c.id: print_of(c.text) for c in shuffled}) == expected


def test_a_copy_cut_to_its_first_third_is_still_a_copy() -> None:
    text = STORIES["court"]
    assert same_wire(str(print_of(text)), str(print_of(text[: len(text) // 3])))


def test_case_dashes_and_quotation_marks_change_nothing() -> None:
    plain = STORIES["court-rival"]
    dressed = plain.replace('"', "”").replace("'", "’").upper()
    assert same_wire(str(print_of(plain)), str(print_of(dressed)))


def test_a_text_too_short_has_no_print() -> None:
    assert print_of("Russia quits the court.") is None
    assert not same_wire(None, None)


@pytest.mark.parametrize(
    "text", ["", "w1", "w1:5", "w1:5:!!", "w1:x:AAAA", "w2:5:AAAAAA==", "w1:9999999:AAAAAA==", "w1:5:AAA="]
)
def test_what_is_no_print_is_none(text: str) -> None:
    assert parse_print(text) is None


def test_the_memory_names_the_first_copy_and_repeats_itself_under_replay() -> None:
    made = [c for c in copies(1, edited=0.03, kept=0.6) if c.story == "court"]
    memory = WireMemory()
    first = [memory.place(c.id, p) for c in made if (p := print_of(c.text))]
    again = [memory.place(c.id, p) for c in made if (p := print_of(c.text))]
    assert first == [None] + [made[0].id] * (len(made) - 1)
    assert again == first


def test_the_memory_is_bounded_and_goes_on_alike_from_its_state() -> None:
    made = copies(2, edited=0.03, kept=0.6)
    memory = WireMemory(most=12)
    for c in made[:30]:
        if p := print_of(c.text):
            memory.place(c.id, p)
    assert len(memory.state) == 12
    resumed = WireMemory(12, memory.state)
    for c in made[30:]:
        if p := print_of(c.text):
            assert memory.place(c.id, p) == resumed.place(c.id, p)
    assert memory.state == resumed.state


def test_a_forgotten_print_leaves_nothing_behind() -> None:
    memory = WireMemory(most=1)
    for c in copies(4, edited=0.0, kept=1.0):
        if p := print_of(c.text):
            memory.place(c.id, p)
    assert len(memory._holders) <= SIZE
