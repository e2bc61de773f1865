"""Trains the weights of the confidence score: `python -m tests.quality.train_confidence FILE…`.

The files must be sets that neither the rules nor the second reader were fitted to when it runs: what is known by heart
teaches too much trust (`tools/train_pairs.py --hold` keeps sets from the reader). Prints confidence.toml and the
reliability table (ten-fold, by article). Logistic regression with a ridge; numpy only.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from unittest import mock

import numpy as np
import orjson

from streams.core.withdrawals import detector as detecting
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.confidence import FEATURES, features
from tests.quality.matching import same_actor, same_object
from tests.quality.withdrawals import article_of, build, prediction


def rows(paths: list[Path]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, right or wrong, and fold of every predicted event."""
    detector, xs, ys, folds = build(), [], [], []
    seen: dict[tuple[str, str], dict[str, float]] = {}

    def watch(group: list[Candidate], weights: object, pair: float | None) -> float:
        seen[group[0].actor.entity.name, group[0].target.name] = features(group, pair)
        return 1.0  # whatever it is worth, it must be seen

    with mock.patch.object(detecting, "confidence", watch):
        for path in paths:
            for number, line in enumerate(path.read_bytes().splitlines()):
                gold = orjson.loads(line)
                seen.clear()
                for event in detector.detect(article_of(gold)).events:
                    p, facts = prediction(event), seen[event.actor.name, event.object.name]
                    xs.append([1.0, *(facts[f] for f in FEATURES)])
                    ys.append(any(same_actor(g, p) and same_object(g, p) for g in gold["events"]))
                    folds.append(number % 10)
    return np.array(xs), np.array(ys, float), np.array(folds)


def fit(x: np.ndarray, y: np.ndarray, ridge: float = 2.0) -> np.ndarray:
    """Newton's method."""
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + ridge * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(w))
        w -= np.linalg.solve(hessian, gradient)
    return w


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    paths = parser.parse_args().files
    x, y, folds = rows(paths)
    told = np.concatenate([1 / (1 + np.exp(-x[folds == k] @ fit(x[folds != k], y[folds != k]))) for k in range(10)])
    truth = np.concatenate([y[folds == k] for k in range(10)])
    print("[weights]")
    for name, weight in zip(("bias", *FEATURES), fit(x, y), strict=True):
        print(f"{name} = {weight:.2f}")
    print("# told       events  mean told  right")
    for low in (0.0, 0.5, 0.6, 0.7, 0.8, 0.9):
        high = {0.0: 0.5, 0.9: 1.01}.get(low, low + 0.1)
        inside = (told >= low) & (told < high)
        if inside.any():
            print(
                f"# {low:.1f}-{min(high, 1):.1f}  {inside.sum():6d}  {told[inside].mean():9.2f}  {truth[inside].mean():5.2f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
