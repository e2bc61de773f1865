"""Loads the second reader of withdrawals: config/pairs, a vocabulary and an encoder. Nothing else opens these files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np

from streams.catalogue.folder import CatalogueError
from streams.core.withdrawals.pairing import PairReader
from streams.core.withdrawals.passage import Passage, arrays


@cache
def read_vocabulary(folder: Path) -> Mapping[str, int]:
    """Word pieces by their numbers, a line each; read once, for names and for the reader.

    Raises:
        CatalogueError: where the file is missing.
    """
    path = folder / "pairs" / "vocabulary.txt"
    try:
        return {piece: number for number, piece in enumerate(path.read_text("utf-8").split("\n")) if piece}
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"cannot read {path}: {error}") from None


def load_pairs(folder: Path) -> PairReader:
    """The reader on one thread: a worker has a process for each core.

    Raises:
        CatalogueError: where a file is missing or no model.
    """
    import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415 - a command without detection should not pay for it

    path = folder / "pairs" / "model.onnx"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 - onnxruntime's own have no base class
        raise CatalogueError(f"cannot read {path}: {error}") from None

    def model(passage: Passage) -> np.ndarray:
        return np.asarray(session.run(None, arrays(passage))[0])

    return PairReader(read_vocabulary(folder), model)
