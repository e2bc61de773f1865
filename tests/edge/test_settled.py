from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streams.edge.settled import ROOM, Settled

offsets = st.lists(st.integers(0, 60), max_size=60)


@given(st.integers(0, 20), offsets)
def test_it_holds_exactly_what_was_added_in_any_order(mark: int, added: list[int]) -> None:
    settled = Settled(mark)
    for offset in added:
        settled.add(offset)
    assert {offset for offset in range(70) if offset in settled} == {*range(mark), *added}


@given(st.integers(0, 20), offsets)
def test_mark_and_metadata_bring_it_back(mark: int, added: list[int]) -> None:
    settled = Settled(mark)
    for offset in added:
        settled.add(offset)
    again = Settled.read(settled.mark, settled.metadata)
    assert {offset for offset in range(70) if offset in again} == {*range(mark), *added}
    assert settled.mark not in settled


def test_the_mark_moves_over_what_has_no_gap() -> None:
    settled = Settled()
    for offset in (0, 2, 3, 1, 7):
        settled.add(offset)
    assert (settled.mark, settled.metadata) == (4, "3+1")


def test_metadata_stays_below_the_brokers_limit_and_what_does_not_fit_comes_again() -> None:
    settled = Settled()
    for offset in range(1, 20_000, 2):
        settled.add(offset)
    assert len(settled.metadata) <= ROOM
    again = Settled.read(settled.mark, settled.metadata)
    assert 1 in again
    assert 19_999 not in again


def test_metadata_of_another_make_counts_as_none() -> None:
    for told in (None, "", "by hand", "1+2,x", "-1+2", "9" * 30 + "+1"):
        assert Settled.read(5, told).metadata == ""
        assert Settled.read(5, told).mark == 5
