"""A TCP proxy that can cut or silence all that passes. In a thread with a loop of its own."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator


class Proxy:
    """127.0.0.1:`port` -> 127.0.0.1:`target`; the target may change, and is set before anybody comes."""

    def __init__(self, port: int) -> None:
        self.port, self.target = port, 0
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._cut = False
        self._open = asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, name=f"proxy-{port}", daemon=True)

    @contextlib.contextmanager
    def running(self) -> Iterator[Proxy]:
        self._thread.start()
        assert self._ready.wait(10)
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)

    def cut(self) -> None:
        """Close every connection, and refuse new ones."""
        self._loop.call_soon_threadsafe(self._set, True, True)

    def silence(self) -> None:
        """Keep every connection and take new ones, but let nothing through: no packet, no reset."""
        self._loop.call_soon_threadsafe(self._set, False, False)

    def heal(self) -> None:
        """Let new connections through again; what stood in silence goes on as after a long delay."""
        self._loop.call_soon_threadsafe(self._set, False, True)

    def _set(self, cut: bool, flows: bool) -> None:
        self._cut = cut
        (self._open.set if flows else self._open.clear)()
        if cut:
            for writer in list(self._writers):
                writer.transport.abort()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._open.set()
        server = self._loop.run_until_complete(asyncio.start_server(self._meet, "127.0.0.1", self.port))
        self._ready.set()
        self._loop.run_forever()
        server.close()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._cut:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, back}
        await asyncio.gather(self._pump(reader, back), self._pump(there, writer))
        self._writers -= {writer, back}

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(1 << 16):
                await self._open.wait()
                writer.write(data)
                await writer.drain()
        with contextlib.suppress(OSError):
            writer.close()
