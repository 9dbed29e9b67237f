"""Law, at a real server: a stream lasts no longer than its session, nor than the server."""

import re
import socket
import time

from pytest_django import DjangoDbBlocker

from lotse.conversations.actions.cases import take
from lotse.stream.queries import cursor
from tests.conversations.world import (
    body,
    make_centre,
    make_counsellor,
    make_person,
    message_body,
    opened,
)
from tests.support.server import Server
from tests.support.visitor import beside, lines, shown, visitor

COUNT = 600
"""Messages of 30 KB, 40 on the line."""


def test_a_stream_ends_at_sign_out_and_when_the_server_stops(
    any_server: Server, django_db_blocker: DjangoDbBlocker
) -> None:
    with beside(any_server, django_db_blocker):
        person = make_person()
        client = visitor(any_server, person)
        with client.stream("GET", "/live/events?after=0") as answer:
            assert answer.status_code == 200
            begun = time.monotonic()
            assert client.post("/api/sign-out").status_code == 204
            assert not [line for line in answer.iter_lines() if line.startswith("data")]
            assert time.monotonic() - begun < 3
        assert visitor(any_server, None).get("/live/events?after=0").status_code == 401
        client = visitor(any_server, person)
        with client.stream("GET", "/live/events?after=0") as answer:
            assert answer.status_code == 200
            begun = time.monotonic()
            any_server.stop()
            assert time.monotonic() - begun < 2.5
        any_server.start()


def test_who_reads_slowly_gets_everything_once_and_in_order(
    server: Server, django_db_blocker: DjangoDbBlocker
) -> None:
    """And what waits for him is in the database, not in memory."""
    with beside(server, django_db_blocker):
        centre, person = make_centre(), make_person()
        counsellor = make_counsellor(centre).person
        case = opened(person, centre).pk
        take(counsellor, case)
        start = cursor(counsellor.pk)
        writing, reading = visitor(server, person), visitor(server, counsellor)
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(30)
        line.connect(("127.0.0.1", server.port))
        line.sendall(
            f"GET /live/events?after={start} HTTP/1.1\r\nHost: localhost:{server.port}\r\n"
            f"{lines(shown(reading))}\r\n\r\n".encode()
        )
        got = line.recv(100)
        before = server.resident()
        for _ in range(COUNT):
            new = message_body(body=body(blocks=120))
            posted = writing.post(f"/live/conversations/{case}/messages", json=new)
            assert posted.status_code == 201
        assert server.resident() - before < COUNT * 40 // 2
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**20)
        pieces = [got]
        while b"".join(pieces[-2:]).count(f'"number":{1 + COUNT},'.encode()) == 0:
            pieces.append(line.recv(2**20))
    numbers = [int(one) for one in re.findall(rb'"number":(\d+)', b"".join(pieces))]
    assert numbers == list(range(2, 2 + COUNT))
