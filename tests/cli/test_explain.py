from __future__ import annotations

from pathlib import Path

import orjson

from streams.catalogue import config_folder
from streams.cli import run

PAGE = str(config_folder() / "demo" / "pages" / "agency-au-suspends-gabon.html")


def test_it_shows_blocks_fields_and_refusals_with_their_reasons_and_draws_them(tmp_path: Path, capfd) -> None:
    picture = tmp_path / "out.html"
    assert run(["explain", PAGE, "--html", str(picture)]) == 0
    out = capfd.readouterr().out
    assert "Sign in" in out
    assert "[meta:article:published_time" in out
    assert "turned down" in out
    drawn = picture.read_text("utf-8")
    assert "Turned down" in drawn
    assert drawn.endswith("</html>")


def test_its_json_holds_the_text_that_the_kept_blocks_make(capfd) -> None:
    assert run(["explain", PAGE, "--json"]) == 0
    told = orjson.loads(capfd.readouterr().out)
    assert told["text"]
    assert all(block["text"] in told["text"] for block in told["blocks"] if block["kept"])
    assert {"headline", "date_published"} <= {row["field"] for row in told["fields"]}
    assert {row["reason"] for row in told["turned_down"]}


def test_a_page_that_would_be_rejected_says_why(tmp_path: Path, capfd) -> None:
    junk = tmp_path / "junk.html"
    junk.write_bytes(bytes(range(256)) * 40)
    assert run(["explain", str(junk)]) == 5
    assert "rejected as binary" in capfd.readouterr().err


def test_no_control_character_of_a_page_reaches_the_terminal(tmp_path: Path, capfd) -> None:
    hostile = tmp_path / "hostile.html"
    words = "<p>Norway said on Tuesday it would leave the pact \x1b[31mred\x07 as its ministers had long asked.</p>"
    hostile.write_text("<html><head><title>a\x1b[2Jb</title></head><body><article>" + words * 5 + "</article></body>")
    assert run(["explain", str(hostile)]) == 0
    out = capfd.readouterr().out
    assert "leave the pact" in out
    assert not {c for c in out if not c.isprintable() and c != "\n"}
