"""A user's mistake is one clear line on stderr and its own exit code; never a trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from streams.cli import run

#: Nobody listens on port 1.
NOWHERE = ("-b", "127.0.0.1:1")


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREAMS_CONNECT_TIMEOUT", "0.3")


@pytest.mark.parametrize(
    "arguments",
    [
        ("tail",),
        ("lag",),
        ("dlq", "list"),
        ("dlq", "show", "pages-raw-dlq:0:0"),
        ("dlq", "replay"),
        ("dlq", "discard", "--yes"),
        ("verify", "--topic", "articles-enriched"),
        ("topics", "plan"),
    ],
)
def test_kafka_that_does_not_answer_is_one_line_and_code_four(arguments: tuple[str, ...], capfd) -> None:
    assert run([*arguments, *NOWHERE]) == 4
    out, err = capfd.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "127.0.0.1:1" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("tail", "--from", "yesterday"), "yesterday"),
        (("tail", "--limit", "0"), "0"),
        (("dlq", "list", "--since", "soon"), "soon"),
        (("dlq", "show", "pages-raw-dlq"), "topic:partition:offset"),
        (("dlq", "replay", "--rate", "0"), "0"),
        (("dlq", "replay", "--max-replays", "0"), "0"),
        (("verify",), "--topic"),
        (("verify", "missing.jsonl"), "missing.jsonl"),
        (("verify", "a.jsonl", "--topic", "x"), "--topic"),
        (("explain", "missing.html"), "missing.html"),
        (("explain", "a.html", "--html", "o.html", "--limit", "2"), "--limit"),
        (("nonsense",), "nonsense"),
    ],
)
def test_wrong_usage_is_code_two_and_names_what_is_wrong(arguments: tuple[str, ...], said: str, capfd) -> None:
    assert run(list(arguments)) == 2
    assert said in capfd.readouterr().err


def test_an_unknown_setting_is_code_three_and_names_the_nearest(tmp_path: Path, capfd) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("topic_prefx = 'a-'")
    for arguments in (("config", "show"), ("lag",), ("doctor",)):
        assert run([*arguments, "--settings", str(file)]) == 3
        err = capfd.readouterr().err
        assert "did you mean topic_prefix?" in err
        assert len(err.splitlines()) == 1


def test_a_folder_that_is_no_catalogue_is_code_three(tmp_path: Path, monkeypatch, capfd) -> None:
    monkeypatch.setenv("STREAMS_CONFIG_DIR", str(tmp_path / "nowhere"))
    assert run(["version"]) == 3
    assert str(tmp_path) in capfd.readouterr().err
