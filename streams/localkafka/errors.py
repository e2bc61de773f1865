"""What can go wrong with the local Kafka, in one readable line each."""


class KafkaStartError(Exception):
    """Kafka did not start; the line says what happened, where the log is, and what to do."""


class KafkaJarsError(KafkaStartError):
    """Kafka's jars cannot be had, or are not the pinned ones."""
