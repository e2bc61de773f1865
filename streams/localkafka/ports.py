"""Free ports on the loopback address. It cannot keep them free: the caller tries again after a collision."""

from __future__ import annotations

import contextlib
import errno
import random
import socket

from streams.localkafka.errors import KafkaStartError

#: Below the range that systems lend to outgoing connections (Linux from 32768, macOS from 49152): there, a client that
#: keeps calling a stopped broker would in the end be given that very port, connect to itself, and keep the broker out.
RANGE = range(15_000, 32_000)
TRIES = 1000


def free_ports(host: str, count: int) -> list[int]:
    """Different ports that nobody listens on now.

    Raises:
        KafkaStartError: no free one was found.
    """
    dice, found = random.SystemRandom(), dict[int, None]()
    for _ in range(TRIES):
        port = dice.choice(RANGE)
        if trouble_with(host, port) is None:
            found[port] = None
        if len(found) == count:
            return list(found)
    raise KafkaStartError(f"no {count} free ports on {host} between {RANGE.start} and {RANGE.stop}")


def trouble_with(host: str, port: int) -> str | None:
    """Why we cannot listen there, or None."""
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the JVM does; a TIME_WAIT is no obstacle
        try:
            probe.bind((host, port))
        except OSError as error:
            return "another program listens there" if error.errno == errno.EADDRINUSE else str(error.strerror)
    return None
