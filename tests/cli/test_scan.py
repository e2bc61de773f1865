from __future__ import annotations

from pathlib import Path

import orjson

from streams.catalogue import config_folder
from streams.cli import run

PAGES = config_folder() / "demo" / "pages"
ARTICLE = {
    "id": "mine-7",
    "url": "https://kolm.example/2017/10/27/burundi",
    "published": "2017-10-27",
    "title": "Burundi leaves the International Criminal Court",
    "text": "Burundi on Friday became the first country to leave the International Criminal Court.",
}


def test_an_article_keeps_its_id_and_gets_its_events_with_all_their_names(tmp_path: Path, capfd) -> None:
    given = tmp_path / "articles.jsonl"
    given.write_bytes(orjson.dumps(ARTICLE) + b"\n")
    assert run(["scan", "--format", "articles", str(given), "--json"]) == 0
    out, err = capfd.readouterr()
    article = orjson.loads(out)
    assert (article["id"], article["source"]) == ("mine-7", f"{given}#1")
    event = article["events"][0]
    assert (event["actor"]["id"], event["stage"]) == ("BDI", "effective")
    assert {"ICC", "Rome Statute"} <= set(event["object"]["names"])
    assert article["versions"]["program"]
    assert article["versions"]["rules"]
    account = orjson.loads(err)
    assert (account["read"], account["articles"], account["events"]) == (1, 1, len(article["events"]))


def test_what_no_one_said_of_an_article_is_not_made_up(tmp_path: Path, capfd) -> None:
    given = tmp_path / "articles.jsonl"
    given.write_bytes(orjson.dumps(ARTICLE | {"published": ""}) + b"\n")
    assert run(["scan", "--format", "articles", str(given)]) == 0
    article = orjson.loads(capfd.readouterr().out)
    assert article["fetched_at"] == ""
    assert article["date_published"] is None
    assert article["events"][0]["date"] is None


def test_the_account_of_a_folder_adds_up_and_rejects_are_told_by_the_exit_code(tmp_path: Path, capfd) -> None:
    (tmp_path / "good.html").write_bytes((PAGES / "agency-au-suspends-gabon.html").read_bytes())
    (tmp_path / "junk.html").write_bytes(bytes(range(256)) * 40)
    assert run(["scan", str(tmp_path), "--json"]) == 5
    out, err = capfd.readouterr()
    account = orjson.loads(err)
    assert account["rejected"] == 1
    assert account["read"] == account["articles"] + 1 == 2
    assert orjson.loads(out)["source"].endswith("good.html")
