"""The board that is open all day: traffic, errors, the way from arrival to event, lag, the objectives."""

from streams.dashboards.query import Board, Panel, growth, of, quantiles, rate

TILES = (
    Panel("Workers", "That answer Prometheus.", "short", (("", 'sum(up{job=~"$job"})'),)),
    Panel(
        "Pages a second",
        "Taken from pages-raw.",
        "ops",
        (("", rate("job", "streams_messages_processed_total", 'agent="clean"')),),
    ),
    Panel("Messages waiting", "Lag over all topics.", "short", (("", f"sum({of('streams_consumer_lag_messages')})"),)),
    Panel(
        "Within a minute",
        "Share of a day's messages that came through in time; the objective is 99 %.",
        "percentunit",
        (("", '1 - job:streams_late:ratio_rate1d{job=~"$job"}'),),
    ),
    Panel(
        "Dead-lettered",
        "Share of a day's messages; the objective is at most 0.5 %.",
        "percentunit",
        (("", 'job:streams_dead_lettered:ratio_rate1d{job=~"$job"}'),),
    ),
    Panel(
        "Events today",
        "Withdrawals published in 24 hours.",
        "short",
        (("", f"sum(increase({of('streams_withdrawals_total')}[1d]))"),),
    ),
)
GRAPHS = (
    Panel(
        "Messages a second",
        "What each agent finishes, by outcome.",
        "ops",
        (("{{agent}} {{outcome}}", rate("agent, outcome", "streams_messages_processed_total")),),
    ),
    Panel(
        "Lag",
        "Messages that wait, by topic.",
        "short",
        (("{{topic}}", f"sum by (topic) ({of('streams_consumer_lag_messages')})"),),
    ),
    Panel(
        "From a page's arrival until the agent is done",
        "The objective: 99 % within a minute at detect.",
        "s",
        quantiles("streams_end_to_end_latency_seconds", "agent"),
    ),
    Panel(
        "Late",
        "Share that took more than a minute; the budget of a month is 1 %, an hour above 14 % pages.",
        "percentunit",
        (
            ("5 minutes", 'job:streams_late:ratio_rate5m{job=~"$job"}'),
            ("1 hour", 'job:streams_late:ratio_rate1h{job=~"$job"}'),
        ),
    ),
    Panel(
        "Rejected a second",
        "Each waits in the dead letters, with its reason.",
        "ops",
        (("{{agent}} {{reason}}", rate("agent, reason", "streams_messages_rejected_total") + " > 0"),),
    ),
    Panel(
        "Withdrawals an hour",
        "Events published, by stage.",
        "short",
        (("{{stage}}", growth("stage", "streams_withdrawals_total", "1h")),),
    ),
)
BOARD = Board("streams-overview", "withdrawal-streams", "Is all well, and if not, where?", GRAPHS, TILES)
