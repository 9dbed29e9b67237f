"""Law: a post gets the same answer whether it goes past ASGI or not (core/protocol.py)."""

import json
import socket
from collections.abc import Callable, Iterator
from time import monotonic, sleep
from typing import Any

import httpx
import pytest
from pytest_django import DjangoDbBlocker

from lotse.accounts.asgi import person_of
from lotse.conversations.actions.cases import close, take
from lotse.conversations.posting.fast_path import begin
from lotse.core.identifiers import new_id
from lotse.stream.broker import Notification, current
from tests.conversations.world import (
    make_centre,
    make_counsellor,
    make_person,
    message_body,
    opened,
)
from tests.support.loop import run
from tests.support.server import Server
from tests.support.visitor import beside, unlocked, visitor
from tests.support.visitor import shown as shown_by


class World:
    def __init__(self, server: Server) -> None:
        centre = make_centre()
        self.server, self.person = server, make_person()
        self.counsellor = make_counsellor(centre).person
        self.case = opened(self.person, centre).pk
        take(self.counsellor, self.case)
        self.client = visitor(server, self.person)
        self.path = f"/live/conversations/{self.case}/messages"
        self.receipts = f"/live/conversations/{self.case}/receipts"
        self.staff = visitor(server, self.counsellor)
        # From now on both are known.
        for one in (self.client, self.staff):
            assert one.post(self.receipts, json={}).status_code == 204

    def short(self, path: str, body: bytes, **headers: str) -> httpx.Response:
        return self.client.post(path, content=body, headers=headers)

    def by_asgi(self, path: str, body: bytes, **headers: str) -> httpx.Response:
        """Without a length that is told before."""
        return self.client.post(path, content=iter([body]), headers=headers)

    def numbers(self) -> list[int]:
        told = self.staff.get(f"/api/conversations/{self.case}/messages").json()["messages"]
        return [one["number"] for one in told]

    def raw(self, *bodies: dict[str, Any], **headers: str) -> bytes:
        """Posts as they are on the line, one behind the other."""
        lines = {"Host": f"localhost:{self.server.port}"} | shown_by(self.client) | headers
        sent = b""
        for body in bodies:
            content = json.dumps(body).encode()
            head = [f"POST {self.path} HTTP/1.1", f"Content-Length: {len(content)}"]
            head += [f"{name}: {value}" for name, value in lines.items()]
            sent += "\r\n".join([*head, "", ""]).encode() + content
        return sent

    def line(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=20)


