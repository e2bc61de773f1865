"""Reads what describing needs from config/ into frozen values. It must not describe anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from streams.catalogue.folder import CatalogueError, read_toml
from streams.core.metadata.data import Agency, Calendar, KnownPublisher, Labels, MetadataData, PagePhrase


def load_metadata(folder: Path) -> MetadataData:
    """All of config/ that describing rests on.

    Raises:
        CatalogueError: where a file is missing, does not parse, or an entry lacks a key or has one too many.
    """
    lexicons, gazetteers = folder / "lexicons" / "metadata", folder / "gazetteers"
    publishers = gazetteers / "publishers.toml"
    entries = _entries(publishers, "publisher", KnownPublisher)
    labels = _labels(lexicons / "labels.toml")
    return MetadataData(
        calendar=_calendar(lexicons, labels),
        labels=labels,
        agencies=tuple(_entries(gazetteers / "agencies.toml", "agency", Agency)),
        publishers={p.domain: p for p in entries},
        country_of_tld=_table(publishers, "tld"),
        stopwords={k: frozenset(v.split()) for k, v in read_toml(lexicons / "languages.toml").items()},
        phrases=tuple(_entries(lexicons / "pages.toml", "phrase", PagePhrase)),
    )


def _table(path: Path, key: str) -> dict[str, Any]:
    table = read_toml(path).get(key)
    if not isinstance(table, dict):
        raise CatalogueError(f"{path}: no table [{key}]")
    return table


def _entries(path: Path, key: str, shape: type[Any]) -> list[Any]:
    """Each `[[key]]` as the dataclass `shape`, lists as tuples."""
    entries = []
    for number, raw in enumerate(read_toml(path).get(key, ()), start=1):
        try:
            entries.append(shape(**{k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}))
        except TypeError as error:
            raise CatalogueError(f"{path}: {key} {number} ({next(iter(raw.values()), '')}): {error}") from None
    if not entries:
        raise CatalogueError(f"{path}: no [[{key}]]")
    return entries


def _labels(path: Path) -> Labels:
    raw = read_toml(path)
    try:
        dates, names = raw["dates"], raw["names"]
        return Labels(
            published=frozenset(dates["published"]),
            published_phrases=tuple(dates["published_phrases"]),
            updated=frozenset(dates["updated"]),
            elsewhere=frozenset(dates["elsewhere"]),
            by=tuple(sorted(names["by"], key=len, reverse=True)),
            by_colon=tuple(names["by_colon"]),
            desks=frozenset(names["desks"]),
            firms=frozenset(names["firms"]),
            roles=frozenset(names["roles"]),
            never=frozenset(names["never"]),
            nobody=frozenset(names["nobody"]),
        )
    except KeyError as error:
        raise CatalogueError(f"{path}: no entry {error}") from None


def _calendar(lexicons: Path, labels: Labels) -> Calendar:
    path, zones = lexicons / "calendar.toml", lexicons / "zones.toml"
    raw = read_toml(path)
    months: dict[str, dict[str, int]] = {}
    for language, words in raw.items():
        if len(words.get("months", ())) != 12 or len(words.get("weekdays", ())) != 7:
            raise CatalogueError(f"{path}: [{language}] needs 12 months and 7 weekdays")
        months[language] = {name: n for n, names in enumerate(words["months"], start=1) for name in names}
    offsets: dict[str, int | None] = dict(_table(zones, "minutes"))
    offsets.update(dict.fromkeys(_table(zones, "undecided")["names"]))
    return Calendar(
        months=months,
        shared_months=_unanimous(months.values()),
        weekdays=_unanimous({n: i for i, names in enumerate(w["weekdays"]) for n in names} for w in raw.values()),
        days_back={
            word: back
            for w in raw.values()
            for key, back in (("today", 0), ("yesterday", 1))
            for word in w.get(key, ())
        },
        ago=frozenset(word for w in raw.values() for word in w.get("ago", ())),
        beside=_beside(raw, labels, offsets),
        ones=frozenset(word for w in raw.values() for word in w.get("one", ())),
        units={
            word: unit
            for w in reversed(list(raw.values()))
            for unit, words in w.get("units", {}).items()
            for word in words
        },
        zones=offsets,
    )


def _unanimous(tables: Any) -> dict[str, int]:
    """The names that mean the same in every language that has them."""
    meanings: dict[str, set[int]] = {}
    for table in tables:
        for name, number in table.items():
            meanings.setdefault(name, set()).add(number)
    return {name: numbers.copy().pop() for name, numbers in meanings.items() if len(numbers) == 1}


def _beside(raw: dict[str, Any], labels: Labels, zones: dict[str, int | None]) -> frozenset[str]:
    """Every word that may stand in "Updated about 3 hours ago" or "Today at 10:15 a.m. EST" but for the time itself."""
    ago = {part for w in raw.values() for word in w.get("ago", ()) for part in word.split()}
    weekdays = {name for w in raw.values() for names in w["weekdays"] for name in names}
    clock = {
        "at",
        "am",
        "pm",
        "a",
        "p",
        "m",
        "um",
        "uhr",
        "à",
        "las",
        "le",
        "om",
        "o",
        "kl",
        "about",
        "over",
        "last",
        "on",
    }
    clock |= {word for w in raw.values() for word in w.get("one", ())}
    return frozenset(ago | weekdays | clock | labels.published | labels.updated | {z.casefold() for z in zones})
