"""Free ports: free they are, and outside the range of outgoing connections."""

from __future__ import annotations

import socket

from streams.localkafka.ports import RANGE, free_ports, trouble_with


def test_ports_are_different_free_and_below_the_outgoing_range() -> None:
    ports = free_ports("127.0.0.1", 9)
    assert len(set(ports)) == 9
    assert all(port in RANGE and trouble_with("127.0.0.1", port) is None for port in ports)


def test_a_port_that_is_listened_on_is_in_trouble() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert trouble_with("127.0.0.1", server.getsockname()[1]) == "another program listens there"


def test_a_closed_connection_that_lingers_is_no_trouble() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        client = socket.create_connection(("127.0.0.1", port))
        accepted, _ = server.accept()
        accepted.close()  # the server's side closes first and is left in TIME_WAIT
        client.close()
    assert trouble_with("127.0.0.1", port) is None
