"""The experiments of issue 5: a synthetic site of 200 pages, wire copy on several hosts, bounds, restart and decay."""

from __future__ import annotations

import random

import orjson

from streams.core.cleaning.host_memory import MOST_HOSTS, MOST_LINES, HostMemory

FURNITURE = (
    "Closings: schools, churches and businesses",
    "Posted by the newsroom desk",
    "Have a story idea? Call our tip line at 555-0100",
    "Copyright 2026 Valley Broadcasting",
    "Watch the 6 o'clock news live",
)
WORDS = [
    "river",
    "council",
    "bridge",
    "treaty",
    "minister",
    "border",
    "letter",
    "court",
    "harvest",
    "winter",
    "strike",
    "railway",
    "mayor",
    "school",
    "water",
    "vote",
]


def _story(seed: int) -> list[str]:
    pick = random.Random(seed)
    return [" ".join(pick.choices(WORDS, k=9)).capitalize() + "." for _ in range(8)]


def _site(memory: HostMemory, pages: int, host: str = "kolm.example") -> tuple[int, int, int]:
    """Feeds a site; gives furniture lines found and all there were, and story lines wrongly taken, over the second half."""
    found = total = wrong = 0
    for i in range(pages):
        furniture = [line for j, line in enumerate(FURNITURE) if (i + j) % 3]  # each stands on two pages of three
        lines = _story(i) + furniture
        recurring = memory.recurring(host, lines)
        if i >= pages // 2:
            found += len(recurring & set(furniture))
            total += len(furniture)
            wrong += len(recurring - set(furniture))
        memory.learn(host, f"text-{i}", lines, day=i / 50)
    return found, total, wrong


def test_on_a_site_of_200_pages_every_recurring_line_is_found_and_no_sentence_is_taken() -> None:
    found, total, wrong = _site(HostMemory(), 200)
    assert found == total > 300
    assert wrong == 0


def test_a_line_is_furniture_only_after_enough_distinct_texts() -> None:
    memory = HostMemory()
    for i in range(3):
        memory.learn("a.example", f"t{i}", [FURNITURE[0]], day=0)
    assert not memory.recurring("a.example", [FURNITURE[0]])
    memory.learn("a.example", "t3", [FURNITURE[0]], day=0)
    assert memory.recurring("a.example", [FURNITURE[0]])


def test_one_story_crawled_a_hundred_times_teaches_nothing() -> None:
    memory = HostMemory()
    for _ in range(100):
        memory.learn("a.example", "the same text", _story(1), day=0)
    assert not memory.recurring("a.example", _story(1))


def test_wire_copy_on_four_stations_is_never_eaten() -> None:
    memory = HostMemory()
    credit = "MOSCOW (AP) - Russia said on Wednesday that it would leave."
    for i in range(50):
        for host in ("a.example", "b.example", "c.example", "d.example"):
            lines = [credit, f"unique {host} {i} line of the day"]
            assert credit not in memory.recurring(host, lines)
            memory.learn(host, f"{host}-{i}", lines, day=0)


def test_digits_do_not_hide_a_recurring_line() -> None:
    memory = HostMemory()
    for i in range(6):
        memory.learn("a.example", f"t{i}", [f"{i} closings and delays"], day=0)
    assert memory.recurring("a.example", ["14 closings and delays"]) == frozenset()  # two digits are another line
    assert memory.recurring("a.example", ["9 closings and delays"])


def test_memory_survives_a_restart() -> None:
    memory = HostMemory()
    _site(memory, 40)
    fresh = HostMemory()
    fresh.restore("kolm.example", orjson.loads(orjson.dumps(memory.host_state("kolm.example"))))
    assert fresh.recurring("kolm.example", FURNITURE) == memory.recurring("kolm.example", FURNITURE) == set(FURNITURE)


def test_memory_fades_when_a_host_goes_quiet_or_changes_its_furniture() -> None:
    memory = HostMemory()
    _site(memory, 40)
    for i in range(10):
        memory.learn("kolm.example", f"later-{i}", _story(1000 + i), day=400)
    assert not memory.recurring("kolm.example", FURNITURE)


def test_memory_is_bounded_per_host_and_overall() -> None:
    memory = HostMemory()
    for i in range(40):
        memory.learn(
            "a.example", f"t{i}", [f"{chr(97 + j % 26)}{chr(97 + j // 26)} {_story(i)[0]}" for j in range(100)], day=0
        )
    assert len(memory.host_state("a.example")["lines"]) <= MOST_LINES
    for i in range(MOST_HOSTS + 50):
        memory.learn(f"h{i}.example", "t", ["a line"], day=0)
    assert len(memory.state()["hosts"]) <= MOST_HOSTS


def test_long_paragraphs_are_never_remembered() -> None:
    memory = HostMemory()
    for i in range(10):
        memory.learn("a.example", f"t{i}", ["x" * 241, "ab"], day=0)
    assert memory.host_state("a.example")["lines"] == {}
