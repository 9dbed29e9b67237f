"""Runs Django's views on a few threads, once a request's body is complete and within its limit.

By itself, Django spools bodies of any size to the disk and gives each request its own thread. A
thousand threads keep the interpreter from the event loop, and their memory is never released.
"""

import functools
from collections.abc import Awaitable, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor

from asgiref.sync import ThreadSensitiveContext

from lotse.core.asgi_helpers import (
    Application,
    Gone,
    Message,
    Receive,
    Scope,
    Send,
    read_body,
    refuse,
)
from lotse.core.busy import refuse_page
from lotse.core.problems import Problem
from lotse.core.turns import Turns

VIEW_THREADS = 4

BodyLimit = Callable[[Scope], Awaitable[int]]
"""The most bytes that the body of this request may have."""
LaneOf = Callable[[Scope], Awaitable[Hashable]]
"""The sender of the request, so that one sender's flood does not delay the others."""


@functools.cache
def _turns() -> Turns[ThreadPoolExecutor]:
    return Turns(
        ThreadPoolExecutor(1, thread_name_prefix=f"view-{number}") for number in range(VIEW_THREADS)
    )


def with_bounds(django: Application, body_limit: BodyLimit, lane_of: LaneOf) -> Application:
    async def bounded(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            # The body is read before a thread is taken: a slow sender would occupy the thread.
            body = await read_body(scope, receive, await body_limit(scope))
            lane = await lane_of(scope)
            async with (
                _turns().place(lane) as thread,
                ThreadSensitiveContext(executor=thread),
            ):
                answer = await _answered(django, scope, body, receive)
        except Problem as problem:
            await (refuse if scope["path"].startswith("/api/") else refuse_page)(send, problem)
        except Gone:
            return
        else:
            # The thread is free again by now: a slow reader would occupy the thread.
            for message in answer:
                await send(message)

    return bounded


async def _answered(
    django: Application, scope: Scope, body: bytes, receive: Receive
) -> list[Message]:
    waiting: list[Message] = [{"type": "http.request", "body": body}]
    sent: list[Message] = []

    async def receive_body() -> Message:
        return waiting.pop() if waiting else await receive()

    async def keep(message: Message) -> None:
        sent.append(message)

    await django(scope, receive_body, keep)
    return sent
