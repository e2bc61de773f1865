"""Trains the block classifier: pages with known text -> config/cleaning/model.json and the models of `make quality`.

    pip install catboost==1.2.10
    python tools/train_cleaner.py --pages ../shared/pages

Deterministic: one thread, fixed seeds, folds by a hash of the registered host. It must not be imported by the product.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from catboost import CatBoostClassifier, Pool

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from streams.catalogue.cleaning import load_cleaning
from streams.core.cleaning.classify import doubt
from streams.core.cleaning.cleaner import Cleaner
from streams.core.cleaning.features import NAMES
from streams.core.cleaning.model import DEPTH, model_from
from streams.core.records import RawPage
from tests.quality.pages import FOLDS, TruePage, fold_of, read_pages, shingle_scores, shingles, words_of

ITERATIONS, RATE, L2, SUBSAMPLE, COLUMNS = 100, 0.15, 8.0, 0.8, 0.3
#: One run is as good as another, give or take .003 of F1; the mean of three is steadier.
SEEDS = (7, 8, 9)
THRESHOLD = 0.55
#: Doubt (classify.doubt) above which a page goes to the second opinion: some 6 % of pages. At .2, 8 %, F1 was the same;
#: at .3, AEB gained .002 and WCXB lost as much; without any, they lose .003 and .004.
SECOND_OPINION_ABOVE = 0.25
#: A block of more words weighs no more; a page's words count against its true length, so that pages weigh alike.
MOST_WORDS, PAGE_FLOOR = 200, 80


@dataclass(frozen=True)
class Example:
    """One page: features, the share of each block that is true text, the weight and the characters of each block."""

    page: TruePage
    rows: Any
    texts: list[str]
    true: Any
    weight: Any
    chars: Any
    fold: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=Path, default=Path("../shared/pages"))
    parser.add_argument("--config", type=Path, default=Path("config"))
    args = parser.parse_args()
    examples = [e for e in map(Examiner(args.config).example, read_pages(args.pages)) if e]
    print(f"{len(examples)} pages, {sum(len(e.true) for e in examples)} blocks, {len(NAMES)} features")
    folds = [_stage([e for e in examples if e.fold != f]) for f in range(FOLDS)]
    points, report = _cross_validated(examples, folds)
    print(report)
    version = args.config / "cleaning" / "model.json"
    _write(version, _model(_stage(examples), points))
    _write(Path("tests/quality/cleaning-folds.json"), {"folds": [_model(f, points) for f in folds]})


class Examiner:
    """Turns pages into examples with the product's own code."""

    def __init__(self, config: Path) -> None:
        self.cleaner = Cleaner(load_cleaning(config, untrained=True))

    def example(self, page: TruePage) -> Example | None:
        examined = self.cleaner.examine(RawPage(page.url, "2026-01-01T00:00:00Z", "text/html", page.body))
        if examined is None:
            return None
        rows, texts = examined
        true, words = _truth(texts, page.text)
        weight = (np.minimum(words, MOST_WORDS) + 1) / (len(page.text.split()) + PAGE_FLOOR)
        return Example(page, rows, texts, true, weight, np.array([len(t) for t in texts], float), fold_of(page.url))


def _truth(texts: list[str], truth: str) -> tuple[Any, Any]:
    """Each block's share of 4-grams that the true text has; blocks of fewer words count when they stand in it."""
    grams = set(shingles(truth))
    flat = " " + " ".join(words_of(truth)) + " "
    shares, counts = [], []
    for text in texts:
        words = words_of(text)
        counts.append(len(words))
        if len(words) >= 4:
            own = [tuple(words[i : i + 4]) for i in range(len(words) - 3)]
            shares.append(sum(g in grams for g in own) / len(own))
        else:
            shares.append(float(bool(words) and " " + " ".join(words) + " " in flat))
    return np.array(shares), np.array(counts)


def _stage(examples: list[Example]) -> dict[str, Any]:
    x = np.concatenate([e.rows.T for e in examples])
    y = np.concatenate([e.true for e in examples])
    w = np.concatenate([e.weight for e in examples])
    pool = Pool(x, y, weight=w / w.mean())
    return _merged([_exported(_trained(pool, seed)) for seed in SEEDS])


def _trained(pool: Pool, seed: int) -> CatBoostClassifier:
    trees = CatBoostClassifier(
        iterations=ITERATIONS, depth=DEPTH, learning_rate=RATE, l2_leaf_reg=L2, rsm=COLUMNS, random_seed=seed,
        bootstrap_type="Bernoulli", subsample=SUBSAMPLE, border_count=64, loss_function="CrossEntropy",
        thread_count=1, allow_writing_files=False, verbose=False,
    )  # fmt: skip
    trees.fit(pool)
    return trees


