"""detect: text and metadata -> withdrawal events. A parse takes tens of milliseconds, so it runs in children."""

from streams.agents.plan import AgentPlan
from streams.core.steps import ARTICLES_DESCRIBED, ARTICLES_ENRICHED, WITHDRAWALS, WITHDRAWALS_REJECTED

PLAN = AgentPlan(
    "detect",
    reads=ARTICLES_DESCRIBED,
    writes=(ARTICLES_ENRICHED, WITHDRAWALS, WITHDRAWALS_REJECTED),
    in_child=True,
)
