import json
from collections.abc import Iterable
from typing import Any

from lotse.core.bounded_views import with_bounds
from lotse.core.limits import BODY_BYTES
from tests.support.loop import run


async def limit(scope: Any) -> int:
    return 10 * BODY_BYTES if scope["path"] == "/large/" else BODY_BYTES


async def lane(scope: Any) -> str:
    return "everybody"


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Answers with the size of the body."""
    size, more = 0, True
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


def answer(path: str, chunks: Iterable[bytes], length: int = 0) -> tuple[int, bytes, int]:
    """Status, body, and how many chunks were left unread."""
    waiting = list(chunks)
    sent: list[Any] = []

    async def receive() -> Any:
        body = waiting.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(waiting)}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "path": path, "headers": [(b"content-length", b"%d" % length)]}

    async def handle() -> None:
        await with_bounds(echo, limit, lane)(scope, receive, send)

    run(handle())
    return sent[0]["status"], sent[1]["body"], len(waiting)


def test_up_to_the_limit() -> None:
    assert answer("/api/x", [b"x" * BODY_BYTES]) == (200, str(BODY_BYTES).encode(), 0)
    assert answer("/api/x", [b"x" * (BODY_BYTES // 2)] * 2)[0] == 200


def test_one_byte_more_is_refused_however_it_comes() -> None:
    for chunks in ([b"x" * (BODY_BYTES + 1)], [b"x" * BODY_BYTES, b"x"], [b"x"] * (BODY_BYTES + 1)):
        status, body, unread = answer("/api/x", chunks)
        assert (status, unread) == (413, 0)
        assert json.loads(body)["type"] == "/problems/too-large"


def test_endless_bodies_are_not_read_to_their_end() -> None:
    status, _, unread = answer("/api/x", [b"x" * BODY_BYTES] * 1000)
    assert status == 413
    assert unread > 900


def test_some_addresses_have_limits_of_their_own() -> None:
    assert answer("/large/", [b"x" * BODY_BYTES] * 3)[0] == 200


def test_a_declared_length_is_refused_before_anything_is_read() -> None:
    status, _, unread = answer("/", [b"x"] * 3, length=600 * 2**20)
    assert (status, unread) == (413, 3)