def _exported(trees: CatBoostClassifier) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trees.json"
        trees.save_model(str(path), format="json")
        raw = orjson.loads(path.read_bytes())
    scale, bias = raw["scale_and_bias"]
    return {"bias": bias[0], "trees": [_tree(tree, scale) for tree in raw["oblivious_trees"]]}


def _tree(tree: dict[str, Any], scale: float) -> dict[str, Any]:
    splits = [[NAMES[s["float_feature_index"]], round(s["border"], 5)] for s in tree["splits"]]
    leaves = [scale * v for v in tree["leaf_values"]]
    splits += [[NAMES[0], 1e9]] * (DEPTH - len(splits))  # never passed
    leaves += [0.0] * ((1 << DEPTH) - len(leaves))
    return {"splits": splits, "leaves": leaves}


def _merged(models: list[dict[str, Any]]) -> dict[str, Any]:
    """The mean of several models, as one: the same trees with smaller leaves."""
    n = len(models)
    trees = [
        {"splits": tree["splits"], "leaves": [round(v / n, 4) for v in tree["leaves"]]}
        for model in models
        for tree in model["trees"]
    ]
    return {"features": list(NAMES), "bias": round(sum(m["bias"] for m in models) / n, 5), "trees": trees}


def _model(first: dict[str, Any], points: list[list[float]]) -> dict[str, Any]:
    return {
        "version": "",
        "threshold": THRESHOLD,
        "second_opinion_above": SECOND_OPINION_ABOVE,
        "confidence": points,
        **first,
    }


def _cross_validated(examples: list[Example], folds: list[dict[str, Any]]) -> tuple[list[list[float]], str]:
    """Points of the calibration curve, and the scores of both sets."""
    doubts, score = [], []
    rows: dict[str, list[tuple[float, float]]] = {"aeb": [], "wcxb": []}
    models = [model_from(_model(f, [[0.0, 1.0]])) for f in folds]
    for e in examples:
        trees = models[e.fold].trees
        p = np.array(trees.probabilities(trees.score(e.rows).tolist()))
        text = "\n\n".join(t for t, keep in zip(e.texts, p > THRESHOLD, strict=True) if keep)
        precision, recall = shingle_scores(e.page.text, text)
        rows[e.page.set].append((precision, recall))
        doubts.append(doubt(p.tolist(), [len(text) for text in e.texts], THRESHOLD)[0])
        score.append(2 * precision * recall / (precision + recall) if precision + recall else 0.0)
    report = []
    for name, pairs in rows.items():
        precision, recall = np.array(pairs).mean(0)
        report.append(
            f"{name}: precision {precision:.4f} recall {recall:.4f} F1 {2 * precision * recall / (precision + recall):.4f}"  # noqa: E501
        )
    return _curve(np.array(doubts), np.array(score)), "\n".join(report)


def _curve(doubt: Any, score: Any) -> list[list[float]]:
    """Mean score by tenths of doubt, made non-increasing by pooling neighbours that violate it."""
    order = np.argsort(doubt, kind="stable")
    pools = [[doubt[part].mean(), score[part].mean(), len(part)] for part in np.array_split(order, 10)]
    i = 0
    while i + 1 < len(pools):
        a, b = pools[i], pools[i + 1]
        if b[1] > a[1]:
            n = a[2] + b[2]
            pools[i : i + 2] = [[(a[0] * a[2] + b[0] * b[2]) / n, (a[1] * a[2] + b[1] * b[2]) / n, n]]
            i = max(i - 1, 0)
        else:
            i += 1
    return [[round(float(x), 4), round(float(y), 4)] for x, y, _ in pools] + [[5.0, 0.0]]


def _write(path: Path, data: dict[str, Any]) -> None:
    """One line a tree, so that a person can read it and a diff shows what changed."""
    if "version" in data:
        data["version"] = _version(data)
    text = orjson.dumps(data).decode()
    path.write_text(text.replace('{"splits"', '\n{"splits"').replace('"trees"', '\n"trees"') + "\n", "utf-8")
    print(f"{path}: {path.stat().st_size >> 10} KB")


def _version(data: dict[str, Any]) -> str:
    from streams.core.identity import digest

    return "blocks-" + digest(orjson.dumps({**data, "version": ""}).decode())[:8]


if __name__ == "__main__":
    main()
