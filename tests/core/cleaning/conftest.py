"""One cleaner for all tests, and pages made from a few words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from streams.catalogue import config_folder
from streams.catalogue.cleaning import load_cleaning
from streams.core.cleaning import Cleaned, Cleaner
from streams.core.records import RawPage

Clean = Callable[..., Cleaned]


@pytest.fixture(scope="session")
def cleaner() -> Cleaner:
    return Cleaner(load_cleaning(config_folder()))


@pytest.fixture(scope="session")
def clean(cleaner: Cleaner) -> Clean:
    """clean(body, content_type=…, explain=…): the body may be text."""

    def run(
        body: str | bytes,
        content_type: str = "text/html",
        url: str = "https://www.kolm.example/news/a",
        *,
        explain: bool = False,
    ) -> Cleaned:
        raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
        return cleaner.clean(RawPage(url, "2026-01-01T00:00:00Z", content_type, raw), explain=explain)

    return run
