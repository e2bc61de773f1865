"""The block classifier's weights and their arithmetic. It must not know what a feature means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class ModelError(ValueError):
    """The weights are not of the form that this program reads."""


@dataclass(frozen=True, slots=True)
class Model:
    version: str


def model_from(data: Any) -> Model:
    """Raises ModelError."""
    try:
        return Model(str(data["version"]))
    except (KeyError, TypeError) as error:
        raise ModelError(f"missing {error}") from None
