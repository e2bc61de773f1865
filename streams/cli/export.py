"""`streams export`: a topic as a file of JSON lines or Parquet."""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import click

from streams.cli import EXIT_REJECTS
from streams.cli.messages import messages_of
from streams.cli.options import Start, common, kafka_options
from streams.cli.show import note, whole_file

#: Messages that are told one by one.
TOLD = 20
Write = Callable[[Any], None]


@click.command()
@click.argument("topic", default="withdrawals")
@kafka_options
@click.option("-o", "--output", type=click.Path(path_type=Path), help=".jsonl, .jsonl.gz or .parquet; else stdout.")
@click.option("--from", "start", type=Start(), default="earliest", show_default=True)
@click.option("--limit", type=click.IntRange(1), help="Stop after so many messages.")
def command(topic: str, settings_file: Path | None, **flags: Any) -> int:
    """Write what TOPIC holds as of now: withdrawals when none is named.

    A row is the record with _topic, _partition, _offset, _key and _timestamp. Pages come in the JSON form that
    `streams load` reads. Tombstones are left out. The file appears when it is whole; memory stays bounded.

    \b
    Examples:
      streams export -o withdrawals.parquet
      streams export articles-enriched -o articles.jsonl.gz --from 2026-11-01
      streams export pages-raw-dlq | jq ._headers

    Exit: 0 done, 2 pyarrow is missing or the file's kind unknown, 3 no such topic, 4 Kafka unreachable, 5 some
    messages were no records.
    """
    from streams.cli.progress import progress

    output, start, limit = (flags.pop(name) for name in ("output", "start", "limit"))
    shared = common(settings_file, **flags)
    schema = _schema(shared.folder, topic)
    with _writer(output, schema) as write:
        messages = messages_of(shared, topic, start)
        counts = Counter(_write_all(progress(islice(messages, limit), "messages"), write))
    note(f"{counts['written']:,} written, {counts['tombstones']:,} tombstones, {counts['refused']:,} were no records")
    return EXIT_REJECTS if counts["refused"] else 0


def _write_all(messages: Iterable[Any], write: Write) -> Iterator[str]:
    """What became of each message."""
    from streams.core.errors import BadMessage

    refused = 0
    for message in messages:
        if message.value is None:
            yield "tombstones"
            continue
        try:
            write(message)
            yield "written"
        except BadMessage as error:
            refused += 1
            if refused <= TOLD:
                note(f"{message.origin}: {error.detail}")
            yield "refused"


def _schema(folder: Path, topic: str) -> str | None:
    """The name of the topic's schema; None for dead letters, which may be anything, and for topics not ours."""
    from streams.catalogue.topics import load_topics

    planned = load_topics(folder).get(topic)
    return None if planned is None or planned.is_dead_letter else planned.schema


@contextmanager
def _writer(path: Path | None, schema: str | None) -> Iterator[Write]:
    """A function that writes a message; the file gets its name when all went well."""
    if path is None:
        yield _lines(sys.stdout.buffer, schema)
        sys.stdout.buffer.flush()
        return
    name = path.name.lower()
    if not name.endswith((".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".parquet")):
        raise click.UsageError(f"{path.name}: a file's kind is its ending: .jsonl, .jsonl.gz or .parquet")
    with whole_file(path) as partial:
        if name.endswith(".parquet"):
            with _parquet(partial, schema) as write:
                yield write
        else:
            with gzip.open(partial, "wb") if name.endswith(".gz") else partial.open("wb") as file:
                yield _lines(file, schema)


def _lines(file: Any, schema: str | None) -> Write:
    import orjson

    from streams.core.errors import BadMessage
    from streams.core.outcome import RejectReason
    from streams.edge.outputs.rows import located, page_row

    def write(message: Any) -> None:
        row = page_row(message) if schema == "raw-page" else located(message)
        if schema not in {None, "raw-page"} and ("_value" in row or "_value_base64" in row):
            raise BadMessage(RejectReason.MALFORMED, "no JSON object")
        file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))

    return write


@contextmanager
def _parquet(path: Path, schema: str | None) -> Iterator[Write]:
    from streams.core.records import Article, RejectedCandidate, Withdrawal
    from streams.edge.outputs.parquet import ParquetFile

    kinds = {"withdrawal": Withdrawal, "withdrawal-rejected": RejectedCandidate, "raw-page": None, None: None}
    record = kinds.get(schema, Article)
    if record is None:
        raise click.UsageError("pages and dead letters have no columns: export them as .jsonl")
    file = ParquetFile(path, record)
    try:
        yield file.write
    finally:
        file.close()
