"""The pass in C gives what Python gives, on every page of the tests and of the sets, and is refused where it would not."""

from __future__ import annotations

import gzip
import tomllib
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
import selectolax.lexbor
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from streams.catalogue import config_folder
from streams.catalogue.cleaning import load_cleaning
from streams.catalogue.compiled import agrees, compiled_pass
from streams.core.cleaning import Cleaned, Cleaner, CleaningData
from streams.core.cleaning.features import Facts
from streams.core.cleaning.finds import Finds
from streams.core.cleaning.guard import Scan
from streams.core.cleaning.hints import Hints
from streams.core.cleaning.labels import LineLabels
from streams.core.cleaning.native.library import Library
from streams.core.cleaning.native.reading import Pass
from streams.core.cleaning.notices import Notices, folded
from streams.core.cleaning.pure import PurePass
from streams.core.cleaning.reader import Heard
from streams.core.cleaning.signs import is_credit
from streams.core.cleaning.tables import tag_codes
from streams.core.cleaning.tags import read_tags
from streams.core.cleaning.wording import Speaking, Wording, as_read
from streams.core.errors import BadMessage
from streams.core.records import RawPage
from tests.core.cleaning.bad_pages import BAD_PAGES
from tests.core.cleaning.test_fuzz import MARKUP
from tests.fuzz.mutations import hostile_page
from tools.compile_pass import compile_pass, compilers

ROOT = Path(__file__).parents[3]
CASES = sorted((ROOT / "tests/cases").glob("*/expected.toml"))
SETS = ROOT.parent / "shared/pages"
FOOT = "<footer><!-- x --><p>At <time datetime=2020-05-06>6 May</time> by <b class=byline>Bo Ek</b></footer>"
Both = tuple[Cleaner, Cleaner]


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> CleaningData:
    """Compiled here and now, so that the test speaks of the sources as they are; a warning is an error."""
    if not compilers():
        pytest.skip("no C compiler here")
    at = compile_pass(ROOT, tmp_path_factory.mktemp("compiled") / "_cleaning.so", ("-Werror",))
    assert at is not None
    data = load_cleaning(config_folder())
    library, told = compiled_pass(data.hints, at)
    assert told == "compiled"
    return replace(data, library=library)


@pytest.fixture(scope="session")
def both(compiled: CleaningData) -> Both:
    return Cleaner(compiled), Cleaner(replace(compiled, library=None))


def outcomes(both: Both, body: bytes, kind: str = "text/html") -> list[Cleaned | str]:
    out: list[Cleaned | str] = []
    for cleaner in both:
        try:
            out.append(cleaner.clean(RawPage("https://a.example/", "2026-01-01T00:00:00Z", kind, body), explain=True))
        except BadMessage as error:
            out.append(str(error))
    return out


@pytest.mark.parametrize("page", CASES, ids=lambda p: p.parent.name)
def test_a_golden_page_comes_out_the_same(both: Both, page: Path) -> None:
    ours, pure = outcomes(both, (page.parent / tomllib.loads(page.read_text("utf-8"))["page"]).read_bytes())
    assert ours == pure


@pytest.mark.parametrize("name", BAD_PAGES)
def test_a_bad_page_comes_out_the_same(both: Both, name: str) -> None:
    ours, pure = outcomes(both, BAD_PAGES[name])
    assert ours == pure


@pytest.mark.parametrize("seed", range(1_000, 1_200))
def test_a_mutated_page_comes_out_the_same(both: Both, seed: int) -> None:
    ours, pure = outcomes(both, hostile_page(seed))
    assert ours == pure


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(f"<article><p>{'A sentence that stands alone. ' * 9}<div>{FOOT}</div></article>{FOOT}")
@example(f"<article>{FOOT * 90}<p>{'A sentence that stands alone. ' * 9}")
@example(f"<article><section><footer><article>{FOOT}<p>{'A sentence that stands alone. ' * 9}")
@given(MARKUP)
def test_any_markup_comes_out_the_same(both: Both, markup: str) -> None:
    ours, pure = outcomes(both, markup.encode())
    assert ours == pure


@pytest.mark.skipif(not SETS.is_dir(), reason="no ../shared/pages")
def test_pages_of_the_sets_come_out_the_same(both: Both) -> None:
    for page in sorted(SETS.glob("*/*.html.gz"))[::5]:
        ours, pure = outcomes(both, gzip.decompress(page.read_bytes()))
        assert ours == pure, page.name


