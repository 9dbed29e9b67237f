"""Headers, answers and threads for the live routes (plain ASGI, beside Django)."""

import asyncio
import functools
import json
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from django.db import Error, connections

from lotse.core.database import use_live
from lotse.core.headers import FOR_DATA
from lotse.core.limits import BODY_BYTES
from lotse.core.origin import is_foreign, is_our_host
from lotse.core.problems import CONTENT_TYPE, Problem
from lotse.core.writable import check_head

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Head = list[tuple[bytes, bytes]]
"""Header lines, with names in lower case."""
Application = Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]


class Gone(Exception):
    """The browser closed the connection, so nobody waits for an answer."""


P = ParamSpec("P")
T = TypeVar("T")

_SAFE_ANSWER = [
    (b"x-content-type-options", b"nosniff"),
    *((name.lower().encode(), value.encode()) for name, value in FOR_DATA.items()),
]
MAX_DRAINED_BYTES = 16 * BODY_BYTES
"""Reads this much of a body that is too large: otherwise the client could not read the answer."""


def live_threads(count: int, name: str) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(count, thread_name_prefix=name, initializer=use_live)


# One database connection for each of these threads, regardless of how many people connect.
_threads = live_threads(4, "live")
_writer = live_threads(1, "writer")
# A store for files may be slow or on another machine. It may delay files, but never a message.
_store = ThreadPoolExecutor(max_workers=4, thread_name_prefix="store")


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs blocking work (database, disk) on one of the threads that keep their connection."""

    def run() -> T:
        try:
            return work(*args, **kwargs)
        except Error:
            # The connection may be dead, so the next request gets a new one.
            connections.close_all()
            raise

    return await asyncio.get_running_loop().run_in_executor(_threads, run)


async def in_store(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs work on one of a few threads for files, which do not use the database."""
    run = functools.partial(work, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_store, run)


async def in_writer(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs work on the one thread that commits for many requests."""
    run = functools.partial(work, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_writer, run)


def header(scope: Scope, name: bytes) -> str | None:
    """A request header's value, the last one if it is repeated."""
    for key, value in reversed(scope["headers"]):
        if key == name:
            return str(value.decode("latin-1"))
    return None


def head_problem(scope: Scope) -> Problem | None:
    """Refuses what Django's middleware would: another host, and text that no database can store."""
    if not is_our_host(header(scope, b"host") or ""):
        return Problem("malformed")
    cookies = b";".join(value for name, value in scope["headers"] if name == b"cookie")
    try:
        check_head(scope["query_string"].decode("latin-1"), cookies.decode("latin-1"))
    except Problem as problem:
        return problem
    return None


def refuse_foreign(scope: Scope) -> None:
    if is_from_elsewhere(scope["method"], dict(scope["headers"])):
        raise Problem("foreign-origin")


def is_from_elsewhere(method: str, headers: dict[bytes, bytes]) -> bool:
    """See origin.py. If a header is repeated, the last value counts."""
    if headers.get(b"sec-fetch-site") == b"same-origin":
        return False
    given = (headers.get(name) for name in (b"host", b"origin", b"sec-fetch-site"))
    host, origin, site = (None if one is None else one.decode("latin-1") for one in given)
    return is_foreign(method, host or "", origin, site)


async def read_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    """The whole body. Raises Problem "too-large", or Gone if the browser closed the connection."""
    declared = header(scope, b"content-length") or "0"
    # Sliced, because int() raises ValueError for thousands of digits.
    if declared.isdigit() and int(declared[:18]) > limit + MAX_DRAINED_BYTES:
        raise Problem("too-large")
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += bytes(message.get("body", b""))
        if len(body) > limit:
            if message.get("more_body"):
                await drain(receive)
            raise Problem("too-large")
        if not message.get("more_body"):
            return body


async def drain(receive: Receive) -> None:
    received = 0
    while received < MAX_DRAINED_BYTES:
        message = await receive()
        received += len(message.get("body", b""))
        if not message.get("more_body"):
            return


async def start(send: Send, status: int, headers: dict[str, str]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": _lines(headers)})


def _lines(headers: dict[str, str]) -> Head:
    lines = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    return lines + _SAFE_ANSWER


JSON: Head = [
    *_SAFE_ANSWER,
    (b"cache-control", b"no-store"),
    (b"content-type", b"application/json"),
]


async def answer(send: Send, status: int, body: bytes) -> None:
    """Sends `body` as JSON, or nothing if the status is 204."""
    length = [] if status == 204 else [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": JSON + length})
    await send({"type": "http.response.body", "body": body})


async def finish(send: Send, body: bytes = b"") -> None:
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def refuse(send: Send, problem: Problem) -> None:
    """Answers with the problem. Closes the connection, because the body may be unread."""
    status, headers, body = refusal(problem)
    headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await finish(send, body)


def refusal(problem: Problem) -> tuple[int, Head, bytes]:
    """Status, header lines and body."""
    body = json.dumps(problem.body()).encode()
    headers = {
        "Content-Type": CONTENT_TYPE,
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
    }
    return problem.status, _lines(headers | problem.headers()), body
