"""A fetched page -> its article text, and what metadata needs from the HTML. Pure: no files, clock or log."""

from streams.core.cleaning.cleaned import Block, Cleaned
from streams.core.cleaning.cleaner import Cleaner
from streams.core.cleaning.data import CleaningData

__all__ = ["Block", "Cleaned", "Cleaner", "CleaningData"]
