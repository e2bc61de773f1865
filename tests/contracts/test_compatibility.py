"""Readers of a released record read today's, and today's readers read released ones.

docs/decisions/contracts-for-consumers.md says which way holds for which topic.
"""

from __future__ import annotations

import copy
import re
from pathlib import Path

import jsonschema_rs
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import streams
from streams import reference
from streams.catalogue import config_folder
from streams.core import codec
from streams.core.outcome import Message
from streams.core.pages import raw_page
from streams.core.records import Article, RejectedCandidate, Withdrawal
from tests.contracts.compatibility import faults, removed

SCHEMAS = config_folder() / "schemas"
CHANGELOG = (SCHEMAS.parents[1] / "CHANGELOG.md").read_text("utf-8")
#: The feed writes these and we read them; all others we write.
INPUTS = {"raw-page"}
RECORDS = {"withdrawal": Withdrawal, "withdrawal-rejected": RejectedCandidate}


def line(version: str) -> tuple[str, ...]:
    """Versions of one line are compatible: the major, and the minor too while the major is 0."""
    major, minor, *_ = version.split(".")
    return (major, minor) if major == "0" else (major,)


RELEASED = sorted((SCHEMAS / "released").iterdir())
PAIRS = [
    pytest.param(folder / path.name, path, id=f"{folder.name}-{path.name.removesuffix('.schema.json')}")
    for folder in RELEASED
    if line(folder.name) == line(streams.__version__)
    for path in sorted(folder.glob("*.schema.json"))
]


def read(path: Path) -> dict:
    return orjson.loads(path.read_bytes())


def example(path: Path) -> bytes:
    return path.with_name(path.name.replace(".schema.", ".example.")).read_bytes()


def breaks(name: str, released: dict, current: dict) -> list[str]:
    """What a change takes away from those who hold on to the released schema."""
    found = removed(released, current) + faults(reader=current, writer=released)
    return found if name in INPUTS else found + faults(reader=released, writer=current)


def test_this_version_s_schemas_are_kept() -> None:
    kept = {path.name for path in (SCHEMAS / "released" / streams.__version__).glob("*.json")}
    assert {path.name for path in SCHEMAS.glob("*.json")} <= kept, "run `python -m streams.reference release`"


@pytest.mark.parametrize(("released", "path"), PAIRS)
def test_no_change_breaks_who_holds_on_to_a_released_schema(released: Path, path: Path) -> None:
    current = SCHEMAS / path.name
    assert current.is_file(), f"{path.name} was released and is gone"
    found = breaks(path.name.removesuffix(".schema.json"), read(released), read(current))
    assert found == [], "a break needs a new line of versions and a new topic; see contracts-for-consumers.md"


@pytest.mark.parametrize(("released", "path"), PAIRS)
def test_examples_then_and_now_are_read_by_both(released: Path, path: Path) -> None:
    name, current = path.name.removesuffix(".schema.json"), SCHEMAS / path.name
    old = example(released)
    jsonschema_rs.validator_for(read(current)).validate(orjson.loads(old))
    if name in INPUTS:
        assert raw_page(Message("pages-raw", None, old, (("content-type", b"application/json"),))).body
        return
    jsonschema_rs.validator_for(read(released)).validate(orjson.loads(example(current)))
    codec.decode(old, RECORDS.get(name, Article))


def test_a_version_that_is_out_cannot_be_kept_anew(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "x.schema.json").write_bytes(b"{}")
    assert reference.release(tmp_path, "nothing said") is None
    assert reference.release(tmp_path, f"## {streams.__version__} (unreleased)") is None
    assert "raise the version" in str(reference.release(tmp_path, f"## {streams.__version__} 2026-12-01"))


def test_a_break_within_a_line_is_said_in_the_changelog_of_the_next() -> None:
    old = [folder.name for folder in RELEASED if line(folder.name) != line(streams.__version__)]
    assert not old or re.search(r"^### Breaking", CHANGELOG, re.MULTILINE)


def changed(name: str, change: str) -> dict:
    schema = copy.deepcopy(read(SCHEMAS / f"{name}.schema.json"))
    exec(change, {"s": schema, "p": schema["properties"], "d": schema.get("$defs", {})})
    return schema


