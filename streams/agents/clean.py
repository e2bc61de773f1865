"""clean: a page -> its article and the signals that metadata needs. Hostile input, so it runs in children."""

from streams.agents.plan import AgentPlan
from streams.core.steps import ARTICLES_CLEAN, PAGES_RAW

PLAN = AgentPlan("clean", reads=PAGES_RAW, writes=(ARTICLES_CLEAN,), in_child=True)
