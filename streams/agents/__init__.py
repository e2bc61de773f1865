"""One agent a file: the topic it reads, the topics it writes, the step between."""

from streams.agents import clean, describe, detect
from streams.agents.plan import AgentPlan

__all__ = ["AGENTS", "AgentPlan"]

AGENTS: dict[str, AgentPlan] = {plan.name: plan for plan in (clean.PLAN, describe.PLAN, detect.PLAN)}
