"""What was open when a backup was made is closed once it is restored."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pyrage
from django.apps import apps
from django.db.models import Model
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from lotse.accounts.jobs import prune_sessions
from lotse.accounts.models import KnownDevice, Person, Session, Unlock
from lotse.accounts.roles import Role
from lotse.centres.invitations import invite
from lotse.centres.models import Invitation
from lotse.conversations.models import Chunk
from lotse.core.digest import digest_of
from lotse.core.restoring import handled
from lotse.jobs.models import Job
from tests.conversations.world import give_keys, make_centre, make_person
from tests.support.installation import command
from tests.support.server import Server
from tests.support.visitor import beside, visitor

SECRET = re.compile(r"(_hash|digest|token|secret)$")
"""Not verifiers: passwords and recovery codes are as good after a restore as before."""
OPENS_NOTHING: set[type[Model]] = {Chunk}
"""What a sealed chunk of a file must be."""


def test_everything_with_a_secret_is_handled() -> None:
    """Whoever adds a token says in its room's restoring.py what ends it."""
    with_secrets = {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if model.__module__.startswith("lotse.") and SECRET.search(field.name)
    }
    assert {Invitation, Unlock} <= with_secrets
    assert with_secrets - OPENS_NOTHING | {Session} <= handled()


def test_no_session_invitation_or_job_comes_back(
    any_server: Server,
    tmp_path: Path,
    migrated: Path,
    django_db_blocker: DjangoDbBlocker,
    request: Any,
) -> None:
    with beside(any_server, django_db_blocker):
        person = make_person()
        give_keys(person)
        person.known_devices.create(digest=digest_of(str(person.pk)))
        before = visitor(any_server, person)
        centre = make_centre()
        token = invite(Role.COUNSELLOR, centre, days=14)[1].rpartition("#")[2]
        later = timezone.now() + timedelta(days=1)
        Job.objects.create(name="once", due_at=later)
    assert before.get("/api/me").status_code == 200
    assert look(before, token) == 200
    restored = restore(any_server, tmp_path, request)
    try:
        with beside(restored, django_db_blocker):
            assert Person.objects.filter(pk=person.pk).exists()
            assert not KnownDevice.objects.exists()
            assert not Job.objects.filter(recurs=False).exists()
            names = Job.objects.filter(recurs=True).values_list("name", flat=True)
            assert prune_sessions.name in names
        shown = before.headers
        with httpx.Client(base_url=restored.url, headers=shown, cookies=before.cookies) as after:
            assert after.get("/api/me").status_code == 401
            assert after.get("/live/events?after=0").status_code == 401
            assert look(after, token) == 410
    finally:
        restored.stop()


def look(client: httpx.Client, token: str) -> int:
    return client.post("/api/invitations/look", json={"token": token}).status_code


def restore(server: Server, folder: Path, request: Any) -> Server:
    identity = pyrage.x25519.Identity.generate()
    key, made, data = folder / "lotse.key", folder / "made.age", folder / "data"
    key.write_text(str(identity))
    data.mkdir(mode=0o700)
    command(server, "backup", made, "--recipient", identity.to_public())
    database = ""
    if "sqlite" not in server.environment["LOTSE_DATABASE"]:
        database = request.getfixturevalue("postgres").create(f"r_{folder.name}"[:60], "template0")
    restored = Server(data, database)
    command(restored, "restore", made, "--identity", key)
    return restored.start()
