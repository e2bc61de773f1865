"""What an agent is: the topic it reads, the topics it writes, and where its step runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AgentPlan:
    """`in_child` says that the step is CPU-bound or meets hostile input, so that it needs a deadline."""

    name: str
    reads: str
    writes: tuple[str, ...]
    in_child: bool
