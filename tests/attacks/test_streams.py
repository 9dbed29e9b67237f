"""Open streams are bounded, by account and by address."""

import socket
from collections.abc import Callable, Iterator

import pytest
from pytest_django import DjangoDbBlocker

from lotse import env
from tests.conversations.world import make_person
from tests.support.server import Server
from tests.support.visitor import beside, lines, unlocked


class Streams:
    """By raw sockets, whose number no client library bounds."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.open: list[socket.socket] = []

    def listen(self, session: str) -> tuple[socket.socket, bytes]:
        """The line, and the first line of the answer."""
        line = socket.create_connection(("127.0.0.1", self.server.port), timeout=30)
        host = f"Host: localhost:{self.server.port}"
        head = f"GET /live/events?after=0 HTTP/1.1\r\n{host}\r\n{session}\r\n\r\n"
        line.sendall(head.encode())
        self.open.append(line)
        told = b""
        while b"retry:" not in told and b"problems/" not in told:
            told += line.recv(65536)
        return line, told.split(b"\r\n")[0]


@pytest.fixture
def streams(server: Server) -> Iterator[Streams]:
    streams = Streams(server)
    yield streams
    for line in streams.open:
        line.close()


def sessions(server: Server, blocker: DjangoDbBlocker, people: int) -> list[str]:
    with beside(server, blocker):
        return [lines(unlocked(make_person())) for _ in range(people)]


def has_ended(line: socket.socket) -> bool:
    """Waits for the end of the stream."""
    while piece := line.recv(65536):
        if piece.endswith(b"0\r\n\r\n"):
            return True
    return True


def test_a_further_stream_of_an_account_ends_the_oldest(
    streams: Streams, django_db_blocker: DjangoDbBlocker
) -> None:
    (session,) = sessions(streams.server, django_db_blocker, 1)
    lines = [streams.listen(session)[0] for _ in range(env.MAX_STREAMS_PER_ACCOUNT)]
    _, told = streams.listen(session)
    assert told == b"HTTP/1.1 200 OK"
    # Shorter than the pause between heartbeats: a stream that goes on would be read for ever.
    lines[0].settimeout(15)
    assert has_ended(lines[0])
    lines[1].settimeout(0.5)
    with pytest.raises(TimeoutError):
        has_ended(lines[1])


def test_a_further_stream_from_an_address_is_refused(
    new_server: Callable[..., Server], django_db_blocker: DjangoDbBlocker
) -> None:
    server = new_server(LOTSE_MAX_STREAMS_PER_ADDRESS="20", LOTSE_PROXIES="1")
    streams = Streams(server)
    people = sessions(server, django_db_blocker, 4)
    opened = [streams.listen(people[number // 7])[1] for number in range(20)]
    assert set(opened) == {b"HTTP/1.1 200 OK"}
    _, told = streams.listen(people[3])
    assert told == b"HTTP/1.1 429 Too Many Requests"
    streams.open[0].close()
    # The place is free again as soon as the server has noticed.
    assert any(streams.listen(people[3])[1].endswith(b"OK") for _ in range(50))
    server.stop()
