"""How good the detector is on labelled articles: `python -m tests.quality.withdrawals [--gold ../shared/gold] [FILE…]`.

Scoring is the gold set's own law: an event is found where a name of the actor and a name of the object agree.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from streams.catalogue.folder import config_folder
from streams.catalogue.pairs import load_pairs
from streams.catalogue.withdrawals import load_parser, load_withdrawals
from streams.core.records import Article, Dated, Versions, Withdrawal
from streams.core.withdrawals.detector import Detector
from tests.quality.matching import COMMITMENTS, date_ok, same_actor, same_object

HERE = Path(__file__).parent


def article_of(line: dict[str, Any]) -> Article:
    """A gold line as the detector's input."""
    dated = Dated(line["published"], "day", None, "gold") if line.get("published") else None
    return Article(
        line["id"],
        line.get("url", ""),
        line.get("url", ""),
        "",
        "",
        line["title"],
        line["text"],
        "",
        (),
        (),
        1.0,
        Versions("test"),
        date_published=dated,
    )


def prediction(event: Withdrawal) -> dict[str, Any]:
    """An event as the gold's scorer reads it."""
    return {
        "actor": list(event.actor.names),
        "object": list(event.object.names),
        "kind": event.kind,
        "stage": event.stage,
        "main": event.main,
        "date": event.date.value if event.date else None,
        "actor_id": event.actor.id,
        "confidence": event.confidence,
        "evidence": event.evidence.sentence,
        "rule": event.evidence.rule,
    }


@dataclass
class Score:
    """Counts over one set."""

    n: Counter[str] = field(default_factory=Counter)
    missed: list[Any] = field(default_factory=list)
    spurious: list[Any] = field(default_factory=list)
    wrong: list[Any] = field(default_factory=list)

    def add(self, gold: list[dict[str, Any]], predicted: list[dict[str, Any]], name: str) -> None:
        """Match one article's events."""
        left = list(predicted)
        self.n["negatives"] += not gold
        self.n["clean"] += not gold and not predicted
        for event in gold:
            core = event["kind"] in COMMITMENTS
            self.n["gold"] += 1
            self.n["gold_core"] += core
            hits = [p for p in left if same_actor(event, p) and same_object(event, p)]
            if not hits:
                self.missed.append((name, event))
                continue
            best = max(hits, key=lambda p: (p["stage"] == event["stage"]) + (p["kind"] == event["kind"]))
            left.remove(best)
            self._matched(event, best, name, core)
        for extra in left:
            self.n["spurious"] += 1
            self.n["spurious_core"] += extra["kind"] in COMMITMENTS
            self.spurious.append((name, extra))

    def _matched(self, event: dict[str, Any], best: dict[str, Any], name: str, core: bool) -> None:
        self.n["hit"] += 1
        self.n["hit_core"] += core
        self.n["kind"] += best["kind"] == event["kind"] or (core and best["kind"] in COMMITMENTS)
        for key in ("stage", "main"):
            self.n[key] += best[key] == event[key]
            if best[key] != event[key]:
                self.wrong.append(
                    (name, key, event["actor"][0], event["object"][0], event[key], best[key], best["rule"])
                )
        right = date_ok(event, best)
        self.n["date"] += right
        if not right:
            self.wrong.append(
                (
                    name,
                    "date",
                    event["actor"][0],
                    event["object"][0],
                    event["date"],
                    best["date"],
                    best["evidence"][:160],
                )
            )

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1 over commitments and all kinds, and the shares right among the found."""
        found: dict[str, float] = {}
        for tag in ("", "_core"):
            hit, gold, bad = self.n["hit" + tag], self.n["gold" + tag], self.n["spurious" + tag]
            precision, recall = hit / max(1, hit + bad), hit / max(1, gold)
            label = "core" if tag else "all"
            found |= {
                f"{label}_p": precision,
                f"{label}_r": recall,
                f"{label}_f1": 2 * precision * recall / max(1e-9, precision + recall),
            }
        for key in ("kind", "stage", "main", "date"):
            found[key] = self.n[key] / max(1, self.n["hit"])
        found["clean"] = self.n["clean"] / max(1, self.n["negatives"])
        return found


def build() -> Detector:
    """The detector over the repository's own config."""
    return Detector(load_withdrawals(config_folder()), load_parser(), load_pairs(config_folder()))


def run(detector: Detector, path: Path, half: str = "all") -> Score:
    """Score one file; `half` is even, odd or all (lines counted from 0)."""
    score = Score()
    for number, line in enumerate(path.read_bytes().splitlines()):
        if not line.strip() or (half == "even" and number % 2) or (half == "odd" and not number % 2):
            continue
        gold = orjson.loads(line)
        detection = detector.detect(article_of(gold))
        score.add(gold["events"], [prediction(e) for e in detection.events], gold["id"])
    return score


_HEAD = ("core_f1", "core_p", "core_r", "all_f1", "all_p", "all_r", "kind", "stage", "main", "date", "clean")


def show(name: str, score: Score, detail: str) -> dict[str, float]:
    """Print one row, and the errors where asked."""
    figures = score.figures()
    print(
        f"{name:24s} "
        + " ".join(f"{figures[k]:7.3f}" for k in _HEAD)
        + f"  {score.n['hit']}/{score.n['gold']} +{score.n['spurious']}"
    )
    if "m" in detail:
        for article, event in score.missed:
            print(
                "  MISSED",
                article,
                "|",
                event["actor"][0],
                "->",
                event["object"][:3],
                event["kind"],
                event["stage"],
                "|",
                event["evidence"],
            )
    if "s" in detail:
        for article, event in score.spurious:
            print(
                "  SPURIOUS",
                article,
                "|",
                event["actor"][0],
                "->",
                event["object"][:4],
                event["kind"],
                event["stage"],
                event["rule"],
                "|",
                event["evidence"][:260],
            )
    if "w" in detail:
        for row in score.wrong:
            print("  WRONG", *row)
    return figures


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--half", default="all", choices=["even", "odd", "all"])
    parser.add_argument("--show", default="", help="letters: m missed, s spurious, w wrong")
    arguments = parser.parse_args()
    rounds = sorted((HERE / "rounds").glob("round-*.jsonl"))
    files = arguments.files or [
        *(p for p in (arguments.gold / "dev-wire.jsonl", arguments.gold / "dev.jsonl") if p.is_file()),
        *rounds,
    ]
    if not files:
        print(f"skipped: no labelled articles at {arguments.gold}; give --gold or files")
        return 0
    detector = build()
    print(f"{'set':24s} " + " ".join(f"{k:>7s}" for k in _HEAD))
    floors = (
        tomllib.loads((HERE / "floors-withdrawals.toml").read_text())
        if (HERE / "floors-withdrawals.toml").is_file()
        else {}
    )
    below = 0
    for path in files:
        figures = show(path.stem, run(detector, path, arguments.half), arguments.show)
        for key, floor in floors.get(path.stem, {}).items() if arguments.half == "all" else ():
            if figures[key] < floor:
                below += 1
                print(f"  BELOW its floor: {path.stem} {key} {figures[key]:.3f} < {floor}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
