"""What a real server writes when things go wrong: where and what, never who."""

import json
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pytest_django import DjangoDbBlocker

from lotse.accounts.models import Person
from tests.conversations.world import make_person
from tests.support.server import Server
from tests.support.visitor import beside, visitor

WORD = "Rashida"
ANSWERED = {"method", "route", "status", "duration"}
FIELDS = {"time", "level", "logger", "message", "exception"} | ANSWERED


@pytest.fixture(params=["", "json", "text"])
def server(request: pytest.FixtureRequest, migrated: Path, tmp_path: Path) -> Iterator[Server]:
    shutil.copy(migrated, tmp_path / "lotse.sqlite3")
    extra = {"LOTSE_LOG": request.param} if request.param else {}
    server = Server(tmp_path, LOTSE_PROXIES="1", **extra).start()
    yield server
    server.stop()


def provoke(server: Server, person: Person, client: httpx.Client) -> list[int]:
    """Answers: no such address, bad forms, another host, a row that cannot be read."""
    with closing(sqlite3.connect(server.data / "lotse.sqlite3")) as database, database:
        # The error of the database quotes what it could not read.
        unreadable = "UPDATE accounts_person SET nickname = CAST(? AS TEXT) WHERE id = ?"
        database.execute(unreadable, (f"{WORD}\xff".encode("latin-1"), person.pk.hex))
    answers = [
        client.get(f"/{WORD}/{person.pk}?name={WORD}"),
        client.post("/api/sign-in", json={"nickname": WORD, WORD: WORD}),
        httpx.get(f"{server.url}/", headers={"Host": f"{WORD}.example"}),
        client.get("/api/me"),
        client.get("/live/events?after=0"),
        client.post(f"/live/conversations/{person.pk}/messages", json={"body": WORD}),
    ]
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(f"{WORD}\r\n\r\n".encode())
        assert b"400" in connection.recv(100)
    return [answer.status_code for answer in answers]


def test_lines_tell_where_and_what_but_never_who(
    server: Server, django_db_blocker: DjangoDbBlocker
) -> None:
    with beside(server, django_db_blocker):
        person = make_person()
        client = visitor(server, person, headers={"X-Forwarded-For": "192.0.2.77"})
        assert provoke(server, person, client) == [404, 422, 400, 503, 503, 503]
    server.stop()
    log = server.log.read_text()
    shown = client.headers["Authorization"].removeprefix("Bearer ")
    for secret in (
        WORD,
        str(person.pk),
        shown,
        *client.cookies.values(),
        "192.0.2.77",
        "127.0.0.1:",
    ):
        assert secret not in log.replace(f"http://127.0.0.1:{server.port}", "")
    if server.environment.get("LOTSE_LOG") == "text":
        assert " ERROR lotse.api failed: unavailable (GET api/me answered 503)\n  File " in log
    else:
        check([json.loads(line) for line in log.splitlines()])


def check(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        assert set(line) <= FIELDS
        age = datetime.now(UTC) - datetime.fromisoformat(line["time"])
        assert timedelta() < age < timedelta(minutes=5)
    assert {"uvicorn.error", "django.request", "lotse.api"} <= {line["logger"] for line in lines}
    told = {(one["status"], one["route"]) for one in lines if one.keys() >= ANSWERED}
    assert told >= {
        (404, "(unknown address)"),
        (422, "api/sign-in"),
        (400, "(unknown address)"),
        (503, "api/me"),
        (503, "/live/events"),
        (503, "/live/conversations/<conversation>/<what>"),
    }
    broken = [one for one in lines if one.get("status") == 503 and "exception" in one]
    assert {one["exception"][0]["type"] for one in broken} == {"OperationalError"}
    assert all("lotse/" in "".join(one["exception"][0]["frames"]) for one in broken)
