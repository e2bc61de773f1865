"""The harness's own supervisor: it must outlast whatever a dying worker answers, or a fault of ours looks like loss."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from tests.faults.supervisor import Slot

HALVES = (
    b"",
    b"HTTP/1.1 20",
    b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n",
    b"HTTP/1.1 503 X\r\nContent-Length: 9\r\n\r\nno",
)


@pytest.mark.parametrize("half", HALVES)
def test_an_answer_cut_off_by_the_workers_end_reads_as_no_answer(half: bytes, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(half)

        threading.Thread(target=answer, daemon=True).start()
        slot = Slot(0, {}, tmp_path / "log", port=server.getsockname()[1])
        with pytest.raises(OSError):
            slot.get("/livez")
