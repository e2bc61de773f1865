"""The board for what the pages yield: fields, confidence, events, and what was turned down or rejected."""

from streams.dashboards.query import Board, Panel, growth, quantiles, rate, share

GRAPHS = (
    Panel(
        "Fields found",
        "Share of articles; a fall is the first sign of a broken extractor.",
        "percentunit",
        (("{{field}}", share("field", "streams_fields_extracted_total", 'source!="none"')),),
    ),
    Panel(
        "Where fields were found",
        "By source, all fields together.",
        "ops",
        (("{{source}}", rate("source", "streams_fields_extracted_total", 'source!="none"') + " > 0"),),
    ),
    Panel(
        "How sure the cleaner is",
        "A falling 10th percentile tells of pages of a new make.",
        "percentunit",
        quantiles("streams_clean_confidence", "", 10, 50),
    ),
    Panel(
        "Withdrawals an hour",
        "Events published, by kind.",
        "short",
        (("{{kind}}", growth("kind", "streams_withdrawals_total", "1h") + " > 0"),),
    ),
    Panel(
        "Candidates turned down an hour",
        "By the detector, with its reason.",
        "short",
        (("{{reason}}", growth("reason", "streams_candidates_rejected_total", "1h")),),
    ),
    Panel(
        "Dead-lettered",
        "Share of messages; the budget of a month is 0.5 %, an hour above 7 % pages.",
        "percentunit",
        (
            ("5 minutes", 'job:streams_dead_lettered:ratio_rate5m{job=~"$job"}'),
            ("1 hour", 'job:streams_dead_lettered:ratio_rate1h{job=~"$job"}'),
        ),
    ),
    Panel(
        "Rejected an hour",
        "By reason; `streams dlq list` shows them.",
        "short",
        (
            (
                "{{agent}} {{reason}}",
                growth("agent, reason", "streams_messages_rejected_total", "1h") + " > 0",
            ),
        ),
    ),
    Panel(
        "Unaccounted",
        "Consumed less processed less in flight: 0, but for what one scrape catches between two counters.",
        "short",
        (("{{instance}}", 'job_instance:streams_messages_unaccounted:sum{job=~"$job",instance=~"$instance"}'),),
    ),
)
BOARD = Board("streams-quality", "withdrawal-streams: quality and dead letters", "What the pages yield.", GRAPHS)
