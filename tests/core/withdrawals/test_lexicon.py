from pathlib import Path

import pytest

from streams.catalogue.folder import CatalogueError, config_folder
from streams.catalogue.withdrawals import load_withdrawals


def test_every_sentence_that_must_match_gives_an_event(detector, article):
    data = load_withdrawals(config_folder())
    silent = [s for p in data.predicates for s in p.match if not detector.detect(article(s)).events]
    assert silent == []


def test_every_sentence_that_must_not_match_gives_none(detector, article):
    data = load_withdrawals(config_folder())
    loud = [s for p in data.predicates for s in p.reject if detector.detect(article(s)).events]
    assert loud == []


def test_there_are_five_hundred_objects_each_with_one_id():
    objects = load_withdrawals(config_folder()).objects
    assert len(objects) >= 500
    assert len({o.id for o in objects}) == len(objects)


def test_a_predicate_without_sentences_is_refused(tmp_path: Path):
    import shutil

    shutil.copytree(config_folder() / "lexicons", tmp_path / "lexicons")
    shutil.copytree(config_folder() / "gazetteers", tmp_path / "gazetteers")
    path = tmp_path / "lexicons" / "withdrawal" / "predicates.toml"
    path.write_text(path.read_text() + '\n[[predicate]]\nlemma = "flee"\nframe = "leave"\nlinks = ["from"]\n')
    with pytest.raises(CatalogueError, match="flee"):
        load_withdrawals(tmp_path)
