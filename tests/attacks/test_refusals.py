"""What is refused costs no write, no lock on what others use, and no turn of the disk."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

import httpx
import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from lotse.conversations.actions.cases import take
from lotse.conversations.models import Conversation, Message
from lotse.core.identifiers import new_id, to_text
from tests.conversations.world import (
    make_centre,
    make_counsellor,
    make_person,
    message_body,
    opened,
)
from tests.support.server import Server
from tests.support.visitor import beside, visitor

WRONG = to_text(bytes(32))


class World:
    def __init__(self, server: Server) -> None:
        centre = make_centre()
        person = make_person()
        self.counsellor = make_counsellor(centre).person
        self.case: UUID = opened(person, centre).pk
        self.foreign: UUID = opened(make_person(), make_centre()).pk
        take(self.counsellor, self.case)
        self.nickname = person.nickname
        self.client, self.staff = visitor(server, person), visitor(server, self.counsellor)
        self.stranger = visitor(server, make_person())
        self.other_counsellor = visitor(server, make_counsellor(make_centre()).person)
        self.colleague = visitor(server, make_counsellor(centre).person)
        # So that each is remembered, and the writer has its connection.
        for one in (self.client, self.staff):
            assert one.post(self.path("receipts"), json={}).status_code == 204

    def path(self, what: str, case: UUID | None = None) -> str:
        return f"/live/conversations/{case or self.case}/{what}"

    def refusals(self) -> list[tuple[str, Callable[[], httpx.Response], set[int]]]:
        posts, foreign = self.path("messages"), self.path("messages", self.foreign)
        mine, other = self.client, self.other_counsellor
        messages, desk = f"/api/conversations/{self.case}/messages", f"/api/desk/cases/{self.case}"
        used = str(Message.objects.get(conversation__id=self.foreign).pk)
        theirs = str(Message.objects.get(conversation__id=self.case).pk)
        receipts = {"delivered": 1, "read": 1}
        return [
            (
                "unknown files",
                lambda: mine.post(posts, json=message_body(blobs=[str(new_id())])),
                {409},
            ),
            ("stale keys", lambda: mine.post(posts, json=message_body(epoch=7)), {409}),
            ("an id of others", lambda: mine.post(posts, json=message_body(id=used)), {409}),
            ("a foreign conversation", lambda: mine.post(foreign, json=message_body()), {404}),
            (
                "no conversation",
                lambda: mine.post(self.path("messages", new_id()), json=message_body()),
                {404},
            ),
            (
                "a stranger's post with files",
                lambda: self.stranger.post(posts, json=message_body(blobs=[str(new_id())])),
                {404},
            ),
            (
                "a stranger's receipts",
                lambda: self.stranger.post(self.path("receipts"), json=receipts),
                {404},
            ),
            (
                "a colleague's receipts",
                lambda: self.colleague.post(self.path("receipts"), json=receipts),
                {404},
            ),
            ("no such message", lambda: mine.delete(f"{messages}/{new_id()}"), {404}),
            ("others' words", lambda: self.staff.delete(f"{messages}/{theirs}"), {403}),
            (
                "a stranger withdraws",
                lambda: self.stranger.delete(f"{messages}/{theirs}"),
                {404},
            ),
            ("taken already", lambda: self.colleague.post(f"{desk}/take"), {409}),
            ("another centre takes", lambda: other.post(f"{desk}/take"), {404}),
            ("another centre closes", lambda: other.post(f"{desk}/close"), {404}),
            (
                "another centre opens",
                lambda: other.get(f"/api/conversations/{self.case}"),
                {404},
            ),
            *self.wrong_secrets(),
        ]

    def wrong_secrets(self) -> Iterator[tuple[str, Callable[[], httpx.Response], set[int]]]:
        """The last one is repeated until the attempts are used up, and beyond."""
        unknown = {"nickname": str(new_id())}
        known = {"nickname": self.nickname, "sign_in_key": WRONG}
        for caller, path, proof in [
            (self.client, "unlock", {"sign_in_key": WRONG}),
            (self.client, "account/erasure", {"current_sign_in_key": WRONG}),
            (self.stranger, "recovery", unknown | {"recovery_sign_in_key": WRONG}),
            (self.stranger, "sign-in", unknown | {"sign_in_key": WRONG}),
            *[(self.stranger, "sign-in", known)] * 12,
        ]:
            ask = partial(caller.post, f"/api/{path}", json=proof)
            yield f"wrong at {path}", ask, {401, 429}


@pytest.fixture
def world(any_server: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with beside(any_server, django_db_blocker):
        yield World(any_server)


def marks() -> dict[str, Any]:
    """What any write and any lock of a row leaves behind."""
    rows = list(Conversation.objects.order_by("id").values_list("id", "last", "changes"))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA data_version")
        else:
            # A lock of a row takes a transaction's number, and its commit waits for the disk.
            cursor.execute("SELECT pg_current_snapshot()::text")
        return {"rows": rows, "written": cursor.fetchone()}


def test_refused_requests_write_nothing(world: World) -> None:
    for name, ask, expected in world.refusals():
        before = marks()
        answer = ask()
        assert answer.status_code in expected, (name, answer.status_code, answer.text)
        assert marks() == before, name


def test_a_repeated_post_writes_nothing(world: World) -> None:
    body = message_body()
    assert world.client.post(world.path("messages"), json=body).status_code == 201
    before = marks()
    assert world.client.post(world.path("messages"), json=body).status_code == 200
    assert marks()["rows"] == before["rows"]


def test_what_is_refused_waits_for_no_lock(world: World) -> None:
    """Somebody holds all that a write needs; refusing goes on meanwhile."""
    with transaction.atomic():
        Conversation.objects.filter(id__in=[world.case, world.foreign]).update(changes=10)
        for name, ask, expected in world.refusals():
            if name == "an id of others":
                continue  # SQLite's one writer looks for it
            answer = ask()
            assert answer.status_code in expected, (name, answer.status_code)
            assert answer.elapsed.total_seconds() < 2, name
        transaction.set_rollback(True)
