"""Every entry of the gazetteers and lexicons keeps its own promises: the sentences that must match and must not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from streams.catalogue.folder import config_folder
from streams.catalogue.metadata import load_metadata
from streams.core.metadata import page_phrases
from streams.core.metadata.agency import AgencyNames, in_byline, in_credit, in_dateline, index
from streams.core.metadata.data import Agency, MetadataData, PagePhrase
from streams.core.metadata.spoken_dates import Setting, read

DATA = load_metadata(config_folder())
PLACES: dict[str, Callable[[str, AgencyNames], Iterator[Agency]]] = {
    "dateline": in_dateline,
    "byline": in_byline,
    "credit": in_credit,
}


def agencies_in(sentence: str) -> set[str]:
    place, _, text = sentence.partition(": ")
    return {a.id for a in PLACES[place](text, index(DATA.agencies))}


@pytest.mark.parametrize("agency", DATA.agencies, ids=lambda a: a.id)
def test_an_agency_is_found_in_its_sentences_and_in_none_of_the_others(agency: Agency) -> None:
    assert agency.match
    assert agency.no_match
    for sentence in agency.match:
        assert agency.id in agencies_in(sentence), sentence
    for sentence in agency.no_match:
        assert agency.id not in agencies_in(sentence), sentence


def test_there_are_at_least_sixty_agencies_and_no_two_share_an_id_or_a_mark() -> None:
    assert len(DATA.agencies) >= 60
    assert len({a.id for a in DATA.agencies}) == len(DATA.agencies)
    marks = [m for a in DATA.agencies for m in a.marks]
    assert sorted(marks) == sorted(set(marks))


@pytest.mark.parametrize("phrase", DATA.phrases, ids=lambda p: f"{p.kind}: {p.words}")
def test_a_page_phrase_stands_in_its_sentences_and_in_none_of_the_others(phrase: PagePhrase) -> None:
    alone = page_phrases.index((phrase,))
    look = {"text": alone.of_text, "dateline": alone.of_opening}.get(phrase.place, alone.of_heading)
    assert phrase.match
    assert phrase.no_match
    assert all(look(sentence) == phrase.kind for sentence in phrase.match)
    assert not any(look(sentence) for sentence in phrase.no_match)


def test_every_month_of_every_language_is_read_back(data: MetadataData) -> None:
    for language, months in data.calendar.months.items():
        setting = Setting(language, month_first="", now=None)
        for name, number in months.items():
            found = next(iter(read(f"16 {name} 2016", data.calendar, setting)), None)
            assert found is not None, (language, name)
            assert found.date == f"2016-{number:02}-16", (language, name)


def test_no_two_languages_share_their_commonest_words(data: MetadataData) -> None:
    words = list(data.stopwords.items())
    for i, (first, mine) in enumerate(words):
        for second, theirs in words[:i]:
            assert len(mine & theirs) < 0.85 * min(len(mine), len(theirs)), (first, second)
