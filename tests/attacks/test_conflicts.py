"""A fault of ours, or a newer version's database, is no conflict: a browser would stop trying."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from lotse import __version__
from lotse.accounts.models import Person
from lotse.conversations.models import Installation, Message
from lotse.core.conflicts import is_taken
from lotse.core.identifiers import new_id
from lotse.operate.readiness import obstacles
from lotse.operate.version import remember
from tests.conversations.scene import Scene
from tests.conversations.world import case_body, make_person, message_body

pytestmark = pytest.mark.usefixtures("any_database")


@contextmanager
def newer_database() -> Iterator[None]:
    """A constraint of a version to come, which no message of this version fulfils."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX of_a_newer_version ON conversations_message (epoch)")
        try:
            yield
        finally:
            cursor.execute("DROP INDEX of_a_newer_version")


def test_what_a_newer_database_refuses_is_tried_again_later() -> None:
    scene, new, with_file = Scene(), message_body(), message_body()
    blob = str(new_id())
    scene.client.told("POST", f"{scene.path}/blobs", {"id": blob, "chunks": 1}, 201)
    chunk = f"/live/blobs/{scene.new['conversation']}/{blob}/0"
    assert scene.client("PUT", chunk, bytes(17)).status_code == 204
    with_file["blobs"] = [blob]
    first_question = case_body(scene.centre)
    with newer_database():
        # In a batch, in a transaction of its own, and as a first question.
        for body in (new, with_file):
            assert scene.client.refused("POST", f"{scene.live}/messages", body) == "internal"
        assert scene.client.refused("POST", "/api/cases", first_question) == "internal"
    for body in (new, with_file):
        scene.client.told("POST", f"{scene.live}/messages", body, 201)
    scene.client.told("POST", "/api/cases", first_question, 201)


def test_a_newer_database_is_not_served() -> None:
    """Restore, doctor and worker refuse it too: tests/operate/test_backup.py."""
    assert not any("newer" in one for one in obstacles())
    migration = MigrationRecorder.Migration(app="conversations", name="0999_to_come")
    Installation.objects.update_or_create(pk=1, defaults={"version": "99.1"})
    migration.save()
    try:
        (said,) = [one for one in obstacles() if "newer" in one]
        assert "Lotse 99.1 (conversations.0999_to_come)" in said
        assert f"this is Lotse {__version__}" in said
    finally:
        migration.delete()
        remember()


def test_only_the_named_value_is_taken() -> None:
    scene, person = Scene(), make_person()
    message = Message.objects.get(id=scene.new["message"]["id"])
    message.number = 7
    assert is_taken(refused(message), (Message, "id"))
    # The number of another message: the server gives them, so this is its own fault.
    message.id, message.number = new_id(), 1
    assert not is_taken(refused(message), (Message, "id"))
    message.number, message.epoch = 7, None  # type: ignore[assignment]
    assert not is_taken(refused(message), (Message, "id"))
    assert is_taken(refused(person), (Person, "id"), (Person, "folded_nickname"))
    person.id = new_id()
    assert is_taken(refused(person), (Person, "folded_nickname"))
    assert not is_taken(refused(person), (Person, "id"))


def refused(row: Model) -> IntegrityError:
    with pytest.raises(IntegrityError) as error:
        row.save(force_insert=True)
    return error.value
