"""All contact with the outside world: Kafka, processes, HTTP, logs, metrics. It must not decide about news."""