def test_a_library_that_is_missing_broken_or_of_other_sources_is_refused_in_words(
    compiled: CleaningData, tmp_path: Path
) -> None:
    assert "never compiled" in compiled_pass(compiled.hints, tmp_path / "none.so")[1]
    broken = tmp_path / "broken.so"
    broken.write_bytes(b"no library")
    assert compiled_pass(compiled.hints, broken)[0] is None
    other = compile_pass(ROOT, tmp_path / "other.so", ("-USTREAMS_SOURCES", '-DSTREAMS_SOURCES="other"'))
    assert other is not None
    assert "other sources" in compiled_pass(compiled.hints, other)[1]


def test_another_version_of_the_parser_is_refused(compiled: CleaningData, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectolax.lexbor, "LEXBOR_VERSION_MINOR", 99)
    library, told = compiled_pass(compiled.hints, Path(__file__))
    assert library is None
    assert "another lexbor" in told


def test_a_pass_that_reads_the_probe_otherwise_is_refused(compiled: CleaningData) -> None:
    library = compiled.library
    assert isinstance(library, Library)
    right = library.lexbor.lxb_dom_attr_value_noi
    try:
        library.lexbor.lxb_dom_attr_value_noi = library.lexbor.lxb_dom_attr_qualified_name
        assert not agrees(library, compiled.hints)
    finally:
        library.lexbor.lxb_dom_attr_value_noi = right
    assert agrees(library, compiled.hints)


PARTS = [*"aAbBcCkK2-_ \u212aİéß\u00a0", "Comment", "comments", "share", "a2a", "col3", "Byline", "authorbox"]
NAMES = st.lists(st.sampled_from(PARTS), max_size=100).map("".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES)
def test_class_names_say_the_same_in_both(compiled: CleaningData, names: str) -> None:
    hints, tags = Hints(compiled.hints), read_tags()
    tree = LexborHTMLParser(f'<div class="{names}"><p>A sentence that stands alone.')
    parts = tags, tag_codes(tags.number), hints, compiled.model.trees
    assert isinstance(compiled.library, Library)
    ours, pure = (r.walk(tree, Finds()).bits for r in (Pass(compiled.library, *parts), PurePass(*parts)))
    assert ours == pure


def lines_of(data: CleaningData) -> st.SearchStrategy[str]:
    """Lines of the lexicons' own words, and of what may stand around them."""
    words = [*data.lines.whole, *data.lines.starts, *(n for rule in data.notices for n in (*rule.opens, *rule.needs))]
    needs = [need for some, _, _ in data.lines.holds for need in some]
    around = [
        "A",
        "the",
        "2016",
        "Nov",
        "16:30",
        ":",
        ">",
        "»",
        "→",
        "- ",
        "[",
        "\n",
        ", ",
        ".",
        "ſ",
        "\u212a",
        "’",
        "\xad",
        "x" * 90,
    ]
    return st.lists(st.sampled_from([*words, *needs, *around]), min_size=1, max_size=8).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_block_that_the_compiled_pass_calls_quiet_says_nothing(compiled: CleaningData, data: st.DataObject) -> None:
    wording = Wording(LineLabels(compiled.lines), Notices(compiled.notices))
    parts = read_tags(), tag_codes(read_tags().number), Hints(compiled.hints), compiled.model.trees
    assert isinstance(compiled.library, Library)
    reader, lines = Pass(compiled.library, *parts), data.draw(st.lists(lines_of(compiled), min_size=1, max_size=40))
    tree = LexborHTMLParser("".join(f"<p>{escape(line.upper() if i % 3 else line)}" for i, line in enumerate(lines)))
    page = reader.walk(tree, Finds())
    looked = reader.look(page)
    texts = [page.texts[i] for i in looked.blocks] if looked else []
    heard = reader.hear(wording.speaking, Facts("", "")) if looked else Heard((), [], None, (), b"")
    assert [as_read(texts[i]) for i in heard.loud] == heard.folds
    told = wording.read_all(heard.folds, heard.found)
    assert told == wording.read_all(heard.folds)
    for i in set(range(len(texts))) - set(heard.loud):
        assert wording.read(texts[i])[1:] == (None, None), texts[i]
    for text, crediting in zip(page.texts, heard.crediting, strict=True):
        assert crediting or len(text) > 240 or not is_credit(text), text


def test_the_compiled_pass_calls_sentences_quiet(compiled: CleaningData) -> None:
    wording = Wording(LineLabels(compiled.lines), Notices(compiled.notices))
    parts = read_tags(), tag_codes(read_tags().number), Hints(compiled.hints), compiled.model.trees
    assert isinstance(compiled.library, Library)
    reader = Pass(compiled.library, *parts)
    reader.look(reader.walk(LexborHTMLParser("<p>Kolm quit the union.<p>Read more<p>16:30, the union left"), Finds()))
    assert reader.hear(wording.speaking, Facts("", ""))[:2] == ([1, 2], ["read more", "16:30, the union left"])


