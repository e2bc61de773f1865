"""The second reader: what it is shown, what its word is worth, and that it cannot decide alone."""

import numpy as np
import pytest

from streams.catalogue.folder import CatalogueError, config_folder
from streams.catalogue.pairs import load_pairs, read_vocabulary
from streams.catalogue.withdrawals import load_parser, load_withdrawals
from streams.core.withdrawals.detector import Detector
from streams.core.withdrawals.pairing import PairReader, pairs_of
from streams.core.withdrawals.passage import (
    MAX_MENTIONS,
    MAX_PIECES,
    MAX_SENTENCES,
    MAX_TRIGGERS,
    TYPES,
    arrays,
    passage_of,
)
from streams.core.withdrawals.wordpiece import pieces

UNSURE = -9.0
TOLD_LATER = "Haldvik got its new mayor on Monday. Councillors voted to leave the Karst Water Board."


@pytest.fixture(scope="module")
def parts():
    return load_withdrawals(config_folder()), load_parser()


@pytest.fixture
def reading_as(parts):
    """A detector whose second reader gives `logits(passage)`."""
    vocabulary = read_vocabulary(config_folder())
    return lambda logits: Detector(*parts, PairReader(vocabulary, logits))


def sure_of(actor, thing):
    def logits(passage):
        found = np.full((len(passage.keys), len(passage.keys), len(passage.fired)), UNSURE)
        for i, who in enumerate(passage.keys):
            for j, what in enumerate(passage.keys):
                if actor in who and thing in what:
                    found[i, j] = 6.0
        return found

    return logits


def told_by_sentence(actor, thing):
    def logits(passage):
        found = np.full((len(passage.keys), len(passage.keys), len(passage.fired)), UNSURE)
        for t, number in enumerate(passage.numbers):
            for i, who in enumerate(passage.keys):
                for j, what in enumerate(passage.keys):
                    if actor in who and thing in what and number < 0 and passage.sentences[i] == passage.places[t]:
                        found[i, j, t] = 6.0
        return found

    return logits


def nothing(passage):
    return np.full((len(passage.keys), len(passage.keys), len(passage.fired)), UNSURE)


def shown(reading_as, article, text, headline=""):
    passages = []

    def look(passage):
        passages.append(passage)
        return nothing(passage)

    reading_as(look).detect(article(text, headline))
    return passages


def test_an_article_without_a_trigger_is_not_read_twice(reading_as, article):
    assert shown(reading_as, article, "Norland and the Karst Water Board met on Monday. It rained.") == []


def test_the_passage_has_names_with_types_and_marks_the_trigger(reading_as, article):
    (passage,) = shown(reading_as, article, "Poland withdrew from the Karst Water Board on Monday.")
    assert {TYPES[k] for k in passage.kinds} == {"state", "institution"}
    assert sum(passage.marks) == 1
    assert len(passage.fired) == 1
    assert pairs_of(passage)


def test_sentences_that_no_trigger_needs_are_left_out(reading_as, article):
    rain = " ".join(["It rained in the hills and the roads were closed."] * 20)
    (short,) = shown(reading_as, article, "Poland withdrew from the Karst Water Board.")
    (long,) = shown(reading_as, article, f"Poland withdrew from the Karst Water Board. {rain}")
    assert len(long.pieces) <= len(short.pieces) + 15


def test_a_long_article_is_bounded(reading_as, article):
    names = " ".join(f"Bank {c}{d}ova left the Union of {c}{d}ia on Monday." for c in "ABCDEFGH" for d in "aeiou")
    for passage in shown(reading_as, article, names):
        given = arrays(passage)
        assert len(passage.pieces) <= MAX_PIECES
        assert given["names"].shape[0] <= MAX_MENTIONS
        assert given["fired"].shape[0] <= MAX_TRIGGERS + MAX_SENTENCES
        assert given["away"].shape == (given["names"].shape[0], given["fired"].shape[0])


def test_a_pair_that_rules_leave_open_is_told_where_the_second_reader_is_sure(reading_as, article):
    text = article(TOLD_LATER)
    assert reading_as(nothing).detect(text).events == ()
    (event,) = reading_as(sure_of("haldvik", "karst")).detect(text).events
    assert (event.actor.name, event.object.name) == ("Haldvik", "Karst Water Board")
    assert event.evidence.rule == "pair:leave:leave"
    assert event.evidence.sentence == "Councillors voted to leave the Karst Water Board."


