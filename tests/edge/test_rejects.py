from __future__ import annotations

from streams.edge.rejects import RejectGuard


def test_a_worker_stops_only_when_the_window_is_full_and_the_share_is_passed() -> None:
    guard = RejectGuard(0.5, 10)
    assert not any(guard.add(rejected=True) for _ in range(9))
    assert guard.add(rejected=True)
    assert "10 of the last 10" in guard.verdict


def test_half_is_not_more_than_half() -> None:
    guard = RejectGuard(0.5, 10)
    assert not any(guard.add(bool(i % 2)) for i in range(100))


def test_a_limit_of_one_turns_it_off() -> None:
    guard = RejectGuard(1, 5)
    assert not any(guard.add(rejected=True) for _ in range(50))
