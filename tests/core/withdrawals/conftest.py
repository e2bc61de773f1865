from collections.abc import Callable

import pytest

from streams.catalogue.folder import config_folder
from streams.catalogue.withdrawals import load_parser, load_withdrawals
from streams.core.records import Article, Dated, Versions
from streams.core.withdrawals.detector import Detector


@pytest.fixture(scope="session")
def detector() -> Detector:
    """The rules alone: their tests must not pass or fail by what the second reader has learnt."""
    return Detector(load_withdrawals(config_folder()), load_parser(), None)


@pytest.fixture(scope="session")
def article() -> Callable[..., Article]:
    def make(text: str, headline: str = "", published: str | None = "2016-11-16") -> Article:
        dated = Dated(published, "day", None, "test") if published else None
        return Article("a1", "u", "u", "h", "", headline, text, "", (), (), 1.0, Versions("t"), date_published=dated)

    return make