@pytest.mark.parametrize(
    "change",
    [
        "del p['confidence']; s['required'].remove('confidence')",
        "del p['xref']",
        "s['required'].remove('date')",
        "p['confidence'] = {'type': ['number', 'null']}",
        "p['confidence'] = {'type': 'string'}",
        "p['stage']['enum'].append('rumoured')",
        "p['stage']['enum'].remove('denied')",
        "del p['kind']['enum']; p['kind']['type'] = 'string'",
        "p['weight'] = {'type': 'number'}; s['required'].append('weight')",
        "del d['Evidence']['properties']['trigger_span']",
        "d['Party']['properties']['id'] = {'type': 'string'}",
        "d['Party']['properties']['span']['prefixItems'].append({'type': 'integer'})",
        "d['Claim']['properties']['quoted']['not'] = {'const': True}",
    ],
)
def test_a_change_that_breaks_a_reader_of_events_is_found(change: str) -> None:
    assert breaks("withdrawal", read(SCHEMAS / "withdrawal.schema.json"), changed("withdrawal", change))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("withdrawal", "p['weight'] = {'type': 'number', 'default': 1}"),
        ("withdrawal", "d['Party']['properties']['wikidata'] = {'anyOf': [{'type': 'string'}, {'type': 'null'}]}"),
        ("withdrawal", "s['description'] = 'better words'"),
        ("raw-page", "p['language'] = {'type': 'string'}"),
        ("raw-page", "p['url']['maxLength'] = 4096"),
        ("raw-page", "s['required'].remove('fetched_at')"),
    ],
)
def test_growth_breaks_nobody(name: str, change: str) -> None:
    assert breaks(name, read(SCHEMAS / f"{name}.schema.json"), changed(name, change)) == []


def test_a_page_that_the_released_schema_allows_must_stay_allowed() -> None:
    for change in ("p['url']['maxLength'] = 100", "s['required'].append('status')", "del p['body_base64']"):
        assert breaks("raw-page", read(SCHEMAS / "raw-page.schema.json"), changed("raw-page", change)), change


SCALARS = st.sampled_from([{"type": "string"}, {"type": "integer"}, {"type": "number"}, {"type": "null"}])
ENUMS = st.sets(st.sampled_from("abc"), min_size=1).map(lambda words: {"enum": sorted(words)})


def containers(inner: st.SearchStrategy) -> st.SearchStrategy:
    objects = st.dictionaries(st.sampled_from("xyz"), inner, max_size=3).flatmap(
        lambda fields: st.sets(st.sampled_from("xyz")).map(
            lambda need: {"type": "object", "properties": fields, "required": sorted(need & fields.keys())}
        )
    )
    lists = st.one_of(
        inner.map(lambda item: {"type": "array", "items": item}),
        st.tuples(inner, inner).map(lambda two: {"type": "array", "prefixItems": [*two], "minItems": 2, "maxItems": 2}),
    )
    return st.one_of(objects, lists, st.tuples(inner, inner).map(lambda two: {"anyOf": [*two]}))


MADE = st.recursive(SCALARS | ENUMS, containers, max_leaves=6)


def records_of(schema: dict) -> st.SearchStrategy:
    """Records of a writer of that schema: its own fields and no others."""
    if "anyOf" in schema:
        return st.one_of([records_of(kind) for kind in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "prefixItems" in schema:
        return st.tuples(*map(records_of, schema["prefixItems"])).map(list)
    if schema["type"] == "array":
        return st.lists(records_of(schema["items"]), max_size=2)
    if schema["type"] == "object":
        fields = {name: records_of(part) for name, part in schema["properties"].items()}
        need = {name: fields.pop(name) for name in schema["required"]}
        return st.fixed_dictionaries(need, optional=fields)
    plain = {"string": st.text(max_size=2), "integer": st.integers(-2, 2), "null": st.none()}
    return plain.get(schema["type"], st.floats(-2, 2))


@settings(max_examples=400, deadline=None)
@given(st.data(), MADE, MADE)
def test_what_is_found_compatible_is_read(data: st.DataObject, reader: dict, writer: dict) -> None:
    record = data.draw(records_of(writer))
    if not faults(reader, writer):
        jsonschema_rs.validator_for(reader).validate(record)


@given(MADE)
def test_a_schema_is_compatible_with_itself(schema: dict) -> None:
    assert faults(schema, copy.deepcopy(schema)) == []
