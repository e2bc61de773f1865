"""Wire copies told from their wording: keys that travel in the record, most of which the copies of one text share.

A key is the smallest hash of three-word shingles in one of `BINS` bins (MinHash, Broder 1997, by one permutation, Li,
Owen and Zhang 2012). Keys depend on the text alone: they need no memory and are the same under replay, in any order,
on any worker. Two articles with `SHARED` keys in common are copies: docs/decisions/0006-metadata-syndication.md.
It must not look at headline, date or host: those are what copies change.
"""

from __future__ import annotations

import re
from zlib import crc32

import numpy as np

BINS = 32
SHARED = 7  # unlike texts had at most 3 keys in common among 469,000 pairs of real pages (docs/metadata.md)
MOST_WORDS = 150  # read; copies are cut at the end, and a site's own lines stand there
FEWEST_WORDS = 30  # shorter texts are too alike by chance
_LONGEST_WORD = 8  # characters a word, on average and with room: what is read of the text
_WORD = re.compile(r"\w+")
# odd constants that spread a CRC over 64 bits; the upper half is kept
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
_HALF = np.uint64(32)
_BINS = np.uint64(BINS)
_EMPTY = np.uint64(2**64 - 1)


def keys_of(text: str) -> tuple[str, ...]:
    """The text's keys, ascending, eight hex digits each; none where it is too short to tell copies from chance."""
    opening = text[: _LONGEST_WORD * MOST_WORDS].casefold()
    words = " ".join(_WORD.findall(opening)[:MOST_WORDS]).encode("utf-8", "replace").split(b" ")
    if len(words) < FEWEST_WORDS:
        return ()
    codes = np.fromiter(map(crc32, words), np.uint64, len(words))
    hashes = codes[:-2] * _MIX[0] + codes[1:-1] * _MIX[1] + codes[2:] * _MIX[2] >> _HALF
    least = np.full(BINS, _EMPTY)
    hashes[::-1].sort()
    least[hashes % _BINS] = hashes  # where a bin has several, the last of them, the least, stays
    least.sort()
    kept = least[: int(least.searchsorted(_EMPTY))].astype(">u4").tobytes().hex()
    return tuple([kept[i : i + 8] for i in range(0, len(kept), 8)])
