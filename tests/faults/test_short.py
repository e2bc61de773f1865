"""The quickest fault of the table, on every run of the tests; `make faults` has them all."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from streams.localkafka import Cluster
from tests.faults.lanes import run_fault, stage
from tests.faults.plan import Fault, Sizes
from tests.faults.strikes import FAULTS

#: Half a minute on a quiet machine; the limit is for a busy one.
pytestmark = [pytest.mark.integration, pytest.mark.timeout(400)]
SIZES = Sizes(pages=300, rate=60.0)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with stage("one") as (cluster, _):
        yield cluster


@pytest.mark.parametrize("fault", [one for one in FAULTS if one.short], ids=lambda fault: fault.name)
def test_no_page_is_lost_or_changed_and_the_workers_come_back(cluster: Cluster, fault: Fault) -> None:
    seed = random.SystemRandom().randrange(1 << 31)
    report = run_fault(fault, cluster, [], seed, SIZES, fault.strikes[0])
    examples: list[str] = [line for topic in report.topics for line in topic.examples]
    assert not report.faults, f"seed {seed}: {report.faults} {report.notes} {examples}"


def test_the_audit_finds_what_is_lost_repeated_changed_and_out_of_place(cluster: Cluster) -> None:
    from kafka import KafkaProducer

    from streams.core.steps import ARTICLES_CLEAN, PAGES_RAW
    from tests.faults.audit import audit
    from tests.faults.corpus import expected
    from tests.faults.scene import Scene

    scene = Scene(FAULTS[0], cluster, [], random.Random(0), SIZES, 0)
    scene.make_topics()
    wanted = expected(250, 100)
    good = wanted[ARTICLES_CLEAN]
    producer = KafkaProducer(**scene.inside.tools)
    rows = [good[b"%d" % n] for n in (0, 194, 97, 1, 1)] + [(b"k2", good[b"2"][1] + b"!")]
    for key, value in rows:
        producer.send(scene.prefix + ARTICLES_CLEAN, key=key, value=value)
    producer.flush()
    producer.close()
    clean, pages = audit(scene.inside, scene.prefix, wanted, (ARTICLES_CLEAN, PAGES_RAW))
    assert (clean.repeated, clean.differing, clean.out_of_place) == (1, 1, 1)
    assert clean.lost == len(good) - 5
    assert pages.lost == 250
