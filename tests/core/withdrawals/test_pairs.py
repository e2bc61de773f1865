from tests.quality.pairs.__main__ import FLOORS, measure
from tests.quality.pairs.grammar import pairs


def test_there_are_a_thousand_minimal_pairs():
    assert sum(1 for _ in pairs()) >= 1000


def test_minimal_pairs_stay_above_their_floors():
    shares, _ = measure()
    assert {k: shares[k] for k in FLOORS if shares[k] < FLOORS[k]} == {}
