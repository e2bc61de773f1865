"""The compiled pass: the C of this folder, its declarations for Python (library.py) and its reading (reading.py)."""
