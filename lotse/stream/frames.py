"""The wire format of events: server-sent events (WHATWG HTML, 9.2)."""

from typing import Any

from pydantic_core import to_json

RELOAD = b"event: reload\ndata: {}\n\n"
RETRY = b"retry: 2000\n\n"
BEAT = b":\n\n"


def frame(kind: str, payload: dict[str, Any] | bytes, number: int = 0) -> bytes:
    """Without a number the frame moves no cursor. `payload` may be JSON already."""
    data = payload if isinstance(payload, bytes) else to_json(payload)
    name = b"id: %d\n" % number if number else b""
    return b"%sevent: %s\ndata: %s\n\n" % (name, kind.encode(), data)
