"""Requests that are too large for the API end before they are kept anywhere."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from lotse.core.asgi_helpers import Application, Receive, Scope, Send, drain, refuse
from lotse.core.limits import BODY_BYTES
from lotse.core.problems import Problem

PREFIX = "/api/"


@dataclass
class _TooLarge(Exception):
    is_more: bool


def with_body_limit(application: Application) -> Application:
    """Django would first spool the whole body to the disk, however large."""

    async def limited(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await application(scope, receive, send)
            return
        received = 0

        async def counted() -> MutableMapping[str, Any]:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > BODY_BYTES:
                raise _TooLarge(message.get("more_body", False))
            return message

        try:
            await application(scope, counted, send)
        except _TooLarge as error:
            if error.is_more:
                await drain(receive)
            await refuse(send, Problem("too-large"))

    return limited
