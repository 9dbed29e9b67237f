"""What strangers can make one connection cost: bytes, time, and a place among the others."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from lotse.core.bounded_protocol import SILENCE_TIMEOUT, SWEEP_INTERVAL
from tests.support.server import Server

LATEST = SILENCE_TIMEOUT + SWEEP_INTERVAL + 5
HUGE = 600 * 2**20


def dial(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=LATEST)


def answered(connection: socket.socket) -> bytes:
    """Until the server ends the connection."""
    told = b""
    try:
        while piece := connection.recv(65536):
            told += piece
    except ConnectionResetError:
        pass
    return told


def head(server: Server, first: str, *lines: str) -> bytes:
    named = f"Host: localhost:{server.port}"
    return "\r\n".join([f"{first} HTTP/1.1", named, *lines, "", ""]).encode()


@pytest.mark.parametrize(
    "path", ["/", "/ask/", "/office/", "/office/images/add/", "/api/accounts", "/unknown/"]
)
def test_a_body_of_600_mib_is_refused_before_it_is_sent(server: Server, path: str) -> None:
    with dial(server) as connection:
        connection.sendall(head(server, f"POST {path}", f"Content-Length: {HUGE}"))
        assert answered(connection).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("path", ["/", "/office/images/add/"])
def test_a_body_of_unknown_length_is_not_read_to_its_end(server: Server, path: str) -> None:
    piece = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    sent = 0
    with dial(server) as connection:
        connection.sendall(head(server, f"POST {path}", "Transfer-Encoding: chunked"))
        try:
            for _ in range(200):
                connection.sendall(piece)
                sent += len(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert sent < 12 * 2**20


def test_a_stream_takes_no_body(server: Server) -> None:
    with dial(server) as connection:
        connection.sendall(head(server, "GET /live/events", "Transfer-Encoding: chunked"))
        assert answered(connection).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "lines",
    [
        ["X-Long: " + "x" * 100_000],
        [f"X-{number}: {'x' * 1000}" for number in range(90)],
        [f"X-{number}: y" for number in range(200)],
        ["Cookie: " + "; ".join(f"c{number}={'x' * 1000}" for number in range(80))],
    ],
    ids=["one line", "many lines", "many short lines", "cookies"],
)
def test_a_head_of_100_kib_is_refused(server: Server, lines: list[str]) -> None:
    with dial(server) as connection:
        connection.sendall(head(server, "GET /", *lines))
        assert answered(connection).startswith(b"HTTP/1.1 431 ")


def test_an_endless_head_is_not_kept(server: Server) -> None:
    for first in (b"GET /", b"GET / HTTP/1.1\r\nX-Endless: "):
        with dial(server) as connection:
            connection.sendall(first)
            with pytest.raises(ConnectionError):
                for _ in range(1000):
                    connection.sendall(b"x" * 65536)


def test_endless_trailers_are_not_kept(server: Server) -> None:
    with dial(server) as connection:
        connection.sendall(head(server, "POST /ask/", "Transfer-Encoding: chunked"))
        connection.sendall(b"1\r\nx\r\n0\r\nX-Endless: ")
        with pytest.raises(ConnectionError):
            for _ in range(1000):
                connection.sendall(b"x" * 65536)


def test_requests_sent_ahead_are_bounded(server: Server) -> None:
    with dial(server) as connection, pytest.raises(ConnectionError):
        for _ in range(100):
            connection.sendall(head(server, "GET /ask/") * 100)
        time.sleep(0.2)
        connection.sendall(b"x")


def trickle(connection: socket.socket, beginning: bytes) -> float:
    """A byte a second after the beginning; the seconds until the connection is gone."""
    connection.sendall(beginning)
    began = time.monotonic()
    connection.settimeout(1)
    while time.monotonic() < began + LATEST:
        try:
            if not connection.recv(65536):
                break
        except TimeoutError:
            pass
        except ConnectionError:
            break
        try:
            connection.sendall(b"x")
        except ConnectionError:
            break
    return time.monotonic() - began


def test_who_says_nothing_or_hardly_anything_is_cut_off_within_30_seconds(server: Server) -> None:
    slow_body = head(server, "POST /ask/", "Content-Length: 5000")
    beginnings = [b"", b"GET / HTTP/1.1\r\nX-Slow: ", b"\r\n", slow_body]
    connections = [dial(server) for _ in beginnings]
    with ThreadPoolExecutor(len(beginnings)) as threads:
        took = list(threads.map(trickle, connections, beginnings))
    assert max(took) < 30


def test_silence_between_requests_ends_the_connection(server: Server) -> None:
    with dial(server) as connection:
        connection.sendall(head(server, "GET /healthz"))
        began = time.monotonic()
        assert answered(connection).startswith(b"HTTP/1.1 200 ")
        assert time.monotonic() - began < 30


@pytest.fixture
def crowded(new_server: Callable[..., Server]) -> Iterator[Server]:
    server = new_server(LOTSE_MAX_CONNECTIONS="20")
    yield server
    server.stop()


def test_connections_beyond_the_bound_are_refused_at_once(crowded: Server) -> None:
    held = [dial(crowded) for _ in range(20)]
    held[0].sendall(head(crowded, "GET /healthz"))
    assert held[0].recv(65536).startswith(b"HTTP/1.1 200 ")
    with dial(crowded) as one_more:
        assert answered(one_more).startswith(b"HTTP/1.1 503 ")
    for connection in held:
        connection.close()
