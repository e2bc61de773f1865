"""Records as a Parquet file, its columns drawn from the record's own type, in row groups of bounded size.

pyarrow is an extra: `pip install 'withdrawal-streams[parquet]'`.
"""

from __future__ import annotations

from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from streams.core.codec import decode
from streams.edge.outputs.rows import place
from streams.edge.reading import Stored

#: A row group is written when it has so many rows, or bytes of values.
GROUP_ROWS, GROUP_BYTES = 5_000, 16 << 20


class ExtraMissing(Exception):  # noqa: N818  what is wrong, in the words of a user
    """An optional library is not installed; the line says how to get it."""


class ParquetFile:
    """Open it, `write` messages, `close`; memory holds one row group."""

    def __init__(self, path: Path, record: type) -> None:
        """Raises ExtraMissing."""
        pyarrow, parquet = _libraries()
        self._arrow, self._record = pyarrow, record
        columns = [(field.name, arrow_type(pyarrow, hint)) for field, hint in _hints(record)]
        where = [("_topic", pyarrow.string()), ("_partition", pyarrow.int32()), ("_offset", pyarrow.int64())]
        when = [("_key", pyarrow.string()), ("_timestamp", pyarrow.timestamp("ms", tz="UTC"))]
        self._schema = pyarrow.schema([*columns, *where, *when])
        self._file = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._bytes = 0

    def write(self, message: Stored) -> None:
        """Raises BadMessage: the value is no such record."""
        self._rows.append({**asdict(decode(message.value, self._record)), **place(message)})
        self._bytes += len(message.value or b"")
        if len(self._rows) >= GROUP_ROWS or self._bytes >= GROUP_BYTES:
            self._flush()

    def close(self) -> None:
        """The rest, and the file's own end."""
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        if self._rows:
            self._file.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
            self._rows, self._bytes = [], 0


def arrow_type(pyarrow: Any, hint: Any) -> Any:
    """A type of core/records as Arrow's: a record is a struct, a tuple of one kind a list, of several a struct."""
    plain = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    if hint in plain:
        return plain[hint]
    if is_dataclass(hint):
        return pyarrow.struct([(field.name, arrow_type(pyarrow, inner)) for field, inner in _hints(hint)])
    kind, parts = get_origin(hint), [part for part in get_args(hint) if part is not Ellipsis]
    if kind is Literal:
        return arrow_type(pyarrow, type(parts[0]))
    if kind in {Union, UnionType}:  # every column may be null
        (inner,) = (part for part in parts if part is not NoneType)
        return arrow_type(pyarrow, inner)
    if kind is tuple and len(set(parts)) == 1:
        return pyarrow.list_(arrow_type(pyarrow, parts[0]))
    if kind is tuple:
        return pyarrow.struct([(f"_{number}", arrow_type(pyarrow, part)) for number, part in enumerate(parts, 1)])
    raise TypeError(f"no column for {hint}")


def _hints(record: Any) -> list[tuple[Any, Any]]:
    hints = get_type_hints(record)
    return [(field, hints[field.name]) for field in fields(record)]


def _libraries() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415  an extra, and heavy
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise ExtraMissing("a .parquet file needs pyarrow: pip install 'withdrawal-streams[parquet]'") from None
    return pa, parquet