@pytest.mark.parametrize(
    ("sentence", "rule", "stage"),
    [
        ("The Reef Union said last month that it too had resigned.", "pair:resign+sentence:leave", "effective"),
        ("The Reef Union will give its answer on Monday.", "pair:give+sentence:leave", "announced"),
        ("The Reef Union will decide on Monday.", "pair:decide+sentence:leave", "considered"),
        ("The Reef Union decided likewise on Monday.", "pair:decide+sentence:leave", "effective"),
        ("The Reef Union will fight from within.", "pair:fight+sentence:stay", "denied"),
    ],
)
def test_a_sentence_without_a_trigger_tells_a_pair_that_the_second_reader_is_sure_of(
    reading_as, article, sentence, rule, stage
):
    text = article(f"Shell left the Karst Water Board on Monday. {sentence}")
    (event,) = (e for e in reading_as(told_by_sentence("reef", "karst")).detect(text).events if "Reef" in e.actor.name)
    assert (event.evidence.rule, event.stage, event.evidence.sentence) == (rule, stage, sentence)


def test_the_proof_is_the_sentence_that_names_who_leaves(reading_as, article):
    text = article("Haldvik voted to leave the Karst Water Board. Councillors chose to leave the Karst Water Board.")
    (event,) = (e for e in reading_as(sure_of("haldvik", "karst")).detect(text).events)
    assert event.evidence.sentence == "Haldvik voted to leave the Karst Water Board."
    text = article("Councillors chose to quit the Karst Water Board. In Haldvik they voted to leave it, too.")
    (event,) = (e for e in reading_as(sure_of("haldvik", "karst")).detect(text).events)
    assert event.evidence.sentence == "In Haldvik they voted to leave it, too."


def test_a_sentence_without_a_verb_tells_nothing(reading_as, article):
    text = article("Shell left the Karst Water Board on Monday. The Reef Union, too.")
    events = reading_as(told_by_sentence("reef", "karst")).detect(text).events
    assert not any("Tex" in e.actor.name for e in events)


def test_a_thing_that_is_only_described_can_be_half_of_a_pair(reading_as, article):
    text = article("Norland's fisheries accord with Ostia was signed in 1999. Kolm quit the Karst Water Board.")
    passage = shown(reading_as, article, "Norland will scrap talks, its fisheries accord with Ostia and more.")[0]
    assert any(key.startswith("d:accord:") for key in passage.keys)
    assert not any("d:accord" in e.object.name for e in reading_as(nothing).detect(text).events)


def test_a_pair_that_is_told_much_more_surely_takes_the_place_of_another(reading_as, article):
    text = article("The Reef Forum replaced the Karst Water Board. Poland left the older board in May.")
    found = reading_as(sure_of("s:POL", "karst")).detect(text)
    assert [e.object.name for e in found.events] == ["Karst Water Board"]


def test_a_pair_that_rules_tell_is_turned_down_where_the_second_reader_is_sure_it_is_none(reading_as, article):
    text = article("Poland may leave the Karst Water Board.")
    assert "unlikely" in {r.reason for r in reading_as(nothing).detect(text).rejected}


def test_the_law_has_the_last_word_on_a_pair(reading_as, article):
    text = article("The Karst Water Board met in Poland. John Smith left the hall on Monday.")
    assert reading_as(sure_of("smith", "karst")).detect(text).events == ()
    assert reading_as(sure_of("karst", "karst")).detect(text).events == ()


def test_words_are_cut_into_the_longest_known_pieces():
    known = {"[UNK]": 0, "un": 1, "##told": 2, "told": 3, "##s": 4, "-": 5}
    assert pieces("Untold", known) == [1, 2]
    assert pieces("tolds", known) == [3, 4]
    assert pieces("un-told", known) == [1, 5, 3]
    assert pieces("Ünträge", known) == [0]
    assert pieces("", known) == [0]
    assert len(pieces("told" * 5000, known)) <= 40


def test_a_missing_or_broken_model_is_told_with_its_file(tmp_path):
    with pytest.raises(CatalogueError, match=r"vocabulary\.txt"):
        read_vocabulary(tmp_path)
    (tmp_path / "pairs").mkdir()
    (tmp_path / "pairs" / "model.onnx").write_bytes(b"no model")
    with pytest.raises(CatalogueError, match=r"model\.onnx"):
        load_pairs(tmp_path)


def test_the_model_tells_a_plain_exit_from_a_bystander(detector, article):
    reader = load_pairs(config_folder())
    found = detector.find(article("Norland left the Karst Water Board on Monday. Ostia was told by letter."))
    passage = passage_of(found.reading, found.finder.triggers, [], reader.vocabulary)
    logits = reader.model(passage)
    best = {p: max(float(logits[i, j].max()) for i, j in places) for p, places in pairs_of(passage).items()}
    assert max(best, key=best.get) == ("n:norland", "n:karst water board")
