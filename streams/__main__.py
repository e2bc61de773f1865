"""`python -m streams` and the script `streams`."""

from streams.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