LETTERS = "aZ ’“–\u00a0\xad\nİΣςſ\u212aéÉßⓘⒾ⚠️•©»中Ⱥ\U0001d400\U00010400-(\"'"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(LETTERS, min_size=1, max_size=40).map(lambda t: "x" * 7 + " ".join(t.split())), min_size=1))
def test_words_are_heard_the_same_in_both(compiled: CleaningData, lines: list[str]) -> None:
    """Of a lexicon that makes all loud, so that every fold is told."""
    tree = LexborHTMLParser("".join(f"<p>{escape(line[7:])} 1" for line in [*lines, lines[0]]))
    speaking, parts = (
        Speaking({}, {"1": 8}, 600, 8),
        (read_tags(), tag_codes(read_tags().number), Hints(compiled.hints)),
    )
    assert isinstance(compiled.library, Library)
    both, told = [], []
    for reader in Pass(compiled.library, *parts, compiled.model.trees), PurePass(*parts, compiled.model.trees):
        reader.look(reader.walk(tree, Finds()))
        heard = reader.hear(speaking, Facts(folded(lines[-1][7:] + " 1"), folded(lines[0][7:]) * 3))
        both.append((list(heard.loud), heard.folds, heard.titled))
        told.append(reader.features(bytes(len(heard.folds))).tobytes())
    assert both[0] == both[1]
    assert told[0] == told[1]


CUT = [
    bytes([b]) for b in (0, 0x41, 0x80, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0x90, 0xF4, 0x8F, 0xF5)
]


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.lists(st.sampled_from([*CUT, b"plain words", "é中🙂".encode()]), max_size=30).map(b"".join)))
def test_utf_8_is_told_the_same_in_both(compiled: CleaningData, body: bytes) -> None:
    parts = read_tags(), tag_codes(read_tags().number), Hints(compiled.hints), compiled.model.trees
    assert isinstance(compiled.library, Library)
    assert Pass(compiled.library, *parts).is_utf_8(body) == PurePass(*parts).is_utf_8(body)


ATTRIBUTES = st.lists(
    st.sampled_from(["<a", "<", " b", "/", "=", '"', "'", " ", ">", "\n", "c=d", '=" x"', "<a b=" + "c" * 20_000]),
    max_size=60,
).map("".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ATTRIBUTES, st.sampled_from([0, 7_999, 8_000]))
def test_attributes_are_counted_the_same_in_both(compiled: CleaningData, markup: str, many: int) -> None:
    parts = read_tags(), tag_codes(read_tags().number), Hints(compiled.hints), compiled.model.trees
    assert isinstance(compiled.library, Library)
    html = (markup + "<a" + " bc" * many + markup).encode()
    ours, pure = (r.has_too_many_attributes(html) for r in (Pass(compiled.library, *parts), PurePass(*parts)))
    assert ours == pure


def test_wide_registers_give_the_same_sums(compiled: CleaningData) -> None:
    parts = read_tags(), tag_codes(read_tags().number), Hints(compiled.hints), compiled.model.trees
    assert isinstance(compiled.library, Library)
    for blocks in (1, 7, 8, 61):
        reader = Pass(compiled.library, *parts)
        looked = reader.look(reader.walk(LexborHTMLParser("<p>A sentence <a>of</a> words." * blocks), Finds()))
        assert looked
        reader.hear(Speaking({}, {}, 600, 0), Facts("", ""))
        labels = bytes(len(looked.blocks))
        assert reader.score(labels) == reader.score(labels, wide=False)


PIECES = ["<", "/", ">", " ", "div", "B", "x-y", "a" * 13 + "-b", "h1", "H7", "foreignObject", "a2", "-", "\n", "é"]
TAGS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def scans(data: CleaningData, html: bytes) -> list[Scan]:
    parts = read_tags(), tag_codes(read_tags().number), Hints(data.hints), data.model.trees
    assert isinstance(data.library, Library)
    return [reader.scan(html, True) for reader in (Pass(data.library, *parts), PurePass(*parts))]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TAGS)
def test_tags_are_counted_the_same_in_both(compiled: CleaningData, html: str) -> None:
    ours, pure = scans(compiled, html.encode())
    assert ours == pure


@pytest.mark.parametrize("name", BAD_PAGES)
def test_tags_of_bad_pages_are_counted_the_same_in_both(compiled: CleaningData, name: str) -> None:
    ours, pure = scans(compiled, BAD_PAGES[name][: 1 << 20])
    assert ours == pure
