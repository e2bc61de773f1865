"""The describer as config/ makes it, once a session."""

from __future__ import annotations

import pytest

from streams.catalogue.folder import config_folder
from streams.catalogue.metadata import load_metadata
from streams.core.metadata.data import MetadataData
from streams.core.metadata.describer import Describer


@pytest.fixture(scope="session")
def data() -> MetadataData:
    return load_metadata(config_folder())


@pytest.fixture(scope="session")
def describer(data: MetadataData) -> Describer:
    return Describer(data)
