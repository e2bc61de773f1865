"""Faults on a real Kafka with real workers, and the audit of what they leave: `python -m tests.faults --help`."""
