"""Streams of people who are signed in by name."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from lotse.core.asgi_helpers import Scope
from lotse.core.database import atomic
from lotse.stream.actions import Entry, append
from lotse.stream.models import Event
from tests.stream.line import Line

signed_in: set[str] = set()


async def person_of(scope: Scope) -> Any:
    cookie = dict(scope["headers"])[b"cookie"].decode()
    return SimpleNamespace(id=UUID(cookie)) if cookie in signed_in else None


def nothing(person: UUID, cursor: int, last: int) -> list[Event]:
    return []


def everything(person: UUID, events: list[Event]) -> Iterable[Event]:
    return events


def tell(line: Line, *payloads: object) -> None:
    with atomic():
        append(Entry([UUID(line.cookie)], "case", {"n": payload}) for payload in payloads)


def told(line: Line) -> list[object]:
    return [one.data["n"] for one in line.got]
