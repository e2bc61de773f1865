"""History goes through its own group and topics with the same code, and gives the very same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from streams.catalogue import config_folder
from streams.catalogue.topics import load_topics
from streams.edge.kafka import apply_topics, connect
from streams.edge.kafka_config import KafkaConfig
from tests.integration.running import await_true, read_all, worker
from tests.integration.test_worker import drained, good_messages, produce

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]


def records(config: KafkaConfig, prefix: str, topic: str) -> dict[bytes, bytes]:
    return {message.key: message.value for message in read_all(config, prefix + topic)}


def test_a_day_replayed_in_a_lane_of_its_own_gives_byte_identical_records(
    config: KafkaConfig, prefix: str, fresh: str, tmp_path: Path
) -> None:
    lane = "backfill-" + fresh
    with connect(config, 20) as admin:
        apply_topics(admin, load_topics(config_folder()).values(), lane, 2, 1)
    pages = good_messages(6)
    for where, given in ((prefix, pages), (lane, pages[::-1])):
        produce(config, where + "pages-raw", list(given))
        with worker(config, where, tmp_path) as running:
            await_true(lambda: drained(running, len(pages)), 90, running)
            assert running.stop() == 0
    for topic in ("articles-enriched", "withdrawals", "withdrawals-rejected"):
        live, filled = records(config, prefix, topic), records(config, lane, topic)
        assert live == filled, topic
    assert records(config, lane, "withdrawals")
