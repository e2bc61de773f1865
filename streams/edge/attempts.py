"""Which messages are in a step now, on disk, so that one that ends the whole worker is known by its third time.

A child's crash costs its page alone (pool.py). But a step on the loop can take the worker with it, and so can a page
whose swelling makes the kernel end a whole container. It would be fetched again for ever. It must not know what a
message holds, nor be needed: where the file cannot be kept, the worker runs without it.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import logging
import mmap
import os
import struct
import zlib
from pathlib import Path
from time import time

log = logging.getLogger(__name__)

#: Starts of the worker in which a message may be in work when it dies.
LIMIT = 3
#: Messages at once; more run unmarked. A worker has some ten in its steps.
SLOTS = 256
#: Files, so workers, in one folder.
FILES = 64
#: Seconds after which a mark that nobody took up is forgotten: its partition has gone to another worker.
FORGET = 86_400
#: Topic (hashed), partition, offset, times begun, when; then a CRC-32, so that a torn record counts as none.
_RECORD = struct.Struct("<16sIQId")
_SIZE = _RECORD.size + 4

Place = tuple[str, int, int]


class Attempts:
    """Marks in a memory-mapped file: they outlive the process without a system call a message.

    After a sudden end, whatever stood marked is suspect. A suspect runs alone in its worker, so that the next
    death tells it from those that were only beside it.
    """

    def __init__(self, memory: mmap.mmap | bytearray, file: int = -1) -> None:
        self._memory, self._file = memory, file
        self._suspects: dict[bytes, tuple[int, int]] = {}
        self._free: list[int] = []
        self._marked: set[int] = set()
        self._running = 0
        self._idle = asyncio.Event()
        self._alone = asyncio.Lock()
        for slot in range(SLOTS):
            self._load(slot)

    @property
    def suspects(self) -> int:
        """Messages that were in work when a worker died, and have not come again."""
        return len(self._suspects)

    async def begin(self, place: Place) -> int | None:
        """Mark a message as in work.

        Returns:
            What `end` wants; None for a message that has had its chances, and must not be worked on.
        """
        if not self._suspects and not self._alone.locked():  # nearly always
            return self._mark(place, self._free.pop() if self._free else -1, 1)
        slot, times = self._suspects.get(_name(place), (-1, 0))
        if times >= LIMIT:
            return None
        await self._alone.acquire()
        if not times:
            self._alone.release()
            return self._mark(place, self._free.pop() if self._free else -1, 1)
        try:
            while self._running:
                self._idle.clear()
                await self._idle.wait()
        except BaseException:
            self._alone.release()  # broken off while it waited: it has not run, and others may
            raise
        log.warning("%s:%d:%d was in work when a worker died, %d times: it runs alone", *place, times)
        return self._mark(place, slot, times + 1)

    def end(self, place: Place, slot: int) -> None:
        """It has an outcome, or was broken off in order."""
        self._running -= 1
        if not self._running:
            self._idle.set()
        if slot >= 0:
            self._wipe(slot)
        if self._suspects and self._suspects.pop(_name(place), None) is not None:
            self._alone.release()

    def settled(self, place: Place) -> None:
        """A message that `begin` turned away is in the dead letters for good."""
        slot, _ = self._suspects.pop(_name(place), (-1, 0))
        if slot >= 0:
            self._wipe(slot)

    def close(self) -> None:
        """Let go of the file. What is in work is broken off in order, and nobody's fault."""
        for slot in self._marked:
            self._memory[slot * _SIZE : (slot + 1) * _SIZE] = bytes(_SIZE)
        if isinstance(self._memory, mmap.mmap):
            self._memory.close()
            os.close(self._file)
            self._memory = bytearray(SLOTS * _SIZE)

    def _mark(self, place: Place, slot: int, times: int) -> int:
        self._running += 1
        if slot >= 0:
            self._marked.add(slot)
            topic, partition, offset = place
            record = _RECORD.pack(_digest(topic), partition, offset, times, time())
            self._memory[slot * _SIZE : (slot + 1) * _SIZE] = record + zlib.crc32(record).to_bytes(4, "little")
        return slot

    def _wipe(self, slot: int) -> None:
        self._memory[slot * _SIZE : (slot + 1) * _SIZE] = bytes(_SIZE)
        self._marked.discard(slot)
        self._free.append(slot)

    def _load(self, slot: int) -> None:
        raw = bytes(self._memory[slot * _SIZE : (slot + 1) * _SIZE])
        record, check = raw[:-4], raw[-4:]
        if any(raw) and zlib.crc32(record).to_bytes(4, "little") == check:
            topic, partition, offset, times, when = _RECORD.unpack(record)
            if abs(time() - when) < FORGET:
                self._suspects[_RECORD.pack(topic, partition, offset, 0, 0.0)] = (slot, times)
                return
        self._wipe(slot)


_digests: dict[str, bytes] = {}


def _digest(topic: str) -> bytes:
    found = _digests.get(topic)
    if found is None:
        found = _digests[topic] = hashlib.blake2b(topic.encode(), digest_size=16).digest()
    return found


def _name(place: Place) -> bytes:
    topic, partition, offset = place
    return _RECORD.pack(_digest(topic), partition, offset, 0, 0.0)


def open_attempts(folder: Path | None) -> Attempts:
    """The first file in the folder that no living worker holds; in memory only where there is no folder.

    A worker that starts again need not find its own: marks name messages, not workers.
    """
    if folder is None:
        return Attempts(bytearray(SLOTS * _SIZE))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number in range(FILES):
            file = os.open(folder / f"in-work-{number}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.posix_fallocate(file, 0, SLOTS * _SIZE)  # now, or a full disk would end us at a write
                return Attempts(mmap.mmap(file, SLOTS * _SIZE), file)
            os.close(file)
        why = f"{FILES} workers use it already"
    except OSError as error:
        why = str(error)
    log.warning("state_dir %s cannot be used (%s): a page that kills the worker will not be known again", folder, why)
    return Attempts(bytearray(SLOTS * _SIZE))
