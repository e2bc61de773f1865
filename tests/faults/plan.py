"""What a fault is, how much of everything, and what is reported of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from tests.faults.audit import TopicAudit

if TYPE_CHECKING:
    from tests.faults.scene import Scene


@dataclass(frozen=True)
class Sizes:
    """How much of everything: `pages` at least, loaded at `rate` a second for as long as the fault strikes."""

    pages: int = 600
    rate: float = 150.0
    page_bytes: int = 1000
    step_seconds: float = 0.002
    #: Seconds in which the lag may fail to fall: a session's end, a restart, and a slow machine.
    stall_limit: float = 60.0


@dataclass(frozen=True)
class Fault:
    """One row of the table. `strikes` are for the short and the long form, `pause` the seconds between them."""

    name: str
    what: str
    strike: Callable[[Scene], None]
    cluster: str = "one"
    workers: int = 1
    strikes: tuple[int, int] = (3, 20)
    pause: tuple[float, float] = (0.5, 3.0)
    repeats: bool = True
    short: bool = False
    doubled: bool = False
    poison: tuple[int, ...] = ()
    page_bytes: int | None = None
    step_seconds: float | None = None
    #: Pages exactly, in the short and the long form, where other than `Sizes.pages`.
    pages: tuple[int, int] | None = None
    #: Workers with `group_instance_id`, which Kafka knows again.
    static: bool = False
    settings: Mapping[str, object] = field(default_factory=dict)
    #: Exit codes that a worker may show by itself; what a strike caused is not counted.
    exits: tuple[int, ...] = (0, 1)


@dataclass
class Report:
    """What one fault left; `faults` are sentences, and empty when all that is promised held."""

    fault: str
    seed: int
    pages: int = 0
    strikes: int = 0
    starts: int = 0
    exits: list[int] = field(default_factory=list)
    livez_kills: list[str] = field(default_factory=list)
    drain_seconds: float = 0.0
    stop_seconds: float = 0.0
    seconds: float = 0.0
    topics: list[TopicAudit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def total(self, what: str) -> int:
        return sum(getattr(topic, what) for topic in self.topics)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
