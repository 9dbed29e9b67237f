"""Sends one request to the application in this process, as a server would."""

from typing import Any, NamedTuple

from lotse.asgi import application
from lotse.core.asgi_helpers import Message
from tests.support.loop import run


class Answer(NamedTuple):
    status_code: int
    headers: dict[str, str]
    content: bytes


def ask(method: str, path: str, cookie: str = "", body: bytes = b"", **headers: str) -> Answer:
    lines = {"host": "localhost", "cookie": cookie} | headers
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in lines.items()],
    }
    return run(_ask(scope, body))


async def _ask(scope: dict[str, Any], body: bytes) -> Answer:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    async def send(message: Message) -> None:
        sent.append(message)

    await application(scope, receive, send)
    begin, *rest = sent
    headers = {name.decode(): value.decode() for name, value in begin["headers"]}
    return Answer(begin["status"], headers, b"".join(one.get("body", b"") for one in rest))
