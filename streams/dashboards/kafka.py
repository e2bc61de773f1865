"""The board for what happens between the workers and Kafka."""

from streams.dashboards.query import Board, Panel, growth, of, quantiles, rate

GRAPHS = (
    Panel(
        "Lag by partition",
        "Messages that wait; one that stays high alone is a hot key or a stuck page.",
        "short",
        (("{{topic}} {{partition}}", f"topk(12, {of('streams_consumer_lag_messages')})"),),
    ),
    Panel(
        "Lag in time",
        "Age of the newest message done, where messages wait.",
        "s",
        (("{{topic}}", f"max by (topic) ({of('streams_consumer_lag_seconds')})"),),
    ),
    Panel(
        "Partitions held",
        "By worker and topic; their sum is the topic's partitions.",
        "short",
        (("{{instance}} {{topic}}", f"sum by (instance, topic) ({of('streams_assigned_partitions')})"),),
    ),
    Panel(
        "Workers by state",
        "A rebalance is not ready but alive.",
        "short",
        (("{{state}}", f"sum by (state) ({of('streams_worker_state')})"),),
    ),
    Panel(
        "Rebalances in a quarter of an hour",
        "Above six a worker, the group does not come to rest.",
        "short",
        (("{{instance}}", growth("instance", "streams_rebalances_total", "15m")),),
    ),
    Panel(
        "Length of a rebalance",
        "Mean of the last hour: so long nothing was read.",
        "s",
        (
            (
                "{{instance}}",
                growth("instance", "streams_rebalance_duration_seconds_sum", "1h")
                + f" / ({growth('instance', 'streams_rebalance_duration_seconds_count', '1h')} > 0)",
            ),
        ),
    ),
    Panel(
        "Commits a second",
        "Failed ones mean that a rebalance took the partitions first.",
        "ops",
        (("{{outcome}}", rate("outcome", "streams_commits_total")),),
    ),
    Panel(
        "Until Kafka confirms",
        "Time of an output, by topic.",
        "s",
        quantiles("streams_produce_duration_seconds", "topic", 99),
    ),
    Panel(
        "Refused outputs a minute",
        "By topic; above zero, see the runbook ProduceErrors.",
        "short",
        (("{{topic}}", "60 * " + rate("topic", "streams_produce_errors_total")),),
    ),
    Panel(
        "Bytes read a second",
        "Values only, by topic.",
        "Bps",
        (("{{topic}}", rate("topic", "streams_consumed_bytes_total")),),
    ),
)
BOARD = Board("streams-kafka", "withdrawal-streams: Kafka", "What happens between the workers and Kafka.", GRAPHS)
