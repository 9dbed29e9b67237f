"""Law, at a real server: a stream lasts no longer than its session, nor than the server."""

import time

from pytest_django import DjangoDbBlocker

from tests.conversations.world import make_person
from tests.support.server import Server
from tests.support.visitor import beside, visitor


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
