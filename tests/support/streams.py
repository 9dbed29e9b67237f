"""Streams of real people in this process."""

from collections.abc import Iterator
from contextlib import contextmanager

from lotse.accounts.live import person_of
from lotse.conversations.delivery import deliverable, said
from lotse.stream import live
from tests.stream.line import Line, Loop


@contextmanager
def unconnected() -> Iterator[Line]:
    """Nobody's yet: its cookie says whose."""
    loop = Loop()
    line = Line(live.events(person_of, said, deliverable), loop)
    try:
        yield line
    finally:
        line.cut()
        loop.close()
