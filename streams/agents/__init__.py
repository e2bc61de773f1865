"""One agent a file: the topic it reads, the topics it writes, the step between."""
