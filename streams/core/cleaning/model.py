"""The block classifier's weights and their arithmetic. It must not know what a feature means.

Gradient-boosted oblivious trees (Prokhorenkova et al., CatBoost, 2018): all splits of one level are the
same, so that a page's blocks go through all trees as a few array operations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Levels of a tree; its leaves are 2 ** DEPTH.
DEPTH = 4


class ModelError(ValueError):
    """The weights are not of the form that this program reads."""


@dataclass(frozen=True, slots=True)
class Trees:
    """For level k and tree t, `feature[k, t]` above `border[k, t]` sets bit k of the leaf's number."""

    names: tuple[str, ...]
    feature: NDArray[np.int64]
    border: NDArray[np.float32]
    leaves: NDArray[np.float32]
    offsets: NDArray[np.int32]
    bias: float

    def score(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """(features, blocks) -> the sum of the leaves that each block reaches."""
        leaf = np.zeros((len(self.offsets), features.shape[1]), np.int32)
        leaf += self.offsets
        for k in range(DEPTH):
            above = features[self.feature[k]] > self.border[k]
            leaf += above.view(np.uint8).astype(np.int32) << k if k else above.view(np.uint8)
        return np.asarray(self.leaves.take(leaf).sum(0))

    def probabilities(self, scores: Iterable[float]) -> list[float]:
        """The probability that goes with each score."""
        bias = self.bias
        return [1 / (1 + exp(-score - bias)) for score in scores]


@dataclass(frozen=True, slots=True)
class Model:
    """The trees, the calibration of confidence, and what both were trained for."""

    version: str
    trees: Trees
    threshold: float
    confidence: tuple[tuple[float, float], ...]
    second_opinion_above: float


def model_from(data: Any) -> Model:
    """Read config/cleaning/model.json.

    Raises:
        ModelError: what is missing or malformed.
    """
    try:
        return Model(
            str(data["version"]),
            _trees(data),
            float(data["threshold"]),
            tuple((float(a), float(b)) for a, b in data["confidence"]),
            float(data["second_opinion_above"]),
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ModelError(f"not a model: {error}") from None


def untrained() -> Model:
    """Weights that say nothing, for the training script."""
    return model_from(
        {
            "version": "untrained",
            "threshold": 0.5,
            "second_opinion_above": 1e9,
            "confidence": [[0.0, 0.0]],
            "features": [],
            "bias": 0.0,
            "trees": [],
        }
    )


def _trees(data: Any) -> Trees:
    names = tuple(data["features"])
    place = {name: i for i, name in enumerate(names)}
    splits = [tree["splits"] for tree in data["trees"]]
    leaves = [tree["leaves"] for tree in data["trees"]]
    if any(len(s) != DEPTH for s in splits) or any(len(row) != 1 << DEPTH for row in leaves):
        raise ModelError(f"a tree must have {DEPTH} splits and {1 << DEPTH} leaves")
    return Trees(
        names=names,
        feature=np.array([[place[tree[k][0]] for tree in splits] for k in range(DEPTH)]),
        border=np.array([[[tree[k][1]] for tree in splits] for k in range(DEPTH)], np.float32),
        leaves=np.array(leaves, np.float32).ravel(),
        offsets=(np.arange(len(leaves), dtype=np.int32) << DEPTH)[:, None],
        bias=float(data["bias"]),
    )
