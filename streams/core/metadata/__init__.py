"""Signals -> metadata that can be trusted, one field a file. It must not see HTML, a clock or another page."""
