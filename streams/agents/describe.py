"""describe: signals -> metadata. Its input is keyed by host, so that one worker sees a whole site."""

from streams.agents.plan import AgentPlan
from streams.core.steps import ARTICLES_CLEAN, ARTICLES_DESCRIBED

PLAN = AgentPlan("describe", reads=ARTICLES_CLEAN, writes=(ARTICLES_DESCRIBED,), in_child=False)
