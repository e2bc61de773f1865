"""withdrawal-streams: raw news pages in, withdrawal events with their proof out."""

__version__ = "0.1.0"
