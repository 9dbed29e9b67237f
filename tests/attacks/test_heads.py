"""What the head of a request may not do, on both ways of posting."""

import json
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.conversations.world import message_body
from tests.laws.test_fast_path import World, read
from tests.support.server import Server
from tests.support.visitor import beside, shown

WAYS = ["fast path", "by ASGI"]


@pytest.fixture
def world(server: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with beside(server, django_db_blocker):
        yield World(server)


def answer(world: World, sent: bytes) -> bytes:
    with world.line() as line:
        line.sendall(sent)
        return read(line, lambda got: b"\r\n\r\n" in got)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", ""])
def test_another_host_posts_nothing(world: World, way: str, host: str) -> None:
    sent = world.raw(message_body(), Host=host)
    if way == "by ASGI":
        sent = chunked(sent)
    assert answer(world, sent).startswith(b"HTTP/1.1 400")
    assert world.numbers() == [1]


@pytest.mark.parametrize(
    "path", ["/live/events?after=0&once", "/live/blobs/x", "/live/conversations/x/messages"]
)
def test_live_routes_answer_to_our_names_only(world: World, path: str) -> None:
    refused = world.client.get(path, headers={"Host": "evil.example"})
    assert (refused.status_code, refused.json()["type"]) == (400, "/problems/malformed")


def test_probes_may_come_by_address(world: World) -> None:
    for path in ("/healthz", "/readyz"):
        assert world.client.get(path, headers={"Host": "10.1.2.3:8000"}).status_code == 200


def test_two_hosts_are_no_request(world: World) -> None:
    sent = world.raw(message_body()).replace(b"Host: ", b"Host: evil.example\r\nHost: ", 1)
    assert answer(world, sent).startswith(b"HTTP/1.1 400")
    assert world.numbers() == [1]


TRAILERS = {
    "Host": "evil.example",
    "Origin": "https://evil.example",
    "Sec-Fetch-Site": "cross-site",
}


@pytest.mark.parametrize("name", TRAILERS)
def test_trailers_take_no_right_away(world: World, name: str) -> None:
    sent = chunked(world.raw(message_body()), f"{name}: {TRAILERS[name]}\r\n")
    assert answer(world, sent).startswith(b"HTTP/1.1 201")


@pytest.mark.parametrize("name", ["Cookie", "Authorization"])
def test_trailers_give_no_right(world: World, name: str) -> None:
    """By ASGI a body is read before anything is looked up: what it brings along must not count."""
    trailer = f"{name}: {shown(world.client)[name]}\r\n"
    sent = chunked(world.raw(message_body(), **{name: "a=b"}), trailer)
    assert answer(world, sent).startswith(b"HTTP/1.1 401")


def test_trailers_do_not_belong_to_the_next_request(world: World) -> None:
    own, nobodys = world.raw(message_body()), world.raw(message_body(), Cookie="a=b")
    trailer = f"Cookie: {shown(world.client)['Cookie']}\r\n"
    with world.line() as line:
        line.sendall(chunked(own, trailer) + nobodys)
        told = read(line, lambda got: got.count(b"HTTP/1.1 ") == 2)
    assert [one[:3] for one in told.split(b"HTTP/1.1 ")[1:]] == [b"201", b"401"]


def chunked(sent: bytes, trailers: str = "") -> bytes:
    """The same request, in a form that the fast path does not take."""
    head, _, body = sent.partition(b"\r\n\r\n")
    lines = [one for one in head.split(b"\r\n") if not one.startswith(b"Content-Length")]
    pieces = b"%x\r\n%b\r\n0\r\n%b\r\n" % (len(body), body, trailers.encode())
    assert json.loads(body)
    return b"\r\n".join([*lines, b"Transfer-Encoding: chunked", b"", b""]) + pieces