@pytest.fixture
def world(server: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with beside(server, django_db_blocker):
        yield World(server)


def encoded(**changed: Any) -> bytes:
    return json.dumps(message_body(**changed)).encode()


CASES: dict[str, Callable[[World], tuple[str, bytes, dict[str, str]]]] = {
    "new": lambda world: (world.path, encoded(), {}),
    "receipts": lambda world: (world.receipts, b'{"delivered":1,"read":1}', {}),
    "no JSON": lambda world: (world.path, b"{", {}),
    "nothing": lambda world: (world.path, b"", {}),
    "not padded": lambda world: (world.path, encoded(body="AQ"), {}),
    "too many fields": lambda world: (world.path, encoded(more=1), {}),
    "old keys": lambda world: (world.path, encoded(epoch=7), {}),
    "unknown file": lambda world: (world.path, encoded(blobs=[str(new_id())]), {}),
    "too large": lambda world: (world.path, b" " * 200_000, {}),
    "large": lambda world: (world.path, b" " * 70_000 + encoded(), {}),
    "from elsewhere": lambda world: (world.path, encoded(), {"Sec-Fetch-Site": "cross-site"}),
    "another origin": lambda world: (world.path, encoded(), {"Origin": "https://evil.example"}),
    "no origin": lambda world: (world.path, encoded(), {"Origin": "http://[x"}),
    "no session": lambda world: (world.path, encoded(), {"Cookie": "sessionid=none"}),
    "locked": lambda world: (world.path, encoded(), {"Authorization": f"Bearer {'A' * 43}"}),
    "nobody's": lambda world: (f"/live/conversations/{new_id()}/messages", encoded(), {}),
    "no address": lambda world: ("/live/conversations/1/messages", encoded(), {}),
    "with a query": lambda world: (f"{world.path}?a=1", encoded(), {}),
    "waiting for leave": lambda world: (world.path, encoded(), {"Expect": "100-continue"}),
    "upgrading": lambda world: (
        world.path,
        encoded(),
        {"Connection": "Upgrade", "Upgrade": "h2c"},
    ),
    "closing": lambda world: (world.path, encoded(), {"Connection": "close"}),
}


@pytest.mark.parametrize("name", CASES)
def test_both_ways_answer_alike(world: World, name: str) -> None:
    path, body, headers = CASES[name](world)
    short = world.short(path, body, **headers)
    path, body, headers = CASES[name](world)
    usual = world.by_asgi(path, body, **headers)
    assert short.status_code == usual.status_code
    assert shown(short) == shown(usual)
    assert kept(short) == kept(usual)


def kept(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "date"}


def shown(answer: httpx.Response) -> Any:
    """But for what every message has of its own."""
    told = answer.json() if answer.content else {}
    return {
        name: one for name, one in told.items() if name not in {"id", "number", "sent_at", "body"}
    }


def test_a_message_that_was_there_already(world: World) -> None:
    body = encoded()
    first, *again = (
        world.short(world.path, body),
        world.short(world.path, body),
        world.by_asgi(world.path, body),
    )
    assert [first.status_code, *(one.status_code for one in again)] == [201, 200, 200]
    assert {one.content for one in again} == {again[0].content}
    assert again[0].json() == first.json()


def test_what_goes_alone_is_answered_too(world: World) -> None:
    close(world.counsellor, world.case)
    assert world.short(world.path, encoded()).status_code == 201
    assert world.staff.post(world.path, json=message_body()).status_code == 201
    assert world.numbers() == [1, 2, 3]


def test_who_has_signed_out_is_known_no_longer(world: World) -> None:
    assert world.short(world.path, encoded()).status_code == 201
    other = visitor(world.server)
    other.cookies.update(world.client.cookies)
    assert other.post("/api/sign-out").status_code == 204
    assert world.short(world.path, encoded()).status_code == 401


@pytest.mark.parametrize("way", ["short", "by ASGI"])
def test_who_signs_out_while_a_body_is_on_its_way_posts_no_more(world: World, way: str) -> None:
    body = encoded()

    def sent() -> Iterator[bytes]:
        yield body[:100]
        other = visitor(world.server)
        other.cookies.update(world.client.cookies)
        assert other.post("/api/sign-out").status_code == 204
        yield body[100:]

    headers = {"Content-Length": str(len(body))} if way == "short" else {}
    answer = world.client.post(world.path, content=sent(), headers=headers)
    # The short way lets the browser come again, to be told that it is signed out.
    assert answer.status_code == (503 if way == "short" else 401)
    assert world.numbers() == [1]


def test_posts_one_behind_the_other_are_answered_in_their_order(world: World) -> None:
    posts = [message_body() for _ in range(5)]
    with world.line() as line:
        line.sendall(world.raw(*posts))
        told = read(line, lambda got: got.count(b'"number":') == len(posts))
    at = [told.index(post["id"].encode()) for post in posts]
    assert at == sorted(at)
    assert told.count(b"HTTP/1.1 201") == len(posts)
    assert world.numbers() == [1, 2, 3, 4, 5, 6]


def test_what_comes_behind_a_refused_post_is_not_done(world: World) -> None:
    with world.line() as line:
        line.sendall(world.raw(message_body(body="AQ"), message_body()))
        told = b""
        while piece := line.recv(65536):
            told += piece
    assert told.count(b"HTTP/1.1 ") == told.count(b"HTTP/1.1 422") == 1
    assert world.numbers() == [1]


def test_a_post_in_pieces(world: World) -> None:
    sent = world.raw(message_body())
    with world.line() as line:
        for piece in (sent[:40], sent[40:300], sent[300:-9], sent[-9:]):
            line.sendall(piece)
            sleep(0.05)
        assert read(line, lambda got: got.endswith(b"}")).startswith(b"HTTP/1.1 201")


def test_who_hangs_up_has_posted(world: World) -> None:
    for _ in range(3):
        with world.line() as line:
            line.sendall(world.raw(message_body()))
    until = monotonic() + 10
    while world.numbers() != [1, 2, 3, 4] and monotonic() < until:
        sleep(0.05)
    assert world.numbers() == [1, 2, 3, 4]
    assert world.short(world.path, encoded()).status_code == 201


def test_two_lengths_are_no_request(world: World) -> None:
    """What one server takes for a body, another behind it would take for a request."""
    smuggled = world.raw(message_body(), **{"Transfer-Encoding": "chunked"})
    with world.line() as line:
        line.sendall(smuggled)
        assert read(line, lambda got: b"\r\n\r\n" in got).startswith(b"HTTP/1.1 400")
    assert world.numbers() == [1]


def read(line: socket.socket, until: Callable[[bytes], bool]) -> bytes:
    got = b""
    while not until(got):
        piece = line.recv(65536)
        assert piece, got
        got += piece
    return got


@pytest.mark.usefixtures("any_database")
def test_only_the_known_go_short() -> None:
    person = make_person()
    headers = {name.lower().encode(): one.encode() for name, one in unlocked(person).items()}
    headers[b"host"] = b"localhost"
    address = f"/live/conversations/{new_id()}/messages".encode()
    assert begin(address, headers) is None
    assert run(person_of({"headers": list(headers.items())}))
    assert begin(address, headers)
    for missing in headers:
        rest = {name: one for name, one in headers.items() if name != missing}
        assert begin(address, rest) is None
    assert begin(address, headers | {b"host": b"evil.example"}) is None
    assert begin(address, headers | {b"sec-fetch-site": b"same-site"}) is None
    assert begin(b"/live/blobs/", headers) is None
    current().publish([Notification(person.pk, "recheck")])
    assert begin(address, headers) is None
