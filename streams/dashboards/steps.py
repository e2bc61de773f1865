"""The board for work inside a worker: time in steps, children, the event loop."""

from streams.dashboards.query import RATE, Board, Panel, of, quantiles, rate

GRAPHS = (
    Panel("Time in a step", "Without waiting.", "s", quantiles("streams_step_duration_seconds", "agent")),
    Panel(
        "Steps at work",
        "Seconds of steps a second, by agent: how many processes are busy. Near the number of children, add some.",
        "short",
        (("{{agent}}", rate("agent", "streams_step_duration_seconds_sum")),),
    ),
    Panel(
        "In flight",
        "Messages begun and not done, by agent.",
        "short",
        (("{{agent}}", f"sum by (agent) ({of('streams_messages_in_flight')})"),),
    ),
    Panel(
        "Dropped a second",
        "Pages that need no output.",
        "ops",
        (("{{agent}} {{reason}}", rate("agent, reason", "streams_messages_dropped_total") + " > 0"),),
    ),
    Panel(
        "Children",
        "Processes for cleaning and detection that run.",
        "short",
        (("{{instance}}", f"sum by (instance) ({of('streams_pool_children')})"),),
    ),
    Panel(
        "Children replaced a minute",
        "By reason; recycled is ordinary.",
        "short",
        (("{{reason}}", "60 * " + rate("reason", "streams_pool_restarts_total")),),
    ),
    Panel(
        "Tried once more, a minute",
        "Messages whose child failed; what fails twice is rejected.",
        "short",
        (("{{agent}}", "60 * " + rate("agent", "streams_retries_total")),),
    ),
    Panel(
        "Event loop",
        "How late it wakes up; above half a second heartbeats are at risk.",
        "s",
        (("{{instance}}", f"max_over_time({of('streams_event_loop_lag_seconds')}[{RATE}])"),),
    ),
)
BOARD = Board("streams-steps", "withdrawal-streams: steps", "What the worker's time goes into.", GRAPHS)
