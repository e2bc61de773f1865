"""Records from topics into files: JSON lines, Parquet, and feeds that readers subscribe to."""
