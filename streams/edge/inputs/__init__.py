"""Pages from files: HTML (also .gz), folders, WARC, JSON lines of raw pages; and articles already extracted."""

from streams.edge.inputs.lines import read_lines
from streams.edge.inputs.read import InputError, InputPage, read_articles, read_inputs

__all__ = ["InputError", "InputPage", "read_articles", "read_inputs", "read_lines"]
