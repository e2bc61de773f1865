from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from streams.catalogue import config_folder
from streams.cli import run


@pytest.fixture
def article() -> dict[str, object]:
    """The documented example of an enriched article; it has an event."""
    return dict(orjson.loads((config_folder() / "schemas" / "article-enriched.example.json").read_bytes()))


def written(path: Path, *records: object) -> str:
    path.write_bytes(b"\n".join(orjson.dumps(record) for record in records))
    return str(path)


def test_events_that_quote_their_article_are_proved(article, tmp_path: Path, capfd) -> None:
    assert run(["verify", written(tmp_path / "a.jsonl", article, article)]) == 0
    told = capfd.readouterr().err
    assert f"{2 * len(article['events'])} events in 2 articles, 0 faults: 100 % proved" in told


def test_a_moved_span_is_a_fault_with_its_place(article, tmp_path: Path, capfd) -> None:
    moved = orjson.loads(orjson.dumps(article))
    moved["events"][0]["evidence"]["trigger_span"][0] += 1
    file = written(tmp_path / "a.jsonl", article, moved)
    assert run(["verify", file, "--json"]) == 1
    faults = [orjson.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert {fault["source"] for fault in faults} == {f"{file}#2"}
    assert {fault["article_id"] for fault in faults} == {article["id"]}


def test_a_line_that_is_no_article_is_a_fault_and_the_rest_is_read(article, tmp_path: Path, capfd) -> None:
    file = written(tmp_path / "a.jsonl", {"id": "x"}, article)
    assert run(["verify", file]) == 1
    out, err = capfd.readouterr()
    assert out.startswith(f"{file}#1: ")
    assert "in 1 articles, 1 faults" in err


def test_an_empty_file_proves_nothing_and_says_so(tmp_path: Path, capfd) -> None:
    assert run(["verify", written(tmp_path / "a.jsonl")]) == 0
    assert "nothing there to prove" in capfd.readouterr().err


def test_an_article_that_detection_has_not_seen_proves_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    article = orjson.loads((config_folder() / "schemas" / "article-described.example.json").read_bytes())
    (tmp_path / "described.jsonl").write_bytes(orjson.dumps({**article, "events": None}))
    assert run(["verify", str(tmp_path / "described.jsonl")]) == 1
    assert "described.jsonl#1: not enriched" in capfd.readouterr().out
