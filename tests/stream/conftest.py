from collections.abc import Iterator

import pytest

from lotse.core.identifiers import new_id
from lotse.stream import asgi
from tests.stream.line import Line, Loop
from tests.stream.mailbox import everything, nothing, person_of, signed_in
from tests.support.database import any_database

__all__ = ["any_database"]


@pytest.fixture(scope="module")
def loop() -> Iterator[Loop]:
    loop = Loop()
    yield loop
    loop.close()


@pytest.fixture
def line(loop: Loop) -> Iterator[Line]:
    person = str(new_id())
    signed_in.add(person)
    line = Line(asgi.events(person_of, nothing, everything), loop, person)
    yield line
    line.cut()
