"""Event streams of real people in this process."""

from collections.abc import Iterator
from contextlib import contextmanager

from lotse.accounts.asgi import listener_of
from lotse.conversations.delivery import deliverable, said
from lotse.stream import asgi
from tests.stream.line import Line, Loop


@contextmanager
def unconnected() -> Iterator[Line]:
    """A stream without a person, until a cookie names one."""
    loop = Loop()
    line = Line(asgi.events(listener_of, said, deliverable), loop)
    try:
        yield line
    finally:
        line.cut()
        loop.close()
